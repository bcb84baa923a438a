"""A number of a rule stands in the words it cites, and the words compare or cap it the way the rule does."""

from __future__ import annotations

from collections.abc import Iterator

from policies.findings import Finding
from policies.law import LoadedPolicy
from policies.lint.figures import ANY, EXACT, MAXIMUM, Figure
from policies.lint.numbers import numbers
from policies.lint.wording import SAYS, comparators, has_ceiling
from policies.model.condition import COMPARISONS
from policies.model.policy import BoundsConvention

_KINDS = {
    EXACT: (
        "没有“最高”“不超过”的金额或比例（fixed、rate、each 是确定数）",
        "写“最高”“不超过”的，改用 up_to",
    ),
    MAXIMUM: (
        "有“最高”“不超过”“不高于”管着的金额或比例（up_to、cap 是上限）",
        "没有写最高的，改用 fixed、rate 或 each；封顶没有写的，不要写 cap",
    ),
}


def check_not_zero(figure: Figure) -> Iterator[Finding]:
    """An amount, a share or a divisor of zero pays nothing and cannot be computed with."""
    if figure.says not in COMPARISONS and not figure.number.value:
        yield Finding(
            figure.file,
            figure.path,
            f"{figure.number.text} 是 0",
            "金额、比例、除数都大于 0",
            "照原文写数；没有金额的写 in_kind，没有写明金额的写 unspecified",
        )


def check_numbers_stand(figure: Figure) -> Iterator[Finding]:
    """The number is in the words, by value."""
    if figure.spots:
        return
    words = _short(figure.words)
    yield Finding(
        figure.file,
        figure.path,
        f"规则里的数 {figure.number.text} 不在“{words}”里",
        f"这几个字里有同样的数；现在有：{_listed(figure.words)}",
        "改规则里的数，或把 words（引文）改成写有这个数的那几个字",
    )


def check_comparator(policy: LoadedPolicy, figure: Figure) -> Iterator[Finding]:
    """The comparator of a condition is the one the words use, and those words are cited with the number."""
    if figure.says in (ANY, EXACT, MAXIMUM) or not figure.spots:
        return
    text = policy.articles[figure.passage.article].text
    found: list[str] = []
    for spot in figure.spots:
        for said in comparators(text, spot):
            means = tuple(_conventional(mean, text[said.start : said.end], policy.header.bounds) for mean in said.means)
            inside = said.start >= figure.passage.start and said.end <= figure.passage.end
            if figure.says in means and inside:
                return
            found.append(f"“{text[said.start : said.end]}”" + ("" if inside else "（没有摘进 words）"))
    yield Finding(
        figure.file,
        figure.path,
        f"{figure.says}: {figure.number.text} 与原文的比较词不符，原文是{'、'.join(found) or '没有比较词'}",
        f"{figure.says} 对应 {SAYS[figure.says]}",
        "改判断词，或把比较词一起摘进 words",
    )


def check_ceiling(policy: LoadedPolicy, figure: Figure) -> Iterator[Finding]:
    """A maximum is called so by the text, an exact amount is not."""
    if figure.says not in _KINDS or not figure.spots:
        return
    text = policy.articles[figure.passage.article].text
    wanted = figure.says == MAXIMUM
    if any(has_ceiling(text, spot) == wanted for spot in figure.spots):
        return
    expected, mend = _KINDS[figure.says]
    kind = str(next(step for step in reversed(figure.path) if isinstance(step, str)))
    state = "没有写最高或不超过" if wanted else "写的是最高或不超过"
    yield Finding(figure.file, figure.path, f"{kind} 的 {figure.number.text}，原文{state}", expected, mend)


def _conventional(mean: str, word: str, bounds: BoundsConvention) -> str:
    """What the document itself says of 以下: with or without the number."""
    bare = word.replace("（含）", "")
    if mean == "at_most" and bare in bounds.exclusive:
        return "less_than"
    if mean == "less_than" and bare in bounds.inclusive:
        return "at_most"
    return mean


def _listed(words: str) -> str:
    return "、".join(dict.fromkeys(number.text for number in numbers(words))) or "没有数"


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:38] + "……"
