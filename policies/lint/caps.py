"""Ceilings over several measures: the sets of measures are nested or apart, so that one order of cutting is right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from policies.findings import Finding
from policies.law import LoadedPolicy
from policies.places import header_file


def check_caps(policy: LoadedPolicy) -> Iterator[Finding]:
    """Of any two caps, one covers the other's measures or they share none; ``over`` left out covers all."""
    caps = policy.header.caps
    everything = frozenset(loaded.measure.id for loaded in policy.measures)
    for (_, one), (index, other) in combinations(enumerate(caps), 2):
        first = frozenset(one.over) or everything
        second = frozenset(other.over) or everything
        if first & second and not first <= second and not second <= first:
            shared = "、".join(sorted(first & second))
            yield Finding(
                header_file(policy),
                ("caps", index, "over"),
                f"封顶 {one.id} 和 {other.id} 只有一部分事项相同（{shared}）",
                "两个封顶的 over 要么一个包含另一个，要么没有共同的事项",
                "按原文重新核对每个封顶管哪些事项",
            )
