"""The whole desk: its parts in the order of the navigation."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from bot.staff import Accounts
from bot.store.staff import Staff
from bot.web.desk.check.routes import CHECK, check_routes
from bot.web.desk.desk import Desk, Part
from bot.web.desk.search.finder import Finder
from bot.web.desk.search.routes import search_routes
from bot.web.desk.sessions import PATH, Sessions
from bot.web.desk.sign_in import sign_in_routes
from bot.web.policies.view import Documents
from dialogs.advance import Dialog

PARTS = (Part(f"{PATH}/search", "查条款"), Part(CHECK, "速算"))


def desk_router(
    staff: Staff,
    accounts: Accounts,
    documents: Documents,
    dialog: Dialog,
    secret: bytes,
    clock: Callable[[], float],
) -> APIRouter:
    """Everything under :data:`bot.web.desk.sessions.PATH`.

    Args:
        staff: accounts and the record.
        accounts: check who signs in.
        documents: of the corpus.
        dialog: over the same corpus; judges and asks.
        secret: the installation's own; signs cookies and forms.
        clock: epoch seconds.
    """
    desk = Desk(staff, Sessions(staff, secret, clock), clock, PARTS)
    router = APIRouter(include_in_schema=False)
    router.include_router(desk.assets.router())
    router.include_router(sign_in_routes(desk, accounts))
    router.include_router(_home(desk))
    router.include_router(search_routes(desk, Finder(documents)))
    router.include_router(check_routes(desk, dialog))
    return router


def _home(desk: Desk) -> APIRouter:
    router = APIRouter(route_class=desk.route_class(), dependencies=[Depends(desk.operator)])

    @router.get(PATH)
    def home(request: Request) -> Response:
        return RedirectResponse(PARTS[0].path, 303)

    return router
