"""Reading the FAQ files. After this, nothing reads the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.faq.model import Entry, FaqFile
from knowledge.faq.references import Placed, check_references
from policies.findings import located
from policies.law import Corpus
from policies.problems import Problem
from policies.yaml_files import RuleFileError, read_model

OWN_ENTRIES = Path(__file__).parent / "entries"


@dataclass(frozen=True)
class FaqFiles:
    """All entries in the order of the files, and the text of each file."""

    placed: tuple[Placed, ...]
    texts: Mapping[str, str]


def load_faq(corpus: Corpus, folder: Path = OWN_ENTRIES) -> tuple[Entry, ...]:
    """All entries whose documents are all in the corpus, in the order of the files.

    Raises:
        RuleFileError: when a file is broken, or an id, an article or a quote is not where it is said to be;
            ``problems`` lists every mistake of every file.
    """
    files = read_files(folder)
    usable = [placed for placed in files.placed if set(placed.entry.policies) <= corpus.policies.keys()]
    problems = list(located(check_references(usable, corpus), files.texts))
    if problems:
        raise RuleFileError(sorted(problems))
    return tuple(placed.entry for placed in usable)


def read_files(folder: Path = OWN_ENTRIES) -> FaqFiles:
    """Read every file of a folder.

    Raises:
        RuleFileError: when there is none, or one is no YAML or does not fit the model.
    """
    placed: list[Placed] = []
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        shown = f"faq/{path.name}"
        try:
            file = read_model(path, FaqFile, shown)
        except RuleFileError as error:
            problems.extend(error.problems)
            continue
        texts[shown] = path.read_text(encoding="utf-8")
        placed.extend(Placed(entry, shown, ("entries", index)) for index, entry in enumerate(file.entries))
    if not texts and not problems:
        problems.append(Problem(str(folder), 0, "没有任何问答文件", "每个主题一个 .yaml 文件", "见 docs/authoring.md"))
    if problems:
        raise RuleFileError(problems)
    return FaqFiles(tuple(placed), texts)
