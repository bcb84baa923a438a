"""``boundary.yaml``: what the rules of one document come to, written so that a change shows as a changed line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from pydantic import BaseModel

from policies.answers import number_text
from policies.engine.engine import Engine
from policies.engine.validity import validity
from policies.law import LoadedMeasure, LoadedPolicy
from policies.lint.boundaries.flow import flow
from policies.lint.boundaries.generate import Group, groups_of
from policies.lint.boundaries.totals import Total, totals_of
from policies.lint.boundaries.trial import Outcome, Trial
from policies.lint.places import Passage, anywhere, locate, quotes, source_span
from policies.model.award import Award
from policies.model.base import Cite
from policies.model.condition import leaves
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
        return [*_block("articles", _articles(self.policy)), *_block("cites", _cites(self.policy)), *_days(self.policy)]

    def total_lines(self) -> list[str]:
        """What several measures come to together."""
        totals = totals_of(self.trial, self.all_groups())
        return [f"  - {flow(_total(total, self.trial.vocabulary))}" for total in totals]

    def measure_lines(self, index: int) -> list[str]:
        """One measure: its citations and its cases."""
        loaded = self.trial.rules[index].loaded
        lines = [f"  - id: {flow(loaded.measure.id)}"]
        lines += _block("quotes", [_span(self.policy, passage) for passage in _quotes(self.policy, loaded)], 4)
        lines += _block("words", _words(self.policy, loaded), 4)
        lines += _block("awards", _awards(self.policy, loaded), 4)
        lines.append("    cases:")
        for group in self.groups(index):
            lines += [f"      - {line}" for line in self._case_lines(group, loaded)]
        return lines

    def _case_lines(self, group: Group, loaded: LoadedMeasure) -> Iterator[str]:
        vocabulary = self.trial.vocabulary
        variants = self.trial.rules[self._index(loaded)].variants
        names = [f"{v.reading.id}.{v.option}" for v in variants if v.reading is not None]
        if not group.tried or group.tried[0].change:
            yield flow({"given": _answers(group.facts, vocabulary)})
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
    return [f"{pad}{name}:", *(f"{pad}  - {flow(item)}" for item in items)] if items else [f"{pad}{name}: []"]


def _span(policy: LoadedPolicy, passage: Passage | None) -> dict[str, object]:
    if passage is None:
        return {"article": None}
    return {"article": passage.article, "span": list(source_span(policy, passage))}


def _articles(policy: LoadedPolicy) -> list[object]:
    return [{"id": article.id, "span": [article.start, article.end]} for article in policy.articles.values()]


def _cites(policy: LoadedPolicy) -> list[object]:
    return [{"at": at, **_span(policy, _cited(policy, cite))} for at, cite in _walk(policy.header, "")] + [
        {"at": "scope", **_span(policy, anywhere(policy, leaf.test.words))}
        for condition in policy.header.scope
        for leaf in leaves(condition)
    ]


def _walk(model: BaseModel, path: str) -> Iterator[tuple[str, Cite]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        items = value if isinstance(value, tuple) else (value,)
        for index, item in enumerate(items):
            at = f"{path}{name}.{index}" if isinstance(value, tuple) else f"{path}{name}"
            if isinstance(item, Cite):
                yield at, item
            elif isinstance(item, BaseModel):
                yield from _walk(item, f"{at}.")


def _cited(policy: LoadedPolicy, cite: Cite) -> Passage:
    start = policy.articles[cite.article].text.index(cite.quote)
    return Passage(cite.article, start, start + len(cite.quote))


def _quotes(policy: LoadedPolicy, loaded: LoadedMeasure) -> list[Passage]:
    return [_cited(policy, cite) for cite in quotes(loaded)]


def _words(policy: LoadedPolicy, loaded: LoadedMeasure) -> list[object]:
    cites = quotes(loaded)
    conditions = [*loaded.measure.requires]
    for reading in loaded.measure.readings:
        for variant in reading.otherwise.values():
            conditions += variant.requires or ()
    found: list[object] = []
    for condition in conditions:
        for leaf in leaves(condition):
            found.append({"for": list(leaf.facts), **_span(policy, locate(policy, leaf.test.words, cites))})
    return found


def _awards(policy: LoadedPolicy, loaded: LoadedMeasure) -> list[object]:
    cites = quotes(loaded)
    awards: list[tuple[str, Award]] = [("", loaded.measure.award)]
    for reading in loaded.measure.readings:
        for option, variant in reading.otherwise.items():
            if variant.award is not None:
                awards.append((f"{reading.id}.{option}", variant.award))
    found: list[object] = []
    for name, award in awards:
        kind: dict[str, object] = {"reading": name, "kind": award.kind} if name else {"kind": award.kind}
        said = [words for words in (award.words, *(limit.words for limit in award.limits)) if words is not None]
        spans = [source_span(policy, place) for words in said if (place := locate(policy, words, cites)) is not None]
        found.append({**kind, "spans": [list(span) for span in spans]})
    return found


def _days(policy: LoadedPolicy) -> list[str]:
    header = policy.header
    windows = [header.effective] if header.predecessor is None else [header.effective, header.predecessor]
    turns = {
        turn
        for window in windows
        for day, later in ((window.starts, 0), (window.ends, 1))
        for edge in (day.earliest, day.latest)
        if edge is not None
        for turn in (edge + timedelta(days=later - 1), edge + timedelta(days=later))
    }
    return _block("days", [_status(policy, turn) for turn in sorted(turns)])


def _status(policy: LoadedPolicy, day: date) -> dict[str, object]:
    found = validity(policy.header, day)
    shown: dict[str, object] = {"day": day, "status": found.status, "certainty": found.certainty}
    if found.as_if is not None:
        shown["as_if"] = found.as_if
    if found.predecessor is not None:
        shown["predecessor"] = found.predecessor
    return shown


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
