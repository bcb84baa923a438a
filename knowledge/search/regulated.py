"""What the rules of a document's header regulate, and in which article: the matters named in ``language.yaml``."""

from __future__ import annotations

from collections.abc import Iterator

from policies.model.policy import Policy


def regulated(header: Policy) -> Iterator[tuple[str, str]]:
    """Each matter (a key of ``rules`` in ``language.yaml``, or a kind of rule nobody asks about) with its article."""
    for cap in header.caps:
        if not cap.over:
            yield "total" if cap.of is None else "contribution", cap.cite.article
    for rule in header.rules:
        if rule.cite is not None:
            yield rule.kind, rule.cite.article
    if header.net_of_tax is not None:
        yield "net_of_tax", header.net_of_tax.article
