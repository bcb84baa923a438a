"""From a clause to its quick check: the place, the day, and what its measures are for, marked as done."""

from __future__ import annotations

from datetime import date

from bot.web.desk.check.query import Query, address_of
from bot.web.desk.check.routes import CHECK
from dialogs.check.lines import Mark, name_of
from dialogs.questions import Catalogue
from knowledge.said import measures_under
from policies.document import Article
from policies.law import LoadedPolicy


class ClauseChecks:
    """Made once over the documents of a conversation."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Collect the lines to mark, by the facts they speak of."""
        self._engine = catalogue.engine
        self._lines = [
            (name_of(line), line.ticked.keys() | line.unticked.keys())
            for _, lines in catalogue.tick_lists
            for line in lines
        ]

    def of(self, policy: LoadedPolicy, article: Article, day: date) -> str | None:
        """The address of the check, to be filled with figures; ``None`` for a clause that pays nothing."""
        paid = {loaded.id for loaded in measures_under(policy, article) if loaded.monetary}
        if not paid:
            return None
        rules = [rule for rule in self._engine.policies[policy.id].rules if rule.id in paid]
        asked = {key for rule in rules for key in rule.facts}
        marks = {name: Mark.YES for name, keys in self._lines if not asked.isdisjoint(keys)}
        query = Query(where=policy.header.districts, day=day.isoformat(), marks=marks)
        return f"{CHECK}?{address_of(query)}"
