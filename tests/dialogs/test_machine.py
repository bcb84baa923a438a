"""Any conversation: whatever is typed or pressed, in any order, the log and the replies keep their promises."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dialogs.advance import Dialog
from dialogs.commands import Name
from dialogs.incoming import NONE, REST_KEY, UNSURE_KEY, Incoming, Opened, Picked, Said
from dialogs.questions import TOLD
from dialogs.replies import Ask, Document, Menu, Text
from dialogs.session import Answered, Reopened, Restarted, Session, State, Undone
from policies.engine.engine import Engine
from policies.load import load
from tests.dialogs.talk import DAY, standing_question

DIALOG = Dialog(Engine(load()))
MOST_QUESTIONS = 200

COMMANDS = st.sampled_from([name.value for name in Name])
FIGURES = st.one_of(
    st.builds("{}{}".format, st.integers(0, 10**6), st.sampled_from(["", "万", "亿元", "家", "%", "多万", "项"])),
    st.sampled_from(
        ["一千二百万", "八千多万", "不到30家", "三成", "没有", "都没有", "不清楚", "国家2", "0 2", "1 2 3", "是", "否"]
    ),
)
CHOICES = st.sampled_from([choice for fact in DIALOG.catalogue.facts.values() for choice in fact.choices])
ODD = st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\u202e反",
        "👍🏽" * 9,
        "字" * 5000,
        "1" * 400,
        "9" * 9000,
        "①",
        "修改 999",
        "详情 0",
        "换日期 9999-99-99",
    ]
)
TEXTS = st.one_of(FIGURES, FIGURES, CHOICES, COMMANDS, ODD, st.text(max_size=40))
KEYS = st.one_of(st.integers(0, 14).map(str), st.sampled_from([NONE, REST_KEY, UNSURE_KEY, "-1", "９", "²", ""]), TEXTS)


class Conversation(RuleBasedStateMachine):
    """One conversation, played by somebody with no idea what is asked."""

    @initialize(district=st.sampled_from(range(8)))
    def begin(self, district: int) -> None:
        self.session = DIALOG.start("any", DAY)
        self.take(Opened())
        if district < 7:  # most enterprises say where they are first; one in eight does not
            self.take(Picked("where", 0, (str(district),)))

    def take(self, incoming: Incoming) -> None:
        before = self.session
        self.session, replies = DIALOG.advance(before, incoming)
        assert DIALOG.advance(before, incoming) == (self.session, replies)
        assert self.session.events[: len(before.events)] == before.events
        assert len(self.session.events) <= len(before.events) + 1
        assert replies
        for reply in replies:
            assert is_complete(reply), (incoming, reply)

    @rule(text=TEXTS)
    def say(self, text: str) -> None:
        self.take(Said(text))

    @rule(keys=st.lists(KEYS, max_size=4))
    def pick(self, keys: list[str]) -> None:
        question = standing_question(DIALOG, self.session)
        self.take(Picked(question.id if question else "", self.session.revision, tuple(keys)))

    @rule(number=st.integers(0, 11), keys=st.sampled_from([(), (NONE,), (UNSURE_KEY,), (REST_KEY,)]))
    def pick_what_is_offered(self, number: int, keys: tuple[str, ...]) -> None:
        question = standing_question(DIALOG, self.session)
        if question is not None:
            self.take(Picked(question.id, self.session.revision, keys or (str(number % choices(question)),)))

    @rule(keys=st.lists(KEYS, max_size=3), older=st.integers(1, 5), other=st.booleans())
    def pick_what_has_passed(self, keys: list[str], older: int, other: bool) -> None:
        question = standing_question(DIALOG, self.session)
        name = "list:none:7" if other or question is None else question.id
        revision = self.session.revision if other else self.session.revision - older
        before = self.session
        self.take(Picked(name, revision, ("0", *keys)))
        assert self.session == before or len(keys) == 0

    @rule()
    def open_again(self) -> None:
        before = self.session
        self.take(Opened())
        assert self.session == before

    @rule(days=st.integers(-2000, 2000))
    def ask_about_another_day(self, days: int) -> None:
        day = DAY + timedelta(days=days)
        self.take(Said(f"换日期 {day.isoformat()}"))
        assert State(self.session).as_of == day

    @rule()
    def undo(self) -> None:
        before, reopened = answers(self.session), State(self.session).reopened
        self.take(Said(Name.BACK.value))
        assert answers(self.session) == (before if reopened else before[:-1])

    @rule()
    def undo_twice(self) -> None:
        before, reopened = answers(self.session), State(self.session).reopened
        self.take(Said(Name.BACK.value))
        self.take(Said(Name.BACK.value))
        assert answers(self.session) == (before[:-1] if reopened else before[:-2])

    @precondition(lambda self: bool(State(self.session).answers))
    @rule(data=st.data(), text=TEXTS)
    def edit(self, data: st.DataObject, text: str) -> None:
        before = State(self.session)
        number = data.draw(st.integers(1, len(before.answers)))
        name = list(before.answers)[number - 1]
        self.take(Said(f"{Name.EDIT.value} {number}"))
        if State(self.session).reopened == name:
            self.take(Said(text))
            last = self.session.events[-1]
            assert not isinstance(last, Answered) or last.question == name or last.question.startswith(TOLD)

    @rule()
    def edits_equal_a_fresh_conversation(self) -> None:
        """The answers in force, given to a new session in the same order, leave the same facts and the same question."""
        state = State(self.session)
        if state.reopened is not None:
            return
        fresh = DIALOG.start("fresh", state.as_of)
        given = answers(self.session)
        for position, answer in enumerate(given):
            if all(later.question != answer.question for later in given[position + 1 :]):
                fresh = fresh.append(answer)
        assert State(fresh).facts == state.facts
        assert standing_question(DIALOG, fresh) == standing_question(DIALOG, self.session)

    @rule()
    def every_path_ends(self) -> None:
        """Somebody who knows nothing more comes to a result."""
        session, asked = self.session, 0
        while standing_question(DIALOG, session) is not None:
            session, replies = DIALOG.advance(session, Said("不清楚"))
            if State(session).answers.get("where") is None:
                session, replies = DIALOG.advance(session, Said("还没定，想比一比"))
            asked += 1
            assert asked <= MOST_QUESTIONS
        session, replies = DIALOG.advance(session, Said(Name.RESULT.value))
        assert any(isinstance(reply, Text) and "推算" in reply.text for reply in replies) or is_elsewhere(session)

    @invariant()
    def the_log_survives_json(self) -> None:
        stored = Session.model_validate_json(self.session.model_dump_json())
        assert stored == self.session
        again, state = State(stored), State(self.session)
        assert (again.facts, again.as_of, again.reopened) == (state.facts, state.as_of, state.reopened)


def answers(session: Session) -> list[Answered]:
    """The answers a log leaves standing, by the plainest reading of it."""
    standing: list[Answered] = []
    reopened = False
    for event in session.events:
        if isinstance(event, Answered):
            standing.append(event)
        elif isinstance(event, Undone) and not reopened:
            standing = standing[:-1]
        elif isinstance(event, Restarted):
            standing = []
        reopened = isinstance(event, Reopened)
    return standing


def choices(question: object) -> int:
    """How many numbered choices a question has, at least one."""
    return max(1, len(getattr(question, "lines", ()) or getattr(question, "choices", ())) or 2)


def is_elsewhere(session: Session) -> bool:
    return State(session).facts.get("district") == "其他地区"


def is_complete(reply: object) -> bool:
    """Whether a reply has something to read."""
    if isinstance(reply, Text | Document):
        return bool(reply.text.strip())
    if isinstance(reply, Ask):
        keys = [choice.key for choice in reply.choices]
        return (
            bool(reply.text.strip()) and all(choice.label for choice in reply.choices) and len(keys) == len(set(keys))
        )
    return isinstance(reply, Menu) and all(choice.label for choice in reply.choices)


TestConversation = Conversation.TestCase
TestConversation.settings = settings(max_examples=100, stateful_step_count=40, deadline=None, derandomize=True)


def test_the_day_asked_about_is_the_one_the_session_began_with() -> None:
    assert State(DIALOG.start("new", date(2022, 2, 2))).as_of == date(2022, 2, 2)
