"""Reading what a person types or picks in answer to the question asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from dialogs.commands import excerpt
from dialogs.questions import COMPARE, TOLD, Line, Question
from knowledge.figures import read_figure
from policies.answers import AnswerError, read_answer, value_text
from policies.model.fact import Fact
from policies.values import Value

NONE_OF_THEM = "都没有"
UNSURE = "不清楚"
REST_UNSURE = "其余不清楚"
STAND_ALONE = f"“{NONE_OF_THEM}”“{UNSURE}”不能和别的一起选，请重新选"
_YES = {"是", "是的", "对", "对的", "有", "有的", "嗯", "yes", "y", "没错", "符合", "已", "是啊", "√"}
_NO = {"否", "不是", "不", "没", "没有", "无", "不对", "no", "n", "没有的", "未", "不符合", "还没", "还没有", "×"}
_UNSURE = re.compile(
    r"(?:这个|那个|这一?点|具体的?|暂时|目前|现在|真的?|我们?|老板|财务|一时|[也还都就倒这嗯唔]|[，, ])*"
    r"(?:不(?:太|大|是很|怎么|是太)?(?:清楚|知道|确定|了解|晓得|记得|好说|懂|明白)|记不(?:清楚?|得|起来)|[说讲]不(?:清楚?|准|好|上来)"
    r"|[拿吃]不准|[搞弄]不(?:清楚?|懂|明白)|没(?:算过?|查过?|数|概念|底|留意|注意|想好|想过)|忘记?了|(?:要|得)(?:回去|先)?[查问](?:一下|一查|一问|问)?"
    r"|待查|唔(?:知道?|清楚|记得|确定)|[?？])"
    r"(?:才知道|再说|[了啊呀吧呢哦喔过。.!！~… ])*"
)
_NOTHING = {NONE_OF_THEM, "没有", "无", "0"}
_SEPARATORS = re.compile(r"[\s,，、;；。]+")
_FUZZY = 75
_BRIEF = 8  # characters; longer words are a sentence, which may name several choices and mean one


class NotUnderstoodError(ValueError):
    """The answer does not fit the question; the message (Chinese) says what was understood and what would be.

    ``near``: it was surely meant for the question, and is only not clear enough.
    """

    def __init__(self, message: str, *, near: bool = False) -> None:
        """Keep how near it was."""
        super().__init__(message)
        self.near = near


@dataclass(frozen=True, slots=True)
class Given:
    """An answer read: values for facts (``None``: not known), and the answer in words."""

    facts: Mapping[str, Value | None]
    said: str


def answers_outright(question: Question, text: str) -> bool:
    """Whether words that are also a command (``不符合``) are a plain yes or no to the question asked."""
    return question.kind == "bool" and text.strip().lower().rstrip("。.!！") in _YES | _NO


def read_typed(question: Question, text: str, facts: Mapping[str, Fact]) -> Given:
    """Read typed words as the answer to a question.

    Raises:
        NotUnderstoodError: when they cannot be read as one.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if _UNSURE.fullmatch(text):
        return unsure(question)
    if question.kind == TOLD:
        raise NotUnderstoodError("没有听出要改成什么。请用一句话重新说一遍，例如“平台投了1200万”")
    if question.kind in ("list", "confirm"):
        return _read_lines(question, text)
    if question.kind == "form":
        return _read_form(question, text, facts)
    fact = facts[question.facts[0]]
    if question.kind == "bool":
        return _read_yes_no(fact, text)
    if question.kind in ("where", "choice"):
        return picked(question, [_number_of(text, question.choices)], facts)
    if question.kind == "set":
        return picked(question, _numbers(text, question.choices), facts)
    return _read_number(question, fact, text)


def picked(question: Question, numbers: Sequence[int], facts: Mapping[str, Fact]) -> Given:
    """Take the choices with these indexes (from 0) as the answer.

    Raises:
        NotUnderstoodError: when there is no such choice, or several where one is meant.
    """
    offered = [line.label for line in question.lines] or list(choice_labels(question))
    if any(not 0 <= number < len(offered) for number in numbers):
        raise NotUnderstoodError(f"没有这个选项，请选 1 到 {len(offered)}")
    if question.lines:
        return take_lines(question, {question.lines[number].label for number in numbers})
    fact = facts[question.facts[0]]
    labels = [offered[number] for number in numbers]
    if question.kind == "set":
        return Given({fact.key: frozenset(labels)}, "、".join(labels) or NONE_OF_THEM)
    if len(labels) != 1:
        raise NotUnderstoodError("这个问题只能选一项")
    if question.kind == "bool":
        return Given({fact.key: labels[0] == "是"}, labels[0])
    if labels[0] == COMPARE:
        return Given({fact.key: None}, COMPARE)
    raw = fact.presets.get(labels[0], labels[0])
    return Given({fact.key: read_answer(fact, raw)}, labels[0])


def choice_labels(question: Question) -> tuple[str, ...]:
    """What can be picked for a question that is no list."""
    return ("是", "否") if question.kind == "bool" else question.choices


def take_lines(question: Question, ticked: set[str], *, rest_unsure: bool = False) -> Given:
    """Take a list as answered: ticked lines say one thing, the others another, or nothing when the rest is unsure."""
    facts: dict[str, Value | None] = {}
    for line in question.lines:
        if line.label not in ticked:
            facts.update(dict.fromkeys(_keys(line)) if rest_unsure else line.unticked)
    for line in question.lines:
        if line.label in ticked:
            facts.update(line.ticked)
    said = "、".join(line.label for line in question.lines if line.label in ticked) or NONE_OF_THEM
    return Given(facts, f"{said}；{REST_UNSURE}" if rest_unsure else said)


def unsure(question: Question) -> Given:
    """The answer 不清楚: every fact of the question stays open and is not asked again."""
    keys = [key for line in question.lines for key in _keys(line)] or question.facts
    return Given(dict.fromkeys(keys), UNSURE)


def _keys(line: Line) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*line.ticked, *line.unticked)))


def _read_lines(question: Question, text: str) -> Given:
    if text in _NOTHING or text in ("都不是", "都没", "没有问题", "都没有问题", "都成立"):
        return take_lines(question, set())
    rest_unsure = REST_UNSURE in text
    numbers = _numbers(text.replace(REST_UNSURE, " "), tuple(line.label for line in question.lines))
    return take_lines(question, {question.lines[number].label for number in numbers}, rest_unsure=rest_unsure)


def _numbers(text: str, labels: Sequence[str]) -> list[int]:
    words = [word for word in _SEPARATORS.split(text) if word]
    if not words:
        raise NotUnderstoodError("没有看到选了哪几项。写序号（例如 1 3）或选项里的字")
    if len(words) > 1 and any(word in _NOTHING or _UNSURE.fullmatch(word) for word in words):
        raise NotUnderstoodError(STAND_ALONE, near=True)
    return list(dict.fromkeys(_number_of(word, labels) for word in words))


def _number_of(word: str, labels: Sequence[str]) -> int:
    if word.isascii() and word.isdigit():
        number = int(word[:9]) - 1
        if not 0 <= number < len(labels):
            raise NotUnderstoodError(f"没有第 {excerpt(word)} 项，请选 1 到 {len(labels)}", near=True)
        return number
    if word in labels:
        return labels.index(word)
    inside = [index for index, label in enumerate(labels) if word in label or label in word]
    if len(inside) == 1:
        return inside[0]
    if len(inside) > 1:
        several = "、".join(labels[index] for index in inside[:3])
        raise NotUnderstoodError(f"“{excerpt(word)}”可能是：{several}。请写序号", near=len(word) <= _BRIEF)
    close = process.extract(word, labels, scorer=fuzz.ratio, score_cutoff=_FUZZY, limit=2)
    if len(close) == 1:
        return int(close[0][2])
    raise NotUnderstoodError(f"没看懂“{excerpt(word)}”。请写序号或选项里的字")


def _read_yes_no(fact: Fact, text: str) -> Given:
    answer = {"1": True, "2": False}.get(text, yes_or_no(text))
    if answer is None:
        raise NotUnderstoodError("请答“是”“否”或“不清楚”")
    return Given({fact.key: answer}, "是" if answer else "否")


def yes_or_no(text: str) -> bool | None:
    """A plain yes or no, or ``None`` when it is neither."""
    word = text.strip().lower().rstrip("。.!！")
    return True if word in _YES else False if word in _NO else None


def _read_number(question: Question, fact: Fact, text: str) -> Given:
    for number, label in enumerate(question.choices):
        if text == label:
            return picked(question, [number], {fact.key: fact})
    try:
        span = read_figure(fact, text)
    except AnswerError as error:
        raise NotUnderstoodError(str(error)) from error
    return Given({fact.key: span}, value_text(fact, span))


def _read_form(question: Question, text: str, facts: Mapping[str, Fact]) -> Given:
    """Figures by name in any order (``国家2``; the question says that the others count as 0), or all in order (``0 2``)."""
    fields = [facts[key] for key in question.facts]
    words = [word for word in _SEPARATORS.split(text) if word]
    if text in _NOTHING:
        raw = {fact.key: "0" for fact in fields}
    elif len(words) == len(fields) and not any(_is_name(fields, word) or _named(fields, word) for word in words):
        raw = {fact.key: word for fact, word in zip(fields, words, strict=True)}
    else:
        raw = {fact.key: "0" for fact in fields} | _by_name(fields, words)
    read: dict[str, Value | None] = {}
    for fact in fields:
        word = raw[fact.key]
        if _UNSURE.fullmatch(word):
            read[fact.key] = None
            continue
        try:
            read[fact.key] = read_figure(fact, word)
        except AnswerError as error:
            raise NotUnderstoodError(f"{_name(fact)}：{error}") from error
    said = "，".join(f"{_name(fact)} {value_text(fact, read[fact.key])}" for fact in fields)
    return Given(read, said)


def _by_name(fields: list[Fact], words: list[str]) -> dict[str, str]:
    """The figure of each field named. Every word must be one: a word passed over would become a silent 0."""
    found: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        meant = _named(fields, word)
        if meant is None and rest:
            meant = _named(fields, word + rest.pop(0))  # the name and its figure written apart
        if meant is None or meant[0].key in found:
            names = "、".join(_name(fact) for fact in fields)
            example = " ".join(f"{_name(fact)}{number}" for number, fact in enumerate(fields, start=1))
            raise NotUnderstoodError(f"要填 {len(fields)} 个数：{names}。例如 {example}，或按顺序只写数")
        found[meant[0].key] = meant[1]
    return found


def _is_name(fields: list[Fact], word: str) -> bool:
    return sum(fact.short is not None and (word in fact.short or fact.short in word) for fact in fields) == 1


def _name(fact: Fact) -> str:
    return fact.short or fact.label


def _named(fields: list[Fact], word: str) -> tuple[Fact, str] | None:
    """The field a word such as ``国家标准2`` or ``国家两项`` names, with the figure after the name.

    The shortest name that leaves a figure counts, so that 人数800 is 800 people and not 人数80 followed by 0.
    """
    for cut in range(1, len(word)):
        name, figure = word[:cut].rstrip(":：=是有为"), word[cut:].lstrip(":：=是有为")
        meant = [fact for fact in fields if fact.short and name and (name in fact.short or fact.short in name)]
        if len(meant) == 1 and (_UNSURE.fullmatch(figure) or _is_figure(meant[0], figure)):
            return meant[0], figure
    return None


def _is_figure(fact: Fact, text: str) -> bool:
    try:
        read_figure(fact, text)
    except AnswerError:
        return False
    return True
