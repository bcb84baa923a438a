"""What a conversation is known by: a keyed hash, so that what is kept names no chat and no person."""

from __future__ import annotations

import hashlib
import hmac


def conversation_of(secret: bytes, channel: str, chat: str) -> str:
    """The id of the conversation in a chat: HMAC-SHA256 in hex. The same chat and secret always give the same id.

    Args:
        secret: the installation's own; whoever does not have it cannot tell which chat an id belongs to.
        channel: the channel's name, so that equal chat ids of two channels stay apart.
        chat: the channel's own id of the chat.
    """
    said = f"{channel}\x00{chat}".encode()
    return hmac.new(secret, said, hashlib.sha256).hexdigest()
