"""Words typed of one's own accord: facts told, a figure corrected, a question looked up."""

from __future__ import annotations

from dialogs.answering import Answering
from dialogs.floor import Floor, Now, Turn
from dialogs.free_words import Answers, FreeWords, LooksUp, Mends, Supposes, Tells, Unclear
from dialogs.questions import TOLD
from dialogs.replies import LookedUp, Text
from dialogs.session import Answered
from dialogs.what_if import suppose
from policies.answers import value_text
from policies.values import from_data, to_data
from policies.vocabulary import PLACE


class Listening:
    """Takes words that are no command."""

    def __init__(self, floor: Floor, answering: Answering) -> None:
        """Over one conversation's floor."""
        self._floor, self._answering = floor, answering
        self.words = FreeWords(floor.engine.corpus)

    def heard(self, now: Now, text: str) -> Turn:
        """What the words mean beside the open question, and what follows."""
        meant = self.words.decide(now.question, text, now.state)
        if isinstance(meant, Answers) and now.question is not None:
            return self._answering.answered(now, now.question, meant.given)
        if isinstance(meant, Tells):
            return self._told(now, meant)
        if isinstance(meant, Mends):
            return self._mended(now, meant)
        if isinstance(meant, Supposes):
            return self._supposed(now, meant)
        if isinstance(meant, LooksUp):
            return self._looked_up(now, meant)
        return self._floor.again(now, Text(meant.message if isinstance(meant, Unclear) else ""))

    def _told(self, now: Now, told: Tells) -> Turn:
        """Facts told of one's own accord are taken, and said back with what they change."""
        before = now.state.facts
        changed = {key: before[key] for key in told.facts if before.get(key) not in (None, told.facts[key])}
        said = "；".join(self._floor.presenter.told(told.facts)) or "（没有能直接记下的）"
        event = Answered(
            question=told.again or f"{TOLD}:{len(now.session.events)}",
            facts={key: to_data(value) for key, value in told.facts.items()},
            said=said,
            doubts=tuple(key for key in told.doubts if key not in told.facts),
        )
        later = self._floor.now(now.session.append(event))
        located = later.assessment if PLACE in told.facts else None
        echo = self._floor.presenter.heard(told, changed, located)
        return later.session, (Text(echo), *self._floor.go_on(later))

    def _mended(self, now: Now, mended: Mends) -> Turn:
        """Another figure in an answer given before; the rest of that answer stays."""
        answer, facts = now.state.answers[mended.question], self._floor.engine.corpus.facts
        told = {**answer.facts, mended.key: to_data(mended.value)}
        said = "；".join(
            self._floor.presenter.told({key: from_data(data) for key, data in told.items() if key in facts})
        )
        later = self._floor.now(now.session.append(answer.model_copy(update={"facts": told, "said": said})))
        new = self._floor.presenter.told({mended.key: mended.value})[0]
        old = value_text(facts[mended.key], now.state.facts[mended.key])
        return later.session, (Text(f"改成：{new}（原来记的是 {old}）"), *self._floor.go_on(later))

    def _supposed(self, now: Now, supposed: Supposes) -> Turn:
        """What would be different; nothing is taken, and the question that stands comes back."""
        after = suppose(self._floor.engine, now.assessment, now.state.facts, supposed.facts)
        text = self._floor.presenter.what_if(now.assessment, after, now.state.facts, supposed.facts)
        return self._floor.over(now, Text(text))

    def _looked_up(self, now: Now, looked: LooksUp) -> Turn:
        """A question of one's own; then the question that stood comes back."""
        reply = Text(self.words.reply(looked.found), LookedUp(looked.query, looked.found.outcome))
        return self._floor.again(now, reply)
