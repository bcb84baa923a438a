"""Which facts the documents of a district ask for: what decides between facts said in the same words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from policies.engine.rules import rules_of
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

    @cached_property
    def _by_district(self) -> dict[str, frozenset[str]]:
        used: dict[str, set[str]] = {}
        for policy in self._corpus.policies.values():
            keys = {key for rule in rules_of(policy, self._corpus.facts) for key in rule.facts}
            keys |= {key for cap in policy.header.caps for key in (cap.of, cap.less) if key is not None}
            for district in policy.header.districts:
                used.setdefault(district, set()).update(keys)
        return {district: frozenset(keys) for district, keys in used.items()}
