"""A channel without any outside: what a turn says is kept, with the question as it was asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.channels.channel import file_body, file_content
from bot.messages import Inbound, Message, Operation, Tapped, Typed
from dialogs.replies import Ask, Choice, Document, Menu, Reply, Text

KINDS: dict[str, Any] = {"text": Text, "ask": Ask, "menu": Menu, "document": Document}


@dataclass
class InProcess:
    """Messages in are given as they are; calls out are kept as the replies they carry."""

    name: str = "inprocess"
    ack_deadline: float = 5.0
    links_reports: bool = False
    sent: list[Reply] = field(default_factory=list)
    count: int = 0

    def read(self, raw: object, arrived: float) -> Inbound | None:
        """A message, or words."""
        self.count += 1
        message: Message = Typed(text=raw) if isinstance(raw, str) else raw  # type: ignore[assignment]
        return Inbound(
            channel=self.name,
            dedupe_key=str(self.count),
            conversation="c",
            address="a",
            message=message,
            arrived=arrived,
            ref=str(self.count),
            callback=str(self.count) if isinstance(message, Tapped) else None,
        )

    def render(self, replies: Sequence[Reply], to: Inbound, *, late: bool) -> tuple[Operation, ...]:
        """Each reply as data."""
        return tuple(Operation(kind=kind_of(reply), body=_plain(reply)) for reply in replies)

    async def send(self, address: str, operation: Operation, anchor: str | None) -> str | None:
        """Keep the reply."""
        self.sent.append(reply_of(operation))
        return str(len(self.sent))

    async def busy(self, address: str) -> None:
        """Nothing to show."""


def kind_of(reply: Reply) -> str:
    return next(name for name, kind in KINDS.items() if isinstance(reply, kind))


def _plain(reply: Reply) -> dict[str, Any]:
    body = asdict(reply)
    if isinstance(reply, Ask):
        body["ticked"] = sorted(reply.ticked)
    if isinstance(reply, Document):
        body = file_body(reply)
    plain: dict[str, Any] = json.loads(json.dumps(body))
    return plain


def reply_of(operation: Operation) -> Reply:
    """The reply an operation carries, also after it was stored as JSON."""
    body = dict(operation.body)
    if "content" in body:
        body["content"] = file_content(body)
    for name in ("choices", "commands"):
        if name in body:
            body[name] = tuple(Choice(**choice) for choice in body[name])
    if "figures" in body:
        body["figures"] = tuple(body["figures"])
    if "ticked" in body:
        body["ticked"] = frozenset(body["ticked"])
    reply: Reply = KINDS[operation.kind](**body)
    return reply
