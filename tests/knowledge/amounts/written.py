"""Whole numbers written out: Chinese numerals as schools teach them, capitals, traditional, mixed."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
_CAPITAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL = str.maketrans("万亿", "萬億")


def chinese(number: int) -> str:
    """A whole number below 10^16 in Chinese numerals."""
    if number == 0:
        return "零"
    words, gap = "", False
    for size, mark in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, size)
        if section == 0:
            gap = bool(words)
            continue
        if words and (gap or section < 1000):
            words += "零"
        words += _below_ten_thousand(section) + mark
        gap = False
    return words


def _below_ten_thousand(number: int) -> str:
    words, gap = "", False
    for size, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + DIGITS[digit] + mark
        gap = False
    return words


def capital(number: int) -> str:
    """As on a cheque: 壹佰贰拾万."""
    return chinese(number).translate(_CAPITAL)


def traditional(number: int) -> str:
    """一億二千萬."""
    return chinese(number).translate(_TRADITIONAL)


def spoken(number: int) -> str:
    """两 where people say it, and 十五 for 一十五."""
    text = chinese(number)
    for unit in "百千万亿":
        text = text.replace("二" + unit, "两" + unit)
    return text.removeprefix("一") if text.startswith("一十") else text


def mixed(number: int) -> str:
    """Arabic digits between the marks: 1亿2000万, 3万5000."""
    parts = []
    for size, mark in ((10**8, "亿"), (10**4, "万")):
        section, number = divmod(number, size)
        if section:
            parts.append(f"{section}{mark}")
    if number or not parts:
        parts.append(f"{number}")
    return "".join(parts)
