"""Documents, articles and facts."""

from __future__ import annotations

import json

import pytest

from bot.web.api.shapes.catalogue import Article, Fact, FactList, Policies, Policy


def test_the_documents_with_their_status_on_a_day(client, run) -> None:
    answer = client.get("policies", params={"as_of": "2025-07-04"}).json()
    Policies.model_validate(answer)
    assert answer["as_of"] == "2025-07-04"
    assert answer["policies"] == json.loads(run("policies", "--json", "--as-of", "2025-07-04").out)


def test_a_document_in_full(client, corpus) -> None:
    for policy in corpus.policies.values():
        answer = client.get(f"policies/{policy.id}").json()
        Policy.model_validate(answer)
        assert [article["id"] for article in answer["articles"]] == list(policy.articles)
        assert [measure["id"] for measure in answer["measures"]] == [loaded.id for loaded in policy.measures]


def test_a_draft_is_told_as_one(client) -> None:
    answer = client.get("policies/baiyun-draft").json()
    assert (answer["status"], answer["standing"]) == ("draft", "假如原样生效")


def test_an_article_stands_where_it_says(client, corpus) -> None:
    for policy in corpus.policies.values():
        for id_ in policy.articles:
            answer = client.get(f"policies/{policy.id}/articles/{id_}").json()
            Article.model_validate(answer)
            start, end = answer["span"]
            kept = policy.mended.source[start:end]
            assert set(answer["text"].replace("\n", "")) <= set(kept)
            assert all(quote in answer["text"] or measure["article"] != id_ for measure in answer["measures"]
                       for quote in measure["quotes"][:1])  # fmt: skip


def test_the_facts(client, run, corpus) -> None:
    answer = client.get("facts").json()
    FactList.model_validate(answer)
    assert answer["facts"] == json.loads(run("facts", "--json").out)
    for key in corpus.facts:
        Fact.model_validate(client.get(f"facts/{key}").json())


def test_facts_with_a_word(client) -> None:
    found = client.get("facts", params={"word": "标准"}).json()["facts"]
    assert found
    assert all("标准" in f"{fact['label']}{fact['question']}" for fact in found)
    assert client.get("facts", params={"word": "没有这个词"}).json() == {"facts": []}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("policies/nowhere", "没有文件“nowhere”；现有："),
        ("policies/nowhere/articles/1", "没有文件“nowhere”"),
        ("policies/haizhu-2022/articles/99", "没有条款“99”"),
        ("policies/..%2F..%2Fetc%2Fpasswd", "没有"),
        ("facts/nothing", "没有要素“nothing”"),
    ],
)
def test_what_is_not_there(client, path: str, told: str) -> None:
    answered = client.get(path)
    assert (answered.status_code, answered.headers["content-type"]) == (404, "application/problem+json")
    assert told in answered.json()["detail"]
