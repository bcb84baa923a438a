"""Loading the corpus from a folder. After this, nothing reads the disk."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from policies.document import Article, Cut, CutError, cut, mend
from policies.findings import located
from policies.kinds import check_kinds
from policies.law import Corpus, LoadedMeasure, LoadedPolicy
from policies.lines import line_of
from policies.model.fact import Fact, Vocabulary
from policies.model.measure import ArticleFile
from policies.model.phrasings import Phrasings
from policies.model.policy import Policy
from policies.problems import CorpusError, Problem
from policies.references import check_references
from policies.vocabulary import check_vocabulary
from policies.yaml_files import RuleFileError, as_model, read_text

HERE = Path(__file__).parent
OWN_FACTS = HERE / "facts.yaml"
OWN_CORPUS = HERE / "corpus"
PHRASINGS = "phrasings.yaml"


def load(corpus: Path = OWN_CORPUS, facts: Path = OWN_FACTS) -> Corpus:
    """Load every document of a corpus folder.

    A document with a mistake is refused whole and reported in ``Corpus.refused``; the others are not affected.

    Raises:
        CorpusError: when the vocabulary is broken, the folder has no document, or none of them can be used.
    """
    try:
        text = read_text(facts, facts.name)
        vocabulary = as_model(text, Vocabulary, facts.name)
    except RuleFileError as error:
        raise CorpusError(error.problems) from error
    wrong = list(located(check_vocabulary(vocabulary, facts.name), {facts.name: text}))
    if wrong:
        raise CorpusError(wrong)
    folders = sorted(path.parent for path in corpus.glob("*/policy.yaml")) if corpus.is_dir() else []
    if not folders:
        raise CorpusError(
            [
                Problem(
                    str(corpus),
                    0,
                    "没有任何文件",
                    "每份文件一个文件夹，内有 policy.yaml",
                    "见 docs/authoring.md",
                )
            ]
        )
    with _kept_for_good():
        policies, refused = _policies(folders, {fact.key: fact for fact in vocabulary.facts})
    if not policies:
        raise CorpusError(refused)
    return Corpus(policies, vocabulary, _version(facts, *folders), tuple(refused))


@contextmanager
def _kept_for_good() -> Iterator[None]:
    """Tell the garbage collector that what is made here stays.

    Else it walks all of it again and again, while loading (half of the time with a thousand documents) and ever after.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if running:
            gc.enable()


def _policies(folders: Iterable[Path], facts: Mapping[str, Fact]) -> tuple[dict[str, LoadedPolicy], list[Problem]]:
    """The documents that can be used, by id, and what is wrong with the others."""
    policies: dict[str, LoadedPolicy] = {}
    refused: list[Problem] = []
    for folder in folders:
        try:
            policy = load_policy(folder)
            problems = check_references(policy, facts) or list(located(check_kinds(policy, facts), policy.texts))
        except RuleFileError as error:
            problems = error.problems
        if problems:
            refused.extend(problems)
        else:
            policies[folder.name] = policy
    return policies, refused


def load_policy(folder: Path) -> LoadedPolicy:
    """Load one document's folder.

    Raises:
        RuleFileError: when a file is broken, or an article or quote is not where it is said to be.
    """
    shown = f"{folder.name}/policy.yaml"
    texts = {shown: read_text(folder / "policy.yaml", shown)}
    header = as_model(texts[shown], Policy, shown)
    try:
        source = (folder / "source.txt").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleFileError(
            [Problem(f"{folder.name}/source.txt", 0, "读不了原文", "UTF-8 文本", "放入原文文件")]
        ) from error
    mended = mend(source, header.layout)
    cuts = [Cut(rule.id, rule.label, rule.begins, rule.parent) for rule in header.articles]
    try:
        articles = {article.id: article for article in cut(mended, cuts)}
    except CutError as error:
        index = next(i for i, rule in enumerate(header.articles) if rule.id == error.cut.id)
        line = line_of(texts[shown], ("articles", index))
        raise RuleFileError(
            [Problem(shown, line, str(error), "条款开头与原文一致、顺序一致", "从原文复制开头几个字")]
        ) from error
    files = list(_article_files(folder, articles, texts))
    measures = tuple(
        LoadedMeasure(
            f"{folder.name}/{measure.id}",
            folder.name,
            measure,
            articles[measure.article or file.article],
            shown,
        )
        for shown, file in files
        for measure in file.measures
    )
    not_rules = {file.article: file.not_rules for _, file in files}
    phrasings = _phrasings(folder, articles, texts)
    return LoadedPolicy(folder.name, header, mended, articles, measures, not_rules, texts, phrasings)


def _phrasings(folder: Path, articles: dict[str, Article], texts: dict[str, str]) -> Mapping[str, tuple[str, ...]]:
    """How people put what the articles answer, where that is written down."""
    path = folder / PHRASINGS
    if not path.is_file():
        return {}
    shown = f"{folder.name}/{PHRASINGS}"
    texts[shown] = read_text(path, shown)
    phrasings = as_model(texts[shown], Phrasings, shown).phrasings
    problems = list(_misplaced(phrasings, articles, shown, texts[shown]))
    if problems:
        raise RuleFileError(problems)
    return phrasings


def _misplaced(
    phrasings: Mapping[str, tuple[str, ...]], articles: Iterable[str], shown: str, text: str
) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for article, questions in phrasings.items():
        if article not in articles:
            yield _no_article(shown, line_of(text, ("phrasings", article)), article, articles)
        for index, question in enumerate(questions):
            if question in seen:
                line = line_of(text, ("phrasings", article, index))
                found = f"“{question}”写了两次：{seen[question]} 和 {article}"
                yield Problem(shown, line, found, "一句只归一条", "删掉一处，或把两处写得不一样")
            seen[question] = article


def _no_article(shown: str, line: int, article: str, articles: Iterable[str]) -> Problem:
    return Problem(shown, line, f"没有条款 {article}", f"其中之一：{'、'.join(articles)}", "改成正文里有的条款")


def _article_files(
    folder: Path, articles: dict[str, Article], texts: dict[str, str]
) -> Iterator[tuple[str, ArticleFile]]:
    order = {article: index for index, article in enumerate(articles)}
    found: list[tuple[int, str, ArticleFile]] = []
    for path in sorted(folder.glob("article-*.yaml")):
        shown = f"{folder.name}/{path.name}"
        texts[shown] = read_text(path, shown)
        file = as_model(texts[shown], ArticleFile, shown)
        for index, name in [
            (None, file.article),
            *((i, m.article) for i, m in enumerate(file.measures) if m.article),
        ]:
            if name not in articles:
                line = line_of(texts[shown], ("article",) if index is None else ("measures", index, "article"))
                raise RuleFileError([_no_article(shown, line, name, articles)])
        found.append((order[file.article], shown, file))
    for _, shown, file in sorted(found, key=lambda item: item[0]):
        yield shown, file


def _version(facts: Path, *folders: Path) -> str:
    digest = hashlib.sha256(facts.read_bytes())
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.name in ("boundary.yaml", PHRASINGS):  # judging does not read them
                continue
            digest.update(f"{folder.name}/{path.name}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
