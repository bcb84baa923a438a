"""Where the enterprise is, where it wants to go, and which place is only asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.places import Place
from knowledge.understand.corrections import CORRECTION
from knowledge.understand.moods import Moods

Relation = Literal["own", "wanted", "left", "denied", "asked"]

_AT = re.compile(
    r"(?:在|位于|落户|设在|注册(?:地|在|到)*|地址(?:是|在|为)?|坐落|搬(?:到|来|进|去)了?|迁(?:到|来|入|至|进)了?|来到?|落地|扎根|开在|办在|放在|挂在|是|我们|我司|我厂|公司|企业|厂子?|人在|属于?|归|换到?|改到?|去年到|进驻|进了?|落到|回到)(?:了|的|咱|隔壁|旁边)?$"
)
_CLOSED_AFTER = re.compile(
    r"(?:市|区)?(?:那边|那里|原来)?的?(?:厂|公司|工厂|店)?(?:已经?|都)?(?:关了|关掉|关门|停了|注销|搬走|迁走|卖了)"
)
_LEFT = re.compile(r"(?:从|由|原来?在|原先在|以前在|之前在|本来在|搬出|迁出|离开|原注册在|打从|撤出)(?:了)?$")
_AFTER_OWN = re.compile(
    r"(?:市|区)?(?:这边|本地|当地|本土|区内|里面|那边)?(?:的)?(?:[，。、；\s：]|$|"
    r"(?:[^，。；！？\s给能补奖拿]{0,14}?)(?:企业|公司|厂|工厂|平台(?!奖)|园区|服务商|机构|协会|单位|店|链主|龙头|产业园|集团|商会|做|搞|开|办|运营|推广|建|投))"
)
_ASKED_AFTER = re.compile(
    r"(?:市|区)?(?:这边|那边|本地|当地)?(?:政府|科工商信局|工信局|的)?(?:还|现在|今年|到底|是否|可以|能|会|都|目前)*(?:给|能|可以|补|奖|有没有|有无|有啥|政策|办法|文件|措施|规定|第[一二三四五六七八九十]+条|配套|扶持|资助|标准|认可|认定|那个|这个|那\d|的?\d+万|[\ue000-\ue002]那|怎么|哪|管|批|财政|认不认|要求|条件|说|也|行不行)"
)
_EVENT_AFTER = re.compile(
    r"(?:市|区)?(?:这边|那边)?(?:举办|承办|主办|协办|办(?!公|厂|企)|开(?!.{0,4}(?:厂|店|公司))|举行|参加)"
)
_AND = re.compile(r"(?:市|区)?(?:和|、|与|及|跟|以及|还有|或者?)")
_LEVEL_AFTER = re.compile(r"(?:市级|区级|市里|区里|市工信|区工信|科工商信)")
_DENIED = re.compile(r"不(?:是|在)[^，。；]{0,2}$")
_AWARDING_AFTER = re.compile(r"[^，。！？；]{0,3}(?:能|可以|还给|给多少)")
_WANTED = re.compile(r"打算|准备|计划|想要?|拟|考虑|有意|预备|将要|要不要|如果|假如|要是|还没|尚未|希望")
_TO = re.compile(r"(?:迁|搬|落户|注册|去|到|来|选|投|进)[^，。；]{0,4}$")
_TOWARDS = re.compile(r"(?:帮|替|对|向|跟|和|与|比|给|问问?|面向|服务|卖到|销往|供应|关于|除了|想了解|了解|咨询|查)$")

_NOT_SET_UP = re.compile(
    r"(?:市|区)?(?:这边|那边|本地|当地)?(?:还|也|都|暂时)?(?:没有?|未)(?:设|注册|落户|公司|开|建|搬)"
)
_IS_IN = re.compile(r"(?:不?是|属于?|归)(?:在)?")  # 公明是光明区的 says where a place is, not a firm
_FIRM = re.compile(
    r"(?:注册|税(?:务|收)?(?:关系)?(?:都|也)?(?:交|缴|在)|纳税|(?:公司|企业)(?:本身|自己|现在)?(?:是|在)|我司|本公司|自己(?:是|在)|主体)[^，。；]{0,6}$"
)
_ITSELF = re.compile(r"(?:我们|我厂|咱们?|我(?=[在是])|新厂|本厂|厂子?(?=在))[^，。；]{0,6}$")
_SIDELINE = re.compile(
    r"(?:母公司|总公司|集团|总部|老厂|旧厂|分公司|子公司|分厂|办事处|办公室|写字楼|仓库|门店|展厅|项目|客户|供应商|股东)[^，。；]{0,6}$"
)
_SIDELINE_AFTER = re.compile(
    r"(?:市|区)?(?:那边|这边)?的?(?:还|也|另外)?(?:有|开|设)?了?[一两几]?[个家间]?(?:分公司|分厂|办事处|办公室|仓库|门店|展厅|分部|车间|项目)"
)
_WHICH = re.compile("哪[边里个]?算|算哪")
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """``own``: where the enterprise is, ``wanted``: where it means to go, ``asked``: what it asks about; all in order."""

    own: tuple[Place, ...]
    wanted: tuple[Place, ...]
    asked: tuple[Place, ...]

    @property
    def focus(self) -> Place | None:
        """The one place the talk is about, if there is one."""
        for places in (self.own, self.wanted, self.asked):
            named = {place.name: place for place in places if place.kind != "wider"}
            if len(named) == 1:
                return next(iter(named.values()))
            with_documents = [place for place in named.values() if place.kind == "district"]
            if places is self.asked and len(with_documents) == 1:
                return with_documents[0]
            if named:
                return None
        return None


def whereabouts(text: str, places: Sequence[Place], moods: Moods) -> Whereabouts:
    """Sort the places of a plain text by what is said of them."""
    related: list[tuple[Place, Relation]] = []
    for place in places:
        if place.kind == "wider":
            continue
        if related and _IS_IN.fullmatch(text[related[-1][0].end : place.start]):
            related[-1] = (related[-1][0], "asked")
            related.append((place, "asked"))
            continue
        joined = bool(related) and _AND.fullmatch(text[related[-1][0].end : place.start]) is not None
        related.append((place, related[-1][1] if joined else _relation(text, place, moods)))

    corrections = [match.start() for match in CORRECTION.finditer(text)]
    if any(relation == "own" for _, relation in related):  # 在白云，说错了，在黄埔
        last = max(place.start for place, relation in related if relation == "own")
        related = [pair for pair in related if not any(pair[0].start < at < last for at in corrections)]

    def those(relation: Relation) -> tuple[Place, ...]:
        return tuple(place for place, found in related if found == relation)

    return Whereabouts(_nearest_to_firm(text, those("own"), moods), those("wanted"), those("asked"))


def _nearest_to_firm(text: str, own: Sequence[Place], moods: Moods) -> tuple[Place, ...]:
    """Of several places of one's own, those that say most surely where the enterprise itself is."""
    if len({place.name for place in own}) < _SEVERAL or _WHICH.search(text):
        return tuple(own)
    ranks = {place: _rank(text, place, moods) for place in own}
    return tuple(place for place in own if ranks[place] == max(ranks.values()))


def _rank(text: str, place: Place, moods: Moods) -> int:
    """Registered or taxed there (3), we are there (2), named (1), a branch, an office or a project there (0)."""
    before, after = text[moods.clause(place.start).start : place.start], text[place.end :]
    if _SIDELINE_AFTER.match(after):
        return 0
    if _FIRM.search(before) and not re.search("母公司|总公司|分公司|子公司", before):
        return 3
    if _SIDELINE.search(before):
        return 0
    return 2 if _ITSELF.search(before) else 1


def _relation(text: str, place: Place, moods: Moods) -> Relation:
    clause = moods.clause(place.start)
    before, after = text[clause.start : place.start], text[place.end : clause.end]
    if _LEFT.search(before) or _CLOSED_AFTER.match(after):
        return "left"
    if _NOT_SET_UP.match(after):
        return "denied"
    if moods.denied(place.start, place.end) or _DENIED.search(before):
        return "denied"
    mood = moods.of(place.start, place.end)
    if mood in ("planned", "supposed") or (_TO.search(before) and _WANTED.search(before)):
        return "wanted"
    stays = _AT.search(before) is not None
    if (mood in ("asked", "topic") and not stays) or mood == "others" or _only_talked_of(before, after):
        return "asked"
    if stays and not _AWARDING_AFTER.match(after):
        return "own" if clause.asks_from is None or place.start < clause.asks_from else "asked"
    return "asked" if _ASKED_AFTER.match(after) or not _AFTER_OWN.match(text[place.end :]) else "own"


def _only_talked_of(before: str, after: str) -> bool:
    """Whether the place is a level (佛山市级), a counterpart (对海珠的贡献) or where something took place (在琶洲承办)."""
    return bool(_LEVEL_AFTER.match(after) or _TOWARDS.search(before) or _EVENT_AFTER.match(after))
