"""An answer to the question that is open: what was pressed, what is logged, what is said back."""

from __future__ import annotations

from dialogs.answers import NONE_OF_THEM, STAND_ALONE, Given, NotUnderstoodError, picked, take_lines, unsure
from dialogs.floor import Floor, Now, Turn
from dialogs.incoming import NONE, REST_KEY, UNSURE_KEY
from dialogs.questions import Question
from dialogs.replies import Replies, Text
from dialogs.session import Answered
from policies.values import to_data


class Answering:
    """Takes answers."""

    def __init__(self, floor: Floor) -> None:
        """Over one conversation's floor."""
        self._floor = floor

    def take(self, question: Question, keys: tuple[str, ...]) -> Given:
        """The answer pressed. Keys come from outside: anything that was not on offer is refused."""
        words = {key for key in keys if not _is_index(key)}
        numbers = [int(key) for key in keys if _is_index(key)]
        if not keys:
            raise NotUnderstoodError(
                f"还没有选。都没有就选“{NONE_OF_THEM}”" if question.lines else "还没有选，请选一项"
            )
        if words - {NONE, UNSURE_KEY, REST_KEY} or (words - {UNSURE_KEY} and not question.lines):
            raise NotUnderstoodError("没有这个选项，请重新选")
        if words and words != {REST_KEY} and (numbers or len(words) > 1):
            raise NotUnderstoodError(STAND_ALONE)
        if UNSURE_KEY in words:
            return unsure(question)
        given = picked(question, numbers, self._floor.engine.corpus.facts)
        if REST_KEY not in words:
            return given
        ticked = {question.lines[number].label for number in numbers}
        return take_lines(question, ticked, rest_unsure=True)

    def answered(self, now: Now, question: Question, given: Given, *, skipped: bool = False) -> Turn:
        """Log an answer, and go on; ``skipped``: the question was passed over."""
        shown = tuple(line.label for line in question.lines)
        facts = {key: to_data(value) for key, value in given.facts.items()}
        said = f"{self._subject(question)}：{'跳过' if skipped else given.said}"
        event = Answered(question=question.id, facts=facts, said=said, shown=shown)
        later = self._floor.now(now.session.append(event))
        return later.session, (*self._echo(question, given), *self._floor.go_on(later))

    def _subject(self, question: Question) -> str:
        """What a question is about, in few words, for the summary."""
        if question.kind in ("list", "confirm", "form"):
            return {"list": question.text.split("？")[0], "confirm": "不成立的", "form": "数量"}[question.kind]
        return self._floor.engine.corpus.facts[question.facts[0]].label

    def _echo(self, question: Question, given: Given) -> Replies:
        """Figures are said back as they were understood; a click needs no echo."""
        figures = {key: value for key, value in given.facts.items() if value is not None}
        if question.kind not in ("number", "form") or not figures:
            return ()
        return (Text("记下：" + "；".join(self._floor.presenter.told(figures))),)


def _is_index(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 4
