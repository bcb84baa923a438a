"""What the pages show of hand-overs, as data for their templates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.handover.wording import signature
from bot.store.handover.leases import Board, HandOvers
from bot.store.handover.model import Exchange, HandOver, Line
from bot.store.store import Store
from bot.turns import ZONE
from bot.web.common.assessed import assessed
from bot.web.desk.check.filled import form_of
from bot.web.desk.check.query import address_of
from bot.web.desk.check.routes import CHECK
from dialogs.advance import Dialog
from dialogs.session import Session, State, taken_over

CHANNELS = {"telegram": "Telegram", "web": "网页", "terminal": "终端", "api": "接口"}
_EVENTS = {
    "asked": "要找人工",
    "taken": "接手",
    "back": "交还给助手",
    "lapsed": "太久没有说话，已由助手接着",
    "unanswered": "没有人接，已告诉对方另找谁",
    "withdrawn": "对方不要人工了",
}
_ARRIVALS = {"queued": "还没有送到", "failed": "没有送到"}
_FETCHED = "对方还没有看到"  # where nothing is pushed: a page, a program, a terminal


@dataclass(frozen=True, slots=True)
class Row:
    """A hand-over in the list. ``unread``: the last word is the enterprise's."""

    id: int
    channel: str
    since: str
    minutes: int
    operator: str | None
    said: str
    unread: bool
    how: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the exchange. ``by``: ``enterprise``, ``operator`` or ``event``; ``note``: what became of it."""

    by: str
    who: str
    text: str
    at: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the conversation has come to: answers, the question that stands, and what is open in words.

    ``found``: the result for ``assessed.html``; ``None``, as ``missing``, before it was said where.
    ``check``: the address of a quick check filled with the answers.
    """

    answers: tuple[str, ...]
    question: str | None
    found: dict[str, Any] | None
    missing: str | None
    check: str


def rows(board: Board, handovers: HandOvers, store: Store, now: float) -> dict[str, list[Row]]:
    """The list: who waits, what is held, what ended last."""
    return {
        "waiting": [_row(one, _said(store, one), now, unread=False) for one in board.waiting],
        "held": [_row(one, _said(store, one), now, unread=_unread(handovers, one)) for one in board.held],
        "ended": [_row(one, "", now, unread=False) for one in board.ended[:10]],
    }


def told(exchange: Exchange) -> list[Told]:
    """The exchange, a line each."""
    return [_told(line, exchange.handover) for line in exchange.lines]


def mark(exchange: Exchange) -> str:
    """Changes whenever the exchange does."""
    handover, lines = exchange.handover, exchange.lines
    arrivals = "".join(line.arrival[0] for line in lines[-20:])
    return f"{handover.operator or ''}.{handover.how or ''}.{lines[-1].id if lines else 0}.{arrivals}"


def known(dialog: Dialog, session: Session | None) -> Known | None:
    """What a conversation has come to by the documents of today; ``None`` when its log cannot be read."""
    if session is None:
        return None
    corpus = dialog.engine.corpus
    if session.corpus_version != corpus.version:
        session = taken_over(session, session.id, corpus.facts, corpus.version)
    standing, presenter = dialog.standing(session), dialog.presenter
    located = standing.state.located
    return Known(
        tuple(answer.said for answer in standing.state.answers.values()),
        standing.ask.text if standing.ask is not None else None,
        assessed(presenter, standing.assessment) if located else None,
        presenter.missing(standing.assessment) if located else None,
        f"{CHECK}?{address_of(form_of(dialog.catalogue, standing.state.facts, standing.state.as_of))}",
    )


def _row(one: HandOver, said: str, now: float, *, unread: bool) -> Row:
    how = None if one.how is None else _EVENTS[one.how]
    minutes = max(0, int((now - one.asked) // 60))
    return Row(
        one.id, CHANNELS.get(one.channel, one.channel), _time(one.asked), minutes, one.operator, said, unread, how
    )


def _said(store: Store, one: HandOver) -> str:
    session = store.session(one.conversation)
    answers = [] if session is None else [answer.said for answer in State(session).answers.values()]
    return "；".join(answers[:2]) or "还没有回答"


def _unread(handovers: HandOvers, one: HandOver) -> bool:
    exchange = handovers.one(one.id)
    spoken: Sequence[Line] = [] if exchange is None else [line for line in exchange.lines if line.by != "event"]
    return bool(spoken) and spoken[-1].by == "enterprise"


def _told(line: Line, handover: HandOver) -> Told:
    at = _time(line.made)
    if line.by == "event":
        who = handover.operator or "" if line.text in ("taken", "back") else ""
        return Told("event", who, _EVENTS.get(line.text, line.text), at, None)
    if line.by == "enterprise":
        return Told("enterprise", "企业", line.text, at, None)
    pushed = handover.channel == "telegram"
    note = _ARRIVALS.get(line.arrival)
    if line.arrival == "queued" and not pushed:
        note = _FETCHED
    if line.error is not None:
        note = f"{note}：{line.error}"
    return Told("operator", signature(handover.operator), line.text, at, note)


def _time(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, ZONE):%m-%d %H:%M}"
