"""``@assistant 标识解析`` typed in any chat: the clauses that fit, ready to paste.

Nothing is kept of it, so it is answered at once and not through the store; a question that is lost is asked again by
Telegram with the next letter typed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.channel import BadMessageError
from bot.channels.telegram.failures import DONE, meaning, says
from bot.channels.telegram.markup import heading, html_of, lines_of, pieces
from bot.channels.telegram.reading import checked

MOST = 20  # results shown; Telegram takes 50
_KEPT = 300  # seconds Telegram may answer the same question itself


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause to paste.

    ``id``: the same for the same clause. ``short`` and ``label``: the document in two words, and the article. ``title``:
    the document in full, with its number. ``status``: what it is on the date asked about, as a sentence.
    """

    id: str
    short: str
    title: str
    label: str
    status: str
    quote: str


Find = Callable[[str], Sequence[Clause]]
"""The clauses that answer a question, best first."""


@dataclass(frozen=True, slots=True)
class Question:
    """An inline query: its id, and what was typed."""

    id: str
    text: str


def read_inline(raw: object) -> Question | None:
    """The inline query an update brings, if it is one.

    Raises:
        BadMessageError: when it is no update.
    """
    query = checked(raw).inline_query
    if query is None:
        return None
    try:
        query.query.encode()
    except UnicodeEncodeError as error:
        raise BadMessageError("inline_query.query: half of a character") from error
    return Question(query.id, query.query.replace("\x00", "").strip())


async def answer_inline(bot: Bot, question: Question, find: Find) -> None:
    """Offer the clauses that fit, or a button that tells what to type.

    Raises:
        SendError: when the call fails.
    """
    found = list(find(question.text))[:MOST] if question.text else []
    hint = "输入要找的事，例如：标识解析 补多少" if not question.text else "没有找到合适的条文，换个说法试试"
    button = None if found else InlineQueryResultsButton(hint, start_parameter="find")
    try:
        await bot.answer_inline_query(
            question.id, [_result(clause) for clause in found], cache_time=_KEPT, button=button, is_personal=False
        )
    except TelegramError as error:
        if not says(error, DONE):
            raise meaning(error) from None


def _result(clause: Clause) -> InlineQueryResultArticle:
    lines = [heading(f"{clause.title}　{clause.label}"), *lines_of(clause.status), *lines_of(f"“{clause.quote}”")]
    text = html_of(pieces(lines)[0])
    identity = hashlib.sha256(f"{clause.id}/{clause.quote}".encode()).hexdigest()[:32]
    return InlineQueryResultArticle(
        identity,
        f"{clause.short}　{clause.label}",
        InputTextMessageContent(text, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)),
        description=f"{clause.status}　{clause.quote}"[:200],
    )
