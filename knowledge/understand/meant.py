"""Which of two figures is meant: not the target but what was reached, not the whole but the part a fact is about.

Where it is not said whether a figure counts alone or with the one after it, the claim is left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.amounts import Quantity
from knowledge.understand.claims import Claim
from knowledge.understand.figures_in_text import Masked

_FIGURE = "\ue000-\uf8ff"
_NOT_QUITE = re.compile("(?:没有?|未|不)(?:达|够|足|到)")
_LIMIT = re.compile("封顶|为限")
_THIS = "\uf8ff"  # stands for the figure itself
_TARGET = re.compile(  # 目标15家, 要求是5000万以上平台6家, 交易额要10亿, 上限500万
    r"(?:目标|任务(?=是|为|指标)|(?<![按合足照])要求|门槛|(?<![按照])规定|标准线|达标线|必须|起码得|上限|封顶|天花板|(?:最高|最多)(?=[补奖给拿]|不超)|(?:想|打算|计划|准备)(?=[招引])"
    rf"|(?<![不主只还快重需花])要(?=[引达满有做够超到招]?[到满过够]?{_THIS}))(?![^，。；！？]*(?:完成|达到了|超了|实际|目前|现在|已))[^，。；！？]*{_THIS}"
    rf"|(?:(?<!台)(?<!每台)需要?|(?<![误落时相])差(?:了|着)?|按(?={_THIS}[来去]?[算计])|得(?={_THIS}(?:以上)?吧)|满(?={_THIS}[^，。；]{{0,3}}[给能可补奖]))(?={_THIS})"
    rf"|{_THIS}(?:以上)?(?:才(?:能|行|可|够|给|有|算|达标)|封顶|(?:以上|以下)?的?(?:有奖|有补|怎么办|能拿|给多少|算不算))"
)
_AGAIN = re.compile(rf"[，；、][^，；、{_FIGURE}]{{0,6}}(?:又|再|追加|另外)[^，；、{_FIGURE}]{{0,3}}$")
_EACH = re.compile(r"各(?:自|是|投了?|花了?|投入|不含税|含税)*$")
_REACHED = re.compile(rf"(?:我们|我司|公司|目前|现在|到现在|实际|已经|已|才|只有|只|就)[^，。；！？{_FIGURE}]{{0,8}}$")
_PART = re.compile(rf"其中(?:有|的)?(?P<of>[^，。；！？{_FIGURE}]{{2,10}})$")
_OF_THESE = re.compile("(?:里面?|里头|当中|中)(?:有|的)?")
_OURS = re.compile("(?:才?是|由|归)?(?:我们|我司|自己|咱们?)")
_MORE = re.compile(
    r"[，；、](?:今年|去年|前年|后来|之后|后面|这次|我们|上半年|下半年|接着|年底)*"
    r"(?:(?:又|再)[一-鿿]{0,3}|(?:还|另外?)[投花领拿付买补给砸奖]{1,2}(?:了|到|过|进去)*|加上)$"
    rf"|[，；、](?:另外?|加上|还有)?配套[^，。；！？{_FIGURE}]{{0,6}}$"
    rf"|[，；、](?:另外?|还有)?[{_FIGURE}](?:不含税|含税|是)?$"
)
_NO_MORE = re.compile(r"能|可以|想|要|多少")


def meant(won: Sequence[Claim], masked: Masked) -> list[Claim]:
    """The claims with the figures that are meant, open where that is not sure."""
    taken = {claim.sign for claim in won} | {sign for claim in won for sign in claim.limits}
    found = [_reached(claim, taken, masked) for claim in won]
    known = {claim.fact.key for claim in found if claim is not None}
    aimed = [replace(claim, open=True) for claim, kept in zip(won, found, strict=True) if kept is None]
    sure = [_with_what_follows(claim, taken, masked) for claim in found if claim is not None]
    return sure + [claim for claim in aimed if claim.fact.key not in known]


def _reached(claim: Claim, taken: set[int], masked: Masked) -> Claim | None:
    """What was reached instead of the target; nothing where that is not said, or another claim of the fact has it."""
    clause = max(masked.text.rfind(stop, 0, claim.sign) for stop in "，。；！？、（：") + 1
    said = masked.text[clause : claim.sign] + _THIS + masked.text[claim.sign + 1 : claim.sign + 8]
    words = masked.text.find("要", clause, claim.sign)
    after = _next(claim, masked)
    free = after is not None and after not in taken and _REACHED.search(masked.text[claim.sign + 1 : after])
    if after is not None and free and _NOT_QUITE.match(claim.quantity.text):  # 没达到15场，才13场
        return replace(claim, sign=after, quantity=masked.figures[after])
    own = words >= 0 and claim.start <= masked.starts[words] < claim.end  # 一台要2500元
    if own or not (_TARGET.search(said) or _LIMIT.search(claim.quantity.text)):
        return claim
    return replace(claim, sign=after, quantity=masked.figures[after]) if after is not None and free else None


def _with_what_follows(claim: Claim, taken: set[int], masked: Masked) -> Claim:
    before = max(
        (sign for sign in masked.figures if sign < claim.sign and _alike(masked.figures[sign], claim)), default=None
    )
    if before is not None and before not in taken and _AGAIN.search(masked.text, before, claim.sign):
        claim = replace(claim, open=True)  # 头两期900万，第三期又投了400万
    if claim.fact.type == "money" and _EACH.search(masked.text, 0, claim.sign):  # 三个项目各50万: not said as a whole
        claim = replace(claim, open=True)
    after = _next(claim, masked)
    if after is None or after in taken:
        return claim
    between = masked.text[claim.sign + 1 : after]
    part = _PART.search(between)
    if _OF_THESE.fullmatch(between):  # 国标三项里两项是我们牵头
        ours = _OURS.match(masked.text, after + 1) is not None
        return replace(claim, sign=after, quantity=masked.figures[after]) if ours else replace(claim, open=True)
    if part is not None and part["of"].endswith("只有"):
        return replace(claim, open=True)
    said = part["of"] + re.split("[，。；！？、]", masked.text[after + 1 : after + 5])[0] if part else ""
    if said and _named_by(claim, said, masked.text[: claim.sign]):
        return replace(claim, sign=after, quantity=masked.figures[after])
    return replace(claim, open=True) if _MORE.search(between) and not _NO_MORE.search(between) else claim


def _named_by(claim: Claim, said: str, before: str) -> bool:
    """Whether the part is what the fact is called by (本地 of 服务的本地企业数), which was not said of the whole."""
    name = claim.fact.label + (claim.fact.short or "")
    return any(pair in name and pair not in before for pair in _pairs(said))


def _pairs(text: str) -> Iterator[str]:
    return (first + second for first, second in pairwise(text) if not any(_is_sign(sign) for sign in (first, second)))


def _is_sign(char: str) -> bool:
    return char >= "\ue000" or not char.isalnum()


def _next(claim: Claim, masked: Masked) -> int | None:
    """The next figure of the same kind."""
    return next(
        (sign for sign in sorted(masked.figures) if sign > claim.sign and _alike(masked.figures[sign], claim)), None
    )


def _alike(quantity: Quantity, claim: Claim) -> bool:
    return (quantity.unit, quantity.measure) == (claim.quantity.unit, claim.quantity.measure)
