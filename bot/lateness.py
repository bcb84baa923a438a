"""A message that arrived after others that were sent later: it is taken where it belongs, then the later ones again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.messages import Inbound
from bot.store.conversations import carried
from bot.store.store import Outcome, Pending
from dialogs.advance import Dialog
from dialogs.commands import Name
from dialogs.incoming import Said
from dialogs.replies import Ask, Menu, Replies, Text
from dialogs.session import Answered, Session

ERASED = "这一条是删除之前发的，现在才到，没有记下。"
TOO_LATE = "这一条到得太晚，放不回原来的位置，按现在收到的算。"
PUT_IN_ORDER = "有一条晚到了，已按发出的先后重新排好。"
_TOLD = 5  # answers told at most

Took = tuple[Outcome, Replies]
Take = Callable[[Pending], Took]
"""Takes one message: what it leaves, without calls, and the replies."""


def in_order(pending: Pending, take: Take, dialog: Dialog) -> Took:
    """What a message leaves, with what those after it leave when they are taken again, and what is said of it all.

    Args:
        pending: the message; when its place is between others, as things were there.
        take: takes one message.
        dialog: to show where the conversation stands then.
    """
    if pending.place == "erased":
        return Outcome(None, ()), (Text(ERASED),)
    outcome, replies = take(pending)
    if pending.place == "too late":
        return outcome, (Text(TOO_LATE), *replies)
    if not pending.later:
        return outcome, replies
    here, left, again = pending, outcome, []
    for message in pending.later:
        here = _following(here, left, message)
        left, _answered_before = take(here)
        again.append(replace(left, token=None))  # a token told is still good
    told = _own(replies) if outcome.forget or outcome.session == pending.session else ()
    note = () if left.session == pending.until_now else (Text(_note(pending.until_now, left.session)),)
    return replace(outcome, later=tuple(again)), (*note, *told, *_standing(left, dialog))


def _following(pending: Pending, left: Outcome, message: Inbound) -> Pending:
    """The next message, with the conversation as the one before leaves it."""
    if left.forget:
        return Pending(message, None)
    before, session, ref = pending.session, left.session, pending.inbound.ref
    if session is None:
        return replace(pending, inbound=message, ticked=left.ticked)
    if before is not None and before.id == session.id:
        runs, refs, known = pending.runs, dict(pending.refs), before.revision
    else:
        runs, refs, known = pending.runs + 1, {}, carried(before, session)
    for event in session.events[known:]:
        if ref is not None and isinstance(event, Answered):
            refs[ref] = event.question
    return Pending(message, session, runs, left.ticked, refs)


def _own(replies: Replies) -> Replies:
    """What a message was answered, without the question that stood then."""
    return tuple(reply for reply in replies if not isinstance(reply, Ask | Menu))


def _note(before: Session | None, after: Session | None) -> str:
    """That something was put in order, and which answers are others than they were."""
    old = before.events if before is not None else ()
    new = after.events if after is not None else ()
    same = next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
    said = [event.said for event in new[same:] if isinstance(event, Answered)]
    if not said:
        return PUT_IN_ORDER
    more = f" 等 {len(said)} 项" if len(said) > _TOLD else ""
    return f"{PUT_IN_ORDER}\n现在记的是：{'；'.join(said[:_TOLD])}{more}。"


def _standing(left: Outcome, dialog: Dialog) -> Replies:
    """The question that is open now, with its boxes as they are ticked, or the result."""
    if left.session is None:
        return ()
    _session, replies = dialog.advance(left.session, Said(Name.CONTINUE.value))
    ticked = left.ticked
    return tuple(
        replace(reply, ticked=ticked.keys) if ticked is not None and isinstance(reply, Ask) else reply
        for reply in replies
    )
