"""The search over the project's own documents and entries, made once."""

from __future__ import annotations

import pytest

from knowledge.faq import load_faq
from knowledge.replies import Replies
from knowledge.search import Searcher
from policies.law import Corpus


@pytest.fixture(scope="session")
def searcher(corpus: Corpus) -> Searcher:
    return Searcher(corpus, load_faq(corpus))


@pytest.fixture(scope="session")
def replies(corpus: Corpus) -> Replies:
    return Replies(corpus)
