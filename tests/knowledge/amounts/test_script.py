"""One way of writing: every character keeps its place, and every traditional form of the grammar's words is known."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

import knowledge.amounts
from knowledge.amounts.script import plain


def test_traditional_forms_of_the_grammars_words() -> None:
    """A new word in the grammar needs its traditional characters in the table."""
    package = Path(knowledge.amounts.__file__).parent
    files = [path for path in package.iterdir() if path.suffix in (".py", ".txt") and path.name != "script.py"]
    words = {char for path in files for char in path.read_text("utf-8") if "\u4e00" <= char <= "\u9fff"}
    simplified, traditional = OpenCC("t2s"), OpenCC("s2t")
    own = {char for char in words if simplified.convert(char) == char}
    forms = {traditional.convert(char): char for char in own if len(traditional.convert(char)) == 1}
    unknown = {form for form, char in forms.items() if plain(form) != plain(char)}
    assert not unknown, "".join(sorted(unknown))


@given(st.text(max_size=50))
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(max_size=50))
def test_writing_plainly_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
