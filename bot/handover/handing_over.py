"""What a message does to a hand-over: asked for, waited for, held by a person, given back. Pure."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.handover import wording
from bot.handover.hours import Hours
from bot.messages import Edited, FromDesk, Message, Started, Tapped, Typed, Unsupported
from bot.services import Service, read_service, token_in
from bot.store.handover.model import HandedOver
from bot.store.store import Pending, View
from dialogs.advance import Dialog
from dialogs.commands import BadDateError, Name, read_command
from dialogs.replies import Ask, Choice, Menu, Replies, Reply, Text
from dialogs.session import Session

ZONE = ZoneInfo("Asia/Shanghai")
LONGEST = 2000  # characters of one message kept for an operator; the rest is cut off, visibly


@dataclass(frozen=True, slots=True)
class Attendance:
    """How the desk is attended: seconds one waits at most, and the hours, where there are any."""

    wait: float = 15 * 60.0
    hours: Hours | None = None


USUAL = Attendance()


@dataclass(frozen=True, slots=True)
class Handed:
    """What a message does: replies, and what becomes of the hand-over."""

    replies: Replies
    change: HandedOver | None = None


class HandingOver:
    """The rules of handing over, over one dialog. Holds nothing of any conversation."""

    def __init__(self, dialog: Dialog, attendance: Attendance) -> None:
        """Nothing is looked up yet."""
        self._dialog, self._attendance = dialog, attendance

    def silent(self, pending: Pending) -> Handed | None:
        """What a message does that the assistant does not answer; ``None``: it does.

        That is an operator's line, and whatever the enterprise sends while a person holds the conversation, but for the
        words that end this and those that erase everything.
        """
        message = pending.inbound.message
        if isinstance(message, FromDesk):
            return _told(message)
        if pending.handover is None or not pending.handover.held:
            return None
        text = _words(message)
        if wording.withdraws(text) or read_service(text) is Service.FORGET:
            return None
        ask = None if pending.session is None else self._dialog.current(pending.session)
        return Handed((), HandedOver(says=_shown(message, ask) or None))

    def spoken(self, session: Session, pending: Pending, view: View, now: float) -> Handed | None:
        """What a message does that is about handing over; ``None``: it is not, and the assistant answers as ever."""
        message, open_ = pending.inbound.message, pending.handover
        if isinstance(message, FromDesk):
            return Handed(self._ended(session, message))
        text = _words(message)
        if wording.withdraws(text):
            if open_ is None:
                return Handed(self._again(session, Text(wording.NOBODY_ASKED)))
            said = wording.ENDED if open_.held else wording.TAKEN_BACK
            return Handed(self._again(session, Text(said)), HandedOver(withdraws=True))
        if not _asks(text):
            return None
        if open_ is not None:
            return Handed(self._again(session, Text(wording.still_waits(open_.ahead)), _WITHDRAW))
        return self._asked(session, view, now)

    def overheard(self, pending: Pending) -> HandedOver | None:
        """What an operator will want to know of a message the assistant answers: words typed while one waits."""
        message = pending.inbound.message
        if pending.handover is None or not isinstance(message, Typed) or read_service(message.text) is not None:
            return None
        return HandedOver(says=_shown(message, None)) if message.text.strip() else None

    def _asked(self, session: Session, view: View, now: float) -> Handed | None:
        staffing, attendance = view.staffing(), self._attendance
        if not staffing.operators:
            return None  # the dialog says whom to ask instead
        if attendance.hours is not None and not attendance.hours.open_at(datetime.fromtimestamp(now, ZONE)):
            lead = wording.closed(attendance.hours.text)
            return Handed(self._again(session, Text(self._dialog.whom_to_ask(session, lead))))
        said = Text(wording.waits(staffing.waiting, round(attendance.wait / 60)))
        return Handed(self._again(session, said, _WITHDRAW), HandedOver(asks=now + attendance.wait))

    def _ended(self, session: Session, message: FromDesk) -> Replies:
        if message.what == "unanswered":
            return self._again(session, Text(self._dialog.whom_to_ask(session, wording.UNANSWERED)))
        return self._again(session, Text(wording.LAPSED if message.what == "lapsed" else wording.GIVEN_BACK))

    def _again(self, session: Session, *first: Reply) -> Replies:
        ask = self._dialog.current(session)
        return (*first, *((ask,) if ask is not None else ()))


_WITHDRAW = Menu((Choice(wording.WITHDRAW, wording.WITHDRAW),))


def _told(message: FromDesk) -> Handed | None:
    if message.what == "said":
        return Handed((Text(message.text, sender=wording.signature(message.operator)),))
    return Handed((Text(wording.taken(message.operator)),)) if message.what == "taken" else None


def _asks(text: str) -> bool:
    with suppress(BadDateError):
        command = read_command(text)
        return command is not None and command.name is Name.STAFF
    return False


def _words(message: Message) -> str:
    """The words a message is, when it may be a command: typed, or the one choice pressed."""
    if isinstance(message, Typed):
        return message.text
    if isinstance(message, Tapped) and len(message.keys) == 1 and not message.toggle:
        return message.keys[0]
    return ""


def _shown(message: Message, ask: Ask | None) -> str:
    """A message as an operator reads it; nothing when there is nothing to read."""
    if isinstance(message, Typed):
        text = message.text.strip()
        return "（发来换设备的口令，这里不显示）" if token_in(text) is not None else _short(text)
    if isinstance(message, Edited):
        return f"（改了前面的一句）{_short(message.text.strip())}"
    if isinstance(message, Tapped):
        return f"（按了：{_pressed(message, ask)}）"
    if isinstance(message, Unsupported):
        return f"（发来{message.what}，这里收不到）" if message.what != "button" else "（按了一个旧按钮）"
    return "（重新打开了对话）" if isinstance(message, Started) else ""


def _pressed(tap: Tapped, ask: Ask | None) -> str:
    labels = {}
    if ask is not None and (ask.question, ask.revision) == (tap.question, tap.revision):
        labels = {choice.key: choice.label for choice in (*ask.choices, *ask.commands)}
    return "、".join(labels.get(key, "旧按钮" if key.isdigit() else key) for key in tap.keys) or "选好了"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……（后面还有 {len(text) - LONGEST} 字，没有显示）"
