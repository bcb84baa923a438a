"""All problems of the FAQ files, by file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.faq.lint.figures import check_figures, check_used
from knowledge.faq.lint.grounds import check_grounds
from knowledge.faq.lint.status import check_status
from knowledge.faq.lint.tone import check_tone
from knowledge.faq.load import OWN_ENTRIES, read_files
from knowledge.faq.references import Placed, check_references
from policies.findings import Finding, located
from policies.law import Corpus
from policies.problems import Problem
from policies.yaml_files import RuleFileError


def lint_faq(corpus: Corpus, folder: Path = OWN_ENTRIES) -> list[Problem]:
    """All problems; empty when all is well.

    Entries about a document that was refused are left out: its own problems come first.
    """
    try:
        files = read_files(folder)
    except RuleFileError as error:
        return sorted(error.problems)
    return sorted(located(faq_findings(files.placed, corpus), files.texts))


def faq_findings(entries: Sequence[Placed], corpus: Corpus) -> Iterator[Finding]:
    """What is wrong with these entries."""
    known = corpus.policies.keys()
    missing = [placed for placed in entries if not set(placed.entry.policies) <= known]
    if not corpus.refused:
        yield from (finding for placed in missing for finding in _unknown(placed, corpus))
    usable = [placed for placed in entries if placed not in missing]
    yield from check_references(usable, corpus)
    for placed in usable:
        yield from check_figures(placed, corpus)
        yield from check_used(placed, corpus)
        yield from check_status(placed, corpus)
        yield from check_grounds(placed, corpus)
        yield from check_tone(placed)


def _unknown(placed: Placed, corpus: Corpus) -> Iterator[Finding]:
    for index, policy in enumerate(placed.entry.policies):
        if policy not in corpus.policies:
            known = "、".join(corpus.policies)
            at = (*placed.path, "policies", index)
            yield Finding(placed.file, at, f"没有文件 {policy}", f"其中之一：{known}", "改成收有的文件编号")
