"""Articles found, each with the sentence that answers and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.search.found import Hit
from knowledge.search.grams import pairs
from knowledge.search.hearing.language import Lexicon, language
from knowledge.search.hearing.question import Question
from knowledge.search.ranking.documents import Document
from knowledge.search.ranking.grounds import Ground
from knowledge.search.ranking.quote import Asked, Sentence, Titled, best, meant, sentences, titled, told_of

_FIGURES = frozenset({"amount", "stacking", "comparison"})


class Quoting:
    """Makes hits. The sentences of an article are cut when it is first quoted."""

    def __init__(self, documents: Sequence[Document], topics: Lexicon, rarity: Callable[[str], float]) -> None:
        """Take the articles by number, the words of the topics, and how much a pair of characters tells."""
        self._documents = documents
        self._topics = topics
        self._rarity = rarity
        self._rules = {rule.name: of for of, rule in language().rules.items()}
        self._cut: dict[int, tuple[tuple[Sentence, ...], tuple[Titled, ...]]] = {}

    def asked(self, question: Question) -> Asked:
        """What sentences are chosen by."""
        written = (words for _, _, words in question.meant)
        rules = frozenset(self._rules[topic] for topic in question.topics if topic in self._rules)
        return Asked(
            {pair: self._rarity(pair) for text in (question.text, *written) for pair in pairs(text)},
            frozenset(question.topics),
            rules or frozenset(question.kinds),
            bool(question.clauses) or not _FIGURES.isdisjoint(question.kinds),
        )

    def hit(self, number: int, score: float, asked: Asked) -> Hit:
        """One article with its sentence."""
        document = self._documents[number]
        cut = self._cut.get(number)
        if cut is None:
            cut = self._cut[number] = sentences(document, self._topics), titled(document.measures, self._topics)
        found, all_measures = cut
        sentence = best(found, asked)
        told = told_of(sentence, asked)
        concerned = sentence.measures or (() if told else all_measures)
        measures, about = meant(concerned, asked)
        return Hit(
            policy=document.policy.id,
            article=document.article.id,
            label=document.article.label,
            quote=_quote(sentence, told),
            score=score,
            measures=measures,
            says=_says(told or ([] if sentence.measures else [ground for ground, _ in sentence.grounds])),
            about=about,
        )


def _quote(sentence: Sentence, told: Sequence[Ground]) -> str:
    """The sentence, or the part of it the header cites for the one rule that is asked about."""
    if len(told) == 1 and told[0].says is not None and told[0].of != "definition" and told[0].quote in sentence.text:
        return told[0].quote
    return sentence.text


def _says(told: Sequence[Ground]) -> tuple[str, ...]:
    """What the header states, in plain words; of a definition it has only the term."""
    return tuple(dict.fromkeys(ground.says for ground in told if ground.says is not None and ground.of != "definition"))
