"""The officer's compiler: everything that can be wrong with the rule files of a corpus, said so that it can be mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policies.engine.engine import Engine
from policies.findings import located
from policies.law import Corpus
from policies.lint.boundaries.compare import NAME, compare
from policies.lint.boundaries.render import Boundary
from policies.lint.checks import computed_findings, not_computable, text_findings
from policies.lint.heard import check_heard
from policies.lint.vocabulary import check_facts_used
from policies.load import OWN_CORPUS, OWN_FACTS, load
from policies.problems import CorpusError, Problem


def lint(folder: Path = OWN_CORPUS, facts: Path = OWN_FACTS) -> list[Problem]:
    """All problems of a corpus folder and its vocabulary, by file and line; empty when all is well."""
    try:
        corpus = load(folder, facts)
    except CorpusError as error:
        return sorted(error.problems)
    problems = [*corpus.refused, *_documents(corpus, folder)]
    texts = {facts.name: facts.read_text(encoding="utf-8")}
    problems += located(check_heard(corpus, facts.name), texts)
    if not corpus.refused:  # a refused document may be the only one that uses a fact
        problems += located(check_facts_used(corpus, facts.name), texts)
    return sorted(problems)


def write_boundaries(folder: Path = OWN_CORPUS, facts: Path = OWN_FACTS) -> list[Path]:
    """Write ``boundary.yaml`` of every document that loads; the files that changed are returned.

    Raises:
        CorpusError: when nothing can be loaded.
    """
    corpus = load(folder, facts)
    engine = Engine(corpus)
    changed = []
    for policy_id in corpus.policies:
        path = folder / policy_id / NAME
        text = Boundary(engine, policy_id).text()
        if _committed(path) != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _documents(corpus: Corpus, folder: Path) -> Iterator[Problem]:
    engine = Engine(corpus)
    for policy_id, policy in corpus.policies.items():
        hopeless = not_computable(policy)
        if hopeless:
            yield from located(hopeless, policy.texts)
            continue
        boundary = Boundary(engine, policy_id)
        yield from located(text_findings(policy, corpus.facts), policy.texts)
        yield from located(computed_findings(engine, boundary), policy.texts)
        yield from compare(f"{policy_id}/{NAME}", _committed(folder / policy_id / NAME), boundary.text())


def _committed(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
