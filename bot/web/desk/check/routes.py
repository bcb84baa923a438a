"""``/desk/check``: the form, what follows from it, and the box for a sentence heard on the phone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.turns import ZONE
from bot.understanding import LONGEST
from bot.web.common.forms import BadFormError
from bot.web.desk.check.clause import begun_with
from bot.web.desk.check.heard import hear
from bot.web.desk.check.query import LONGEST_DAY, address_of, read_query
from bot.web.desk.check.sheet import known_to, worked_out
from bot.web.desk.check.view import shown
from bot.web.desk.desk import PART, Desk
from bot.web.desk.sessions import PATH, Operator
from dialogs.advance import Dialog

CHECK = f"{PATH}/check"
_NOTHING = "没有听出可以填的情况。换个说法，或者直接填下面的表。"
_TOO_LONG = f"这段话太长，没有读。请分成几段，每段不超过 {LONGEST} 字。"


class Sentence(BaseModel):
    """A sentence, and the address of the form it is told into."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Annotated[str, Field(max_length=20_000)] = ""
    state: Annotated[str, Field(max_length=30_000)] = ""


def check_routes(desk: Desk, dialog: Dialog) -> APIRouter:
    """The routes of the quick check."""
    router = APIRouter(route_class=desk.route_class())
    signed_in = Depends(desk.operator)
    known = known_to(dialog.catalogue)

    def today() -> date:
        return datetime.fromtimestamp(desk.clock(), ZONE).date()

    def answer(operator: Operator, items: list[tuple[str, str]], *, part: bool) -> Response:
        query, strange = read_query(items, known)
        sheet = worked_out(dialog.catalogue, query, today())
        template = "check/sheet.html" if part else "check/page.html"
        return desk.page(template, operator, strange=strange, **_SILENT, **shown(dialog, sheet))

    @router.get(CHECK)
    def check(request: Request, operator: Operator = signed_in) -> Response:
        return answer(operator, request.query_params.multi_items(), part=PART in request.headers)

    @router.get(f"{CHECK}/clause")
    def clause(operator: Operator = signed_in, id: str = "", day: str = "") -> Response:  # noqa: A002 - the address's name
        policy, _, article = id.partition("/")
        query = begun_with(dialog.catalogue, policy, article, day if len(day) <= LONGEST_DAY else "")
        if query is None:
            raise BadFormError("这一条没有可以速算的事项。", 404)
        return RedirectResponse(f"{CHECK}?{address_of(query)}", 303)

    @router.get(f"{CHECK}/heard")
    def again(request: Request, operator: Operator = signed_in) -> Response:
        return RedirectResponse(CHECK, 303)

    @router.post(f"{CHECK}/heard")
    async def heard(request: Request, operator: Operator = signed_in) -> Response:
        try:
            said = Sentence.model_validate(await desk.fields(request))
        except ValidationError as error:
            raise BadFormError("这一页的表单不完整，没有处理。请回到“速算”再试。") from error
        return _told(said, operator)

    def _told(said: Sentence, operator: Operator) -> Response:
        query, strange = read_query(parse_qsl(said.state), known)
        before = worked_out(dialog.catalogue, query, today())
        text = said.text.strip()
        told: dict[str, Any] = {**_SILENT, "sentence": text[:LONGEST], "strange": strange}
        if not text or len(text) > LONGEST:
            told["unheard"] = _TOO_LONG if text else _NOTHING
            return desk.page("check/page.html", operator, 422, **told, **shown(dialog, before))
        found = hear(dialog.catalogue, dialog.reader, before.query, text, before.caller.as_of)
        if not found.rows and not found.questions:
            told["unheard"] = _NOTHING
        sheet = worked_out(dialog.catalogue, found.query, today())
        return desk.page("check/page.html", operator, **{**told, "heard": found}, **shown(dialog, sheet))

    return router


_SILENT: dict[str, Any] = {"sentence": "", "heard": None, "unheard": None}
