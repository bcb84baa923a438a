"""The next question: where, what was half heard, lists to tick, then single facts, the one with most at stake first.

A question is asked only about facts that some verdict, range or combination still depends on. When none is left, the
presumed conditions are confirmed in one list, and the interview is over.
"""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.needs import Need, Role, needs
from dialogs.questions import CONFIRMING, FACT, FORM, TOLD, WHERE, Catalogue, Question, form_question
from dialogs.session import State
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine


def documents(engine: Engine, state: State) -> tuple[str, ...]:
    """The documents a conversation is about: those of the district answered, all of them to compare, none before."""
    if not state.located:
        return ()
    district = state.facts.get("district")
    if not isinstance(district, str):
        return tuple(engine.policies)
    return engine.corpus.by_district.get(district, ())


def assess(engine: Engine, state: State) -> Assessment:
    """The assessment of what was said so far."""
    return engine.assess(state.facts, state.as_of, documents(engine, state))


@dataclass(frozen=True)
class OpenFacts:
    """What is still open: facts already ``asked``, every open one, and those that get a question of their own."""

    asked: set[str]
    needs: dict[str, Need]
    askable: dict[str, Need]


def open_facts(catalogue: Catalogue, state: State, assessment: Assessment) -> OpenFacts:
    """What the next question and the count of those left are chosen from."""
    asked = state.asked
    found = needs(assessment, asked)
    return OpenFacts(asked, found, _askable(catalogue, found, asked))


def next_question(
    catalogue: Catalogue, state: State, assessment: Assessment, found: OpenFacts | None = None
) -> Question | None:
    """What to ask now, or ``None`` when nothing asked could change anything; ``found``: what is open, where it is known."""
    if not state.located:
        return catalogue.where()
    found = found or open_facts(catalogue, state, assessment)
    doubted = next((key for key in state.doubts if key in found.askable), None)
    if doubted is not None:
        return catalogue.fact(doubted, found.askable)
    listed = next(catalogue.lists(found.needs, found.asked, state.answers, state.shown), None)
    if listed is not None:
        return listed
    single = _heaviest(catalogue, found.askable, found.asked)
    if single is not None:
        return single
    return None if CONFIRMING in state.answers else catalogue.confirm(assessment, found.asked)


def questions_left(catalogue: Catalogue, state: State, assessment: Assessment, found: OpenFacts) -> int:
    """About how many questions are left, the present one included: answers may rule some out."""
    single = {catalogue.facts[key].with_ or key for key in found.askable}
    confirming = CONFIRMING not in state.answers and catalogue.confirm(assessment, found.asked) is not None
    return len(single) + confirming


def _heaviest(catalogue: Catalogue, askable: dict[str, Need], asked: set[str]) -> Question | None:
    if not askable:
        return None
    facts = catalogue.facts
    order = {key: index for index, key in enumerate(facts)}
    # What a thing is comes before its qualities: how many standards, and only then whether they are in effect.
    need = min(askable.values(), key=lambda item: (item.role, facts[item.key].generic, -item.stake, order[item.key]))
    first = facts[need.key].ask_first
    return catalogue.fact(first if first is not None and first not in asked else need.key, askable)


def _askable(catalogue: Catalogue, open_: dict[str, Need], asked: set[str]) -> dict[str, Need]:
    """Open facts that get a question of their own: not yet answered, meant to be asked, and worth asking."""
    return {
        key: need
        for key, need in open_.items()
        if key not in asked and catalogue.facts[key].asked and need.role is not Role.CONFIRMS and _worth_asking(need)
    }


def _worth_asking(need: Need) -> bool:
    """Support without money is offered in the lists only; nobody is asked a question of its own for it."""
    return need.role is Role.COMBINES or any(result.monetary for result in need.measures)


def question_by_id(catalogue: Catalogue, state: State, question_id: str) -> Question | None:
    """The question of an earlier answer, rebuilt so that it can be asked again; ``None`` for an unknown id."""
    kind, _, name = question_id.partition(":")
    if question_id == WHERE:
        return catalogue.where()
    if kind + ":" == FACT:
        return catalogue.fact(name, {}) if name in catalogue.facts else None
    if kind + ":" == FORM:
        answered = state.answers.get(question_id)
        together = [fact for fact in catalogue.together(name) if answered is None or fact.key in answered.facts]
        return form_question(name, together) if together else None
    if question_id not in state.answers:
        return None
    if kind == TOLD:
        told = state.answers[question_id]
        return catalogue.told(question_id, told.said, told.facts)
    if question_id == CONFIRMING:
        before = state.without(CONFIRMING)
        return catalogue.confirm(assess(catalogue.engine, before), before.asked)
    return catalogue.list_again(question_id, state.answers[question_id].shown)
