"""From an assessment to the words of a reply: picks what is shown, the templates hold the wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dialogs.free_words import Tells
from dialogs.groups import (
    MET,
    NEAR,
    OPEN,
    UNASKED,
    in_group,
    items,
)
from dialogs.measure_rows import MeasureRows
from dialogs.needs import Need
from dialogs.policy_rows import SHOWN_AT_ONCE, PolicyRows
from dialogs.questions import Question
from dialogs.reasons_to_ask import reasons_to_ask
from dialogs.session import State
from dialogs.what_if import differences
from dialogs.wording import STATES, VERDICTS, change_text, numbered, range_text
from knowledge.standing import named, status_sentence
from policies.answers import value_text
from policies.days import day_text
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.notation import yuan_text
from policies.values import Facts


class Presenter:
    """Renders replies. Made once; holds templates and the vocabulary, nothing of any conversation."""

    def __init__(self, engine: Engine) -> None:
        """Load the templates."""
        self._engine = engine
        self._facts = engine.corpus.facts
        self.measures = MeasureRows(engine)
        self.policies = PolicyRows(engine, self.measures)
        # Plain text for every channel; a channel that shows markup escapes what it is given.
        self._env = Environment(
            loader=PackageLoader("dialogs"),
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701
        )
        self._env.globals |= {"range_text": range_text, "yuan": yuan_text, "day": day_text, "numbered": numbered}
        self._env.globals |= {"verdict": VERDICTS.__getitem__, "state": STATES.__getitem__}

    def result(self, assessment: Assessment, *, whole: bool = False) -> str:
        """The result: conclusion first, then documents with their measures; long groups folded unless ``whole``."""
        policies = self.policies.documents(assessment, whole=whole)
        return self._render("result.j2", policies=policies, several=len(policies) > 1, districts=_districts(assessment))

    def script(self, assessment: Assessment, missing: Sequence[str]) -> str:
        """What a person at the desk says or sends: conclusion, status, clauses with their sentence; ``missing`` by name."""
        policies = self.policies.documents(assessment)
        told = self._render("script.j2", policies=policies, missing=missing, districts=_districts(assessment))
        return told.replace("**", "")

    def group(self, assessment: Assessment, *groups: str) -> str:
        """The measures of some groups, one short paragraph each."""
        chosen = [self.measures.line(item) for item in in_group(items(assessment), *groups)]
        return self._render("group.j2", title="、".join(groups), lines=chosen)

    def detail(self, assessment: Assessment, number: int) -> str | None:
        """One measure in full, or ``None`` when there is no such number."""
        for item in items(assessment):
            if item.number == number:
                return self._render("detail.j2", **self.measures.detail(item, assessment))
        return None

    def left_out(self, assessment: Assessment) -> str:
        """What the combination leaves out and which ceilings bound, each with its article."""
        return self._render(
            "left_out.j2", policies=[self.policies.plan(policy) for policy in assessment.policies if policy.plan]
        )

    def missing(self, assessment: Assessment) -> str:
        """What is still open per measure and what it is worth."""
        rows = [
            {
                "line": self.measures.line(item),
                "facts": self.labels((*item.result.open.deciding, *item.result.open.figures)),
            }
            for item in in_group(items(assessment), MET, NEAR, OPEN, UNASKED)
            if item.result.missing
        ]
        rules = [self._facts[key].label for policy in assessment.policies if policy.plan for key in policy.plan.unasked]
        return self._render(
            "missing.j2", rows=rows[:SHOWN_AT_ONCE], more=max(0, len(rows) - SHOWN_AT_ONCE), rules=rules
        )

    def staff(self, assessment: Assessment, lead: str) -> str:
        """Whom to ask about each document looked at, or about all as long as none is; ``lead``: why not here."""
        headers = [policy.policy.header for policy in assessment.policies or self._engine.policies.values()]
        return self._render("staff.j2", headers=headers, lead=lead)

    def why(self, question: Question, open_: Mapping[str, Need], as_of: date) -> str:
        """Why a question is asked: the clauses that hang on it and what they could be worth."""
        reasons = reasons_to_ask(self._engine, question, open_, as_of)
        return self._render("why.j2", **reasons, limit=SHOWN_AT_ONCE)

    def summary(self, state: State) -> str:
        """Everything answered so far, numbered."""
        rows = [answer.said for answer in state.answers.values()]
        return self._render("summary.j2", rows=rows, as_of=state.as_of)

    def render(self, name: str, **context: Any) -> str:
        """A template that needs nothing of the assessment."""
        return self._render(name, **context)

    def _render(self, name: str, **context: Any) -> str:
        return self._env.get_template(name).render(**context).strip("\n")

    def labels(self, keys: tuple[str, ...]) -> list[str]:
        """The names of facts, each once."""
        return [self._facts[key].label for key in dict.fromkeys(keys)]

    def what_if(self, before: Assessment, after: Assessment, facts: Facts, changed: Facts) -> str:
        """What would be different if ``changed`` were so: sums, clauses that flip, what is left out then."""
        rows = [
            (self._facts[key].label, value_text(self._facts[key], value), value_text(self._facts[key], facts.get(key)))
            for key, value in changed.items()
        ]
        return self._render(
            "what_if.j2", rows=rows, documents=differences(before, after), named=_names(after), change=change_text
        )

    def heard(self, told: Tells, changed: Facts, located: Assessment | None) -> str:
        """Facts told of one's own accord, said back: what was heard, what it changes, what is going to be asked.

        ``located``: given when it was told where the enterprise is; the status of the documents there is said at once.
        """
        policies = located.policies if located is not None else ()
        return self._render(
            "heard.j2",
            heard=self.told(told.facts),
            changed=self.told(changed),
            doubts=[question for key, question in told.doubts.items() if key not in told.facts],
            elsewhere=told.elsewhere,
            statuses=[
                status_sentence(policy.policy.header.short, policy.validity, located.as_of, policy.policy.header.stage)
                for policy in policies
                if located is not None
            ],
        )

    def told(self, facts: Mapping[str, Any]) -> list[str]:
        """Facts as label and value, for an echo."""
        return [f"{self._facts[key].label}：{value_text(self._facts[key], value)}" for key, value in facts.items()]


def _names(assessment: Assessment) -> dict[str, str]:
    """The documents by id, each with its standing."""
    return {one.policy.id: named(one.policy.header.short, one.validity) for one in assessment.policies}


def _districts(assessment: Assessment) -> int:
    """How many different places the documents are for: amounts of different places never add up."""
    return len({policy.policy.header.districts for policy in assessment.policies})
