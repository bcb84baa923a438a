"""A browser without JavaScript: keeps cookies, follows redirects, posts the forms that a page really has."""

from __future__ import annotations

from urllib.parse import urlencode

import httpx
from fastapi.testclient import TestClient

from tests.bot.web.pages import Button, Page


class Browser:
    """One window. ``tab()`` opens another of the same browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page = Page("")

    def tab(self) -> Browser:
        other = Browser(self.client)
        other.open()
        return other

    def open(self, address: str = "/") -> Page:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.text
        self.page = Page(answer.text)
        return self.page

    def press(self, label: str, *, tick: tuple[str, ...] = (), fill: tuple[str, ...] = ()) -> Page:
        """Press a button, after ticking boxes and filling the form's text fields in order."""
        return self._show(self.post(self.fields(self.page.button(label), tick, fill)))

    def say(self, words: str) -> Page:
        return self.press("发送", fill=(words,))

    def fields(self, button: Button, tick: tuple[str, ...] = (), fill: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        form = button.form
        wanted = {next(label for label in form.boxes if label.startswith(start)) for start in tick}
        fields = [*form.hidden]
        fields += [(name, value) for label, (name, value, on) in form.boxes.items() if on or label in wanted]
        fields += list(zip(form.texts, (*fill, *[""] * len(form.texts)), strict=False))
        return [*fields, (button.name, button.value)] if button.name else fields

    def post(self, fields: list[tuple[str, str]], **headers: str) -> httpx.Response:
        given = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        answer: httpx.Response = self.client.post(
            "/chat", content=urlencode(fields), headers=given, follow_redirects=False
        )
        return answer

    def _show(self, answer: httpx.Response) -> Page:
        assert answer.status_code == 303, answer.text
        return self.open(answer.headers["location"])

    @property
    def question(self) -> str:
        """The heading the page puts the focus on."""
        headings = self.page.html.split('class="focus"')
        return headings[1].partition(">")[2].partition("<")[0].strip() if len(headings) > 1 else ""

    @property
    def answers(self) -> list[str]:
        """What was answered, without the buttons beside it."""
        return [
            piece.partition("<span>")[2].partition("</span>")[0] for piece in self.page.html.split("<li value=")[1:]
        ]
