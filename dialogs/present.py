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
    Item,
    distance,
    in_group,
    items,
    shortfall,
    worth_if_reached,
)
from dialogs.needs import Need, Role, at_stake
from dialogs.questions import Question
from dialogs.session import State
from dialogs.wording import STATES, VERDICTS, numbered, range_text
from knowledge.standing import named, standing, status_sentence
from policies.answers import number_text, value_text
from policies.days import day_text
from policies.engine.assessment import Assessment, MeasureResult, PolicyAssessment
from policies.engine.effects import effects
from policies.engine.engine import Engine
from policies.engine.explain import Reason
from policies.engine.formula import formula
from policies.engine.judged import INELIGIBLE
from policies.engine.plan import Applied
from policies.engine.rules import VariantRule
from policies.engine.validity import validity
from policies.law import LoadedPolicy
from policies.model.policy import Cap
from policies.notation import yuan_text
from policies.values import Facts

SHOWN_AT_ONCE = 8


class Presenter:
    """Renders replies. Made once; holds templates and the vocabulary, nothing of any conversation."""

    def __init__(self, engine: Engine) -> None:
        """Load the templates."""
        self._engine = engine
        self._facts = engine.corpus.facts
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
        policies = self.documents(assessment, whole=whole)
        return self._render("result.j2", policies=policies, several=len(policies) > 1, districts=_districts(assessment))

    def documents(self, assessment: Assessment, *, whole: bool = True) -> list[dict[str, Any]]:
        """What a result shows of each document, as data for a template: status, totals (分), lines by group, the plan."""
        all_items = items(assessment)
        return [self._policy(policy, assessment, all_items, whole=whole) for policy in assessment.policies]

    def group(self, assessment: Assessment, *groups: str) -> str:
        """The measures of some groups, one short paragraph each."""
        chosen = [self.line(item) for item in in_group(items(assessment), *groups)]
        return self._render("group.j2", title="、".join(groups), lines=chosen)

    def detail(self, assessment: Assessment, number: int) -> str | None:
        """One measure in full, or ``None`` when there is no such number."""
        for item in items(assessment):
            if item.number == number:
                return self._detail(item, assessment)
        return None

    def left_out(self, assessment: Assessment) -> str:
        """What the combination leaves out and which ceilings bound, each with its article."""
        return self._render(
            "left_out.j2", policies=[self._plan(policy) for policy in assessment.policies if policy.plan]
        )

    def missing(self, assessment: Assessment) -> str:
        """What is still open per measure and what it is worth."""
        rows = [
            {"line": self.line(item), "facts": self.labels((*item.result.open.deciding, *item.result.open.figures))}
            for item in in_group(items(assessment), MET, NEAR, OPEN, UNASKED)
            if item.result.missing
        ]
        rules = [self._facts[key].label for policy in assessment.policies if policy.plan for key in policy.plan.unasked]
        return self._render(
            "missing.j2", rows=rows[:SHOWN_AT_ONCE], more=max(0, len(rows) - SHOWN_AT_ONCE), rules=rules
        )

    def staff(self, assessment: Assessment) -> str:
        """Whom to ask about each document looked at."""
        headers = [policy.policy.header for policy in assessment.policies]
        return self._render("staff.j2", headers=headers)

    def why(self, question: Question, open_: Mapping[str, Need], as_of: date) -> str:
        """Why a question is asked: the clauses that hang on it and what they could be worth."""
        found: dict[str, MeasureResult] = {}
        for key in question.facts:
            for result in open_[key].measures if key in open_ else ():
                found.setdefault(result.id, result)
        results = sorted(found.values(), key=lambda result: -at_stake(result))
        headers = {name: self._engine.policies[name].policy.header for name in self._policies_of(results)}
        several = len(headers) > 1
        rows = [
            {
                "label": f"{headers[result.rule.loaded.policy].short} {self._label(result)}"
                if several
                else self._label(result),
                "title": self._title(result),
                "worth": self._worth(result),
            }
            for result in results
            if question.kind != "where"
        ]
        return self._render(
            "why.j2",
            rows=rows[:SHOWN_AT_ONCE],
            more=max(0, len(rows) - SHOWN_AT_ONCE),
            help=question.help,
            where=question.kind == "where",
            told=[named(header.short, validity(header, as_of)) for header in headers.values()],
            combines=any(open_[key].role is Role.COMBINES for key in question.facts if key in open_),
        )

    def summary(self, state: State) -> str:
        """Everything answered so far, numbered."""
        rows = [answer.said for answer in state.answers.values()]
        return self._render("summary.j2", rows=rows, as_of=state.as_of)

    def render(self, name: str, **context: Any) -> str:
        """A template that needs nothing of the assessment."""
        return self._render(name, **context)

    def _render(self, name: str, **context: Any) -> str:
        return self._env.get_template(name).render(**context).strip("\n")

    def _policy(
        self, policy: PolicyAssessment, assessment: Assessment, all_items: tuple[Item, ...], *, whole: bool
    ) -> dict[str, Any]:
        own = [item for item in all_items if item.policy is policy]
        groups = {
            group: [self.line(item) for item in own if item.group == group] for group in {item.group for item in own}
        }
        header = policy.policy.header
        return {
            "short": header.short,
            "title": header.title,
            "number": header.number.value,
            "standing": standing(policy.validity),
            "status": status_sentence(header.short, policy.validity, assessment.as_of, header.stage),
            "pays": policy.validity.pays,
            "groups": groups,
            "total": policy.total,
            "nominal": policy.nominal,
            "assured": policy.nominal[0]
            if policy.nominal and (policy.validity.sure or not policy.validity.pays)
            else 0,
            "plan": self._plan(policy) if policy.plan else None,
            "limit": len(own) if whole else SHOWN_AT_ONCE,
            "rules": self._rules(policy) if whole else [],
            "ask_next": header.ask_next,
        }

    def line(self, item: Item) -> dict[str, Any]:
        """One measure as a row of a result."""
        result = item.result
        short = shortfall(result)
        worth = worth_if_reached(self._engine, item, short) if short is not None else None
        return {
            "number": item.number,
            "label": self._label(result),
            "title": result.rule.loaded.measure.title,
            "policy": item.policy.policy.header.short,
            "named": named(item.policy.policy.header.short, item.policy.validity),
            "verdict": result.verdict,
            "low": result.low,
            "high": result.high,
            "monetary": result.monetary,
            "in_kind": result.rule.variants[0].award.in_kind,
            "unspecified": result.rule.variants[0].award.unspecified,
            "formula": self._short_formula(result),
            "words": _deciding(result).award.words,
            "says": self._says(result),
            "open": len(result.open.deciding),
            "confirm": len(result.open.confirming),
            "exhausted": result.exhausted and result.verdict == INELIGIBLE,
            "unmet": [self._reason(reason, result.facts) for reason in result.reasons if reason.state == "unmet"],
            "short": self._reason(short, result.facts) if short is not None else None,
            "worth": worth,
        }

    def _detail(self, item: Item, assessment: Assessment) -> str:
        return self._render("detail.j2", **self.detail_data(item, assessment))

    def detail_data(self, item: Item, assessment: Assessment) -> dict[str, Any]:
        """One measure in full, as data for a template: quotes, conditions, formula, ceilings, readings, what is missing."""
        result, policy = item.result, item.policy
        loaded, header = result.rule.loaded, policy.policy.header
        measure = loaded.measure
        computed = {
            (reading.reading.id, reading.option): reading.judged
            for reading in result.readings
            if self._shown(result, reading.reading.differ, reading.judged.verdict)
        }
        return {
            "line": self.line(item),
            "header": header,
            "status": status_sentence(header.short, policy.validity, assessment.as_of, header.stage),
            "measure": measure,
            "label": loaded.article.label,
            "also": [
                {"label": policy.policy.articles[cite.article].label, "quote": cite.quote} for cite in measure.also
            ],
            "reasons": [self._reason(reason, result.facts) for reason in result.reasons],
            "formula": formula(result.rule.variants[0], result.facts, self._facts),
            "readings": measure.readings,
            "computed": computed,
            "caps": [cap for cap in header.caps if not cap.over or measure.id in cap.over],
            "choose": [rule for rule in header.choose_one if any(measure.id in group for group in rule.groups)],
            "pools": [pool for pool in header.pools if measure.id in pool.measures],
            "rules": [rule for rule in header.rules if measure.id in rule.measures],
            "missing": [
                {"label": self._facts[key].label, "effects": effects(self._engine, result, key)}
                for key in dict.fromkeys((*result.open.deciding, *result.open.figures))
            ],
            "higher": header.higher_of,
        }

    def _shown(self, result: MeasureResult, differ: str, verdict: str) -> bool:
        """Another reading's result is shown when it is only told beside, or when it decides the verdict differently."""
        return differ == "default" or verdict != result.judged[0].verdict

    def _says(self, result: MeasureResult) -> list[str]:
        """The careful sentence of every reading under which the result would be another one."""
        shown = (result.verdict, result.low, result.high)
        told = [
            other.reading.says
            for other in result.readings
            if self._shown(result, other.reading.differ, other.judged.verdict) and other.judged[:3] != shown
        ]
        return list(dict.fromkeys(told))

    def _short_formula(self, result: MeasureResult) -> str:
        """The formula of the reading that decides, with whatever else lowers its result."""
        told = formula(_deciding(result), result.facts, self._facts)
        if told.amount is not None and result.high is not None and result.high < told.amount:
            return f"{told.short}，受其他回答限制，取 {yuan_text(result.high)}"
        return told.short

    def _reason(self, reason: Reason, facts: Facts) -> dict[str, Any]:
        fact = self._facts[reason.facts[0]]
        far = distance(reason, facts)
        return {
            "state": reason.state,
            "words": reason.test.words if reason.test.is_ is not False else f"没有这种情况：{reason.test.words}",
            "label": "＋".join(dict.fromkeys(self._facts[key].label for key in reason.facts)),
            "gap": None if far is None else f"{'' if far[1] else '至多 '}{number_text(fact, far[0])}",
            "over": reason.low is None,
            "verified_by": reason.test.verified_by,
            "note": reason.test.note,
            "decisive": reason.decisive,
        }

    def _plan(self, policy: PolicyAssessment) -> dict[str, Any]:
        plan = policy.plan
        if plan is None:
            return {}
        titles = {loaded.measure.id: loaded for loaded in policy.policy.measures}
        return {
            "short": named(policy.policy.header.short, policy.validity),
            "left_out": [
                {
                    "label": titles[left.id].article.label,
                    "title": titles[left.id].measure.title,
                    "why": left.by.title,
                    "cite": self._cite(policy.policy, left.by.cite.article) if left.by.cite else left.by.why,
                }
                for left in plan.left_out
            ],
            "applied": [self._applied(policy.policy, applied) for applied in plan.applied],
            "unasked": [self._facts[key].label for key in plan.unasked],
            "unplaced": [
                self._facts[rule.fact].label
                for rule in policy.policy.header.higher_of
                if policy.facts.get(rule.fact) is not None and len(plan.chosen) > 1
            ],
            "readings": [reading.says for reading in policy.policy.header.readings],
            "unbound": self._unbound(policy),
        }

    def _rules(self, policy: PolicyAssessment) -> list[str]:
        """What holds for the whole document and changes no amount: taxes, repayment, yearly budget, prior notice …"""
        articles = policy.policy.articles
        return [
            f"{rule.says}（{articles[rule.cite.article].label}）" if rule.cite is not None else rule.says
            for rule in policy.policy.header.rules
            if not rule.measures
        ]

    def _unbound(self, policy: PolicyAssessment) -> list[str]:
        """Ceilings over everything that were checked and do not bind, so that nobody wonders."""
        plan = policy.plan
        if plan is None:
            return []
        bound = {applied.rule.id for applied in plan.applied}
        told = []
        for cap in policy.policy.header.caps:
            if cap.id not in bound and cap.amount is not None and not cap.over:
                exceeded = plan.total[1] is None or plan.total[1] > int(cap.amount.value)
                told.append(
                    f"{cap.title}：{'按年算，多年合计不受影响，但任何一年都不超过' if exceeded else '没有触发'}"
                )
        return told

    def _applied(self, policy: LoadedPolicy, applied: Applied) -> dict[str, Any]:
        rule = applied.rule
        label = self._cite(policy, rule.cite.article)
        lifted_by = rule.lifted_cite if isinstance(rule, Cap) else None
        return {
            "title": rule.title,
            "label": label,
            "ceiling": applied.ceiling,
            "before": applied.before,
            "lifted": applied.lifted,
            "quote": lifted_by.quote if lifted_by is not None else rule.cite.quote,
        }

    @staticmethod
    def _cite(policy: LoadedPolicy, article: str) -> str:
        return policy.articles[article].label

    def labels(self, keys: tuple[str, ...]) -> list[str]:
        """The names of facts, each once."""
        return [self._facts[key].label for key in dict.fromkeys(keys)]

    def _label(self, result: MeasureResult) -> str:
        return result.rule.loaded.article.label

    @staticmethod
    def _policies_of(results: Sequence[MeasureResult]) -> list[str]:
        return list(dict.fromkeys(result.rule.loaded.policy for result in results))

    def _title(self, result: MeasureResult) -> str:
        return result.rule.loaded.measure.title

    def _worth(self, result: MeasureResult) -> str:
        award = result.rule.variants[0].award
        if not award.is_money:
            return "没有写金额" if award.unspecified else "非资金支持"
        # As the clause is read by default: what another reading would pay belongs to other enterprises or to the details.
        shown = result if result.judged[0].verdict == INELIGIBLE else result.judged[0]
        if shown.high is None:
            return "没有写上限"
        return f"最高 {yuan_text(shown.high)}" if shown.low != shown.high else yuan_text(shown.high)

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


def _deciding(result: MeasureResult) -> VariantRule:
    """The reading whose award is shown: the default one, unless only a disputed one leaves the measure open."""
    variants = result.rule.variants
    if result.judged[0].verdict == INELIGIBLE != result.verdict:
        for variant, judged in zip(variants[1:], result.judged[1:], strict=True):
            if variant.disputed and judged.verdict != INELIGIBLE:
                return variant
    return variants[0]


def _districts(assessment: Assessment) -> int:
    """How many different places the documents are for: amounts of different places never add up."""
    return len({policy.policy.header.districts for policy in assessment.policies})
