"""What one sentence gives, collected: certain facts with their place, doubts with their question."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.plain_text import PlainText
from knowledge.understand.understood import Uncertain, Why
from policies.answers import value_text
from policies.model.fact import Fact
from policies.values import Value

_QUESTIONS: dict[Why, str] = {
    "planned": "“{said}”是打算，还没有做成，对吗？",
    "supposed": "“{said}”是假设的，还是已经这样了？",
    "others": "“{said}”说的是别的企业，还是要申请的这一家？",
    "asked": "“{said}”是在问，还是企业自己的情况？",
    "hint": "“{said}”是说“{label}：{value}”吗？",
    "spelling": "“{said}”是说“{label}：{value}”吗？",
    "unclear": "“{said}”没有听准。{question}",
}


class Evidence:
    """Collects facts and doubts of one sentence; a fact that is certain needs no doubt."""

    def __init__(self, sentence: PlainText, known: Mapping[str, Fact]) -> None:
        """Begin with nothing."""
        self._sentence = sentence
        self._known = known
        self.facts: dict[str, Value | None] = {}
        self.spans: dict[str, tuple[int, int]] = {}
        self._doubts: dict[str, Uncertain] = {}

    @property
    def uncertain(self) -> list[Uncertain]:
        """Doubts about facts that nothing else settled."""
        return [doubt for key, doubt in self._doubts.items() if key not in self.facts]

    def doubts(self, key: str) -> bool:
        """Whether something about the fact must be asked back."""
        return key in self._doubts

    def certain(self, key: str, value: Value | None, start: int, end: int) -> None:
        """Take a fact; a contradiction with what was taken before is a doubt about both."""
        if key in self.facts and self.facts[key] is not None and self.facts[key] != value:
            del self.facts[key], self.spans[key]
            self.doubt(key, None, "unclear", None, start, end)
            return
        if key in self._doubts and self._doubts[key].why == "unclear":
            return
        self.facts[key] = value
        self.spans[key] = self._sentence.span(start, end)

    def doubt(self, key: str, value: Value | None, why: Why, question: str | None, start: int, end: int) -> None:
        """Note what must be asked back; ``question`` of ``None``: the usual words for this kind of doubt."""
        fact = self._known[key]
        first, last = self._sentence.span(start, end)
        asked = question or _QUESTIONS[why].format(
            said=self._sentence.source[first:last],
            label=fact.label,
            value=value_text(fact, value),
            question=fact.question,
        )
        self._doubts.setdefault(key, Uncertain(key, value, why, asked, first, last))
