"""A sentence in clauses, and where in each of them the asking begins. General language: nothing here knows of policies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_BREAKS = re.compile(
    r"[，。；！？\n：（）\s]|(?:但是|但|不过|而且|只是|可是|然而|另外|(?<![能以否会不])同时|还有(?!没|效))"
)
_ASKING = re.compile(
    r"能不能|可不可以|可以不|有没有?(?=[^，。；！？]*[？吗]|[^，。；！？]{0,14}$|[^，。；！？]*(?:补|奖|钱|政策|资助|支持|券|万))|有无|是不是|是否|算不算|行不行|会不会|要不要|可否|能否|怎么|怎样|如何|哪[个些里家一种项条份]?|(?<!没有)(?<![没为也都])什么(?!都|也)|为什么|凭什么|咋|谁"
    r"|[是要]?多[少大久高长]|(?:评|选|要?引|够|支持|奖|补|给|批|招够?)几[个家项成]|(?:最高|最多|顶多|一年)几[万千百十]|几[个家项]名额|百分之几|够不够|符不符合|满不满足|对不对|给不给|补不补|值不值|几个点|几成|几钱|(?:奖|补|给|拿|领|批|报|值)(?:到|多)?几[万千百十]|(?:^|[^、，])是[^，。；！？]{1,14}还是|^[^，。；！？我咱们都也一直]{2,10}(?<![来后终果])还是[^，。；！？我没有]{2,14}(?<!了)$|啥|属不属于|在不在"
)
_ASKED_END = re.compile(
    r"(?:吗|么|嘛|呢|不|没有?)?[？]|(?:对吧|是吧|对吗|行吧|对不)[，。！\s]*$|(?<![也都还从有])没$|(?:吗|么|嘛|咩)[。！\s]*$"
)
_AWARD = re.compile(  # 白云标杆项目贴息上限: what a clause ends with that looks something up
    r"(?:最高|一次性|每年|一年|全年)*(?:奖励|奖补|补助|补贴|资助|扶持|贴息|奖(?!牌|项)|补|上限|封顶|天花板|门槛|流程|比例|区别|红包|优惠)+[。！\s]*$"
)
_SAID_OF_ONESELF = re.compile(
    r"我|本公司|本企业|[^为要]了|过(?!程)|已|刚|去年|今年|获|入选|列入|达|[没未无]|用来|用于|拿|领|收到|到账"
)
_MODAL = re.compile(
    r"(?:还|都|就|也|总共|一共|一起|合计|最多|大概|到底|究竟)*(?<![智性功效节职可万只才])(?:能(?![源耗力化])|可以|可(?=享|申|拿|补)|应该|该|会(?!议|展|员|期)|够(?!了)|算|要|补(?!助了|了|贴了)|给(?!了|过|的是)|奖(?!了|过|项|牌)|拿(?!了|到|过)|领(?!了|到|过|先)|享受|申[请报](?!了|过)|符合|怎么|多少|是不是|有没有|有无|是否|哪|什么|几个点|几万)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two breaks, and where in it the asking begins (``None``: it asks nothing)."""

    start: int
    end: int
    asks_from: int | None


def clauses(text: str) -> list[Clause]:
    """Cut a plain text, its figures masked, into clauses."""
    cuts = [0]
    for match in _BREAKS.finditer(text):
        cuts += [match.start(), match.end()] if match.end() - match.start() == 1 else [match.start()]
    cuts.append(len(text))
    found = []
    for start, end in pairwise(cuts):
        if end > start:
            found.append(Clause(start, end, _asks_from(text, start, end)))
    return found or [Clause(0, len(text), None)]


def _asks_from(text: str, start: int, end: int) -> int | None:
    said = text[start:end]
    asking = _ASKING.search(said)
    if asking is None and not _ASKED_END.search(said + text[end : end + 1]):
        award = _AWARD.search(said) if text[end : end + 1] in ("", *"。！？\n") else None
        return start + award.start() if award is not None and not _SAID_OF_ONESELF.search(said) else None
    modal = _MODAL.search(said)
    places = [match.start() for match in (asking, modal) if match is not None]
    return start + min(places, default=0)
