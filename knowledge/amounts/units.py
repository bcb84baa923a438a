"""What a number counts: money, foreign money, shares, and the measure words of the language."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from knowledge.amounts.quantity import COUNT
from policies.notation import COUNT_UNITS, FEN_PER_YUAN, MONEY, SHARE


class Unit(NamedTuple):
    """``factor`` turns the number written into the quantity's base: 分, fractions of one, pieces."""

    unit: str | None
    factor: int | Fraction = 1
    measure: str | None = None
    currency: str | None = None


TIME_MEASURES = frozenset(("年", "月", "天", "周", "小时", "季度", "个工作日"))
NONE = Unit(None)
YUAN = Unit(MONEY, FEN_PER_YUAN)
_CURRENCIES = {
    "HKD": "港币 港元 港纸 港圆 HKD HK$ hkd",
    "USD": "美元 美金 美刀 刀 USD usd US$ $",
    "EUR": "欧元 EUR eur €",
    "GBP": "英镑 GBP gbp £",
    "JPY": "日元 日圆 日币 円 JPY jpy",
    "KRW": "韩元 韩币 韩圆 KRW",
    "TWD": "新台币 台币 TWD NT$",
    "MOP": "澳门元 澳门币 葡币 MOP",
    "SGD": "新加坡元 新加坡币 新币 坡币 SGD S$",
    "AUD": "澳元 澳币 澳大利亚元 AUD A$",
    "CAD": "加元 加币 加拿大元 CAD",
    "CHF": "瑞士法郎 瑞郎 法郎 CHF",
    "RUB": "卢布 RUB",
    "THB": "泰铢 THB",
    "VND": "越南盾 VND",
    "INR": "卢比 印度卢比 INR",
    "MYR": "林吉特 马币 马来西亚元 MYR",
}
_YUAN = "元 元整 元正 元钱 元人民币 块 块钱 块人民币 圆 圆整 蚊 蚊鸡 人民币 元RMB RMB rmb CNY cny 大洋"
_OTHER_MEASURES = (
    "户 张 份 批 轮 类 种 门 辆 艘 部 把 支 只 头 棵 瓶 箱 袋 吨 亩 平米 平方米 平方 平方公里 公里 公斤 千克 斤 米"
    " 字 页 篇 本 册 集 届 样 组 队 笔 单 道 岁 周 小时 分钟 秒 口 站 环节 课时 学时 人次 人天 人月 家次 个工作日 台次"
    " 个品牌 起 宗 处 所 间 套 位点 桩 例 则 幅 枚 颗 粒 根 片 块屏 辆次 架 节 趟 季 克 升 股 票 万步 名次 成员单位 栋楼 栋厂房 栋宿舍 幢楼"
)
_SAME_MEASURE = {
    "名": "人",
    "位": "人",
    "个人": "人",
    "号人": "人",
    "个员工": "人",
    "个工人": "人",
    "口人": "人",
    "台套": "台",
    "台(套)": "台",
    "个月": "月",
    "个季度": "季度",
    "个小时": "小时",
    "个钟": "小时",
    "个星期": "周",
    "个礼拜": "周",
    "星期": "周",
    "个场次": "场",
    "场次": "场",
    "工作日": "个工作日",
    "平": "平方米",
    "平米": "平方米",
    "平方": "平方米",
    "㎡": "平方米",
    "个亿": "",
}


def _table() -> dict[str, Unit]:
    table = {name: Unit(None, 1, None, code) for code, names in _CURRENCIES.items() for name in names.split()}
    table |= dict.fromkeys(_YUAN.split(), YUAN)
    table |= {
        "角": Unit(MONEY, 10),
        "角钱": Unit(MONEY, 10),
        "毛": Unit(MONEY, 10),
        "毛钱": Unit(MONEY, 10),
        "分钱": Unit(MONEY, 1),
        "嚿水": Unit(MONEY, 100 * FEN_PER_YUAN),
    }
    percent = Unit(SHARE, Fraction(1, 100))
    table |= dict.fromkeys(("%", "个百分点", "百分点", "个点", "个%", "pct"), percent)
    table |= {
        "‰": Unit(SHARE, Fraction(1, 1000)),
        "个千分点": Unit(SHARE, Fraction(1, 1000)),
        "成": Unit(SHARE, Fraction(1, 10)),
    }
    table |= {word: Unit(COUNT, 1, word) for word in (*COUNT_UNITS, *_OTHER_MEASURES.split())}
    table |= {word: Unit(COUNT, 1, same) for word, same in _SAME_MEASURE.items() if same}
    return table


UNITS = _table()
_LONGEST = max(map(len, UNITS))
_BEFORE = {"¥": YUAN, "人民币": YUAN, "RMB": YUAN, "rmb": YUAN, "CNY": YUAN, "cny": YUAN} | {
    word: unit for word, unit in UNITS.items() if unit.currency and word not in ("刀", "円", "法郎")
}

# A measure word or unit followed by one of these is the beginning of another word.
_GOES_ON = {
    "成": "立员功都本果分品型长熟绩交为效就套人年因",
    "个": "性体案",
    "人": "工民才均事行大代社员",
    "年": "级代会前后龄轻度月检鉴薪份报产均",
    "次": "性日级元",
    "月": "亮饼球刊",
    "天": "河猫下然津虹气",
    "块": "链状业",
    "元": "旦素宇件器结论制催乙里区化锂材经",
    "条": "例码款",
    "项": "目",
    "家": "庭乡居电具长属里政族务用法",
    "台": "州湾风山账",
    "件": "套",
    "场": "地所景馆站内",
    "毛": "利坯病织",
    "角": "度色落钢",
    "位": "置于数",
    "平": "台均时安方原衡",
    "米": "粉",
    "类": "似别",
    "所": "有以谓",
    "本": "地公市区次年月人身",
    "单": "位独元品体",
    "部": "门分委级",
    "批": "发",
    "门": "店户槛",
    "头": "部",
    "字": "号段",
    "只": "有是能要",
    "把": "手握",
    "样": "板品本",
    "组": "织成",
    "口": "径岸罩",
    "起": "来步草重",
    "处": "理于",
    "节": "点能约",
    "季": "度",
    "票": "据",
    "股": "份东权本",
    "周": "年边",
    "岁": "",
    "道": "路",
    "升": "级",
    "站": "点",
    "根": "据",
    "则": "",
    "例": "如外",
    "课": "",
    "份": "额",
    "轮": "",
    "刀": "具片",
    "斤": "",
    "点": "",
    "队": "伍",
    "集": "团成群中聚约",
    "支": "持撑付",
    "套": "餐",
    "种": "植子",
    "张": "江家",
    "片": "区",
    "页": "岩",
    "克": "服",
    "粒": "",
    "架": "构",
    "级": "",
}


def unit_at(text: str, at: int) -> tuple[Unit, int] | None:
    """The longest unit that stands at this place, and where it ends; ``None`` where none does."""
    for length in range(min(_LONGEST, len(text) - at), 0, -1):
        word = text[at : at + length]
        unit = UNITS.get(word)
        if unit is None:
            continue
        end = at + length
        if end < len(text) and length == 1 and text[end] in _GOES_ON.get(word, ""):
            continue
        if word.isascii() and word.isalpha() and text[end : end + 1].isascii() and text[end : end + 1].isalnum():
            continue
        return unit, end
    return None


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def currency_before(text: str, at: int) -> tuple[Unit, int] | None:
    """The currency written before a number (¥, 人民币, HK$), and where it starts."""
    if at and text[at - 1] == " ":
        at -= 1
    for length in (5, 4, 3, 2, 1):
        word = text[at - length : at] if length <= at else ""
        if word in _BEFORE and not (word[0].isalpha() and word[0].isascii() and _is_latin(text[: at - length][-1:])):
            return _BEFORE[word], at - length
    return None
