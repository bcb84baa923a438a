"""Conversations: begun, talked in, read and erased by programs with a key."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Header, Path, Response
from fastapi.responses import HTMLResponse

from bot.messages import Tapped, Typed
from bot.reports.reports import NAME, PAGE_POLICY, WORD_TYPE, Reports
from bot.web.api.access import Gate
from bot.web.api.json_routes import JsonRoute, json_response
from bot.web.api.shapes.conversations import Conversation, Opening, Sent, Turn, Words
from bot.web.api.talks import Talks

Id = Annotated[str, Path(max_length=100, description="开始时给的对话编号")]
Idempotency = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="每条消息自己定一个，重发时不变：没收到回答就可以放心重发，只算一次",
    ),
]


class WordResponse(Response):
    """A Word file."""

    media_type = WORD_TYPE


_WORD = {"content": {WORD_TYPE: {"schema": {"type": "string", "format": "binary"}}}}


def conversation_routes(talks: Talks, gate: Gate, reports: Reports) -> APIRouter:
    """The routes of conversations; whoever calls them must hold a key."""
    router = APIRouter(prefix="/conversations", route_class=JsonRoute, tags=["对话"])
    holder_of = Depends(gate.holder)

    @router.post("", response_model=Turn, status_code=201, summary="开始一次对话")
    def begin(opening: Opening, idempotency: Idempotency = None, holder: str = holder_of) -> Response:
        """得到对话编号和第一个问题。编号只有用同一个密钥才看得到。"""
        return json_response(talks.begin(holder, idempotency, opening.as_of), 201)

    @router.post("/{conversation}/messages", response_model=Turn, summary="发一条消息")
    def send(conversation: Id, sent: Sent, idempotency: Idempotency = None, holder: str = holder_of) -> Response:
        """一句话或一次选择；先存下再回答，进程中断也不会丢。答完得到回复和下一个问题。"""
        if isinstance(sent, Words):
            message: Typed | Tapped = Typed(text=sent.text, revision=sent.revision)
        else:
            message = Tapped(question=sent.question, revision=sent.revision, keys=tuple(sent.keys))
        return json_response(talks.send(holder, conversation, idempotency, message))

    @router.get("/{conversation}", response_model=Conversation, summary="看一次对话")
    def read(conversation: Id, holder: str = holder_of) -> Response:
        """现在的回答、问题和核对结果。"""
        return json_response(talks.read(holder, conversation))

    @router.get(
        "/{conversation}/report.docx", response_class=WordResponse, summary="报告，Word 文件", responses={200: _WORD}
    )
    def word(conversation: Id, holder: str = holder_of) -> Response:
        """结论、时效、条款和原文、算法、回答、还没有确定的事和收据。"""
        made = reports.word(talks.report(holder, conversation))
        disposition = f"attachment; filename*=UTF-8''{quote(NAME)}.docx"
        return WordResponse(made, headers={"Content-Disposition": disposition})

    @router.get("/{conversation}/report.html", response_class=HTMLResponse, summary="报告，可打印的网页")
    def page(conversation: Id, holder: str = holder_of) -> Response:
        """内容与 Word 报告相同；自成一体，可以存成文件。"""
        made = reports.page(talks.report(holder, conversation))
        return HTMLResponse(made, headers={"Content-Security-Policy": PAGE_POLICY})

    @router.delete("/{conversation}", status_code=204, summary="删除一次对话")
    def forget(conversation: Id, holder: str = holder_of) -> Response:
        """连同全部回答和记录一起删除，找不回来。"""
        talks.forget(holder, conversation)
        return Response(status_code=204)

    return router
