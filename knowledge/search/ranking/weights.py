"""What is looked for beside characters, as signs in the index: topics, kinds of question, articles named by number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from knowledge.search.grams import pairs, plain, query_weights
from knowledge.search.hearing.language import language
from knowledge.search.hearing.question import Question
from knowledge.search.ranking.documents import Document
from policies.model.condition import leaves

_MEANT = 0.8  # what a pair of characters counts that documents write for what is said
_TOPIC = 2.0  # what sharing a topic counts, beside grams,
_RULE = 4.0  # what sharing the matter of a general rule counts: a story about something else may end in it
_LONG = 20.0  # characters of a question from which more of them are told in passing, so that signs count more
_PAID = 1.5  # and how often it is counted in an article that has a measure of it
# What being there to answer a kind of question counts.
_PURPOSES: Mapping[str, float] = {
    "validity": 4.0,
    "contact": 4.0,
    "document": 4.0,
    "basis": 2.0,
    "quota": 1.0,
    "pot": 1.5,
    "definition": 1.5,
    "stacking": 1.5,
    "amount": 1.5,
    "subject": 2.0,
    "stage": 4.0,
    "full": 4.0,
}
_CLAUSE = 5.0  # what being named by number counts, except where it is asked what else goes with it
_LIMIT = 5.0  # what limiting the total of what is asked about counts
_MEANING = 2.0  # what defining a term that is asked about counts
_CITES = 8.0  # what citing the number that is named counts

_OR_UNIT = re.compile("每.（(.)）")  # 每台（套）
# How Chinese documents end the article that names what they rest on.
_BASIS = re.compile("制定本(办法|政策|措施|规定|细则|意见|方案)")


def looked_for(question: Question) -> dict[str, float]:
    """The weights of a question's grams and signs."""
    weights = {pair: _MEANT for _, _, written in question.meant for pair in pairs(written)}
    weights |= query_weights(question.text)
    long = max(1.0, len(question.text) / _LONG)
    weights |= {_topic(name): (_RULE if name in _rule_names() else _TOPIC) * long for name in question.topics}
    kinds = [kind for kind in question.kinds if kind in _PURPOSES]
    weights |= {purpose(kind): _PURPOSES[kind] * long for kind in kinds}
    if "pot" in kinds or "quota" in kinds:
        weights |= {_limit(name): _LIMIT * long for name in question.topics}
    if "stacking" not in question.kinds:
        weights |= dict.fromkeys(map(_clause, question.clauses), _CLAUSE)
    weights |= dict.fromkeys(map(_itself, question.cites), _CITES)
    weights |= dict.fromkeys(map(_meaning, question.terms), _MEANING)
    return weights


def rest_of(question: Question) -> dict[str, float]:
    """The weights of a question's grams outside the words of its topics: what is asked of them."""
    kept = list(question.text)
    for start, end, _ in question.about:
        kept[start:end] = " " * (end - start)
    weights: dict[str, float] = {}
    for piece in "".join(kept).split():
        weights |= query_weights(piece)
    return weights


def signs(
    document: Document, topics: Iterable[str], paid: Iterable[str], limited: Iterable[str] = ()
) -> dict[str, float]:
    """The signs of an article: its topics, what it is there to answer, its number.

    ``paid``: topics of its measures; ``limited``: of measures elsewhere for whose total it has a limit.
    """
    found = dict.fromkeys([_clause(document.article.id), *map(_topic, topics), *map(purpose, _purposes(document))], 1.0)
    found |= {
        _meaning(plain(ground.says)): 1.0 for ground in document.grounds if ground.of == "definition" and ground.says
    }
    found |= dict.fromkeys(map(_limit, limited), 1.0)
    found |= dict.fromkeys((f"每{unit}" for unit in _OR_UNIT.findall(document.text)), 1.0)
    if "号" in document.text:
        found[_itself(document.id)] = 1.0
    return found | dict.fromkeys(map(_topic, paid), _PAID)


def purpose(kind: str) -> str:
    """The sign of articles that are there to answer a kind of question."""
    return f"用途 {kind}"  # longer than a pair of characters, so no gram is the same


@cache
def _rule_names() -> frozenset[str]:
    return frozenset(rule.name for rule in language().rules.values())


def _topic(name: str) -> str:
    return f"话题 {name}"


def _limit(topic: str) -> str:
    return f"总额 {topic}"


def _clause(article: str) -> str:
    return f"条号 {article}"


def _meaning(term: str) -> str:
    return f"释义 {term}"


def _itself(article: str) -> str:
    return f"本条 {article}"


def _purposes(document: Document) -> Iterator[str]:
    """The kinds of question an article is there to answer, as far as the document's header tells."""
    yield from (ground.of for ground in document.grounds if ground.of is not None and ground.of in _PURPOSES)
    if any(loaded.monetary for loaded in document.measures):
        yield "amount"
    if _BASIS.search(document.text):
        yield "basis"
    header = document.policy.header
    if header.stage != "issued" and document.article.id == header.articles[0].id:
        yield "stage"
    if any(leaf.test.words in document.text for condition in header.scope for leaf in leaves(condition)):
        yield "subject"
