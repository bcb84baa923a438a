"""One way of writing for the grammar: half-width, simplified, small numerals. Every character keeps its place."""

from __future__ import annotations

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CAPITALS = str.maketrans("壹贰貳叁肆伍陆陸柒捌玖拾佰仟〇兩圆圓", "一二二三四五六六七八九十百千零两元元")
_TRADITIONAL = str.maketrans(
    "億萬點塊錢個幾餘來間項條場據約過達內將頭無沒數這後舊從於為還單戶筆張輛畝頓噸篇產員歲鐘時週號樓層級強種類組隊報"
    "倆剛滿僅僅總計結與夠貼紙幣歐鎊韓盧紐瑞臺檯雙萬",
    "亿万点块钱个几余来间项条场据约过达内将头无没数这后旧从于为还单户笔张辆亩顿吨篇产员岁钟时周号楼层级强种类组队报"
    "俩刚满仅仅总计结与够贴纸币欧镑韩卢纽瑞台台双万",
)
_SIGNS = str.maketrans("～〜–—－―−￥％、．\u3000\t\n\r\u00a0", "~~-----¥%、.     ")
_TABLE = {**_FULL_WIDTH, **_CAPITALS, **_TRADITIONAL, **_SIGNS}
CAPITAL_DIGITS = frozenset("壹贰貳叁肆伍陆陸柒捌玖拾佰仟")


def plain(text: str) -> str:
    """The text in half-width, simplified characters and small numerals, as long as it was."""
    return text.translate(_TABLE)
