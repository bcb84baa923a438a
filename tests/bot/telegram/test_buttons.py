"""What buttons carry comes back as it went out, and nothing else comes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.buttons import LONGEST, Kind, of_menu, of_question, read_button
from bot.messages import Tapped, Typed
from dialogs.commands import Name
from policies.vocabulary import LONGEST_NAME

_NAMES = st.from_regex(rf"[a-z][a-z0-9_]{{0,{LONGEST_NAME - 1}}}", fullmatch=True)
_QUESTIONS = st.one_of(
    st.sampled_from(["where", "confirm"]),
    st.builds("fact:{}".format, _NAMES),
    st.builds("form:{}".format, _NAMES),
    st.builds("list:{}:{}".format, _NAMES, st.integers(0, 99)),
)
_KEYS = st.one_of(
    st.integers(0, 999).map(str),
    st.sampled_from(["none", "unsure", "rest", *(Name.WHY, Name.SKIP, Name.BACK, Name.RESULT)]),
)
_KINDS = st.sampled_from(["pick", "toggle", "submit"])


@given(_KINDS, _QUESTIONS, st.integers(0, 36**4 - 1), _KEYS)
def test_every_button_of_every_question_fits_and_comes_back(kind: Kind, question: str, revision: int, key: str) -> None:
    data = of_question(kind, question, revision, key)
    assert data is not None
    assert len(data.encode()) <= LONGEST
    assert read_button(data) == Tapped(
        question=question, revision=revision, keys=(key,), toggle=kind == "toggle", submit=kind == "submit"
    )


@given(_QUESTIONS, st.integers(0, 36**4 - 1))
def test_submitted_boxes_need_no_key(question: str, revision: int) -> None:
    data = of_question("submit", question, revision, "")
    assert data is not None
    assert read_button(data) == Tapped(question=question, revision=revision, submit=True)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_a_menu_carries_its_words_or_has_no_button(words: str) -> None:
    data = of_menu(words)
    if len(words.encode()) <= LONGEST - 2:
        assert data is not None
        assert read_button(data) == Typed(text=words)
    else:
        assert data is None


@given(st.one_of(st.text(max_size=80), st.builds("{}{}{}".format, st.sampled_from("mpts"), st.text(), st.text())))
def test_a_forged_button_is_one_of_ours_or_nothing(data: str) -> None:
    found = read_button(data)
    assert found is None or isinstance(found, Tapped | Typed)
    if isinstance(found, Typed):
        assert of_menu(found.text) == data


@given(_KINDS, _QUESTIONS, st.integers(0, 9999), _KEYS, st.data())
def test_a_button_changed_on_its_way_stays_checked(
    kind: Kind, question: str, revision: int, key: str, data: st.DataObject
) -> None:
    carried = of_question(kind, question, revision, key)
    assert carried is not None
    at = data.draw(st.integers(0, len(carried) - 1))
    other = carried[:at] + data.draw(st.characters()) + carried[at + 1 :]
    found = read_button(other)
    if isinstance(found, Tapped):
        assert 0 <= found.revision < 36**6
        assert len(found.keys) <= 1
