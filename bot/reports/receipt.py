"""A receipt: what an assessment was made from, and a hash of it, so that anybody can have it made again and compare.

The receipt is one line of canonical JSON (keys sorted, no spaces, UTF-8). The hash is SHA-256 over the assessment as
``huiqi assess --jsonl`` writes it, without the line's end.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.contract import TOO_LONG, RequestError, assessment_json, one_line, read_facts
from policies.answers import to_given
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.values import Facts

_LARGEST = 5_000_000  # characters of a file with a receipt; the longest report has a tenth
_IN_TEXT = re.compile(r'\{"as_of":.*?"policies":\[[^\]]*\]\}')
_TAG = re.compile(r"<[^>]*>")
_HEX = r"^[0-9a-f]{64}$"


class Receipt(BaseModel):
    """As it stands in a report."""

    model_config = ConfigDict(extra="forbid")

    as_of: date
    assessment_sha256: Annotated[str, Field(pattern=_HEX)]
    corpus_version: str
    facts: dict[str, Any]
    policies: list[str]

    def line(self) -> str:
        """The receipt as canonical JSON."""
        plain = self.model_dump(mode="json")
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Checked:
    """A receipt against the assessment made again. ``assessment``: its JSON line. ``corpus_version``: that of now."""

    receipt: Receipt
    assessment: str
    corpus_version: str

    @property
    def same(self) -> bool:
        """Whether the assessment is the same, byte for byte."""
        return _hash(self.assessment) == self.receipt.assessment_sha256

    @property
    def same_corpus(self) -> bool:
        """Whether it was made again with the documents it was made with."""
        return self.corpus_version == self.receipt.corpus_version


def receipt(engine: Engine, facts: Facts, assessment: Assessment) -> Receipt:
    """The receipt of an assessment of some facts."""
    known = engine.corpus.facts
    return Receipt(
        as_of=assessment.as_of,
        assessment_sha256=_hash(one_line(assessment_json(engine, assessment))),
        corpus_version=assessment.corpus_version,
        facts={key: to_given(known[key], value) for key, value in facts.items()},
        policies=[policy.policy.id for policy in assessment.policies],
    )


def check(engine: Engine, text: bytes) -> Checked:
    """Make the assessment of a receipt again.

    Args:
        engine: the corpus of now.
        text: a receipt, or a report that holds one (Word, page, or text).

    Raises:
        RequestError: when there is no receipt in it, or it cannot be judged any more.
    """
    found = _read(text)
    unknown = [name for name in found.policies if name not in engine.policies]
    if unknown:
        raise RequestError("policies", f"收据里的文件“{unknown[0]}”现在没有收录，不能重算")
    facts = read_facts(engine, found.facts)
    assessment = engine.assess(facts, found.as_of, found.policies)
    return Checked(found, one_line(assessment_json(engine, assessment)), engine.corpus.version)


def _read(text: bytes) -> Receipt:
    found = _IN_TEXT.search(_plain(text))
    if found is None:
        raise RequestError("", '里面没有收据。收据是报告末尾以 {"as_of": 开头的那一行，要完整')
    try:
        return Receipt.model_validate_json(found[0])
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise RequestError(field, f"收据不完整或改坏了：{field or '整行'}读不出来") from error
    except ValueError as error:
        raise RequestError("facts", TOO_LONG) from error


def _plain(raw: bytes) -> str:
    """The text of a report; of a Word file, that of its main part."""
    if raw.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as file, file.open("word/document.xml") as part:
                raw = part.read(_LARGEST)
        except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError) as error:
            raise RequestError("", "这个文件打不开，不是 Word 报告，或者损坏了") from error
    text = raw[:_LARGEST].decode("utf-8", "replace")
    if text.lstrip().startswith("<"):  # a Word file's text, or a page
        text = html.unescape(_TAG.sub("", text))
    return text.replace("\r", "").replace("\n", "")


def _hash(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
