"""The methods of the Bot API the assistant uses, with the checks and refusals of the real server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.bot.telegram.standin.checks import Parameters, decoded, exact, keyboard, number
from tests.bot.telegram.standin.errors import bad
from tests.bot.telegram.standin.markup import message_text
from tests.bot.telegram.standin.world import EVERY_KIND, Chat, Json, Webhook, World

CALLBACK_LIVES = 150  # seconds
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def get_me(world: World, given: Parameters) -> Any:
    return world.me


def send_message(world: World, given: Parameters) -> Any:
    chat = world.chat(number(given, "chat_id"))
    content = _text(given)
    markup = keyboard(given)
    return world.post(
        chat, world.me, {**content, **({"reply_markup": markup} if markup else {}), **_reply(chat, given)}
    )


def send_document(world: World, given: Parameters) -> Any:
    chat = world.chat(number(given, "chat_id"))
    name, content = given["document"]
    if not content:
        raise bad("file must be non-empty")
    document = {"file_id": f"file{world.next_number()}", "file_unique_id": f"unique{world.next_number()}",
                "file_name": name, "file_size": len(content)}  # fmt: skip
    world.files[str(document["file_id"])] = content
    return world.post(chat, world.me, {"document": document, **_reply(chat, given)})


def edit_message_text(world: World, given: Parameters) -> Any:
    message = _own_message(world, given, "edit")
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    content = _text(given)
    return _changed(world, message, {"text": None, "entities": None, **content, "reply_markup": keyboard(given)})


def edit_message_reply_markup(world: World, given: Parameters) -> Any:
    message = _own_message(world, given, "edit")
    return _changed(world, message, {"reply_markup": keyboard(given)})


def answer_callback_query(world: World, given: Parameters) -> Any:
    pressed = world.pressed.get(str(given["callback_query_id"]))
    if pressed is None or world.clock() - pressed > CALLBACK_LIVES:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    world.answered.append(str(given["callback_query_id"]))
    return True


def answer_inline_query(world: World, given: Parameters) -> Any:
    results = decoded(given, "results")
    assert isinstance(results, list)
    if len(results) > 50:
        raise bad("RESULTS_TOO_MUCH")
    ids = [result["id"] for result in results]
    if len(set(ids)) < len(ids) or not all(1 <= len(one.encode()) <= 64 for one in ids):
        raise bad("RESULT_ID_DUPLICATE")
    for result in results:
        assert result["type"] == "article"
        assert result["title"]
        content = result["input_message_content"]
        message_text(content["message_text"], content.get("parse_mode"))
    button = decoded(given, "button")
    if button is not None:
        exact("InlineQueryResultsButton", button)
    world.inline_answers[str(given["inline_query_id"])] = {"results": results, "button": button}
    return True


def send_chat_action(world: World, given: Parameters) -> Any:
    world.typing.append(world.chat(number(given, "chat_id")).id)
    return True


def set_my_commands(world: World, given: Parameters) -> Any:
    commands = decoded(given, "commands")
    for command in commands:
        exact("BotCommand", command)
        assert command["command"].islower()
        assert len(command["command"]) <= 32
        assert 1 <= len(command["description"]) <= 256
    world.commands[(decoded(given, "scope") or {"type": "default"})["type"]] = commands
    return True


def set_webhook(world: World, given: Parameters) -> Any:
    with world.lock:
        world.webhook = Webhook(given["url"], given.get("secret_token"), number(given, "max_connections", 40))
        allow(world, given)
    world.woken()
    return True


def delete_webhook(world: World, given: Parameters) -> Any:
    with world.lock:
        world.webhook = None
        if given.get("drop_pending_updates") == "true":
            world.waiting.clear()
    return True


def allow(world: World, given: Parameters) -> None:
    allowed = decoded(given, "allowed_updates")
    if allowed is not None:
        world.allowed = tuple(allowed) or EVERY_KIND


def _text(given: Parameters) -> Json:
    text, entities = message_text(given.get("text", ""), given.get("parse_mode"))
    return {"text": text, **({"entities": entities} if entities else {})}


def _reply(chat: Chat, given: Parameters) -> Json:
    raw = decoded(given, "reply_parameters")
    if raw is None:
        return {}
    exact("ReplyParameters", raw)
    replied = chat.messages.get(raw["message_id"])
    if replied is None:
        if not raw.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        return {}
    return {"reply_to_message": {key: value for key, value in replied.items() if key != "reply_to_message"}}


def _own_message(world: World, given: Parameters, what: str) -> Json:
    chat = world.chat(number(given, "chat_id"))
    message = chat.messages.get(number(given, "message_id"))
    if message is None:
        raise bad(f"message to {what} not found")
    if message["from"]["id"] != world.me["id"]:
        raise bad(f"message can't be {what}ed")
    return message


def _changed(world: World, message: Json, changes: Json) -> Any:
    after = {**message, **changes}
    after = {key: value for key, value in after.items() if value is not None}
    compared = ("text", "entities", "reply_markup")
    if [after.get(key) for key in compared] == [message.get(key) for key in compared]:
        raise bad(_SAME)
    after["edit_date"] = int(world.clock())
    message.clear()
    message.update(after)
    return message


METHODS: dict[str, Callable[[World, Parameters], Any]] = {
    "getMe": get_me, "sendMessage": send_message, "sendDocument": send_document, "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup, "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query, "sendChatAction": send_chat_action, "setMyCommands": set_my_commands,
    "setWebhook": set_webhook, "deleteWebhook": delete_webhook,
}  # fmt: skip
