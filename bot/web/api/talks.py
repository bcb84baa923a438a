"""Conversations of programs: each request is a durable turn, and a message sent twice counts once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

from fastapi import HTTPException

from bot.channels.api import NAME, ApiChannel, Sent
from bot.contract import Json, assessment_json
from bot.handover.exchange import Shown, shown
from bot.handover.handing_over import USUAL, Attendance
from bot.identity import conversation_of
from bot.messages import Message, Started
from bot.metrics import RECEIVED
from bot.store.store import Scope, Store
from bot.turns import ZONE, Turns
from bot.web.working import recover, taken, work_off
from dialogs.advance import Dialog
from dialogs.replies import Ask, Report
from dialogs.report import report_of
from dialogs.session import Session, State, taken_over

_ID = re.compile(r"c-[A-Za-z0-9_-]{22}")
_UNKNOWN = "没有这次对话：编号不对，已经删除或过期，或者不是用这个密钥开始的"

_TOO_EARLY = "现在还没有报告：先回答在哪里"
_ERASED = "用这个 Idempotency-Key 开始的对话已经删除，要新开请换一个"


class Talks:
    """Conversations over a store. One request of a conversation at a time, other conversations beside it."""

    def __init__(
        self,
        store: Store,
        dialog: Dialog,
        secret: bytes,
        clock: Callable[[], float],
        *,
        gaps: bool = True,
        attendance: Attendance = USUAL,
    ) -> None:
        """``clock`` gives epoch seconds. No other part of a process may serve the channel ``api``.

        Raises:
            StoreError: when the store fails.
        """
        self._store, self._dialog, self._secret, self._clock = store, dialog, secret, clock
        self._channel = ApiChannel()
        self._turns = Turns(dialog, {NAME: self._channel}, clock, gaps=gaps, attendance=attendance)
        self._busy: WeakValueDictionary[str, Any] = WeakValueDictionary()
        self._entry = Lock()
        recover(store, NAME)

    def begin(self, holder: str, idempotency: str | None, as_of: date | None) -> Json:
        """Begin a conversation of a key's holder; the same idempotency key gives the same conversation.

        Raises:
            HTTPException: 409 when that conversation was erased since.
        """
        name = self._named(holder, idempotency) if idempotency is not None else "c-" + secrets.token_urlsafe(16)
        opening = Started(argument=None if as_of is None else as_of.isoformat())
        begun = self._turn(holder, name, "", opening)
        if begun["question"] is None and begun["revision"] == 0:
            raise HTTPException(409, _ERASED)
        return begun

    def send(self, holder: str, name: str, idempotency: str | None, message: Message) -> Json:
        """Take a message, and answer it.

        Raises:
            HTTPException: 404 for a conversation the holder does not have.
        """
        self._kept(holder, name)
        return self._turn(holder, name, idempotency or secrets.token_urlsafe(16), message)

    def read(self, holder: str, name: str) -> Json:
        """A conversation as it stands.

        Raises:
            HTTPException: 404 for a conversation the holder does not have.
        """
        session = self._kept(holder, name)
        standing = self._dialog.standing(session)
        return {
            "conversation": name,
            "as_of": standing.state.as_of.isoformat(),
            "corpus_version": session.corpus_version,
            "revision": session.revision,
            "handover": _handover(self._heard(self._conversation(holder, name))),
            "answers": [
                {"question": answer.question, "said": answer.said, "facts": answer.facts}
                for answer in standing.state.answers.values()
            ],
            "question": _question(standing.ask),
            "assessment": assessment_json(self._dialog.engine, standing.assessment),
        }

    def report(self, holder: str, name: str) -> Report:
        """What the report on a conversation is made from.

        Raises:
            HTTPException: 404 for a conversation the holder does not have, or in which it was not yet said where.
        """
        state = State(self._kept(holder, name))
        if not state.located:
            raise HTTPException(404, _TOO_EARLY)
        return report_of(self._dialog.engine, state)

    def forget(self, holder: str, name: str) -> None:
        """Erase a conversation with everything of it.

        Raises:
            HTTPException: 404 for a conversation the holder does not have.
        """
        self._kept(holder, name)
        with self._alone(self._conversation(holder, name)) as conversation:
            self._store.forget(conversation)

    def _turn(self, holder: str, name: str, key: str, message: Message) -> Json:
        with self._alone(self._conversation(holder, name)) as conversation:
            sent = Sent(conversation, _digest(conversation, key), message)
            inbound = self._channel.read(sent, self._clock())
            new = inbound is not None and self._store.receive([inbound]) > 0
            RECEIVED.labels(NAME, "new" if new else "known").inc()
            scope = Scope((NAME,), conversation)
            work_off(self._store, self._turns, scope, self._clock, until=sent.key if new else None)
            said = taken(self._store, scope, self._clock())
            session, handover = self._session(conversation), shown(self._store.handover(conversation))
        return {
            "conversation": name,
            "revision": session.revision if session is not None else 0,
            "repeated": not new,
            "replies": [reply for delivery in said for reply in delivery.operation.body["replies"]],
            "question": _question(self._dialog.current(session) if session is not None else None),
            "handover": _handover(handover),
        }

    def _heard(self, conversation: str) -> Shown | None:
        """The hand-over, with what the desk did last taken in; what a person said counts as heard from here on."""
        with self._alone(conversation):
            handover = self._store.handover(conversation)
            if handover is not None and handover.handover.held:
                scope = Scope((NAME,), conversation)
                work_off(self._store, self._turns, scope, self._clock)
                taken(self._store, scope, self._clock())
            return shown(handover)

    def _kept(self, holder: str, name: str) -> Session:
        session = self._session(self._conversation(holder, name)) if _ID.fullmatch(name) else None
        if session is None:
            raise HTTPException(404, _UNKNOWN)
        return session

    def _session(self, conversation: str) -> Session | None:
        """The conversation as the next message will find it."""
        session, corpus = self._store.session(conversation), self._dialog.engine.corpus
        if session is None or session.corpus_version == corpus.version:
            return session
        return taken_over(session, session.id, corpus.facts, corpus.version)

    def _conversation(self, holder: str, name: str) -> str:
        """What it is kept by: other holders' conversations cannot even be named."""
        return conversation_of(self._secret, NAME, f"{holder}\x00{name}")

    def _named(self, holder: str, idempotency: str) -> str:
        digest = hmac.new(self._secret, f"{NAME}\x00{holder}\x00{idempotency}".encode(), hashlib.sha256).digest()
        return "c-" + base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")

    @contextmanager
    def _alone(self, conversation: str) -> Iterator[str]:
        with self._entry:
            lock = self._busy.setdefault(conversation, Lock())
        with lock:
            yield conversation


def today(clock: Callable[[], float]) -> date:
    """The day it is where the policies are."""
    return datetime.fromtimestamp(clock(), ZONE).date()


def _digest(conversation: str, key: str) -> str:
    """A caller's key, good within its conversation, and short whatever it was."""
    return hashlib.sha256(f"{conversation}\x00{key}".encode()).hexdigest()


def _handover(handover: Shown | None) -> Json | None:
    if handover is None:
        return None
    lines = [
        {"by": line.by, "who": line.who, "text": line.text, "at": datetime.fromtimestamp(line.at, ZONE).isoformat()}
        for line in handover.lines
    ]
    return {"state": handover.state, "ahead": handover.ahead, "lines": lines}


def _question(ask: Ask | None) -> Json | None:
    if ask is None:
        return None
    return {
        "question": ask.question,
        "revision": ask.revision,
        "text": ask.text,
        "help": ask.help,
        "multiple": ask.multiple,
        "choices": [asdict(choice) for choice in ask.choices],
        "commands": [asdict(choice) for choice in ask.commands],
        "left": ask.about,
        "figures": list(ask.figures),
    }
