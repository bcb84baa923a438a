"""The JSON that ``huiqi assess`` speaks: one object in, one object out. The HTTP interface speaks the same."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from dialogs.commands import read_day
from knowledge.figures import read_given
from policies.answers import AnswerError, number_text
from policies.engine.assessment import Assessment, MeasureResult, PolicyAssessment
from policies.engine.effects import effects
from policies.engine.engine import Engine, possible
from policies.engine.explain import Reason
from policies.engine.formula import formula
from policies.engine.judged import Judged
from policies.engine.plan import Bounds
from policies.engine.validity import Validity
from policies.model.policy import Day
from policies.notation import FEN_PER_YUAN
from policies.places import quotes
from policies.values import Facts, Value

Json = dict[str, Any]


def _read_day(raw: object) -> object:
    """A date as the command line takes it; a number is no date (pydantic would count seconds from 1970)."""
    if isinstance(raw, str):
        return read_day(raw)
    if raw is None or isinstance(raw, date):
        return raw
    raise ValueError("no date")


AsOf = Annotated[date | None, BeforeValidator(_read_day)]
BAD_DAY = "as_of 应是存在的日期，写成 2024-03-15"
TOO_LONG = "有的数太长，算不了。请检查是不是多写了几位"


class AssessRequest(BaseModel):
    """What ``assess`` takes: facts by key; ``policy`` of ``None`` means all documents; ``as_of`` defaults to today."""

    model_config = ConfigDict(extra="forbid")

    policy: str | None = None
    as_of: AsOf = None
    facts: dict[str, Any] = {}


class RequestError(ValueError):
    """A request that cannot be answered; ``field`` names the part at fault, the message (Chinese) says how to mend it."""

    def __init__(self, field: str, message: str) -> None:
        """Keep the field beside the message."""
        super().__init__(message)
        self.field = field


def one_line(answer: Json) -> str:
    """JSON without line breaks; half a surrogate pair, which UTF-8 cannot write, stays the escape it came as."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def read_request(raw: object) -> AssessRequest:
    """Validate a request.

    Raises:
        RequestError: naming the first field at fault.
    """
    if not isinstance(raw, dict):
        raise RequestError("", '一行应是一个 JSON 对象，例如 {"policy": "haizhu-2022", "facts": {}}')
    try:
        return AssessRequest.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise RequestError(field, _mistake(field, first["type"])) from error


def _mistake(field: str, kind: str) -> str:
    if kind == "extra_forbidden":
        return f"没有“{field}”这一项；可写 policy、as_of、facts"
    if field == "as_of":
        return BAD_DAY
    return f"“{field}”的写法不对；facts 是 要素: 值，policy 是文件编号或 null"


def run(engine: Engine, request: AssessRequest, today: date) -> Json:
    """Answer a request.

    Raises:
        RequestError: for an unknown document or an answer that does not fit its fact.
    """
    if request.policy is not None and request.policy not in engine.policies:
        raise RequestError("policy", f"没有文件“{request.policy}”；现有：{'、'.join(engine.policies)}")
    facts = read_facts(engine, request.facts)
    names = None if request.policy is None else [request.policy]
    return assessment_json(engine, engine.assess(facts, request.as_of or today, names))


def read_facts(engine: Engine, given: dict[str, Any]) -> Facts:
    """Read raw answers by fact key, in data or in everyday words.

    Raises:
        RequestError: for an unknown key (with the nearest known ones) or an answer that does not fit.
    """
    known = engine.corpus.facts
    read: dict[str, Value | None] = {}
    for key, raw in given.items():
        if key not in known:
            raise RequestError(
                f"facts.{key}", f"没有要素“{key}”{_nearest(key, list(known))}。用 huiqi facts 查看全部要素"
            )
        try:
            read[key] = read_given(known[key], raw)
        except AnswerError as error:
            raise RequestError(f"facts.{key}", str(error)) from error
    return read


def _nearest(key: str, known: list[str]) -> str:
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake needs it

    close = [name for name, _, _ in process.extract(key, known, limit=3, score_cutoff=60)]
    return f"，是不是 {'、'.join(close)}" if close else ""


def assessment_json(engine: Engine, assessment: Assessment) -> Json:
    """An assessment as the contract's object; amounts in yuan."""
    return {
        "as_of": assessment.as_of.isoformat(),
        "corpus_version": assessment.corpus_version,
        "assessments": [_policy(engine, policy) for policy in assessment.policies],
    }


def _policy(engine: Engine, assessed: PolicyAssessment) -> Json:
    return {
        "policy": assessed.policy.id,
        "title": assessed.policy.header.title,
        "validity": validity_json(assessed.validity),
        "measures": [_measure(engine, assessed, result) for result in assessed.measures],
        "total": _bounds(assessed.total),
        "nominal_total": _bounds(assessed.nominal),
        "possible": _bounds(possible(assessed)),
        "plan": _plan(assessed),
        "rules": _rules(assessed),
    }


def _rules(assessed: PolicyAssessment) -> list[Json]:
    """What must be told of the document and changes no amount: taxes, repayment, prior notice …"""
    articles = assessed.policy.articles
    return [
        {
            "id": rule.id,
            "says": rule.says,
            "article": None if rule.cite is None else articles[rule.cite.article].label,
            "quote": None if rule.cite is None else rule.cite.quote,
            "measures": [assessed.policy.full_id(measure) for measure in rule.measures],
        }
        for rule in assessed.policy.header.rules
    ]


def validity_json(validity: Validity) -> Json:
    """A document's status on a day, and the days it holds from and to (a window where it is not one day)."""
    return {
        "status": validity.status,
        "certainty": validity.certainty,
        "from": _one_day(validity.starts),
        "to": _one_day(validity.ends),
        "from_window": _window(validity.starts),
        "to_window": _window(validity.ends),
        "as_if": validity.as_if,
        "predecessor": validity.predecessor,
        "note": validity.note,
    }


def _one_day(day: Day) -> str | None:
    return day.earliest.isoformat() if day.earliest is not None and day.earliest == day.latest else None


def _window(day: Day) -> list[str] | None:
    return None if day.earliest is None or day.latest is None else [day.earliest.isoformat(), day.latest.isoformat()]


def _measure(engine: Engine, assessed: PolicyAssessment, result: MeasureResult) -> Json:
    loaded = result.rule.loaded
    measure = loaded.measure
    articles = assessed.policy.articles
    return {
        "id": result.id,
        "title": measure.title,
        "beneficiary": measure.beneficiary,
        "verdict": result.verdict,
        "range": _range(result.low, result.high),
        "counted": result.counted,
        "missing": list(result.missing),
        "to_confirm": list(result.open.confirming),
        "could_change": {key: _effects(engine, result, key) for key in (*result.open.deciding, *result.open.figures)},
        "reasons": [_reason(engine, reason) for reason in result.reasons],
        "exhausted": result.exhausted,
        "formula": str(formula(result.rule.variants[0], result.facts, engine.corpus.facts)),
        "citations": [
            {"article": cite.article, "label": articles[cite.article].label, "quote": cite.quote}
            for cite in quotes(loaded)
        ],
        "readings": _readings(result),
    }


def _effects(engine: Engine, result: MeasureResult, key: str) -> list[Json]:
    return [
        {"if": effect.answer, "verdict": effect.verdict, "range": _range(effect.low, effect.high)}
        for effect in effects(engine, result, key)
    ]


def _readings(result: MeasureResult) -> list[Json]:
    computed: dict[str, dict[str, Judged]] = {}
    for other in result.readings:
        computed.setdefault(other.reading.id, {})[other.option] = other.judged
    return [
        {
            "id": reading.id,
            "issue": reading.issue,
            "default": reading.default,
            "says": reading.says,
            "options": [
                {"option": option, "text": text, **_option(computed.get(reading.id, {}).get(option))}
                for option, text in reading.options.items()
            ],
        }
        for reading in result.rule.loaded.measure.readings
    ]


def _option(judged: Judged | None) -> Json:
    return {} if judged is None else {"verdict": judged.verdict, "range": _range(judged.low, judged.high)}


def _reason(engine: Engine, reason: Reason) -> Json:
    fact = engine.corpus.facts[reason.facts[0]]
    return {
        "state": reason.state,
        "words": reason.test.words,
        "facts": list(reason.facts),
        "decisive": reason.decisive,
        "verified_by": reason.test.verified_by,
        "short_by": None if reason.gap is None or reason.low is None else number_text(fact, reason.gap),
        "over_by": None if reason.gap is None or reason.low is not None else number_text(fact, reason.gap),
    }


def _plan(assessed: PolicyAssessment) -> list[Json]:
    plan = assessed.plan
    if plan is None:
        return []
    own, articles = assessed.policy, assessed.policy.articles
    rows: list[Json] = []
    for measure_id in plan.chosen:
        result = assessed.by_id[own.full_id(measure_id)]
        rows.append({"measure": result.id, "status": "counted", "range": _range(result.low, result.high)})
    for left in plan.left_out:
        cite = left.by.cite
        rows.append({
            "measure": own.full_id(left.id), "status": "left_out", "rule": left.by.id, "because": left.by.title,
            "article": None if cite is None else articles[cite.article].label,
        })  # fmt: skip
    for applied in plan.applied:
        rows.append({
            "status": "lifted" if applied.lifted else "capped", "rule": applied.rule.id, "because": applied.rule.title,
            "article": articles[applied.rule.cite.article].label,
            "ceiling": None if applied.ceiling is None else yuan(applied.ceiling),
        })  # fmt: skip
    rows += [{"status": "unknown", "fact": key} for key in plan.unasked]
    return rows


def _range(low: int | None, high: int | None) -> list[int | str | None] | None:
    return None if low is None else [yuan(low), None if high is None else yuan(high)]


def _bounds(bounds: Bounds | None) -> list[int | str | None] | None:
    return None if bounds is None else _range(*bounds)


def yuan(fen: int) -> int | str:
    """An amount in yuan: a whole number, or a decimal string when there are 分."""
    amount = Fraction(fen, FEN_PER_YUAN)
    return amount.numerator if amount.denominator == 1 else f"{fen // FEN_PER_YUAN}.{fen % FEN_PER_YUAN:02d}"
