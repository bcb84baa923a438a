"""The desk's pages of people who wait: the list, one conversation, taking it, writing, giving back, losing it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient

from bot.channels.web import NAME, Posted, WebChannel
from bot.store.durable import DurableStore
from bot.store.store import Scope
from bot.turns import Turns
from tests.bot.web.desk.conftest import DIALOG, PASSWORD, Served, token_of

HERE = "/desk/people"


@dataclass
class Enterprise:
    """Somebody at the chat page."""

    served: Served
    conversation: str = "c" * 64
    count: int = 0

    def __post_init__(self) -> None:
        self.store = DurableStore(self.served.database)
        self.channel = WebChannel()

    def say(self, text: str) -> None:
        self.count += 1
        posted = Posted(conversation=self.conversation, nonce=f"{self.conversation}{self.count}", revision=0, text=text)
        session = self.store.session(self.conversation)
        posted = posted.model_copy(update={"revision": session.revision if session is not None else 0})
        inbound = self.channel.read(posted, self.served.clock())
        assert inbound is not None
        self.store.receive([inbound])
        self.work()

    def work(self) -> list[str]:
        """Turn what waits; the texts shown."""
        turns = Turns(DIALOG, {NAME: self.channel}, self.served.clock)
        scope = Scope((NAME,), self.conversation)
        while self.store.turn(turns.work, scope, self.served.clock()) is not None:
            pass
        shown: list[str] = []
        while claimed := self.store.claim(scope, 1, self.served.clock()):
            for one in claimed:
                shown += [part["text"] for part in one.operation.body["parts"]]
                self.store.sent(one, None)
        return shown


@pytest.fixture
def enterprise(served: Served) -> Enterprise:
    enterprise = Enterprise(served)
    enterprise.say("海珠区")
    enterprise.say("转人工")
    return enterprise


@pytest.fixture
def other(served: Served) -> TestClient:
    served.accounts.add("王", PASSWORD)
    return served.signed_in("王")


def number(operator: TestClient) -> int:
    return int(re.findall(r'href="/desk/people/(\d+)"', operator.get(HERE).text)[0])


def act(operator: TestClient, what: str, which: int, **fields: str):
    token = token_of(operator.get(HERE).text)
    return operator.post(f"{HERE}/{which}/{what}", data={"token": token, **fields})


def write(operator: TestClient, which: int, text: str, nonce: str = "nonce-0001"):
    return act(operator, "write", which, text=text, nonce=nonce)


def test_nobody_waits(operator: TestClient) -> None:
    page = operator.get(HERE).text
    assert "现在没有人在等" in page
    assert ">等候的人</a>" in page


def test_the_list_says_who_waits_since_when_and_what_they_said(served, enterprise, operator) -> None:
    served.now[0] += 5 * 60
    page = operator.get(HERE).text
    assert "等了 5 分钟" in page
    assert "网页" in page
    assert "海珠区" in page
    part = operator.get(HERE, headers={"X-Part": "1"}).text
    assert "<html" not in part
    assert "等了 5 分钟" in part


def test_one_conversation_shows_answers_question_result_and_what_is_open(enterprise, operator) -> None:
    enterprise.say("佛山二级节点最多补多少")
    page = operator.get(f"{HERE}/{number(operator)}").text
    for told in ("海珠区", "问到这一题", "目前的结论", "还差什么", "佛山二级节点最多补多少", "接手"):
        assert told in page
    assert 'name="text"' not in page  # nothing can be written before it is taken


def test_the_answers_can_be_taken_into_a_check(enterprise, operator) -> None:
    enterprise.say("牵头制定标准")
    enterprise.say("国际0 国家2")
    page = operator.get(f"{HERE}/{number(operator)}").text
    link = html.unescape(re.findall(r'href="(/desk/check[^"]*)">用这些回答速算', page)[0])
    form = html.unescape(operator.get(link).text)
    assert re.search(r'value="海珠区"[^>]* checked', form)
    assert 'id="f-std_national-1" value="2项"' in form
    assert "地址里有认不出的内容" not in form


def test_taken_written_and_given_back(enterprise, operator) -> None:
    which = number(operator)
    assert act(operator, "take", which).status_code == 303
    assert "人工已经接入" in enterprise.work()[0]
    enterprise.say("请问几点上班")
    page = operator.get(f"{HERE}/{which}").text
    assert "请问几点上班" in page
    assert "您接着这次对话" in page
    assert write(operator, which, "九点\n到五点半").status_code == 303
    assert "对方还没有看到" in operator.get(f"{HERE}/{which}").text
    assert enterprise.work() == ["九点\n到五点半"]
    page = operator.get(f"{HERE}/{which}").text
    assert "九点\n到五点半" in page
    assert "对方还没有看到" not in page
    assert act(operator, "back", which).status_code == 303
    assert "交还给助手" in enterprise.work()[0]
    assert "已经结束" in operator.get(f"{HERE}/{which}").text
    assert "刚结束的" in operator.get(HERE).text


def test_a_form_posted_twice_is_one_message_and_other_words_are_another(enterprise, operator) -> None:
    which = number(operator)
    act(operator, "take", which)
    enterprise.work()
    for text in ("您好", "您好", "还有一句"):
        assert write(operator, which, text).status_code == 303
    assert enterprise.work() == ["您好", "还有一句"]


def test_of_two_operators_the_second_is_told_who_holds_it(enterprise, operator, other) -> None:
    which = number(operator)
    act(operator, "take", which)
    refused = act(other, "take", which)
    assert refused.status_code == 409
    assert "已由 li 接手" in refused.text
    assert "li 接着这次对话" in other.get(f"{HERE}/{which}").text
    assert 'name="text"' not in other.get(f"{HERE}/{which}").text


@pytest.mark.parametrize(
    ("lose", "why"),
    [
        (lambda served, enterprise, other, which: served.handovers.sweep(served.now[0] + 601), "太久没有说话"),
        (lambda served, enterprise, other, which: enterprise.say("取消人工"), "对方已经不要人工了"),
        (lambda served, enterprise, other, which: enterprise.say("删除我的数据"), "对方删除了数据"),
        (
            lambda served, enterprise, other, which: served.handovers.give_back(which, "li", served.now[0]),
            "已经交还给助手",
        ),
    ],
)
def test_a_lost_lease_refuses_the_words_and_keeps_them(served, enterprise, operator, other, lose, why) -> None:
    which = number(operator)
    act(operator, "take", which)
    lose(served, enterprise, other, which)
    refused = write(operator, which, "写了<b>很久</b>的话")
    assert refused.status_code == 409
    assert why in refused.text
    assert "写好的话没有发出，还留在下面" in refused.text
    assert "写了&lt;b&gt;很久&lt;/b&gt;的话</textarea>" in refused.text
    assert "写了" not in str(enterprise.work())


def test_what_cannot_be_sent_is_told_and_kept(enterprise, operator) -> None:
    which = number(operator)
    act(operator, "take", which)
    for text, why in (("   ", "还没有写字"), ("长" * 2001, "太长了")):
        refused = write(operator, which, text)
        assert refused.status_code == 422
        assert why in refused.text
        assert text.strip() in refused.text
    before = write(operator, which, "先说")
    assert before.status_code == 303


def test_everything_the_enterprise_and_the_operator_write_is_escaped(enterprise, operator) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    enterprise.say(evil)
    which = number(operator)
    act(operator, "take", which)
    enterprise.say(evil)
    write(operator, which, evil)
    for page in (operator.get(f"{HERE}/{which}").text, operator.get(HERE).text):
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_no_such_conversation(operator) -> None:
    for which in ("999", "0", "-1", "x", "9" * 30, "1%2F..%2F.."):
        answer = operator.get(f"{HERE}/{which}")
        assert answer.status_code == 404
        assert "Traceback" not in answer.text
    assert act(operator, "take", 999).status_code == 409
    assert "没有这次对话" in act(operator, "back", 999).text
    assert operator.get(f"{HERE}/999", headers={"X-Part": "1"}).status_code == 404


def test_without_signing_in_or_the_token_nothing_is_done(served, enterprise, operator) -> None:
    which = number(operator)
    stranger = served.browser()
    for path in (HERE, f"{HERE}/{which}"):
        assert stranger.get(path).status_code == 303
        assert stranger.get(path, headers={"X-Part": "1"}).status_code == 401
    for what in ("take", "write", "back"):
        assert stranger.post(f"{HERE}/{which}/{what}", data={}).status_code == 303
        assert operator.post(f"{HERE}/{which}/{what}", data={"token": "x"}).status_code == 403
    assert served.handovers.board().held == []


def test_what_an_operator_did_is_recorded_without_a_word_of_anybody(served, enterprise, operator) -> None:
    which = number(operator)
    operator.get(f"{HERE}/{which}")
    act(operator, "take", which)
    write(operator, which, "秘密的话")
    act(operator, "back", which)
    entries = [(entry.who, entry.what, entry.about) for entry in served.staff.recorded(9)][:4]
    about = "c" * 16
    assert entries[::-1] == [
        ("li", "看等候的对话", about), ("li", "接手对话", about), ("li", "回话", about), ("li", "交还对话", about),
    ]  # fmt: skip
    assert "秘密" not in str(served.staff.recorded(99))


def test_the_list_marks_what_has_new_words_and_whose_it_is(enterprise, operator, other) -> None:
    act(operator, "take", number(operator))
    assert "有新的话" not in operator.get(HERE).text
    enterprise.say("在吗")
    page = operator.get(HERE).text
    assert "有新的话" in page
    assert "li（我）" in page
    assert "li（我）" not in other.get(HERE).text
