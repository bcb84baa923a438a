"""The questions that can be asked, built from the vocabulary and from what is open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass

from dialogs.needs import Need, Role, spoken_of
from policies.answers import read_answers
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.engine.explain import CONFIRM
from policies.engine.judged import INELIGIBLE
from policies.model.fact import Fact, Tick, TickList
from policies.values import Value

WHERE = "where"
CONFIRMING = "confirm"
TOLD = "told"
LIST, FORM, FACT = "list:", "form:", "fact:"
COMPARE = "还没定，想比一比"
_LINES = 12
_CONFIRMED_AT_ONCE = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list to tick: what ticking it and leaving it say, in values."""

    label: str
    ticked: Mapping[str, Value | None]
    unticked: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its id, wording, the facts it settles; ``lines`` when it is a list to tick.

    ``kind``: where, list, confirm, bool, choice, set, number or form; told for something told of one's own accord, when
    it is told anew.
    """

    id: str
    kind: str
    text: str
    facts: tuple[str, ...]
    help: str | None = None
    lines: tuple[Line, ...] = ()
    choices: tuple[str, ...] = ()


class Catalogue:
    """All questions a corpus can ask. Made once per corpus; holds nothing of any conversation."""

    def __init__(self, engine: Engine) -> None:
        """Read the lines of the lists once."""
        self.engine = engine
        self.facts = engine.corpus.facts
        self.tick_lists = [
            (tick_list, tuple(self._line(tick) for tick in tick_list.ticks))
            for tick_list in engine.corpus.vocabulary.lists
        ]

    def where(self) -> Question:
        """Where the enterprise is: it decides which documents are looked at."""
        fact = self.facts["district"]
        return Question(WHERE, "where", fact.question, ("district",), fact.help, choices=(*fact.choices, COMPARE))

    def lists(
        self, open_: Mapping[str, Need], asked: Set[str], answered: Collection[str], shown: Set[str]
    ) -> Iterator[Question]:
        """The lists with at least two lines that still matter, each with its weightiest lines in written order."""
        for tick_list, lines in self.tick_lists:
            weights = {line.label: _weight(line, open_, asked) for line in lines if line.label not in shown}
            best = sorted((label for label, weight in weights.items() if weight > 0), key=lambda label: -weights[label])
            kept = set(best[:_LINES])
            if len(kept) > 1 and any(_pays(line, open_) for line in lines if line.label in kept):
                prefix = f"{LIST}{tick_list.id}:"
                number = sum(question.startswith(prefix) for question in answered)
                yield _list_question(f"{prefix}{number}", tick_list, [line for line in lines if line.label in kept])

    def list_again(self, question_id: str, shown: Collection[str]) -> Question | None:
        """A list with exactly the lines that were on offer before."""
        for tick_list, lines in self.tick_lists:
            if question_id.startswith(f"{LIST}{tick_list.id}:"):
                return _list_question(question_id, tick_list, [line for line in lines if line.label in shown])
        return None

    def fact(self, key: str, open_: Mapping[str, Need]) -> Question:
        """The question of one fact; facts that are asked together and are all open make one form."""
        fact = self.facts[key]
        if fact.with_ is not None:
            together = [other for other in self.together(fact.with_) if other.key in open_]
            if len(together) > 1:
                return form_question(fact.with_, together)
        kind = fact.type if fact.type in ("bool", "choice", "set") else "number"
        return Question(
            FACT + key, kind, fact.question, (key,), help_text(fact), choices=fact.choices or tuple(fact.presets)
        )

    def together(self, name: str) -> list[Fact]:
        """The facts of one form."""
        return [fact for fact in self.engine.corpus.vocabulary.facts if fact.with_ == name]

    def told(self, question_id: str, said: str, facts: Collection[str]) -> Question:
        """Something told earlier, to be told anew."""
        return Question(question_id, TOLD, f"这一条请用一句话重新说一遍。之前记下的是：{said}", tuple(facts))

    def confirm(self, assessment: Assessment, asked: Set[str]) -> Question | None:
        """One last list of what was presumed; ticking a line says that it is *not* so.

        Only of measures spoken of: to confirm what an event needs would speak of an event nobody mentioned.
        """
        lines: dict[str, Line] = {}
        for result in (result for policy in assessment.policies for result in policy.measures):
            if result.monetary and result.verdict != INELIGIBLE and spoken_of(result):
                for reason in result.reasons:
                    key, wanted = reason.facts[0], reason.test.is_
                    if reason.state == CONFIRM and key not in asked and isinstance(wanted, bool):
                        label = self.facts[key].label if wanted else f"没有这种情况：{self.facts[key].label}"
                        lines.setdefault(key, Line(label, {key: not wanted}, {key: wanted}))
        if not lines:
            return None
        keys = tuple(lines)[:_CONFIRMED_AT_ONCE]
        text = "最后核对：前面先按下面几点都成立来算。哪几点**不成立**？都成立就选“都没有”"
        return Question(CONFIRMING, "confirm", text, keys, lines=tuple(lines[key] for key in keys))

    def _line(self, tick: Tick) -> Line:
        if tick.fact is not None:
            return Line(self.facts[tick.fact].label, {tick.fact: True}, {tick.fact: False})
        return Line(tick.label or "", read_answers(tick.ticked, self.facts), read_answers(tick.unticked, self.facts))


def _pays(line: Line, open_: Mapping[str, Need]) -> bool:
    """Whether a line bears on a measure that pays money."""
    needs = (open_[key] for key in (*line.ticked, *line.unticked) if key in open_)
    return any(result.monetary for need in needs for result in need.measures)


def form_question(name: str, together: list[Fact]) -> Question:
    """Several figures in one go."""
    asked = "".join(f"\n　· {fact.short or fact.label}：{fact.question}" for fact in together)
    return Question(
        FORM + name, "form", f"请一次填好下面几个数（没有提到的按 0 记）：{asked}", tuple(fact.key for fact in together)
    )


def _list_question(question_id: str, tick_list: TickList, lines: list[Line]) -> Question:
    facts = tuple(dict.fromkeys(key for line in lines for key in (*line.unticked, *line.ticked)))
    return Question(question_id, "list", tick_list.question, facts, tick_list.help, tuple(lines))


def _weight(line: Line, open_: Mapping[str, Need], asked: Set[str]) -> int:
    """What a line could settle: only facts that decide a verdict count, and none that was answered already."""
    keys = {*line.ticked, *line.unticked}
    if keys & asked:
        return 0
    return sum(open_[key].stake for key in keys if key in open_ and open_[key].role is Role.DECIDES)


def help_text(fact: Fact) -> str | None:
    """A fact's help with the definitions it rests on, each with its source."""
    parts = [fact.help] if fact.help else []
    parts += [f"{source.text}（{source.source}）" for source in fact.definitions]
    return "\n".join(parts) or None
