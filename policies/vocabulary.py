"""What must hold of ``facts.yaml`` before anything is asked: every key, choice, unit and ready answer resolves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policies.answers import AnswerError, read_answer, read_answers
from policies.findings import Finding, Path
from policies.model.condition import leaves
from policies.model.fact import Fact, Vocabulary

LONGEST_NAME = 36  # characters of what a question's id is made of: it travels in buttons, which hold 64 bytes in all
_NAME = re.compile(rf"[a-z][a-z0-9_]{{0,{LONGEST_NAME - 1}}}")
PLACE = "district"  # the fact that says where an enterprise is; documents name its choices


def check_vocabulary(vocabulary: Vocabulary, file: str) -> Iterator[Finding]:
    """Dangling keys and answers that do not fit, in facts, derivations and lists."""
    facts = {fact.key: fact for fact in vocabulary.facts}
    if PLACE not in facts:
        yield Finding(file, (), f"没有要素 {PLACE}", "有一个单选要素说明企业在哪里", "补上它")
    yield from _names(vocabulary, file)
    for index, fact in enumerate(vocabulary.facts):
        yield from _fact(fact, facts, file, ("facts", index))
    turned_on: set[str] = set()
    for index, tick_list in enumerate(vocabulary.lists):
        for number, tick in enumerate(tick_list.ticks):
            path: Path = ("lists", index, "ticks", number)
            name = tick.fact if tick.fact is not None else next(iter(tick.unticked))
            if name in turned_on:
                found, mend = f"清单里有两行以 {name} 开头", "把 unticked 的第一个要素换成这一行自己的"
                yield Finding(file, path, found, "每一行的第一个要素各不相同：这一行以它为名", mend)
            turned_on.add(name)
            if tick.fact is not None and (tick.fact not in facts or facts[tick.fact].type != "bool"):
                yield Finding(
                    file, path, f"清单里的 {tick.fact} 不是是否要素", "一个 type: bool 的要素", "改成已有的是否要素"
                )
            for given in (tick.ticked, tick.unticked):
                try:
                    read_answers(given, facts)
                except AnswerError as error:
                    yield Finding(file, path, str(error), "要素存在、值合适", "改正这一行")


def _names(vocabulary: Vocabulary, file: str) -> Iterator[Finding]:
    """Names that a question's id cannot be made of."""
    named: list[tuple[str, Path]] = []
    for index, fact in enumerate(vocabulary.facts):
        named.append((fact.key, ("facts", index, "key")))
        named += [(fact.with_, ("facts", index, "with"))] if fact.with_ is not None else []
    named += [(tick_list.id, ("lists", index, "id")) for index, tick_list in enumerate(vocabulary.lists)]
    for name, path in named:
        if _NAME.fullmatch(name) is None:
            found = f"名字 {name} 有 {len(name)} 个字符" if len(name) > LONGEST_NAME else f"名字 {name} 写法不对"
            expected = f"小写英文字母开头，只用小写字母、数字和下划线，至多 {LONGEST_NAME} 个字符（要放进按钮里）"
            yield Finding(file, path, found, expected, "换一个短名字，用到它的地方一起改")


def _fact(fact: Fact, facts: Mapping[str, Fact], file: str, path: Path) -> Iterator[Finding]:
    named = [key for key in (fact.ask_first,) if key is not None]
    for derivation in fact.derived:
        for condition in (derivation.when, derivation.holds):
            named += [key for leaf in leaves(condition) for key in leaf.facts]
    for key in named:
        if key not in facts:
            yield Finding(file, path, f"要素 {fact.key} 提到的 {key} 不存在", "facts.yaml 里的 key", "改成已有的要素")
    for label, raw in fact.presets.items():
        try:
            read_answer(fact, raw)
        except AnswerError as error:
            yield Finding(file, path, f"现成答案“{label}”：{error}", "适合这个要素的值", "改正这个值")
