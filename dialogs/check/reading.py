"""Reading what was written into a field of one fact, and writing a value so that it is read back the same."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.answers import UNSURE, NotUnderstoodError, read_typed
from dialogs.commands import excerpt
from dialogs.questions import Catalogue
from knowledge.figures import read_figure
from policies.answers import AnswerError, read_answer, value_text
from policies.model.fact import Fact
from policies.values import Span, Value

_TO = "至"  # between the ends of an interval as it is shown, each end with a unit of its own


def read_field(catalogue: Catalogue, key: str, raw: Sequence[str]) -> Value | None:
    """The value written; ``None`` for 不清楚.

    Args:
        catalogue: of the corpus.
        key: the fact.
        raw: what was written; several only where several choices may be made.

    Raises:
        NotUnderstoodError: when it does not fit; the message (Chinese) says what would.
    """
    fact = catalogue.facts[key]
    words = [word.strip() for word in raw if word.strip()]
    if words == [UNSURE]:
        return None
    if fact.type in ("set", "choice"):
        return _chosen(fact, words)
    text = " ".join(words)
    try:
        return read_typed(catalogue.fact(key, {}), text, catalogue.facts).facts[key]
    except NotUnderstoodError:
        if fact.type == "bool" or _TO not in text:
            raise
        return _from_to(fact, text)


def written(fact: Fact, value: Value | None) -> tuple[str, ...]:
    """A value in the words that :func:`read_field` reads back as the same value."""
    if isinstance(value, frozenset):
        return tuple(choice for choice in fact.choices if choice in value)
    return (value_text(fact, value),)


def _from_to(fact: Fact, text: str) -> Span:
    """An interval as :func:`policies.answers.value_text` writes it: ``1亿元至不到2亿元``."""
    first, _, last = text.partition(_TO)
    try:
        low, high = read_figure(fact, first).low, read_figure(fact, last).high
    except AnswerError as error:
        raise NotUnderstoodError(f"没看懂“{excerpt(text)}”：{error}") from error
    if low is not None and high is not None and low > high:
        raise NotUnderstoodError(f"“{excerpt(text)}”的下限高于上限，请再写一次")
    return Span(low, high)


def _chosen(fact: Fact, words: list[str]) -> Value | None:
    try:
        return read_answer(fact, words if fact.type == "set" else "、".join(words))
    except AnswerError as error:
        raise NotUnderstoodError(str(error)) from error
