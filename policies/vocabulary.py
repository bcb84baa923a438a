"""What must hold of ``facts.yaml`` before anything is asked: every key, choice, unit and ready answer resolves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.answers import AnswerError, read_answer, read_answers
from policies.findings import Finding, Path
from policies.model.condition import leaves
from policies.model.fact import Fact, Vocabulary

PLACE = "district"  # the fact that says where an enterprise is; documents name its choices


def check_vocabulary(vocabulary: Vocabulary, file: str) -> Iterator[Finding]:
    """Dangling keys and answers that do not fit, in facts, derivations and lists."""
    facts = {fact.key: fact for fact in vocabulary.facts}
    if PLACE not in facts:
        yield Finding(file, (), f"没有要素 {PLACE}", "有一个单选要素说明企业在哪里", "补上它")
    for index, fact in enumerate(vocabulary.facts):
        yield from _fact(fact, facts, file, ("facts", index))
    for index, tick_list in enumerate(vocabulary.lists):
        for number, tick in enumerate(tick_list.ticks):
            path: Path = ("lists", index, "ticks", number)
            if tick.fact is not None and (tick.fact not in facts or facts[tick.fact].type != "bool"):
                yield Finding(
                    file, path, f"清单里的 {tick.fact} 不是是否要素", "一个 type: bool 的要素", "改成已有的是否要素"
                )
            for given in (tick.ticked, tick.unticked):
                try:
                    read_answers(given, facts)
                except AnswerError as error:
                    yield Finding(file, path, str(error), "要素存在、值合适", "改正这一行")


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
