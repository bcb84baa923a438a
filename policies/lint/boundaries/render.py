"""``boundary.yaml``: what the rules of one document come to, written so that a change shows as a changed line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.answers import number_text
from policies.engine.engine import Engine
from policies.law import LoadedMeasure, LoadedPolicy
from policies.lint.boundaries import record
from policies.lint.boundaries.flow import flow
from policies.lint.boundaries.generate import Group, groups_of
from policies.lint.boundaries.totals import Total, totals_of
from policies.lint.boundaries.trial import Outcome, Trial
from policies.model.fact import Fact
from policies.notation import yuan_text
from policies.values import Span, Value

HEAD = """\
# 由程序生成，不要手改：规则改动后重新生成，逐行核对差异，再一起提交。写法见 docs/authoring.md。
# span 是引文在 source.txt 里的字符位置；given 是一组条件都满足的情况，but 是在这一组上改动的要素（null 为不清楚）。
"""


class Boundary:
    """The generated cases of one document, and the file they make."""

    def __init__(self, engine: Engine, policy_id: str) -> None:
        """Nothing is computed before it is asked for."""
        self.trial = Trial(engine, policy_id)
        self.policy: LoadedPolicy = self.trial.compiled.policy
        self._groups: dict[int, list[Group]] = {}

    def groups(self, index: int) -> list[Group]:
        """The cases of the measure at ``index``."""
        if index not in self._groups:
            self._groups[index] = groups_of(self.trial, index, with_scope=index == 0)
        return self._groups[index]

    def all_groups(self) -> dict[str, list[Group]]:
        """The cases of all measures, by the measure's id within the document."""
        return {rule.loaded.measure.id: self.groups(index) for index, rule in enumerate(self.trial.rules)}

    def text(self) -> str:
        """The whole file."""
        lines = [*self.header_lines(), "totals:", *self.total_lines(), "measures:"]
        for index in range(len(self.trial.rules)):
            lines += self.measure_lines(index)
        return HEAD + "\n".join(lines) + "\n"

    def header_lines(self) -> list[str]:
        """Articles, citations of the header, and the document's status around its dates."""
        return [
            *_block("articles", record.articles(self.policy)),
            *_block("cites", record.cites(self.policy)),
            *_block("days", record.days(self.policy)),
        ]

    def total_lines(self) -> list[str]:
        """What several measures come to together."""
        totals = totals_of(self.trial, self.all_groups())
        return [f"  - {flow(_total(total, self.trial.vocabulary))}" for total in totals]

    def measure_lines(self, index: int) -> list[str]:
        """One measure: its citations and its cases."""
        loaded = self.trial.rules[index].loaded
        lines = [f"  - id: {flow(loaded.measure.id)}"]
        lines += _block("quotes", record.quoted(self.policy, loaded), 4)
        lines += _block("words", record.words(self.policy, loaded), 4)
        lines += _block("awards", record.awards(self.policy, loaded), 4)
        lines += _block("readings", record.reading_rules(loaded), 4)
        lines.append("    cases:")
        for group in self.groups(index):
            lines += [f"      - {line}" for line in self._case_lines(group, loaded)]
        return lines

    def _case_lines(self, group: Group, loaded: LoadedMeasure) -> Iterator[str]:
        vocabulary = self.trial.vocabulary
        variants = self.trial.rules[self._index(loaded)].variants
        names = [f"{v.reading.id}.{v.option}" for v in variants if v.reading is not None]
        for tried in group.tried:
            key = "but" if tried.change else "given"
            answers = _answers(tried.change or group.facts, vocabulary)
            yield flow({key: answers, **_result(tried.outcome), **_readings(tried.outcome, names)})

    def _index(self, loaded: LoadedMeasure) -> int:
        return next(index for index, rule in enumerate(self.trial.rules) if rule.loaded is loaded)


def count(text: str) -> int:
    """How many cases a file holds."""
    return sum(line.lstrip().startswith(("- {given:", "- {but:", "- {of:", "- {day:")) for line in text.split("\n"))


def _block(name: str, items: Sequence[object], indent: int = 0) -> list[str]:
    pad = " " * indent
    return [f"{pad}{name}:", *(f"{pad}  - {flow(item)}" for item in items)] if items else []


def _answers(facts: Mapping[str, Value | None], vocabulary: Mapping[str, Fact]) -> dict[str, object]:
    return {key: _answer(value, vocabulary[key]) for key, value in facts.items()}


def _answer(value: Value | None, fact: Fact) -> object:
    if isinstance(value, Span):
        return number_text(fact, value.low or 0)
    if isinstance(value, frozenset):
        return [choice for choice in fact.choices if choice in value]
    return value


def _result(outcome: Outcome) -> dict[str, object]:
    if outcome.low is None and outcome.high is None:
        return {"verdict": outcome.verdict}
    return {"verdict": outcome.verdict, "range": _range(outcome.low, outcome.high)}


def _range(low: int | None, high: int | None) -> list[object]:
    return [yuan_text(low or 0), None if high is None else yuan_text(high)]


def _readings(outcome: Outcome, names: Sequence[str]) -> dict[str, object]:
    """Other readings, where they come out otherwise than the default."""
    default = outcome.judged[0]
    found = {
        name: [judged.verdict, *([] if judged.low is None else _range(judged.low, judged.high))]
        for name, judged in zip(names, outcome.judged[1:], strict=True)
        if (judged.verdict, judged.low, judged.high) != (default.verdict, default.low, default.high)
    }
    return {"readings": found} if found else {}


def _total(total: Total, vocabulary: Mapping[str, Fact]) -> dict[str, object]:
    also = {"also": _answers(total.also, vocabulary)} if total.also else {}
    amount = None if total.total is None else _range(*total.total)
    left = [key for key in total.of if key not in total.chosen]
    return {"of": list(total.of), **also, "total": amount, **({"left_out": left} if left else {})}
