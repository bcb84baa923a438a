"""What a conversation has come to, looked at without any message coming in."""

from __future__ import annotations

from datetime import date

from dialogs.advance import Dialog
from dialogs.incoming import Said
from dialogs.replies import Text

WORDS = ("海珠区", "1 3", "跨行业", "是", "国家两项", "是", "两千三百万", "不清楚", "都成立")


def test_it_is_what_the_conversation_itself_says_at_every_step(dialog: Dialog):
    session = dialog.start("s", date(2024, 3, 15))
    for text in WORDS:
        standing = dialog.standing(session)
        _, replies = dialog.advance(session, Said("为什么问"))
        assert standing.ask == dialog.current(session)
        assert isinstance(replies[0], Text) and replies[0].text == standing.why
        session, replies = dialog.advance(session, Said(text))
    standing = dialog.standing(session)
    assert standing.ask is None and standing.why is None
    assert replies[0] == Text(dialog.presenter.result(standing.assessment))


def test_a_question_for_several_figures_names_them_in_order(dialog: Dialog):
    session = dialog.start("s", date(2024, 3, 15))
    for text in WORDS[:4]:
        session, _ = dialog.advance(session, Said(text))
    ask = dialog.current(session)
    assert ask is not None and ask.figures == ("国际标准", "国家标准")
    session, _ = dialog.advance(session, Said("1 2"))
    assert dialog.standing(session).state.answers[ask.question].said == "数量：国际标准 1项，国家标准 2项"


def test_the_documents_of_a_result_are_those_its_text_tells(dialog: Dialog):
    session = dialog.start("s", date(2024, 3, 15))
    for text in WORDS:
        session, _ = dialog.advance(session, Said(text))
    assessment = dialog.standing(session).assessment
    (document,) = dialog.presenter.policies.documents(assessment)
    text = dialog.presenter.result(assessment, whole=True)
    for lines in (document["groups"]["符合"], document["groups"].get("待确认", [])):
        for line in lines:
            assert line["title"] in text and line["formula"] in text


def test_a_session_met_before_stands_as_one_met_first(dialog: Dialog) -> None:
    """What is remembered of a conversation is never taken for another state of it: its id stays while its log changes."""
    begun = dialog.start("same", date(2024, 3, 15))
    first = dialog.current(begun)
    located, _ = dialog.advance(begun, Said("海珠区"))
    assert dialog.current(located) != first
    assert dialog.current(begun) == first
    elsewhere, _ = dialog.advance(begun, Said("佛山市"))  # as many answers as before, but others
    fresh = Dialog(dialog.engine)
    for session in (elsewhere, located):
        met, first_met = dialog.standing(session), fresh.standing(session)
        assert (met.ask, met.why, met.state.facts) == (first_met.ask, first_met.why, first_met.state.facts)
