"""What each address of the chat page answers, for one visitor. Blocking; the router calls it beside its loop."""

from __future__ import annotations

import re
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import HTMLResponse, RedirectResponse

from bot.channels.channel import file_body, file_content
from bot.channels.web import Posted
from bot.reports.reports import NAME, PAGE_POLICY, WORD_TYPE, Reports
from bot.services import export, token_in
from bot.store.store import Store
from bot.web.chat import view
from bot.web.chat.forms import Form
from bot.web.chat.pages import Pages
from bot.web.chat.talk import Talk
from bot.web.chat.visitor import Visitor, Visitors
from bot.web.common.assessed import assessed
from bot.web.common.forms import BadFormError
from dialogs.advance import Dialog
from dialogs.replies import Document, Report
from dialogs.session import Session

_SEPARATORS = re.compile(r"[\s,，、;；。]+")
_EXPIRED = "这一页过期了，或者浏览器没有保存 cookie，刚才的回答没有记下。请允许本站保存 cookie，再回到首页接着来。"


class ChatSite:
    """The chat page over one store and corpus."""

    def __init__(self, talk: Talk, dialog: Dialog, store: Store, visitors: Visitors, pages: Pages) -> None:
        """Over the conversations of browsers.

        Raises:
            StoreError: when the store fails.
        """
        self._store, self._dialog, self._visitors = store, dialog, visitors
        self._talk, self._pages = talk, pages
        self._reports = Reports(dialog.engine, dialog.presenter)
        self._talk.recover()

    def home(self, visitor: Visitor, base: str, *, part: bool = False, again: bool = False) -> Response:
        """The conversation as it stands; ``part``: only what a turn changes. ``again``: a form was posted twice."""
        if visitor.known:
            self._talk.work_off(visitor.conversation)
        return self._shown(visitor, base, part=part, again=again)

    def _shown(self, visitor: Visitor, base: str, *, part: bool, again: bool) -> Response:
        said = self._talk.take(visitor.conversation) if visitor.known else []
        session = self._talk.session(visitor.conversation) if visitor.known else self._talk.fresh()
        handover = self._talk.handover(visitor.conversation) if visitor.known else None
        context = view.chat(self._dialog, session, said, handover)
        token = self._visitors.form_token(visitor)
        page = self._pages.render("turn.html" if part else "chat.html", **context, token=token, base=base, again=again)
        return HTMLResponse(page)

    def post(self, visitor: Visitor, form: Form, base: str, *, part: bool = False) -> Response:
        """Take an answer, then show what stands.

        Raises:
            BadFormError: when the form's token was not made for this visitor; nothing has changed.
        """
        nonce = self._visitors.nonce(visitor, form.token) if visitor.known else None
        if nonce is None:
            raise BadFormError(_EXPIRED)
        posted = Posted(
            conversation=visitor.conversation,
            nonce=nonce,
            revision=form.revision,
            text=_words(form),
            question=form.question,
            keys=form.key,
        )
        new = self._talk.post(posted)
        if part:
            return self._shown(visitor, base, part=True, again=not new)
        return RedirectResponse("/" if new else "/?again=1", 303)

    def people(self, visitor: Visitor, state: str) -> Response:
        """What was said with a person, for a page that shows it in ``state``; nothing said is lost when that is another.

        A conversation that a person holds says nothing else, so what is shown here is all there is to be taken.
        """
        if not visitor.known:
            return Response(status_code=204)
        self._talk.work_off(visitor.conversation)
        handover = self._talk.handover(visitor.conversation)
        if handover is None:
            return Response(status_code=204)
        if state == handover.state == "held":
            self._talk.take(visitor.conversation)
        return HTMLResponse(self._pages.render("exchange.html", people=handover))

    def result(self, visitor: Visitor) -> Response:
        """The result of what was answered so far."""
        standing = self._dialog.standing(self._session(visitor))
        context = assessed(self._dialog.presenter, standing.assessment)
        return HTMLResponse(self._pages.render("so_far.html", **context, open_question=standing.ask is not None))

    def compare(self, visitor: Visitor) -> Response:
        """The districts side by side."""
        return HTMLResponse(self._pages.render("compare.html", **view.comparison(self._dialog, self._session(visitor))))

    def report(self, visitor: Visitor) -> Response:
        """The report, as a page to print."""
        page = self._reports.page(self._report(visitor), word="/report.docx")
        return HTMLResponse(page, headers={"Content-Security-Policy": PAGE_POLICY})

    def word(self, visitor: Visitor) -> Response:
        """The report, as a Word file."""
        return _file(Document(f"{NAME}.docx", content=self._reports.word(self._report(visitor))), WORD_TYPE)

    def _report(self, visitor: Visitor) -> Report:
        report = view.report(self._dialog, self._session(visitor))
        if report is None:
            raise BadFormError("现在还没有报告。请先回答几个问题。", 404)
        return report

    def data(self, visitor: Visitor) -> Response:
        """Everything kept of the visitor, as a file."""
        kept = self._store.export(visitor.conversation) if visitor.known else None
        return _file(export(kept or {}), "application/json")

    def go_on(self, visitor: Visitor, token: str) -> Response:
        """Ask whether to go on here with a conversation begun elsewhere: a link alone changes nothing.

        Raises:
            BadFormError: when it is no token.
        """
        if token_in(token) is None:
            raise BadFormError("这个链接不完整。请重新复制一次，或在原来的设备上再点一次“换设备”。", 404)
        session = self._session(visitor)
        context = {"resume": token, "revision": session.revision, "token": self._visitors.form_token(visitor)}
        return HTMLResponse(self._pages.render("go_on.html", **context, begun=bool(session.events)))

    def failed(self, why: str, status: int, *, part: bool) -> Response:
        """A request that was not taken: one sentence, what to do."""
        if part:
            return Response(why, status, media_type="text/plain; charset=utf-8")
        return HTMLResponse(self._pages.render("failed.html", why=why), status)

    def _session(self, visitor: Visitor) -> Session:
        return self._talk.session(visitor.conversation) if visitor.known else self._talk.fresh()


def _words(form: Form) -> str | None:
    """The words a form says, in whatever fields they stand; ``None`` when choices were pressed."""
    if form.day is not None:
        return f"换日期 {form.day}"
    if form.figure:
        figures = [_SEPARATORS.sub("", figure) for figure in form.figure]
        return " ".join(figure or "0" for figure in figures) if any(figures) else ""
    return form.text


def _file(document: Document, kind: str) -> Response:
    name = f"attachment; filename*=UTF-8''{quote(document.name)}"
    return Response(file_content(file_body(document)), media_type=kind, headers={"Content-Disposition": name})
