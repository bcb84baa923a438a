"""Pronunciations come from single characters; the library's phrases are never loaded."""

from __future__ import annotations

import subprocess
import sys

from knowledge.sounds import sound, sounds


def test_a_character_and_its_pronunciations() -> None:
    assert (sound("海"), sounds("重")[:2], sound("a")) == ("hai", ("zhong", "chong"), "a")


def test_phrases_are_not_loaded() -> None:
    asked = "from knowledge.sounds import sound; sound('海'); from pypinyin.constants import PHRASES_DICT; print(len(PHRASES_DICT))"
    assert subprocess.check_output([sys.executable, "-c", asked], text=True).strip() == "0"
