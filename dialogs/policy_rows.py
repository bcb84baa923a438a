"""One document of a result as data for a template: status, totals, its measures by group, the combination chosen."""

from __future__ import annotations

from typing import Any

from dialogs.groups import Item, items
from dialogs.measure_rows import MeasureRows
from knowledge.standing import named, standing, status_sentence
from policies.engine.assessment import Assessment, PolicyAssessment
from policies.engine.engine import Engine
from policies.engine.plan import Applied
from policies.law import LoadedPolicy
from policies.model.policy import Cap

SHOWN_AT_ONCE = 8


class PolicyRows:
    """Picks what is shown of a document. Amounts in 分."""

    def __init__(self, engine: Engine, measures: MeasureRows) -> None:
        """Over one corpus and its vocabulary."""
        self._facts, self._measures = engine.corpus.facts, measures

    def documents(self, assessment: Assessment, *, whole: bool = True) -> list[dict[str, Any]]:
        """What a result shows of each document, as data for a template: status, totals (分), lines by group, the plan."""
        all_items = items(assessment)
        return [self._policy(policy, assessment, all_items, whole=whole) for policy in assessment.policies]

    def _policy(
        self, policy: PolicyAssessment, assessment: Assessment, all_items: tuple[Item, ...], *, whole: bool
    ) -> dict[str, Any]:
        own = [item for item in all_items if item.policy is policy]
        groups = {
            group: [self._measures.line(item) for item in own if item.group == group]
            for group in {item.group for item in own}
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
            "plan": self.plan(policy) if policy.plan else None,
            "limit": len(own) if whole else SHOWN_AT_ONCE,
            "rules": self._rules(policy) if whole else [],
            "ask_next": header.ask_next,
        }

    def plan(self, policy: PolicyAssessment) -> dict[str, Any]:
        """The combination chosen: what it leaves out, the ceilings that bound, each with its article; ``{}`` without one."""
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
            "readings": [f"{reading.issue}——{reading.says}" for reading in policy.policy.header.readings],
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
