"""The tone of the pages: no promise, no exclamation mark, nothing that must not be said."""

from __future__ import annotations

from importlib.resources import files

import pytest

TEXTS = [
    *files("bot.web.chat").joinpath("templates").iterdir(),
    *(file for file in files("bot.web.chat").joinpath("assets").iterdir() if file.name.endswith(".js")),
]


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_pages_keep_the_tone(file):
    text = file.read_text(encoding="utf-8")
    for word in ("可申报", "保证", "！", "抱歉", "恭喜"):
        assert word not in text


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.name)
def test_pages_need_nothing_from_elsewhere(file):
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http://" not in text and "https://" not in text
    assert "|safe" not in text and "style=" not in text
