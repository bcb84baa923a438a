"""A page as somebody without JavaScript has it: its text, and the forms that were really rendered."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "rect", "path", "img"}


@dataclass
class Button:
    label: str
    name: str | None
    value: str
    form: Form


@dataclass
class Form:
    """A form: hidden fields with their values, boxes by label, text fields by name."""

    action: str
    id: str | None = None
    hidden: list[tuple[str, str]] = field(default_factory=list)
    boxes: dict[str, tuple[str, str, bool]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """Parses a page; ``tags`` are all elements with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.forms: list[Form] = []
        self.buttons: list[Button] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self._form: Form | None = None
        self._button: tuple[dict[str, str | None], list[str], Form | None] | None = None
        self._label: list[str] | None = None
        self._box: tuple[str, str, bool] | None = None
        self._borrowed: list[tuple[Button, str]] = []
        self.feed(html)
        for button, name in self._borrowed:
            button.form = next(form for form in self.forms if form.id == name)

    @property
    def text(self) -> str:
        return "\n".join(self.words)

    def button(self, label: str) -> Button:
        return next(button for button in self.buttons if button.label == label)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "form":
            self._form = Form(given["action"] or "", given.get("id"))
            self.forms.append(self._form)
        elif tag == "button" and given.get("type") != "button":
            self._button = (given, [], self._form)
        elif tag == "label":
            self._label = []
        elif tag == "input" and self._form is not None:
            self._input(given, self._form)

    def _input(self, given: dict[str, str | None], form: Form) -> None:
        name, value = given.get("name") or "", given.get("value") or ""
        if given.get("type") == "hidden":
            form.hidden.append((name, value))
        elif given.get("type") == "checkbox":
            self._box = (name, value, "checked" in given)
        else:
            form.texts.append(name)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "form":
            self._form = None
        elif tag == "label":
            if self._box is not None and self._form is not None and self._label is not None:
                self._form.boxes["".join(self._label).strip()] = self._box
            self._label = self._box = None
        elif tag == "button" and self._button is not None:
            given, words, form = self._button
            assert form is not None
            button = Button("".join(words).strip(), given.get("name"), given.get("value") or "", form)
            self.buttons.append(button)
            if given.get("form"):
                self._borrowed.append((button, given["form"] or ""))
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._label is not None:
            self._label.append(data)
        if self._button is not None and self._open[-1] == "button":
            self._button[1].append(data)
        if data.strip() and self._open[-1:] not in (["title"], ["script"], ["style"]):
            self.words.append(data.strip())
