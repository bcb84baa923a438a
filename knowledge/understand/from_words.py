"""Facts without a figure: yes or no, choices, sets, ready answers, and what the speaker says not to know."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from knowledge.plain_text import PlainText
from knowledge.understand.evidence import Evidence
from knowledge.understand.hearing import Heard
from knowledge.understand.hits import Hit, those
from knowledge.understand.lexicon import NUMERIC
from knowledge.understand.moods import Mood, Moods
from knowledge.understand.relevance import Relevance
from knowledge.understand.understood import Why
from policies.model.fact import Fact
from policies.values import Span, Value

_NOT_THIS = re.compile(r"(?:不是|并非)[^，。；]{0,3}$")  # 不是国家标准，是行业标准 does not say how many
_NO_TOPIC = 10_000.0
_WHY: dict[Mood, Why] = {"planned": "planned", "supposed": "supposed", "others": "others", "topic": "asked"}


def from_words(
    heard: Heard, sentence: PlainText, moods: Moods, evidence: Evidence, relevance: Relevance, district: str | None
) -> None:
    """Take what the words say, fact by fact."""
    by_fact: dict[str, list[Hit]] = {}
    for hit in _asked_here(_with_their_topic(heard.hits), relevance, district):
        by_fact.setdefault(hit.key, []).append(hit)
    for found in filter(None, (_after_corrections(hits, moods) for hits in by_fact.values())):
        fact = found[0].entry.fact
        if fact.type in NUMERIC:
            _ready_answers(found, moods, evidence)
        elif fact.type == "bool":
            _yes_no(fact, found, heard.hits, moods, evidence)
        else:
            _choices(fact, found, moods, evidence)
    if moods.admits_ignorance:
        _not_known(heard, sentence, moods, evidence)


def _after_corrections(hits: Sequence[Hit], moods: Moods) -> list[Hit]:
    """Without what was taken back by saying it anew (授权了……说错了，是受理): the last wins."""
    last = max((hit for hit in hits if hit.mood(moods) in ("said", "denied")), key=lambda hit: hit.start, default=None)
    said = [hit for hit in hits if last is None or not moods.corrected_between(hit.end, last.start)]
    return [hit for hit in said if not moods.taken_back(hit.end) or hit.mood(moods) == "denied"]


def _asked_here(speaking: Sequence[Hit], relevance: Relevance, district: str | None) -> list[Hit]:
    """Of phrases that overlap, those of facts the district's documents ask for (市级标杆 is one thing in 佛山, another in 白云)."""
    asked = [hit for hit in speaking if relevance.asked(hit.key, district)]
    return [hit for hit in speaking if hit in asked or not any(_says_the_same(other, hit) for other in asked)]


def _says_the_same(one: Hit, other: Hit) -> bool:
    """Whether two facts are heard in the same words; a choice named within a longer, looser phrase is one of its own."""
    if one.key == other.key or not one.overlaps(other):
        return False
    if other.entry.fact.type == "bool":
        return True
    return one.entry.fact.type == other.entry.fact.type and not (one.entry.phrase.has_gap and one.contains(other))


def _with_their_topic(hits: Sequence[Hit]) -> list[Hit]:
    """Phrases that count: those that need a topic only where the sentence is about it, and only for the nearest one."""
    about: dict[str, list[Hit]] = {}
    for hit in those(hits, "about"):
        about.setdefault(hit.key, []).append(hit)
    speaking = [hit for hit in hits if hit.entry.role in ("says", "not", "maybe", "answer", "then")]
    away = {id(hit): _away(hit, about.get(hit.key, ())) for hit in speaking if _needs_topic(hit)}
    nearest: dict[tuple[int, int], float] = {}
    for hit in speaking:
        if id(hit) in away:
            place = (hit.start, hit.end)
            nearest[place] = min(nearest.get(place, _NO_TOPIC), away[id(hit)])
    return [hit for hit in speaking if id(hit) not in away or _NO_TOPIC > away[id(hit)] == nearest[hit.start, hit.end]]


def _needs_topic(hit: Hit) -> bool:
    return hit.entry.role == "then" or hit.entry.in_context


def _away(hit: Hit, topics: Sequence[Hit]) -> float:
    """How far the nearest topic is; one named afterwards is a little farther."""
    return min(
        (max(hit.start - topic.end, 0) if topic.start <= hit.start else topic.start - hit.end + 5 for topic in topics),
        default=_NO_TOPIC,
    )


def _yes_no(fact: Fact, hits: Sequence[Hit], all_hits: Sequence[Hit], moods: Moods, evidence: Evidence) -> None:
    contraries = [hit for hit in hits if hit.entry.role == "not" or hit.entry.answer is False]
    for hit in hits:
        if any(longer.entry.role == hit.entry.role and longer.is_solid and longer.contains(hit) for longer in hits):
            continue
        if hit not in contraries and any(_outweighs(other, hit) for other in contraries):
            continue
        mood = hit.mood(moods)
        contrary = hit.entry.role == "not" or hit.entry.answer is False
        if mood == "asked" or (contrary and mood == "denied"):
            continue
        value = None if mood == "unknown" else (mood != "denied") != contrary
        if hit.entry.role == "maybe" and mood == "said":
            evidence.doubt(fact.key, value, "hint", None, hit.start, hit.end)
        elif mood == "said" and not contrary and _clouded(hit, all_hits, moods):
            evidence.doubt(fact.key, None, "unclear", None, hit.start, hit.end)
        elif mood in ("said", "denied", "unknown"):
            if hit.entry.role != "maybe":
                evidence.certain(fact.key, value, hit.start, hit.end)
        else:
            evidence.doubt(fact.key, value, _WHY[mood], None, hit.start, hit.end)


def _clouded(hit: Hit, all_hits: Sequence[Hit], moods: Moods) -> bool:
    """Whether the speaker goes on to deny something the vocabulary does not name: likely this (国家试点没捞着)."""
    until = moods.next_end(hit.start)
    named = any(hit.end <= other.start < until for other in all_hits)
    return not named and moods.clouded(hit.start, hit.end)


def _outweighs(contrary: Hit, hit: Hit) -> bool:
    """Whether a phrase for the contrary takes back one it overlaps; 失信 within 无失信 does not."""
    return contrary.overlaps(hit) and (hit.entry.phrase.has_gap or not hit.contains(contrary))


def _choices(fact: Fact, hits: Sequence[Hit], moods: Moods, evidence: Evidence) -> None:
    taken: list[Hit] = []
    none: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, -hit.end)):
        mood = hit.mood(moods)
        choice = hit.entry.choice or (hit.entry.answer if isinstance(hit.entry.answer, str) else "")
        if mood == "unknown":
            evidence.certain(fact.key, None, hit.start, hit.end)
        elif not choice and isinstance(hit.entry.answer, frozenset) and mood == "said":
            none.append(hit)
        elif not choice or mood in ("asked", "denied") or any(other.overlaps(hit) for other in taken):
            continue
        elif mood != "said" or hit.entry.role == "maybe":
            value: Value = frozenset([choice]) if fact.type == "set" else choice
            evidence.doubt(fact.key, value, _WHY.get(mood, "hint"), None, hit.start, hit.end)
        else:
            taken.append(hit)
    for hit in none if not taken else ():  # 二级节点没参与，只是接入: the part that is left counts
        evidence.certain(fact.key, hit.entry.answer, hit.start, hit.end)
    if taken and fact.type == "set":
        chosen = frozenset(hit.entry.choice for hit in taken)
        evidence.certain(fact.key, chosen, min(hit.start for hit in taken), max(hit.end for hit in taken))
    for hit in taken if fact.type == "choice" else ():
        evidence.certain(fact.key, hit.entry.choice or str(hit.entry.answer), hit.start, hit.end)


def _ready_answers(hits: Sequence[Hit], moods: Moods, evidence: Evidence) -> None:
    for hit in hits:
        mood = hit.mood(moods)
        answer = hit.entry.answer
        some = (
            isinstance(answer, Span) and answer.high is None
        )  # a lead without a number; one was named, and is not sure
        if hit.key in evidence.facts or mood in ("asked", "denied") or (some and evidence.doubts(hit.key)):
            continue
        if hit.entry.role == "maybe":
            evidence.doubt(hit.key, None, "unclear", None, hit.start, hit.end)
        elif mood in ("said", "unknown"):
            evidence.certain(hit.key, hit.entry.answer if mood == "said" else None, hit.start, hit.end)
        elif mood in _WHY:
            evidence.doubt(hit.key, hit.entry.answer, _WHY[mood], None, hit.start, hit.end)


def denied(
    heard: Heard, answers: Mapping[str, Value | None], sentence: PlainText, moods: Moods, evidence: Evidence
) -> None:
    """``没有股权融资``, ``省资源池没进``: the thing itself is denied, and the vocabulary says what that answers."""
    named = {claim.fact.key for claim in heard.claims}
    for entry in heard.entries:
        key = entry.fact.key
        topic = entry.role == "about" and entry.fact.type not in NUMERIC
        if (
            key not in answers
            or key in named
            or not (topic or entry.role in ("says", "then"))
            or entry.phrase.has_figure
        ):
            continue
        if key in evidence.facts:
            continue
        for match in entry.words.finditer(sentence.text):
            corrected = _NOT_THIS.search(sentence.text, 0, match.start()) is not None
            other = any(
                each.entry.fact.key == key and each.start < match.end() and match.start() < each.end
                for each in heard.unlike
            )
            if moods.of(*match.span()) == "denied" and not corrected and not other:
                evidence.certain(key, answers[key], *match.span())
                break


def _not_known(heard: Heard, sentence: PlainText, moods: Moods, evidence: Evidence) -> None:
    """Figures the speaker says not to know: the words of the figure stand in a clause that says so."""
    about = {hit.key for hit in those(heard.hits, "about")}
    for entry in heard.entries:
        key = entry.fact.key
        if (
            not entry.numeric
            or entry.phrase.has_figure
            or key in evidence.facts
            or any(claim.fact.key == key for claim in heard.claims)
            or (entry.role == "then" and key not in about)
        ):
            continue
        for match in entry.words.finditer(sentence.text):
            if moods.of(*match.span()) == "unknown":
                evidence.certain(key, None, *match.span())
                break
