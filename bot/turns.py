"""One message of a conversation: what it means to the dialog, and what to send for it. Touches no store and no network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.channels.channel import Channel
from bot.figures.noted import noted
from bot.handover.handing_over import USUAL, Attendance, HandingOver
from bot.lateness import Took, in_order
from bot.messages import Edited, Inbound, Started, Tapped, Typed, Unsupported
from bot.reports.reports import NAME, Reports
from bot.services import Service, forgotten, read_service, token_hash, token_in, token_told
from bot.services import export as exported
from bot.store.handover.model import HandedOver
from bot.store.store import Outcome, Pending, Ticked, View
from dialogs.advance import Dialog
from dialogs.commands import BadDateError, read_day
from dialogs.incoming import Corrected, Incoming, Opened, Picked, Said
from dialogs.replies import Ask, Document, Replies, Reply, Report, Text
from dialogs.session import Session, taken_over

ZONE = ZoneInfo("Asia/Shanghai")  # the day of a conversation is the day where the policies are
LATE = 150.0  # seconds; a button pressed longer ago has stopped waiting (Telegram keeps callbacks that long)
TRIES = 3  # of one message, before it is set aside
APOLOGY = "刚才这一条没有处理成功，已经记下来待查，前面的回答都在。请换个说法再发一次，或输入“继续”。"
OLD_PAGE = "那一页已经过去了，这一句没有记下。下面是现在的情况。"


@dataclass(frozen=True, slots=True)
class _Step:
    """What one message did: the session as it is now, the replies, boxes ticked, and what else to keep."""

    session: Session
    replies: Replies
    ticked: Ticked | None = None
    token: str | None = None
    forget: bool = False
    settles: bool = False
    handover: HandedOver | None = None


class Turns:
    """Processes messages of all channels over one corpus. Holds nothing of any conversation."""

    def __init__(
        self,
        dialog: Dialog,
        channels: Mapping[str, Channel],
        clock: Callable[[], float],
        *,
        gaps: bool = True,
        attendance: Attendance = USUAL,
    ) -> None:
        """``clock`` gives epoch seconds; ``gaps``: whether questions the documents do not answer are kept for staff.

        ``attendance``: how the desk is attended.
        """
        self._dialog, self._channels, self._clock, self._gaps = dialog, channels, clock, gaps
        self._handing_over = HandingOver(dialog, attendance)
        self._reports = Reports(dialog.engine, dialog.presenter)

    def work(self, pending: Pending, view: View) -> Outcome:
        """Process one message (the ``work`` of :meth:`bot.store.store.Store.turn`).

        Raises:
            Exception: whatever went wrong, as long as the message is to be tried again; then it is set aside.
        """
        inbound, channel = pending.inbound, self._channels[pending.inbound.channel]
        late = self._clock() - inbound.arrived > LATE
        try:
            outcome, replies = self._taken(pending, view)
            operations = channel.render(self._laid_out(replies, channel), inbound, late=late)
        except Exception as error:
            if pending.attempts + 1 < TRIES:
                raise
            sorry = channel.render((Text(APOLOGY),), inbound, late=late)
            return Outcome(pending.session, sorry, ticked=pending.ticked, failed=type(error).__name__)
        if outcome.forget or outcome.session is None:
            return replace(outcome, operations=operations)
        before = replace(pending, session=pending.until_now) if pending.later else pending  # those were counted then
        after = outcome.later[-1].session if outcome.later else outcome.session
        counted = noted(self._dialog, before, after or outcome.session, replies, _day(inbound), gaps=self._gaps)
        return replace(outcome, operations=operations, noted=counted)

    def _taken(self, pending: Pending, view: View) -> Took:
        """What a message leaves, and the replies: a person's matter, or the assistant's, in the order of sending."""
        silent = self._handing_over.silent(pending)
        if silent is None:
            return in_order(pending, lambda one: self._take(one, view), self._dialog)
        if pending.place == "erased":
            return Outcome(None, ()), ()
        return Outcome(pending.session, (), pending.ticked, settles=True, handover=silent.change), silent.replies

    def _take(self, pending: Pending, view: View) -> Took:
        step = self._step(pending, view)
        replies, ticked = _with_ticks(step, pending.ticked)
        left = Outcome(step.session, (), ticked, step.token, step.forget, settles=step.settles, handover=step.handover)
        return left, replies

    def _laid_out(self, replies: Replies, channel: Channel) -> Replies:
        """The replies with each report as a Word file, where the channel cannot lead to it."""
        if channel.links_reports:
            return replies
        name = f"{NAME}.docx"
        return tuple(
            Document(name, content=self._reports.word(reply)) if isinstance(reply, Report) else reply
            for reply in replies
        )

    def _step(self, pending: Pending, view: View) -> _Step:
        session, told = self._session(pending)
        handed = self._handing_over.spoken(session, pending, view, self._clock())
        if handed is not None:
            change = handed.change
            return _Step(session, (*told, *handed.replies), settles=change is not None, handover=change)
        step = self._answered(session, pending, view)
        return replace(step, replies=(*told, *step.replies), handover=self._handing_over.overheard(pending))

    def _answered(self, session: Session, pending: Pending, view: View) -> _Step:
        message = pending.inbound.message
        if isinstance(message, Started):
            return self._started(session, message, pending, view)
        if isinstance(message, Typed):
            return self._typed(session, message, pending, view)
        if isinstance(message, Edited):
            return self._edited(session, message.text, pending.refs.get(pending.inbound.ref or ""))
        if isinstance(message, Tapped):
            return self._tapped(session, message, pending.ticked)
        if isinstance(message, Unsupported):
            return self._unsupported(session, message)
        raise TypeError("what the desk did is told by handing over")

    def _session(self, pending: Pending) -> tuple[Session, Replies]:
        """The session to go on with, and what must be said about it first."""
        fresh = f"{pending.inbound.conversation}:{pending.runs + 1}"
        if pending.session is None:
            session = self._dialog.start(fresh, _day(pending.inbound))
            return session, (Text("上次的记录坏了，读不出来，只好从头来。"),) if pending.broken else ()
        corpus = self._dialog.engine.corpus
        if pending.session.corpus_version == corpus.version:
            return pending.session, ()
        note = "政策文件在上次之后有更新，下面按现在的文件重新计算；不再合用的回答会重新问。"
        return taken_over(pending.session, fresh, corpus.facts, corpus.version), (Text(note),)

    def _advance(self, session: Session, incoming: Incoming) -> _Step:
        return _Step(*self._dialog.advance(session, incoming))

    def _started(self, session: Session, message: Started, pending: Pending, view: View) -> _Step:
        """Opened, perhaps by a link: to a document's district, to a date, or to a conversation begun elsewhere."""
        argument = (message.argument or "").strip()
        token = token_in(argument)
        if token is not None:
            return self._taken_up(session, token, pending, view)
        if argument and not session.events:
            with suppress(BadDateError):  # no date: a document's id, or nothing we know
                session = session.model_copy(update={"as_of": read_day(argument)})
        policy = self._dialog.engine.policies.get(argument)
        district = self._district(policy.policy.header.districts) if policy is not None else None
        step = self._advance(session, Opened())
        if district is not None and not session.events:
            step = self._led_to(step, district)
        today = _day(pending.inbound)
        if session.events and step.session.as_of != today:
            note = Text(f"这次对话按 {session.as_of.isoformat()} 算；要按今天算，输入“换日期 {today.isoformat()}”。")
            step = replace(step, replies=(*step.replies[:1], note, *step.replies[1:]))
        return step

    def _led_to(self, step: _Step, district: str) -> _Step:
        """A link to a document answers the first question with its district."""
        answered = self._advance(step.session, Said(district))
        return replace(answered, replies=(*step.replies[:1], Text(f"按{district}来看。"), *answered.replies))

    def _district(self, districts: tuple[str, ...]) -> str | None:
        return next((name for name in self._dialog.engine.corpus.facts["district"].choices if name in districts), None)

    def _taken_up(self, session: Session, token: str, pending: Pending, view: View) -> _Step:
        """Go on here with what was said elsewhere."""
        other = view.resumable(token_hash(token))
        if other is None:
            step = self._advance(session, Opened())
            return replace(step, replies=(Text("这个口令不对，或者已经换过、删掉了。"), *step.replies))
        corpus = self._dialog.engine.corpus
        here = taken_over(other, f"{pending.inbound.conversation}:{pending.runs + 1}", corpus.facts, corpus.version)
        return replace(self._advance(here, Opened()), settles=True)

    def _typed(self, session: Session, typed: Typed, pending: Pending, view: View) -> _Step:
        text = typed.text
        token = token_in(text)
        if token is not None:
            return self._taken_up(session, token, pending, view)
        service = read_service(text)
        if service is not None:
            return self._service(session, service, view)
        if typed.revision is not None and typed.revision != session.revision:
            return self._again(session, Text(OLD_PAGE))
        if session.events or pending.session is not None:
            return self._advance(session, Said(text))
        welcome = self._advance(session, Opened())
        answered = self._advance(welcome.session, Said(text))
        return replace(answered, replies=(*welcome.replies[:1], *answered.replies))

    def _service(self, session: Session, service: Service, view: View) -> _Step:
        if service is Service.FORGET:
            return _Step(session, (forgotten(),), forget=True)
        if service is Service.EXPORT:
            return self._again(session, exported(view.export()))
        note, hashed = token_told()
        return replace(self._again(session, note), token=hashed)

    def _edited(self, session: Session, text: str, question: str | None) -> _Step:
        if question is None:
            note = "改过的那一条没有对应的回答，没有改动。要改答案，输入“修改”。"
            return self._again(session, Text(note))
        return self._advance(session, Corrected(question, text))

    def _tapped(self, session: Session, tap: Tapped, ticked: Ticked | None) -> _Step:
        here = ticked if ticked is not None and _same(ticked, tap) else Ticked(tap.question, tap.revision, frozenset())
        if not tap.toggle:
            keys = (*sorted(here.keys, key=_number), *tap.keys) if tap.submit else tap.keys
            return self._advance(session, Picked(tap.question, tap.revision, keys))
        ask = self._dialog.current(session)
        offered = {choice.key for choice in ask.choices if choice.key.isdigit()} if ask is not None else set()
        stale = ask is None or (ask.question, ask.revision) != (tap.question, tap.revision) or not ask.multiple
        if ask is None or stale or not offered.issuperset(tap.keys):
            return self._advance(session, Picked(tap.question, tap.revision, tap.keys if stale else ("?",)))
        now = replace(here, keys=here.keys ^ frozenset(tap.keys))
        return _Step(session, (ask,), ticked=now)

    def _unsupported(self, session: Session, message: Unsupported) -> _Step:
        if message.what == "button":
            return self._again(session, Text("这个按钮认不出来，下面是现在的问题。"))
        return _Step(session, (Text(f"看不了{message.what}，只看得懂文字和按钮。请把要说的打成字。"),))

    def _again(self, session: Session, *first: Reply) -> _Step:
        """Something is said, nothing changes, and the question that is open comes back."""
        ask = self._dialog.current(session)
        return _Step(session, (*first, *((ask,) if ask is not None else ())))


def _with_ticks(step: _Step, before: Ticked | None) -> tuple[Replies, Ticked | None]:
    """The replies with the boxes ticked so far, which stay ticked as long as their question is asked."""
    ticked = step.ticked or before
    if ticked is None:
        return step.replies, None
    shown: list[Reply] = []
    for reply in step.replies:
        asks = isinstance(reply, Ask) and _same(ticked, reply)
        shown.append(replace(reply, ticked=ticked.keys) if isinstance(reply, Ask) and asks else reply)
    return tuple(shown), ticked if step.session.revision == ticked.revision else None


def _same(ticked: Ticked, other: Tapped | Ask) -> bool:
    return (ticked.question, ticked.revision) == (other.question, other.revision)


def _number(key: str) -> tuple[int, str]:
    return (int(key) if key.isdigit() else 0, key)


def _day(inbound: Inbound) -> date:
    return datetime.fromtimestamp(inbound.arrived, ZONE).date()
