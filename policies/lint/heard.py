"""What can be wrong with the ways of saying a fact (``heard`` and ``words`` in ``facts.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.answers import AnswerError, read_answer
from policies.asked import asked_in
from policies.findings import Finding, Path
from policies.law import Corpus
from policies.model.fact import Fact
from policies.model.heard import Heard
from policies.phrases import PhraseError, parse

_NUMERIC = ("money", "count", "share")


def check_heard(corpus: Corpus, file: str) -> Iterator[Finding]:
    """Phrases that cannot be read, parts that do not fit their fact, and one phrase that stands for two facts."""
    words = corpus.vocabulary.words
    yield from _words(words, file)
    for index, fact in enumerate(corpus.vocabulary.facts):
        if fact.heard is not None:
            path: Path = ("facts", index, "heard")
            yield from _written(fact.heard, words, file, path)
            yield from _fitting(fact, fact.heard, file, path)
    yield from _claimed_twice(corpus, file)
    yield from _unused_words(corpus, file)


def _words(words: Mapping[str, tuple[str, ...]], file: str) -> Iterator[Finding]:
    for name, each in words.items():
        for index, word in enumerate(each):
            try:
                parse(word, {})
            except PhraseError as error:
                yield Finding(file, ("words", name, index), str(error), "读得通的说法，不再引用别的词组", "改正这个词")


def _phrases(heard: Heard) -> Iterator[tuple[Path, str]]:
    for part, by_choice in (("says", heard.says), ("then", heard.then)):
        for choice, phrases in by_choice.items():
            for index, phrase in enumerate(phrases):
                yield (part, choice, index) if choice else (part, index), phrase
    lists = {
        "about": heard.about,
        "not": heard.not_,
        "maybe": heard.maybe,
        "unlike": heard.unlike,
        "less": heard.less,
        "below": heard.below,
    }
    for part, phrases in lists.items():
        for index, phrase in enumerate(phrases):
            yield (part, index), phrase
    for number, answered in enumerate(heard.answers):
        for index, phrase in enumerate(answered.says):
            yield ("answers", number, "says", index), phrase


def _written(heard: Heard, words: Mapping[str, tuple[str, ...]], file: str, path: Path) -> Iterator[Finding]:
    for place, phrase in _phrases(heard):
        try:
            parse(phrase, words)
        except PhraseError as error:
            yield Finding(file, (*path, *place), str(error), "读得通的说法（写法见 docs/authoring.md）", "改正这个说法")


def _fitting(fact: Fact, heard: Heard, file: str, path: Path) -> Iterator[Finding]:
    for part, by_choice in (("says", heard.says), ("then", heard.then)):
        for choice in by_choice:
            if choice and choice not in fact.choices:
                found = f"要素 {fact.key} 没有选项“{choice}”"
                yield Finding(
                    file, (*path, part, choice), found, "、".join(fact.choices) or "不分选项的列表", "改成已有的选项"
                )
            if not choice and fact.choices and by_choice[choice]:
                found = f"要素 {fact.key} 有选项，{part} 没有说哪一个"
                yield Finding(file, (*path, part), found, "选项: [说法]", "按选项分开写")
    if (heard.then or any(answered.in_context for answered in heard.answers)) and not (heard.about or heard.less):
        yield Finding(
            file, path, f"要素 {fact.key} 的 then 没有 about", "谈到什么时才算", "补上 about，或改写在 says 里"
        )
    if heard.not_ and fact.type != "bool":
        yield Finding(file, (*path, "not"), f"要素 {fact.key} 不是是否要素，不写 not", "answers", "改用 answers")
    if heard.less and fact.type not in _NUMERIC:
        yield Finding(file, (*path, "less"), f"要素 {fact.key} 不是数，不写 less", "不写", "删掉 less")
    if heard.below and not fact.negative_allowed:
        yield Finding(file, (*path, "below"), f"要素 {fact.key} 不会是负数，不写 below", "不写", "删掉 below")
    ready: list[tuple[Path, object]] = [(("answers", n, "is"), each.is_) for n, each in enumerate(heard.answers)]
    if heard.denied is not None:
        ready.append((("denied",), heard.denied))
    for place, answer in ready:
        try:
            read_answer(fact, answer)
        except AnswerError as error:
            yield Finding(file, (*path, *place), str(error), "适合这个要素的答案", "改正这个答案")
    if heard.alone and fact.type not in _NUMERIC:
        yield Finding(file, (*path, "alone"), f"要素 {fact.key} 不是数，不写 alone", "不写", "删掉 alone")


def _claimed_twice(corpus: Corpus, file: str) -> Iterator[Finding]:
    """The same words for two facts are fine only where no district's documents ask for both."""
    asked = asked_in(corpus)
    first: dict[str, tuple[Fact, str]] = {}
    for index, fact in enumerate(corpus.vocabulary.facts):
        for choice, phrases in (fact.heard.says if fact.heard is not None else {}).items():
            for phrase in phrases:
                other, other_choice = first.setdefault(phrase, (fact, choice))
                both = any({fact.key, other.key} <= keys for keys in asked.values())
                if (other is not fact and both) or (other is fact and choice != other_choice):
                    yield Finding(
                        file,
                        ("facts", index, "heard", "says"),
                        f"“{phrase}”同时说的是 {other.key} 和 {fact.key}{choice}",
                        "一个说法说一件事",
                        "改得更具体，或写成 about 加 then",
                    )


def _unused_words(corpus: Corpus, file: str) -> Iterator[Finding]:
    written = [
        phrase for fact in corpus.vocabulary.facts if fact.heard is not None for _, phrase in _phrases(fact.heard)
    ]
    for name in corpus.vocabulary.words:
        if not any(f"<{name}>" in phrase for phrase in written):
            yield Finding(file, ("words", name), f"词组“{name}”没有用到", "每个词组至少用一次", "删掉它")
