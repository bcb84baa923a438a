"""Conversations of programs: durable turns, sent twice and counted once, each seen by its own key only."""

from __future__ import annotations

from typing import Any

import pytest

from bot.messages import Typed
from bot.reports.reports import PAGE_POLICY, WORD_TYPE
from bot.web.api.shapes.conversations import Conversation, Turn
from bot.web.api.talks import Talks
from tests.bot.web.api.conftest import SECRET, Service, bearer
from tests.bot.word import words_of


class Killed(BaseException):
    """The process ends here."""


def begin(client, holder: dict[str, str], **body: Any) -> dict[str, Any]:
    answered = client.post("conversations", json=body, headers=holder)
    assert answered.status_code == 201
    Turn.model_validate(answered.json())
    return answered.json()  # type: ignore[no-any-return]


def send(client, holder: dict[str, str], name: str, key: str | None = None, **body: Any) -> dict[str, Any]:
    headers = {**holder, **({"Idempotency-Key": key} if key else {})}
    answered = client.post(f"conversations/{name}/messages", json=body, headers=headers)
    assert answered.status_code == 200, answered.text
    Turn.model_validate(answered.json())
    return answered.json()  # type: ignore[no-any-return]


def type_(client, holder: dict[str, str], name: str, text: str, key: str | None = None) -> dict[str, Any]:
    return send(client, holder, name, key, kind="typed", text=text)


def kept(client, holder: dict[str, str], name: str) -> dict[str, Any]:
    answered = client.get(f"conversations/{name}", headers=holder)
    assert answered.status_code == 200
    Conversation.model_validate(answered.json())
    return answered.json()  # type: ignore[no-any-return]


def told(turn: dict[str, Any]) -> str:
    return "\n".join(reply.get("text", "") for reply in turn["replies"])


def test_a_whole_conversation(client, holder) -> None:
    turn = begin(client, holder, as_of="2024-03-15")
    assert "您好" in told(turn)
    name = turn["conversation"]
    question = turn["question"]
    place = next(choice["key"] for choice in question["choices"] if choice["label"] == "海珠区")
    turn = send(
        client, holder, name, kind="tapped", question=question["question"], revision=question["revision"], keys=[place]
    )
    for _ in range(60):
        if turn["question"] is None:
            break
        turn = type_(client, holder, name, "不清楚")
    assert turn["question"] is None
    assert "海珠办法：结论" in told(turn)
    whole = kept(client, holder, name)
    assert whole["as_of"] == "2024-03-15"
    assert whole["answers"][0] == {"question": "where", "said": "所在地区：海珠区", "facts": {"district": "海珠区"}}
    assert [document["policy"] for document in whole["assessment"]["assessments"]] == ["haizhu-2022"]


def test_the_assessment_is_the_one_of_the_same_facts(client, holder) -> None:
    name = begin(client, holder, as_of="2024-03-15")["conversation"]
    type_(client, holder, name, "海珠区")
    whole = kept(client, holder, name)
    same = {"policy": "haizhu-2022", "as_of": "2024-03-15", "facts": {"district": "海珠区"}}
    assert whole["assessment"] == client.post("assess", json=same).json()


def test_a_message_sent_twice_counts_once(client, holder) -> None:
    name = begin(client, holder)["conversation"]
    first = type_(client, holder, name, "海珠区", "m1")
    again = type_(client, holder, name, "海珠区", "m1")
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert again["question"] == first["question"]
    assert again["revision"] == first["revision"] == 1
    assert not type_(client, holder, name, "为什么问", "m2")["repeated"]


def test_a_conversation_begun_twice_is_one(client, holder) -> None:
    headers = {**holder, "Idempotency-Key": "begin-1"}
    first, again = (client.post("conversations", json={}, headers=headers).json() for _ in range(2))
    assert first["conversation"] == again["conversation"]
    assert (first["repeated"], again["repeated"]) == (False, True)
    other = client.post("conversations", json={}, headers={**holder, "Idempotency-Key": "begin-2"}).json()
    assert other["conversation"] != first["conversation"]


def test_the_same_key_in_another_conversation_is_another_message(client, holder) -> None:
    one, two = (begin(client, holder)["conversation"] for _ in range(2))
    assert one != two
    assert not type_(client, holder, one, "海珠区", "m1")["repeated"]
    assert not type_(client, holder, two, "佛山市", "m1")["repeated"]
    assert kept(client, holder, one)["answers"] != kept(client, holder, two)["answers"]


def test_a_stale_tap_and_words_from_an_old_page_answer_nothing(client, holder) -> None:
    turn = begin(client, holder)
    name, old = turn["conversation"], turn["question"]
    type_(client, holder, name, "海珠区")
    stale = send(client, holder, name, kind="tapped", question=old["question"], revision=old["revision"], keys=["1"])
    assert "过去了" in told(stale)
    old_page = send(client, holder, name, kind="typed", text="黄埔区", revision=0)
    assert "没有记下" in told(old_page)
    assert kept(client, holder, name)["answers"][0]["facts"] == {"district": "海珠区"}


def test_a_restarted_process_goes_on(service: Service, dialog) -> None:
    before = service.open()
    client = next(before)
    holder = bearer(service, "crm")
    name = begin(client, holder)["conversation"]
    question = type_(client, holder, name, "海珠区", "m1")["question"]
    before.close()
    for client in Service(service.path, dialog).open():
        assert kept(client, holder, name)["question"] == question
        assert type_(client, holder, name, "海珠区", "m1")["repeated"]
        assert not type_(client, holder, name, "不清楚", "m2")["repeated"]


@pytest.mark.parametrize("at", ["work_off", "taken"])
def test_a_process_killed_before_it_answers_loses_nothing(service: Service, dialog, monkeypatch, at: str) -> None:
    """Once after the message is kept, once after it is processed: sent again, its answer comes, and counts once."""
    for client in service.open():
        holder = bearer(service, "crm")
        name = begin(client, holder)["conversation"]
        talks = Talks(service.store, dialog, SECRET, service.clock)
        with monkeypatch.context() as patch, pytest.raises(Killed):
            patch.setattr(f"bot.web.api.talks.{at}", _killed)
            talks.send("crm", name, "m1", Typed(text="为什么问"))
    for client in Service(service.path, dialog).open():
        again = type_(client, holder, name, "为什么问", "m1")
        assert again["repeated"]
        assert "这一问决定看哪几份文件" in told(again)
        assert told(type_(client, holder, name, "为什么问", "m1")) == ""


def _killed(*_: object, **__: object) -> None:
    raise Killed


def test_others_cannot_see_or_change_it(service, client, holder) -> None:
    name = begin(client, holder)["conversation"]
    other = bearer(service, "else")
    message = {"kind": "typed", "text": "海珠区"}
    for answered in (
        client.get(f"conversations/{name}", headers=other),
        client.delete(f"conversations/{name}", headers=other),
        client.post(f"conversations/{name}/messages", json=message, headers=other),
    ):
        assert answered.status_code == 404
    assert kept(client, holder, name)["answers"] == []


def test_a_new_key_of_the_same_name_goes_on(service, client, holder) -> None:
    name = begin(client, holder)["conversation"]
    assert service.keys.revoke("crm")
    assert client.get(f"conversations/{name}", headers=holder).status_code == 401
    assert kept(client, bearer(service, "crm"), name)["conversation"] == name


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer hq_wrong"}, {"Authorization": "Basic YTpi"}, {"Authorization": "Bearer"}]
)
def test_without_a_key_in_force(client, header: dict[str, str]) -> None:
    answered = client.post("conversations", json={}, headers=header)
    assert answered.status_code == 401
    assert answered.headers["www-authenticate"].startswith("Bearer")
    assert "密钥" in answered.json()["detail"]


def test_an_erased_conversation_is_gone(service, client, holder) -> None:
    headers = {**holder, "Idempotency-Key": "begin"}
    name = client.post("conversations", json={}, headers=headers).json()["conversation"]
    type_(client, holder, name, "海珠区")
    erased = client.delete(f"conversations/{name}", headers=holder)
    assert (erased.status_code, erased.content) == (204, b"")
    assert client.get(f"conversations/{name}", headers=holder).status_code == 404
    assert client.post("conversations", json={}, headers=headers).status_code == 409
    assert service.store.backlog().conversations == 0


def test_erased_by_words_too(client, holder) -> None:
    name = begin(client, holder)["conversation"]
    turn = type_(client, holder, name, "删除我的数据")
    assert "已经删除" in told(turn)
    assert turn["question"] is None
    assert client.get(f"conversations/{name}", headers=holder).status_code == 404


def test_the_report(client, holder) -> None:
    name = begin(client, holder, as_of="2024-03-15")["conversation"]
    early = client.get(f"conversations/{name}/report.docx", headers=holder)
    assert (early.status_code, early.headers["content-type"]) == (404, "application/problem+json")
    type_(client, holder, name, "海珠区")
    (at,) = [part for part in type_(client, holder, name, "报告")["replies"] if part["kind"] == "report"]
    page = client.get(f"conversations/{name}/{at['page']}", headers=holder)
    word = client.get(f"conversations/{name}/{at['word']}", headers=holder)
    assert page.headers["content-security-policy"] == PAGE_POLICY
    assert word.headers["content-type"] == WORD_TYPE
    assert "所在地区：海珠区" in page.text
    assert "所在地区：海珠区" in words_of(word.content)
    for path in (at["page"], at["word"]):
        assert client.get(f"conversations/{name}/{path}").status_code == 401
        assert client.get(f"conversations/c-{'a' * 22}/{path}", headers=holder).status_code == 404


def test_a_message_that_cannot_be_processed_is_told(client, holder, dialog, monkeypatch) -> None:
    name = begin(client, holder)["conversation"]

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(dialog, "advance", broken)
        turn = type_(client, holder, name, "海珠区")
    assert "没有处理成功" in told(turn)
    assert type_(client, holder, name, "海珠区")["revision"] == 1
