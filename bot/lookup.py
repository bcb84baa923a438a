"""The JSON that ``huiqi ask`` speaks: a question in, articles and a reply out. Other channels look up through it too."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.contract import BAD_DAY, AsOf, Json, RequestError
from dialogs.commands import LONGEST
from knowledge.faq import load_faq
from knowledge.replies import Replies
from knowledge.search import Found, Searcher
from policies.law import Corpus


class AskRequest(BaseModel):
    """What ``ask`` takes. ``as_of`` defaults to today; ``district`` counts when the question names no place."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    as_of: AsOf = None
    district: str | None = None


class Lookup:
    """Answers questions over a corpus. Made once."""

    def __init__(self, corpus: Corpus, searcher: Searcher | None = None) -> None:
        """Load the wording; ``searcher``: of that corpus, where there is one already, else the corpus is indexed."""
        self._corpus = corpus
        self._searcher = searcher or Searcher(corpus, load_faq(corpus))
        self._replies = Replies(corpus)

    def find(self, request: AskRequest, today: date) -> Found:
        """Look a question up.

        Raises:
            RequestError: for a district of which there is no document.
        """
        known = self._corpus.by_district
        if request.district is not None and request.district not in known:
            raise RequestError("district", f"没有“{request.district}”的文件；现有：{'、'.join(known)}")
        return self._searcher.ask(request.question, request.as_of or today, request.district)

    def text(self, found: Found) -> str:
        """The reply in words."""
        return self._replies.text(found)

    def json(self, found: Found) -> Json:
        """What was found as the contract's object."""
        return {
            "outcome": found.outcome,
            "answered": found.outcome == "answer",
            "articles": [
                {"policy": hit.policy, "article": hit.article, "label": hit.label, "quote": hit.quote}
                for hit in found.hits
            ],
            "text": self.text(found),
        }


def read_question(raw: object) -> AskRequest:
    """Validate a request.

    Raises:
        RequestError: naming the first field at fault.
    """
    if not isinstance(raw, dict):
        raise RequestError("", '一行应是一个 JSON 对象，例如 {"question": "佛山 二级节点 上限"}')
    try:
        return AskRequest.model_validate(raw)
    except ValidationError as error:
        first: Any = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise RequestError(field, _mistake(field, first["type"])) from error


def _mistake(field: str, kind: str) -> str:
    if kind == "extra_forbidden":
        return f"没有“{field}”这一项；可写 question、as_of、district"
    if field == "as_of":
        return BAD_DAY
    if kind == "missing":
        return "少了 question：写上要问的话"
    if kind == "string_too_short":
        return "question 是空的：写上要问的话"
    if kind == "string_too_long":
        return f"question 太长：请在 {LONGEST} 字以内说一件事"
    return f"“{field}”应是文字"
