"""Somebody at a browser: presses what is shown, and waits for the answer as a person would."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

ANSWERS: tuple[Callable[[Person], None], ...] = (
    lambda person: person.press("海珠区"),
    lambda person: person.choose("有自己的平台（工业互联网、产业互联网交易、智能制造等）", "牵头（主导）制定标准"),
    lambda person: person.choose("跨行业跨领域工业互联网平台"),
    lambda person: person.press("是"),
    lambda person: person.figures("", "2项"),
    lambda person: person.press("是"),
    lambda person: person.say("两千三百万"),
    lambda person: person.press("不清楚"),
    lambda person: person.press("都没有"),
)


class Person:
    """One tab."""

    def __init__(self, page: Page, address: str, *, script: bool = True) -> None:
        self.page, self.address, self._script = page, address, script
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)

    def open(self, path: str = "/") -> None:
        self.page.goto(self.address + path)

    def press(self, label: str) -> None:
        self.answer(self.page.get_by_role("button", name=label, exact=True).first.click)

    def choose(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_label(label, exact=True).check()
        self.press("选好了")

    def figures(self, *figures: str) -> None:
        for field, figure in zip(self.page.locator("input[name=figure]").all(), figures, strict=True):
            field.fill(figure)
        self.press("确定")

    def say(self, words: str) -> None:
        self.page.locator("#text").fill(words)
        self.press("发送")

    def answer(self, act: Callable[[], None]) -> None:
        """Do something that is posted, and wait until the page shows what came of it."""
        if not self._script:
            with self.page.expect_navigation():
                act()
            return
        with self.page.expect_response(lambda response: response.url.endswith("/chat") and response.ok):
            act()
        expect(self.page.locator("#turn[aria-busy]")).to_have_count(0)

    def answer_all(self, until: int = len(ANSWERS)) -> None:
        for step in ANSWERS[:until]:
            step(self)

    @property
    def question(self) -> str:
        return self.page.locator(".focus").inner_text()

    @property
    def answers(self) -> list[str]:
        return [text.strip() for text in self.page.locator(".answers li > span").all_text_contents()]

    @property
    def focused(self) -> Locator:
        return self.page.locator(":focus")

    def fits(self) -> bool:
        """Whether nothing stands beyond the right edge."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
