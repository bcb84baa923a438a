"""Question to articles. Start at :class:`Searcher`."""

from knowledge.search.found import Found, Hit, Outcome
from knowledge.search.searcher import Searcher

__all__ = ["Found", "Hit", "Outcome", "Searcher"]
