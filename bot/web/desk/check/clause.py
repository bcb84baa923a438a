"""A check that begins with a clause looked up: where it applies, and what it asks about to be asked first."""

from __future__ import annotations

from bot.web.desk.check.query import Query
from dialogs.questions import Catalogue
from knowledge.said import measures_under
from policies.vocabulary import PLACE


def begun_with(catalogue: Catalogue, policy: str, article: str, day: str = "") -> Query | None:
    """The check to begin with; nothing is taken as said.

    Args:
        catalogue: of the corpus.
        policy: the document.
        article: one of its articles.
        day: the date asked about, as typed; empty: today.

    Returns:
        ``None`` when there is no such article, or no measure in it.
    """
    compiled = catalogue.engine.policies.get(policy)
    found = compiled.policy.articles.get(article) if compiled is not None else None
    if compiled is None or found is None:
        return None
    under = {loaded.id for loaded in measures_under(compiled.policy, found)}
    asked = [key for rule in compiled.rules if rule.id in under for key in rule.facts if key in rule.telling]
    if not asked:
        return None
    districts = compiled.policy.header.districts
    return Query(where=districts[:1], day=day, asks=tuple(key for key in dict.fromkeys(asked) if key != PLACE))
