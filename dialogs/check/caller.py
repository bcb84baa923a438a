"""What is known of a caller, and what follows from it: documents, assessment, the next question."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dialogs.choose import next_question
from dialogs.compare import SHOWN
from dialogs.questions import Catalogue, Question
from dialogs.session import Answered, Session, State
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.values import Facts, Value, to_data
from policies.vocabulary import PLACE


@dataclass(frozen=True)
class Caller:
    """Somebody on the line.

    ``places``: districts talked about; none: not said yet, several: to be compared. ``told``: what was said of everything
    else; ``None`` where the caller was asked and does not know. ``shown``: labels of the lines of lists that were answered.
    ``doubts``: facts to be asked first: half heard, or of a clause looked up.
    """

    places: tuple[str, ...]
    as_of: date
    told: Mapping[str, Value | None]
    shown: Set[str] = frozenset()
    doubts: tuple[str, ...] = ()

    @cached_property
    def facts(self) -> Facts:
        """Everything said, with the place."""
        if not self.places:
            return self.told
        return {**self.told, PLACE: self.places[0] if len(self.places) == 1 else None}

    def documents(self, engine: Engine) -> tuple[str, ...]:
        """The documents of the districts, in their order; as long as none is said, all if they are few enough to read."""
        if not self.places:
            return tuple(engine.policies) if len(engine.policies) <= SHOWN else ()
        found = (name for place in self.places for name in engine.corpus.by_district.get(place, ()))
        return tuple(dict.fromkeys(found))

    def assess(self, engine: Engine) -> Assessment:
        """What these documents say to what was said."""
        return engine.assess(self.facts, self.as_of, self.documents(engine))

    def next_question(self, catalogue: Catalogue, assessment: Assessment) -> Question | None:
        """What a conversation would ask now; ``None`` when nothing asked could change anything."""
        return next_question(catalogue, self._state(assessment), assessment)

    def _state(self, assessment: Assessment) -> State:
        """The same as a conversation."""
        facts = {key: to_data(value) for key, value in self.facts.items()}
        said = Answered(question="check", facts=facts, said="", shown=tuple(self.shown), doubts=self.doubts)
        return State(Session(id="check", corpus_version=assessment.corpus_version, as_of=self.as_of, events=(said,)))
