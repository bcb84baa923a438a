"""The JSON API as an application of its own, mounted under ``/api/v1``: its faults, limits and description are its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import Depends, FastAPI

from bot.handover.handing_over import USUAL, Attendance
from bot.reports.reports import Reports
from bot.store.api_keys import ApiKeys
from bot.store.figures import Figures
from bot.store.store import Store
from bot.web.api.access import Gate
from bot.web.api.catalogue import catalogue_routes
from bot.web.api.conversations import conversation_routes
from bot.web.api.docs import docs_routes
from bot.web.api.lookups import lookup_routes
from bot.web.api.openapi import described
from bot.web.api.problems import told_problems
from bot.web.api.talks import Talks, today
from bot.web.common.limits import BodyLimit, Buckets
from dialogs.advance import Dialog

PATH = "/api/v1"
_ABOUT = """按条文逐条核对企业能对上哪些惠企政策。给出的是估算，不是审批结果；能不能得、得多少由主管部门决定。

查询和看文件不用密钥；对话要带密钥（`Authorization: Bearer hq_…`）。出错时返回 problem details（RFC 9457），
`errors` 里写明是哪一项、怎么改。请求太频繁返回 429，等 `Retry-After` 秒再试。

每份文件有一个给人看的网页，条款和事项在其中有固定的地址：`/policies/haizhu-2022#3.1`、`/policies/haizhu-2022#3.1.a`。"""


@dataclass(frozen=True)
class Api:
    """What the API needs. ``a_minute``: requests of one caller. ``gaps``: whether questions without an answer are kept.

    ``attendance``: how the desk is attended. ``clock``: epoch seconds; ``ticks`` never go back.
    """

    store: Store
    keys: ApiKeys
    dialog: Dialog
    secret: bytes
    a_minute: int
    figures: Figures
    gaps: bool = True
    attendance: Attendance = USUAL
    clock: Callable[[], float] = time.time
    ticks: Callable[[], float] = field(default=time.monotonic)


def create_api(api: Api) -> FastAPI:
    """The application to mount under :data:`PATH`.

    Raises:
        StoreError: when the store fails.
    """
    app = FastAPI(
        title="惠企接口", version="1", description=_ABOUT, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    engine = api.dialog.engine
    gate = Gate(api.keys, Buckets(api.a_minute, api.ticks))
    talks = Talks(api.store, api.dialog, api.secret, api.clock, gaps=api.gaps, attendance=api.attendance)
    anybody = [Depends(gate.anybody)]

    def day() -> Any:
        return today(api.clock)

    app.include_router(lookup_routes(api.dialog, api.figures, day, gaps=api.gaps), dependencies=anybody)
    app.include_router(catalogue_routes(engine.corpus, day), dependencies=anybody)
    app.include_router(conversation_routes(talks, gate, Reports(engine, api.dialog.presenter)))
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = described(plain(), engine.corpus.facts)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to change the description
    app.include_router(docs_routes(openapi), dependencies=anybody)
    app.add_middleware(BodyLimit)
    told_problems(app)
    return app
