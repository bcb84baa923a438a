"""What typed words are: the answer to the question that stands, something told, a correction, or something looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.answers import Given, NotUnderstoodError, choice_labels, read_typed, yes_or_no
from dialogs.questions import TOLD, Question
from dialogs.session import State
from knowledge.amounts import Quantity
from knowledge.faq import load_faq
from knowledge.figures import read_figure
from knowledge.replies import Replies
from knowledge.search import Found, Searcher
from knowledge.understand import Reader, Understood
from policies.answers import AnswerError
from policies.law import Corpus
from policies.model.fact import Fact
from policies.values import Span, Value
from policies.vocabulary import PLACE

_LOOKUP = re.compile(r"(?:/find|查条款|查条文|查一下|查查|查找|搜一下|搜索|查|找|搜)[:：\s]+(.+)", re.DOTALL)
_SUPPOSES = re.compile(r"(?:假如|/whatif)[\s，,：:]*(.+)", re.DOTALL)
_ASKS = re.compile(
    r"[?？]|[吗嗎呢么麼咩]\s*[。!！]*$|多少|几多|幾多|怎么|怎麼|怎样|如何|点样|點樣|什么|什麼|啥|边个|邊個|哪|能不能|可不可以|可唔可以"
    r"|可以不|行不行|有没有|有沒有|有冇|是不是|算不算|要不要|会不会|是否|能否|为何|为什么"
)
_STATES = re.compile(r"[我俺咱]|公司|企业|[厂廠]|本司|注册|註冊|落户|落戶|[在喺是系做有搬]")
_SEVERAL = ("list", "confirm", "set", "where", "choice")
_DENIES = re.compile(r"[不没沒未无無冇非]")
_CONTRARY = re.compile(r"(?P<word>[^，,。；;\s]{1,4})[，,。；;\s]+(?P<rest>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answer to the question that stands."""

    given: Given


@dataclass(frozen=True, slots=True)
class Tells:
    """Facts told of one's own accord; ``doubts``: heard, but to be asked. ``again``: the told answer this one replaces."""

    facts: Mapping[str, Value | None]
    doubts: Mapping[str, str]
    elsewhere: str | None = None
    again: str | None = None


@dataclass(frozen=True, slots=True)
class Mends:
    """Another figure for a fact answered last (``不对，是1200万``), in the answer to a question."""

    question: str
    key: str
    value: Span


@dataclass(frozen=True, slots=True)
class LooksUp:
    """A question of the person's own."""

    query: str
    found: Found


@dataclass(frozen=True, slots=True)
class Supposes:
    """What if these facts were so (``假如牵头国家标准三项``): nothing is told, only worked out."""

    facts: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing that could be taken; ``message`` says what would be."""

    message: str


Meant = Answers | Tells | Mends | LooksUp | Supposes | Unclear
_NOTHING_OPEN = "问题都问完了。可以直接说要补充或要改的情况，或输入“结果”“详情 1”“修改”“重新开始”“帮助”。"


class FreeWords:
    """Takes words apart. Made once for a corpus; holds nothing of any conversation."""

    def __init__(self, corpus: Corpus) -> None:
        """Prepare the reader of sentences and the search."""
        self._facts = corpus.facts
        self._by_district = corpus.by_district
        self.reader = Reader(corpus)
        self.searcher = Searcher(corpus, load_faq(corpus))
        self._replies = Replies(corpus)

    def decide(self, question: Question | None, text: str, state: State) -> Meant:
        """What a text is, that is no command.

        Args:
            question: the question that stands.
            text: as typed.
            state: what was said so far.
        """
        supposed = self._supposed(text, state)
        if supposed is not None:
            return supposed
        given, trouble = self._given(question, text)
        if trouble is not None and trouble.near and not _ASKS.search(text):
            return Unclear(str(trouble))
        if given is not None and (question is None or _is_plain(question, text)):
            return Answers(given)
        lookup = _LOOKUP.fullmatch(text.strip())
        if lookup is not None:
            return self._lookup(lookup[1], state)
        understood = self.reader.read(text, state.as_of, self._district(state))
        told = self._told(question, text, understood, given)
        if told is not None and not self._only_named(text, understood, state):
            return told
        if given is not None:
            return Answers(given)
        return self._otherwise(question, text, understood, state, trouble)

    def reply(self, found: Found) -> str:
        """What was looked up, in words."""
        return self._replies.text(found)

    def _supposed(self, text: str, state: State) -> Supposes | None:
        """What is asked with 假如, once it is known which documents are talked about."""
        match = _SUPPOSES.fullmatch(text.strip())
        if match is None or not state.located:
            return None
        facts = self.reader.read(match[1], state.as_of, self._district(state)).facts
        others = {key: value for key, value in facts.items() if key != PLACE}
        return Supposes(others) if others else None

    def _otherwise(
        self,
        question: Question | None,
        text: str,
        understood: Understood,
        state: State,
        trouble: NotUnderstoodError | None,
    ) -> Meant:
        alone = self._alone(question, text, understood)
        if alone is not None:
            return Answers(alone)
        mended = self._mended(understood, state) if understood.correction else None
        if mended is not None:
            return mended
        lookup = self._lookup(text, state)
        if (
            _ASKS.search(text)
            or lookup.found.outcome == "chat"
            or (lookup.found.question.topics and not understood.numbers)
        ):
            return lookup
        doubts = _doubts(understood)
        if doubts:
            return Tells({}, doubts)
        return Unclear(_NOTHING_OPEN if trouble is None else str(trouble))

    def _given(self, question: Question | None, text: str) -> tuple[Given | None, NotUnderstoodError | None]:
        """The text read as the answer to the question, or why it is none."""
        if question is None:
            return None, None
        try:
            return read_typed(question, text, self._facts), None
        except NotUnderstoodError as error:
            return None, error

    def _told(
        self, question: Question | None, text: str, understood: Understood, given: Given | None
    ) -> Tells | Answers | None:
        """What a sentence tells beside, or instead of, the answer to the question."""
        own = set(question.facts) if question is not None else set()
        again = question.id if question is not None and question.kind == TOLD else None
        if not understood.facts or (given is not None and own >= understood.facts.keys()):
            return None
        facts = dict(understood.facts)
        if question is not None and question.kind in ("where", "choice") and given is not None:
            facts = {**given.facts, **facts}
        if question is not None and own.isdisjoint(facts):
            asked = self._alone(question, text, understood) or self._first(question, text)
            facts = {**(asked.facts if asked is not None else {}), **facts}
        return Tells(facts, _doubts(understood), understood.elsewhere, again)

    def _only_named(self, text: str, understood: Understood, state: State) -> bool:
        """Whether a place is named in key words of a search (``佛山 二级节点 上限``), not said of the enterprise."""
        if understood.facts.keys() != {PLACE} or _STATES.search(text):
            return False
        return bool(self._lookup(text, state).found.question.topics)

    def _first(self, question: Question, text: str) -> Given | None:
        """A yes or no that a longer answer begins with (``没有，只有省级的``)."""
        match = _CONTRARY.match(text.strip())
        if question.kind != "bool" or match is None:
            return None
        answer = yes_or_no(match["word"])
        return None if answer is None else Given({question.facts[0]: answer}, "是" if answer else "否")

    def _alone(self, question: Question | None, text: str, understood: Understood) -> Given | None:
        """The one figure of a sentence as the answer to a question for a figure, or the yes or no it begins with."""
        if question is None or _ASKS.search(text):
            return None
        if question.kind != "number":
            return self._first(question, text)
        taken = understood.evidence.values()
        free = [
            number
            for number in understood.numbers
            if number.unit != "date" and not any(number.start < end and start < number.end for start, end in taken)
        ]
        if len(free) != 1 or _DENIES.search(text[: free[0].start] + text[free[0].end :]):
            return None
        fact = self._facts[question.facts[0]]
        span = _figure(fact, free[0])
        return None if span is None else Given({fact.key: span}, free[0].text)

    def _mended(self, understood: Understood, state: State) -> Mends | None:
        """The figure of a correction, for the fact answered last that it fits."""
        if len(understood.numbers) != 1:
            return None
        for answer in reversed(state.answers.values()):
            for key in reversed(answer.facts):
                fact = self._facts[key]
                if isinstance(state.facts.get(key), Span) and _fits(fact, understood.numbers[0]):
                    span = _figure(fact, understood.numbers[0])
                    if span is not None:
                        return Mends(answer.question, key, span)
        return None

    def _lookup(self, query: str, state: State) -> LooksUp:
        return LooksUp(query, self.searcher.ask(query, state.as_of, self._district(state)))

    def _district(self, state: State) -> str | None:
        district = state.facts.get(PLACE)
        return district if isinstance(district, str) and district in self._by_district else None


def _is_plain(question: Question, text: str) -> bool:
    """Whether a text that answers says nothing beside the answer: a number, a label, a figure, yes or no."""
    if question.kind not in _SEVERAL:
        return True
    labels = [line.label for line in question.lines] or choice_labels(question)
    words = text.split()
    return text.strip() in labels or all(word.isdigit() for word in words) or len(text.strip()) <= 3


def _doubts(understood: Understood) -> dict[str, str]:
    """What was heard without being sure, by how it is asked back; a question asked of us says nothing."""
    return {doubt.key: doubt.question for doubt in understood.uncertain if doubt.why != "asked"}


def _fits(fact: Fact, number: Quantity) -> bool:
    wanted = {"money": ("元", None), "share": ("比例",), "count": ("count", None)}.get(fact.type, ())
    return number.unit in wanted and (number.measure is None or number.measure == fact.unit)


def _figure(fact: Fact, number: Quantity) -> Span | None:
    try:
        return read_figure(fact, number.text)
    except AnswerError:
        return None
