"""What a report holds, as plain words in lists: whoever lays it out (Word, a page to print) only places them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dialogs.choose import documents
from dialogs.groups import DISPUTED, FAILED, IN_KIND, MET, NEAR, OPEN, UNASKED, Item, items
from dialogs.present import Presenter
from dialogs.replies import Report
from dialogs.session import State
from dialogs.wording import STATES, VERDICTS, numbered, range_text
from policies.days import day_text
from policies.engine.assessment import Assessment
from policies.engine.engine import Engine
from policies.notation import yuan_text
from policies.values import to_data

TITLE = "惠企政策核对报告"
DISCLAIMER = (
    "本报告按所列回答和条文逐条推算，是估算，不是审批结果，也不是承诺；能不能得、得多少由主管部门决定。"
    "引号内是文件原文；以公布的文件正本为准。"
)
_IN_FULL = (MET, DISPUTED, NEAR, OPEN)
_IN_SHORT = (UNASKED, IN_KIND, FAILED)
Words = dict[str, Any]


def report_of(engine: Engine, state: State) -> Report:
    """What the report on a conversation is made from."""
    facts = {key: to_data(value) for key, value in state.facts.items()}
    answers = tuple(answer.said for answer in state.answers.values())
    return Report(state.as_of, facts, documents(engine, state), answers)


def report_words(presenter: Presenter, assessment: Assessment, answers: Sequence[str]) -> Words:
    """Everything a report says.

    Args:
        presenter: of the engine that made the assessment.
        assessment: what was found.
        answers: what was said, a line each.

    Returns:
        ``title``, ``as_of``, ``answers``, ``documents`` (each with its conclusion, status, measures with quotes and
        formula, what was left out and why), ``missing`` and ``disclaimer``; every leaf is a text of one line.
    """
    all_items = items(assessment)
    shown = presenter.policies.documents(assessment)
    laid_out = [
        _document(presenter, assessment, [item for item in all_items if item.policy is policy], words)
        for policy, words in zip(assessment.policies, shown, strict=True)
    ]
    told = {
        "title": TITLE,
        "as_of": day_text(assessment.as_of),
        "answers": list(answers),
        "documents": laid_out,
        "several": len({policy.policy.header.districts for policy in assessment.policies}) > 1,
        "missing": _missing(presenter, all_items),
        "disclaimer": DISCLAIMER,
    }
    plain: Words = _plain(told)
    return plain


def _document(presenter: Presenter, assessment: Assessment, own: Sequence[Item], words: Words) -> Words:
    plan = words["plan"] or {"left_out": [], "applied": [], "unasked": [], "unbound": [], "readings": []}
    return {
        "short": words["short"],
        "title": words["title"],
        "number": words["number"] or "文本没有文号",
        "standing": words["standing"],
        "status": words["status"],
        "conclusion": presenter.render("conclusion.j2", policy=words).splitlines(),
        "measures": [_measure(presenter, item, assessment) for item in own if item.group in _IN_FULL],
        "others": [_other(presenter, item) for item in own if item.group in _IN_SHORT],
        "limits": [
            *(f"没有计入合计：{left['label']}　{left['title']}（{left['why']}，{left['cite']}）" for left in plan["left_out"]),
            *map(_applied, plan["applied"]),
            *plan["unbound"],
            *(f"还不知道、可能调低合计的：{label}" for label in plan["unasked"]),
            *(f"读法提示：{says}" for says in plan["readings"]),
        ],
        "rules": words["rules"],
        "ask_next": list(words["ask_next"]),
    }  # fmt: skip


def _applied(applied: Mapping[str, Any]) -> str:
    if applied["lifted"]:
        return f"{applied['title']}（{applied['label']}）：依据里有可以豁免的条款，本次不受限：“{applied['quote']}”"
    before = f"{yuan_text(applied['before'])} 超过上限，" if applied["before"] is not None else ""
    return (
        f"{applied['title']}（{applied['label']}）：{before}按 {yuan_text(applied['ceiling'])} 计：“{applied['quote']}”"
    )


def _measure(presenter: Presenter, item: Item, assessment: Assessment) -> Words:
    """One measure in full."""
    data = presenter.measures.detail(item, assessment)
    line, measure = data["line"], data["measure"]
    quotes = [{"label": data["label"], "text": quote} for quote in measure.quote]
    quotes += [{"label": cite["label"], "text": cite["quote"]} for cite in data["also"]]
    return {
        "number": numbered(item.number),
        "label": data["label"],
        "title": measure.title,
        "verdict": item.group,
        "amount": _amount(line),
        "formula": str(data["formula"]),
        "beneficiary": measure.beneficiary,
        "quotes": quotes,
        "conditions": [{"state": STATES[reason["state"]], "words": _condition(reason)} for reason in data["reasons"]],
        "notes": list(_notes(line, data)),
        "missing": [_need(need, monetary=line["monetary"]) for need in data["missing"]],
    }


def _amount(line: Mapping[str, Any]) -> str:
    if line["monetary"]:
        return range_text(line["low"], line["high"])
    return str(line["unspecified"] or line["in_kind"] or "非资金支持")


def _condition(reason: Mapping[str, Any]) -> str:
    gap = f"（{reason['label']}{'多出' if reason['over'] else '还差'} {reason['gap']}）" if reason["gap"] else ""
    note = f"；{reason['note']}" if reason["note"] else ""
    checked = f"；由{reason['verified_by']}确认" if reason["verified_by"] != "自填" else ""
    return f"{reason['words']}{gap}{note}{checked}"


def _notes(line: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[str]:
    """Ceilings, exclusions, pools, discretion and readings of one measure."""
    if line["short"] is not None:
        yield f"可争取：{line['short']['words']}还差 {line['short']['gap']}；达到后 {range_text(*line['worth'])}"
    if line["monetary"]:
        yield from (f"封顶：{cap.title}" for cap in data["caps"])
        yield from (f"互斥：{rule.title}" for rule in data["choose"])
        yield from (f"叠加：{rule.title}" for rule in data["higher"])
    yield from (f"名额或资金池：{pool.title} {pool.amount.text}，全部申请人合计" for pool in data["pools"])
    yield from (f"注意：{rule.says}" for rule in data["rules"])
    yield from (f"裁量：{text}" for text in data["measure"].discretion)
    for reading in data["readings"]:
        yield f"读法：{reading.issue}{_options(reading, data['computed'])}。{reading.says}"


def _options(reading: Any, computed: Mapping[tuple[str, str], Any]) -> str:
    told = []
    for option, text in reading.options.items():
        other = computed.get((reading.id, option))
        result = f" → {VERDICTS[other.verdict]}，{range_text(other.low, other.high)}" if other is not None else ""
        told.append(f"{option}. {text}{'（按这一种）' if option == reading.default else ''}{result}")
    return "：" + "；".join(told) if told else ""


def _need(need: Mapping[str, Any], *, monetary: bool) -> str:
    told = [
        f"{effect.answer} → {VERDICTS[effect.verdict]}"
        + (f" {range_text(effect.low, effect.high)}" if monetary and effect.verdict != "ineligible" else "")
        for effect in need["effects"]
    ]
    return f"{need['label']}：{'；'.join(told)}" if len(told) > 1 else str(need["label"])


def _other(presenter: Presenter, item: Item) -> Words:
    """A measure that is not told in full: what it is, and why not."""
    line = presenter.measures.line(item)
    unmet = [reason["words"] for reason in line["unmet"] if reason["decisive"]]
    why = "；".join(unmet) if item.group == FAILED else _amount(line)
    if line["exhausted"]:
        why = "额度已用完，或者没有计算的基数"
    return {"label": line["label"], "title": line["title"], "group": item.group, "why": why or "条文不适用"}


def _missing(presenter: Presenter, all_items: Iterable[Item]) -> list[Words]:
    """What is still open, per measure."""
    return [
        {"measure": f"{numbered(item.number)} {line['named']} {line['label']}　{line['title']}", "facts": "；".join(labels)}
        for item in all_items
        if item.group in _IN_FULL
        and (labels := presenter.labels((*item.result.open.deciding, *item.result.open.figures, *item.result.open.confirming)))
        and (line := presenter.measures.line(item))
    ]  # fmt: skip


def _plain(part: Any) -> Any:
    """The same without marks for bold and without line breaks."""
    if isinstance(part, str):
        return " ".join(part.replace("**", "").split("\n")).strip()
    if isinstance(part, dict):
        return {key: _plain(value) for key, value in part.items()}
    return [_plain(value) for value in part] if isinstance(part, list) else part
