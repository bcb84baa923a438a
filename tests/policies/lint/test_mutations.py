"""Every small mistake in a rule file is noticed: by loading, by the text, by a worked example, or by boundary.yaml."""

from __future__ import annotations

import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from policies.engine.engine import Engine
from policies.kinds import check_kinds
from policies.law import Corpus, LoadedMeasure, LoadedPolicy
from policies.lint.boundaries.render import Boundary
from policies.lint.checks import computed_findings, not_computable, text_findings
from policies.load import OWN_CORPUS, load
from policies.model.measure import ArticleFile
from policies.model.policy import Policy
from policies.references import check_references

from .mutations import Mutant, mutants

# Mistakes that change nothing anybody is told: (document, kind, what) -> why.
EQUIVALENT: dict[tuple[str, str, str], str] = {}
Found = tuple[str, str, str, str | None]
PARTS = 3  # of each document, so that the work spreads evenly
DOCUMENTS = sorted(path.parent.name for path in OWN_CORPUS.glob("*/policy.yaml"))


class Examiner:
    """Examines the mutants of one document against the document as it is committed."""

    def __init__(self, corpus: Corpus, policy_id: str) -> None:
        self.corpus = corpus
        self.policy = corpus.policies[policy_id]
        boundary = self._boundary(self.policy)
        self.header = boundary.header_lines()
        self.totals = boundary.total_lines()
        self.measures = {m.id: boundary.measure_lines(i) for i, m in enumerate(self.policy.measures)}

    def caught_by(self, mutant: Mutant) -> str | None:
        """What notices the mutant; ``None`` when nothing does."""
        try:
            policy = self._mutated(mutant)
        except (ValidationError, KeyError):
            return "load"
        if check_references(policy, self.corpus.facts) or any(check_kinds(policy, self.corpus.facts)):
            return "load"
        facts = self.corpus.facts
        if not_computable(policy) or next(text_findings(policy, facts), None) is not None:
            return "text"
        boundary = self._boundary(policy)
        if next(computed_findings(boundary.trial.engine, boundary), None) is not None:
            return "examples"
        return "boundary" if self._differs(boundary, f"{policy.id}/{mutant.file}") else None

    def _differs(self, boundary: Boundary, file: str) -> bool:
        ordered = sorted(enumerate(boundary.policy.measures), key=lambda item: item[1].file != file)
        return (
            any(boundary.measure_lines(index) != self.measures.get(measure.id) for index, measure in ordered)
            or boundary.header_lines() != self.header
            or boundary.total_lines() != self.totals
        )

    def _boundary(self, policy: LoadedPolicy) -> Boundary:
        alone = Corpus({policy.id: policy}, self.corpus.vocabulary, self.corpus.version)
        return Boundary(Engine(alone), policy.id)

    def _mutated(self, mutant: Mutant) -> LoadedPolicy:
        if mutant.file == "policy.yaml":
            return replace(self.policy, header=Policy.model_validate(mutant.tree))
        file = ArticleFile.model_validate(mutant.tree)
        shown = f"{self.policy.id}/{mutant.file}"
        own = tuple(
            LoadedMeasure(
                self.policy.full_id(measure.id), self.policy.id, measure,
                self.policy.articles[measure.article or file.article], shown,
            )
            for measure in file.measures
        )  # fmt: skip
        first = next((i for i, m in enumerate(self.policy.measures) if m.file == shown), 0)
        others = [measure for measure in self.policy.measures if measure.file != shown]
        return replace(
            self.policy,
            measures=(*others[:first], *own, *others[first:]),
            not_rules={**self.policy.not_rules, file.article: file.not_rules},
        )


def trees_of(folder: Path) -> dict[str, Any]:
    paths = [folder / "policy.yaml", *sorted(folder.glob("article-*.yaml"))]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {path.name: yaml.load(path.read_text(encoding="utf-8"), loader) for path in paths}


def examine(policy_id: str, part: int) -> list[Found]:
    examiner = Examiner(load(), policy_id)
    chosen = islice(mutants(trees_of(OWN_CORPUS / policy_id)), part, None, PARTS)
    return [(policy_id, m.kind, f"{m.file}: {m.what}", examiner.caught_by(m)) for m in chosen]


@pytest.fixture(scope="module")
def results() -> list[Found]:
    tasks = [(policy, part) for policy in DOCUMENTS for part in range(PARTS)]
    with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
        return [found for many in pool.map(examine, *zip(*tasks, strict=True)) for found in many]


def test_every_mutant_is_caught(results: list[Found], capsys: pytest.CaptureFixture[str]) -> None:
    survived = [found[:3] for found in results if found[3] is None and found[:3] not in EQUIVALENT]
    with capsys.disabled():
        sys.stdout.write(report(results))
    assert not survived, "\n" + "\n".join(map(str, survived))


def test_a_mutant_listed_as_equivalent_is_one(results: list[Found]) -> None:
    assert EQUIVALENT.keys() <= {found[:3] for found in results if found[3] is None}


def report(everything: list[Found]) -> str:
    """caught / total a kind, and what caught them."""
    lines = []
    for kind in sorted({kind for _, kind, _, _ in everything}):
        by = Counter(found for _, other, _, found in everything if other == kind)
        total = sum(by.values())
        how = ", ".join(f"{name} {by[name]}" for name in ("load", "text", "examples", "boundary") if by[name])
        lines.append(f"{kind}: {total - by[None]}/{total} ({how})")
    caught = sum(by is not None for *_, by in everything)
    return "\n" + "\n".join([*lines, f"all: {caught}/{len(everything)}", ""])
