"""What the documents themselves say they have: each phrase finds its article, each topic only the documents that have it."""

from __future__ import annotations

from datetime import date

from knowledge.search import Searcher
from knowledge.search.grams import plain
from policies.law import Corpus, LoadedPolicy

TODAY = date(2026, 11, 25)


def place(policy: LoadedPolicy) -> str:
    return policy.header.districts[0]


def test_every_phrase_of_an_article_finds_it_in_its_document(corpus: Corpus, searcher: Searcher) -> None:
    asked, missed = 0, []
    for policy in corpus.policies.values():
        phrases = [(phrase, article) for article, own in policy.header.asked.items() for phrase in own]
        phrases += [(loaded.measure.title, loaded.article.id) for loaded in policy.measures]
        for phrase, article in phrases:
            found = searcher.ask(f"{place(policy)}{phrase}", TODAY)
            asked += 1
            if found.outcome != "answer" or (policy.id, article) not in [
                (hit.policy, hit.article) for hit in found.hits
            ]:
                missed.append(f"{place(policy)}{phrase}: {found.outcome}")
    assert len(missed) <= 0.01 * asked, missed


def test_a_topic_is_answered_where_it_stands_and_nowhere_else(corpus: Corpus, searcher: Searcher) -> None:
    asked, wrong = 0, []
    for policy in corpus.policies.values():
        names = "|".join(
            plain(phrase)
            for phrase in (
                *(phrase for own in policy.header.asked.values() for phrase in own),
                *(f"{loaded.measure.title} {loaded.measure.beneficiary}" for loaded in policy.measures),
            )
        )
        for topic in corpus.vocabulary.topics:
            words = [word for word in topic.words if "+" not in word]  # 甲+乙 is told in a sentence
            has = any(plain(word) in names for word in words)
            for word in words:
                question = f"{place(policy)}{word}补多少"
                answered = searcher.ask(question, TODAY).outcome == "answer"
                asked += 1
                if answered != has:
                    wrong.append(question)
    assert len(wrong) <= 0.01 * asked, wrong
