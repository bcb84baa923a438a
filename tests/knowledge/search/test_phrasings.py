"""Questions as people put them: each finds the article that answers it, what is left open is told to be so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.faq import load_faq
from knowledge.search import Searcher
from knowledge.search.ranking.left_open import left_open
from policies.law import Corpus

TODAY = date(2026, 11, 25)


def test_the_phrasings_find_their_articles(corpus: Corpus, searcher: Searcher) -> None:
    asked, refused, elsewhere = 0, [], []
    for policy in corpus.policies.values():
        for article, questions in policy.phrasings.items():
            for question in questions:
                found = searcher.ask(f"{policy.header.districts[0]}，{question}", TODAY)
                asked += 1
                if found.outcome != "answer":
                    refused.append(question)
                elif found.entry is None and (policy.id, article) not in [
                    (hit.policy, hit.article) for hit in found.hits[:3]
                ]:
                    elsewhere.append(question)
    assert len(refused) <= 0.06 * asked, refused
    assert len(elsewhere) <= 0.02 * asked, elsewhere


def test_they_are_what_some_questions_are_found_by(corpus: Corpus, searcher: Searcher) -> None:
    without = {name: replace(policy, phrasings={}) for name, policy in corpus.policies.items()}
    poorer = Searcher(replace(corpus, policies=without), load_faq(corpus))
    questions = [
        (f"{policy.header.districts[0]}，{question}", (policy.id, article))
        for policy in corpus.policies.values()
        for article, own in policy.phrasings.items()
        for question in own[::10]
    ]

    def first(search: Searcher) -> int:
        hits = [(search.ask(question, TODAY).hits[:1], place) for question, place in questions]
        return sum(bool(best) and (best[0].policy, best[0].article) == place for best, place in hits)

    assert first(poorer) < 0.8 * first(searcher)


def test_what_is_left_open_is_not_answered(corpus: Corpus, searcher: Searcher) -> None:
    asked, answered = 0, []
    for matter in left_open():
        for question in matter.asks:
            asked += 1
            if searcher.ask(question, TODAY).outcome == "answer":
                answered.append(question)
    assert len(answered) <= 0.04 * asked, answered


def test_the_matter_that_is_left_open_is_named(searcher: Searcher) -> None:
    found = searcher.ask("白云 评审的专家是从哪里请的，怎么打分", TODAY)
    assert found.outcome == "not_covered"
    assert found.hits == ()


def test_no_question_stands_in_two_places(corpus: Corpus) -> None:
    open_questions = {question for matter in left_open() for question in matter.asks}
    assert len(open_questions) == sum(len(matter.asks) for matter in left_open())
    for policy in corpus.policies.values():
        assert open_questions.isdisjoint(question for own in policy.phrasings.values() for question in own)
