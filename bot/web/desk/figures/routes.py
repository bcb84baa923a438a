"""``/desk/figures``: tables with small charts, and the same as CSV."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import astuple, fields
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.figures.csv_tables import write_csv
from bot.figures.summary import Asked, Day, Reached, Summary, summary
from bot.store.figures import Count, Figures
from bot.store.gaps import Gaps, KeptGap
from bot.turns import ZONE
from bot.web.common.forms import BadFormError
from bot.web.desk.desk import Desk
from bot.web.desk.figures.period import Period, read_period
from bot.web.desk.sessions import PATH, Operator
from dialogs.advance import Dialog

HERE = f"{PATH}/figures"
STOPPED = 86_400.0  # seconds without a word, after which a conversation counts as left
_GAPS = 200  # shown on the page; the file has all


class _Settled(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Annotated[str, Field(min_length=1, max_length=400)]


def figures_routes(desk: Desk, dialog: Dialog, figures: Figures, gaps: Gaps) -> APIRouter:
    """The routes of the figures."""
    router = APIRouter(route_class=desk.route_class())
    signed_in = Depends(desk.operator)

    def summed(period: Period) -> Summary:
        return summary(dialog, figures.counts(*period.iso), figures.left_at(desk.clock() - STOPPED))

    @router.get(HERE)
    def shown(request: Request, operator: Operator = signed_in) -> Response:
        period = read_period(request.query_params, _today(desk.clock))
        found = summed(period)
        open_ = gaps.listed(settled=False)
        return desk.page(
            "figures.html", operator, period=period, figures=found, gaps=open_[:_GAPS], more=max(0, len(open_) - _GAPS),
            channels=sorted({channel for day in found.days for channel in day.begun}), most=_most(found),
        )  # fmt: skip

    @router.get(HERE + "/{table}.csv")
    def taken(request: Request, table: str, operator: Operator = signed_in) -> Response:
        period = read_period(request.query_params, _today(desk.clock))
        rows = _table(table, period, summed, figures, gaps)
        if rows is None:
            raise BadFormError("没有这张表。", 404)
        desk.record(operator, "导出数字", table)
        name = f"attachment; filename={table}.csv"
        return Response(_csv(*rows), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})

    @router.post(HERE + "/settled")
    async def settle(request: Request, operator: Operator = signed_in) -> Response:
        try:
            given = _Settled.model_validate(await desk.fields(request))
        except ValidationError as error:
            raise BadFormError("这一页的表单不完整，没有处理。请刷新再试。") from error
        if not gaps.settle(given.question, _today(desk.clock).isoformat()):
            raise BadFormError("这个问题已经不在表上了。", 404)
        desk.record(operator, "处理答不上的问题")
        return RedirectResponse(f"{HERE}#gaps", 303)

    return router


def _table(
    name: str, period: Period, summed: Callable[[Period], Summary], figures: Figures, gaps: Gaps
) -> tuple[list[str], Sequence[Sequence[Any]]] | None:
    """A table's heading and rows."""
    if name == "gaps":
        return [field.name for field in fields(KeptGap)], [astuple(gap) for gap in gaps.listed()]
    if name == "counts":  # everything by day, each clause too
        return [field.name for field in fields(Count)], [astuple(row) for row in figures.counts(*period.iso)]
    found = summed(period)
    if name == "questions":
        return [field.name for field in fields(Asked)], [astuple(row) for row in found.questions]
    if name == "measures":
        return [field.name for field in fields(Reached)], [astuple(row) for row in found.measures]
    if name == "days":
        heading = ["day", "channel", "begun", "finished", "looked_up"]
        return heading, [row for day in found.days for row in _day_rows(day)]
    return None


def _day_rows(day: Day) -> list[tuple[str, str, int, int, int]]:
    """A day's conversations by channel; what is not counted by channel stands in a row of its own."""
    begun = [(day.day, channel, times, 0, 0) for channel, times in day.begun.items()]
    return [*begun, (day.day, "", 0, day.finished, sum(day.lookups.values()))]


def _csv(heading: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    write_csv(heading, rows, out)
    return out.getvalue().encode("utf-8-sig")  # the mark tells spreadsheets that it is UTF-8


def _most(found: Summary) -> dict[str, int]:
    """The longest bar of each chart."""
    return {
        "left": max((row.left for row in found.questions), default=0),
        "shown": max((row.shown for row in found.measures), default=0),
        "begun": max((sum(day.begun.values()) for day in found.days), default=0),
    }


def _today(clock: Callable[[], float]) -> date:
    return datetime.fromtimestamp(clock(), ZONE).date()
