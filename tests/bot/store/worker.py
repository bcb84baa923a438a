"""A process that keeps, turns and sends messages until it is killed: ``python -m tests.bot.store.worker PLACE FROM``.

It says on its output what it acknowledged (``+ 12``) and what it was about to send (``> 记下：12``), a line each. The
messages are numbers, dealt out to a few conversations; the last ones kept before are delivered again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bot.store.store import Store
from tests.bot.store.places import NOW, SCOPE, Place, answer, message

CHATS = 3
AGAIN = 4  # messages delivered twice


def chat(number: int) -> str:
    """The conversation a number belongs to."""
    return f"c{number % CHATS}"


def send(store: Store) -> None:
    """Send what is due, once through."""
    for delivery in store.claim(SCOPE, 10, NOW):
        print(f"> {delivery.operation.body['text']}", flush=True)  # noqa: T201 - the way out of a process
        store.sent(delivery, None)


def main(address: str, number: int) -> None:
    """Go on until killed."""
    store = Place(address if "://" in address else Path(address)).open()
    with store.sending(SCOPE):
        number = max(0, number - AGAIN)
        while True:
            store.receive([message(str(number), chat(number), order=number + 1)])
            print(f"+ {number}", flush=True)  # noqa: T201
            number += 1
            store.turn(answer, SCOPE, NOW)
            send(store)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
