"""Which facts the documents of a district ask for: what decides between facts said in the same words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from policies.asked import asked_in
from policies.law import Corpus


class Relevance:
    """Facts by district, worked out when first needed."""

    def __init__(self, corpus: Corpus) -> None:
        """Keep the corpus."""
        self._corpus = corpus

    def among(self, keys: Iterable[str], district: str | None) -> set[str]:
        """Those of the facts that the district's documents ask for; all of them when none does or no district is known."""
        every = set(keys)
        asked = (
            every & self._by_district.get(district, frozenset()) if district is not None and len(every) > 1 else every
        )
        return asked or every

    def asked(self, key: str, district: str | None) -> bool:
        """Whether the district's documents ask for the fact; of a district without documents, or none, anything may be asked."""
        return district is None or district not in self._by_district or key in self._by_district[district]

    @cached_property
    def _by_district(self) -> dict[str, frozenset[str]]:
        return asked_in(self._corpus)
