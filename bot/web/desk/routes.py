"""The whole desk: its parts in the order of the navigation."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from bot.staff import Accounts
from bot.store.database import Database
from bot.store.durable import DurableStore
from bot.store.figures import Figures
from bot.store.gaps import Gaps
from bot.store.handover.leases import HandOvers
from bot.web.desk.check.routes import CHECK, check_routes
from bot.web.desk.desk import Desk, Part
from bot.web.desk.figures.routes import figures_routes
from bot.web.desk.people.routes import people_routes
from bot.web.desk.search.finder import Finder
from bot.web.desk.search.routes import search_routes
from bot.web.desk.sessions import PATH, Sessions
from bot.web.desk.sign_in import sign_in_routes
from bot.web.policies.view import Documents
from dialogs.advance import Dialog

PARTS = (
    Part(f"{PATH}/search", "查条款"),
    Part(CHECK, "速算"),
    Part(f"{PATH}/people", "等候的人"),
    Part(f"{PATH}/figures", "数字"),
)


def desk_router(
    database: Database,
    accounts: Accounts,
    dialog: Dialog,
    documents: Documents,
    secret: bytes,
    clock: Callable[[], float],
    handovers: HandOvers,
) -> APIRouter:
    """Everything under :data:`bot.web.desk.sessions.PATH`.

    Args:
        database: where the figures are kept.
        accounts: of staff; they check who signs in.
        dialog: the conversation, over the same corpus as the documents.
        documents: of the corpus.
        secret: the installation's own; signs cookies and forms.
        clock: epoch seconds.
        handovers: those in which a person was asked for.
    """
    staff = accounts.staff
    desk = Desk(staff, Sessions(staff, secret, clock), clock, PARTS)
    router = APIRouter(include_in_schema=False)
    router.include_router(desk.assets.router())
    router.include_router(sign_in_routes(desk, accounts))
    router.include_router(_home(desk))
    router.include_router(search_routes(desk, Finder(documents, dialog.searcher)))
    router.include_router(check_routes(desk, dialog))
    router.include_router(people_routes(desk, dialog, DurableStore(database), handovers))
    router.include_router(figures_routes(desk, dialog, Figures(database), Gaps(database)))
    return router


def _home(desk: Desk) -> APIRouter:
    router = APIRouter(route_class=desk.route_class(), dependencies=[Depends(desk.operator)])

    @router.get(PATH)
    def home(request: Request) -> Response:
        return RedirectResponse(PARTS[0].path, 303)

    return router
