"""A person in a Telegram chat: types, edits, taps what is really shown, and reads the chat as it stands on a screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.channels.telegram.buttons import of_question
from tests.bot.telegram.standin.markup import units
from tests.bot.telegram.standin.world import BOT_ID, Chat, Json, World
from tests.bot.word import words_of

CONTENTS: dict[str, Json] = {
    "photo": {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 90, "height": 90}]},
    "voice": {"voice": {"file_id": "f", "file_unique_id": "u", "duration": 3}},
    "sticker": {"sticker": {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 512, "height": 512,
                            "is_animated": False, "is_video": False}},
    "location": {"location": {"longitude": 113.3, "latitude": 23.1}},
    "document": {"document": {"file_id": "f", "file_unique_id": "u"}},
    "contact": {"contact": {"phone_number": "1", "first_name": "王"}},
    "video": {"video": {"file_id": "f", "file_unique_id": "u", "width": 90, "height": 90, "duration": 3}},
}  # fmt: skip
"""What the assistant cannot read, as Telegram tells it."""

_TICK = "✓ "


@dataclass
class Person:
    """One person in one chat with the bot.

    ``settle``: returns when the bot has nothing left to do. ``group``: the id of a group the person writes in instead
    of a private chat; ``topic``: a topic of it.
    """

    world: World
    id: int
    settle: Callable[[], None] = lambda: None
    group: int | None = None
    topic: int | None = None
    seen: dict[int, str] = field(default_factory=dict)
    changed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        chat_id = self.group or self.id
        group: Json = {"id": chat_id, "type": "supergroup", "title": "园区企业群"}
        private: Json = {"id": chat_id, "type": "private", "first_name": "王"}
        with self.world.lock:
            self.world.chats.setdefault(chat_id, Chat(group if self.group else private))

    @property
    def chat(self) -> Chat:
        return self.world.chats[self.group or self.id]

    @property
    def user(self) -> Json:
        return {"id": self.id, "is_bot": False, "first_name": "王"}

    # -- what a person does

    def start(self, argument: str | None = None) -> str:
        return self.say(f"/start {argument}" if argument else "/start")

    def say(self, text: str, *, reply_to: int | None = None) -> str:
        """Send a message; the words that appeared since."""
        content: Json = {"text": text, **_entities(text)}
        if reply_to is not None:
            content["reply_to_message"] = {
                key: value for key, value in self.chat.messages[reply_to].items() if key != "reply_to_message"
            }
        return self._does("message", self._post(content))

    def send(self, kind: str, **more: Any) -> str:
        """Send something that is no text."""
        return self._does("message", self._post({**CONTENTS[kind], **more}))

    def edit(self, message_id: int, text: str) -> str:
        """Change an earlier message of one's own."""
        message = self.chat.messages[message_id]
        message.update({"text": text, "edit_date": int(self.world.clock()), **_entities(text)})
        return self._does("edited_message", dict(message))

    def tap(self, label: str, message_id: int | None = None) -> str:
        """Press the one button that is labelled so, or whose label contains it, in the last message that has it."""
        message_id, data = self._button(label, message_id)
        return self.press(data, message_id)

    def press(self, data: str, message_id: int | None = None) -> str:
        """Send what a button carries, or pretends to carry."""
        number = message_id or max(self._with_buttons(), default=None) or max(self.chat.messages)
        query = str(self.world.next_number())
        self.world.pressed[query] = self.world.clock()
        content = {
            "id": query, "from": self.user, "message": self.chat.messages[number], "chat_instance": "c", "data": data,
        }  # fmt: skip
        words = self._does("callback_query", content, f"user {self.id}")
        if not words:  # the message says already what the answer is
            self.changed = [number]
        return self.words

    def pick(self, *labels: str) -> str:
        """Answer the question that stands, as it is answered here: one button, or boxes and then 选好了."""
        if not self._boxes():
            (label,) = labels
            return self.tap(label)
        wanted = {self._named(label): label for label in labels}
        for box, ticked in self._boxes().items():
            if ticked != (box in wanted):
                self.tap(f"{_TICK if ticked else ''}{box}")
        others = [label for name, label in wanted.items() if name not in self._boxes()]
        return self.tap(others[0] if others else "选好了")

    def forge(self, question: str, revision: int, keys: tuple[str, ...]) -> str:
        """Send a tap with such contents, whether or not a button shows it."""
        data = of_question("pick" if keys else "submit", question, revision, keys[0] if keys else "")
        assert data is not None, question
        return self.press(data)

    def ask_inline(self, text: str) -> Json:
        """Type after the bot's name in some other chat; what is offered."""
        query = str(self.world.next_number())
        self._does("inline_query", {"id": query, "from": self.user, "query": text, "offset": ""}, f"user {self.id}")
        end = time.monotonic() + 20  # nothing is kept of it, so nothing else shows that it was answered
        while not any(given.get("inline_query_id") == query for _, given in list(self.world.calls)):
            assert time.monotonic() < end, "the bot does not answer"
            time.sleep(0.002)
        return self.world.inline_answers.get(query, {})

    # -- what a person sees

    @property
    def words(self) -> str:
        """What appeared or changed since the last thing done."""
        return "\n".join(self.shown(number) for number in self.changed)

    def shown(self, message_id: int) -> str:
        message = self.chat.messages[message_id]
        document = message.get("document")
        content = (
            read(document["file_name"], self.world.files[document["file_id"]]) if document else message.get("text", "")
        )
        return "\n".join([content, *(" ".join(row) for row in self.buttons(message_id))])

    def buttons(self, message_id: int) -> list[list[str]]:
        rows = self.chat.messages[message_id].get("reply_markup", {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    @property
    def from_bot(self) -> list[int]:
        return [number for number, message in self.chat.messages.items() if message["from"]["id"] == BOT_ID]

    @property
    def mine(self) -> list[int]:
        return [number for number, message in self.chat.messages.items() if message["from"]["id"] == self.id]

    # -- how

    def _post(self, content: Json) -> Json:
        topic = {"message_thread_id": self.topic, "is_topic_message": True} if self.topic is not None else {}
        with self.world.lock:
            return dict(self.world.post(self.chat, self.user, {**content, **topic}))

    def _does(self, kind: str, content: Json, queue: str | None = None) -> str:
        before = self._screen()
        self.world.happen(kind, content, queue or f"chat {self.chat.id}")
        self.settle()
        after = self._screen()
        self.changed = [number for number, text in after.items() if text != before.get(number) and text.strip()]
        self.changed = [number for number in self.changed if self._grew(number, before, after)]
        return self.words

    def _screen(self) -> dict[int, str]:
        with self.world.lock:
            return {number: self.shown(number) for number in self.from_bot}

    def _grew(self, number: int, before: dict[int, str], after: dict[int, str]) -> bool:
        """A message that only lost its keyboard says nothing new."""
        return not before.get(number, "").startswith(after[number])

    def _with_buttons(self) -> list[int]:
        return [number for number in self.from_bot if self.buttons(number)]

    def _button(self, label: str, message_id: int | None) -> tuple[int, str]:
        for number in [message_id] if message_id is not None else sorted(self._with_buttons(), reverse=True):
            rows = self.chat.messages[number].get("reply_markup", {}).get("inline_keyboard", [])
            offered = {button["text"]: button["callback_data"] for row in rows for button in row}
            fitting = [label] if label in offered else [text for text in offered if label in text]
            assert len(fitting) < 2, (label, fitting)
            if fitting:
                return number, offered[fitting[0]]
        raise AssertionError((label, [self.buttons(number) for number in self._with_buttons()]))

    def _boxes(self) -> dict[str, bool]:
        """The boxes of the question that stands, ticked or not."""
        number = max(self._with_buttons())
        rows = self.chat.messages[number].get("reply_markup", {}).get("inline_keyboard", [])
        toggles = [button["text"] for row in rows for button in row if button["callback_data"].startswith("t")]
        return {text.removeprefix(_TICK): text.startswith(_TICK) for text in toggles}

    def _named(self, label: str) -> str:
        boxes = self._boxes()
        fitting = [label] if label in boxes else [box for box in boxes if label in box]
        assert len(fitting) < 2, (label, fitting)
        return fitting[0] if fitting else label


def _entities(text: str) -> Json:
    """What Telegram marks by itself: a command at the beginning, mentions."""
    found = []
    at = 0
    for word in text.split(" "):
        if word.startswith("/") and at == 0 and len(word) > 1:
            found.append({"type": "bot_command", "offset": 0, "length": units(word)})
        if word.startswith("@"):
            found.append({"type": "mention", "offset": units(text[:at]), "length": units(word)})
        at += len(word) + 1
    return {"entities": found} if found else {}


def read(name: str, content: bytes) -> str:
    """A file as whoever opens it sees it."""
    return words_of(content) if name.endswith(".docx") else content.decode("utf-8-sig")
