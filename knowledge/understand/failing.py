"""Words after a thing that say it came to nothing: not chosen, rejected, only a candidate, taken back. General language."""

from __future__ import annotations

import re

from knowledge.understand.corrections import CORRECTION

_BETWEEN = (  # what may stand between a thing and the words that deny it
    r"(?:我们|我司|咱们?|公司|今年|去年|前年|往年|这[次回批轮]|上[次回批轮]|那[次个]|每次|每年|最[后终]|到(?:现在|头来|最后)|至今|目前|现在|结果|后来"
    r"|[初复终]评(?:过了)?|评[审选]|遴选|申报|申请|认定|评定|验收|审[批核]|批[文复]|报名|报送|名单|称号|资格|证书|材料|企业|项目|示范"
    r"|报是报了|[报评选]了[两几三四五\ue000-\uf8ff]*[年次回]?|(?:申报|申请|报|评|入围|推荐|推)(?:过|了|上去了)(?:但|可)?|就|哪一?级|什么|任何|其实|可惜|又|正式|压根|根本|从来|公示|里[面头]?|陪跑"
    r"|[（“”）的了这那项个也都还仍暂却并是一直块方面家，、但]|一[项个家])*?"
)
_CHOSEN = (  # what does not succeed: being chosen, recognised, admitted
    r"(?:评上|评到|评得上|选上|选到|选中|挤进去?|轮上|轮到|排上|列进去?|列入|列上|入选|入围|通过|拿到|拿下|批下来|批准|批复|批|认定|评定|认可|够上|够到|够得上|达到|上榜|上名单|进名单|进去|中标|中"
    r"|获批|获评|获选|得到|下来|出来|公布|公示|授权|下证|定下来?|申请(?:成功|下来|上|到)|申报(?:成功|下来|上)|报(?:成功|下来|上|成)|评(?:成功|下来|成))"
)
AFTER_DENIED = re.compile(
    _BETWEEN + r"(?:(?:没有?|未能?|尚未|不)(?:能|被|再|给|有|得到|获得?|拿到)*"
    rf"(?:{_CHOSEN}|做过|办过|办成|搞过|建成|获得|取得|参加|参与|牵头|领过|申请|申报|签过?|买过?|享受过?|弄过?|碰过?|沾边|[进上中过评拿做办建批搞入获领报成选投])?"
    r"(?:过|到|了|成|呢|啊|的|下来|上|我们|我司|咱们?)*(?=[，。；！？）\s\n]|$|前\d|[\ue000-\uf8ff])"
    r"|(?:没能?|没有|未能?)[一-鿿]{1,2}(?:着|到|上|成|中|过|进去|下来)(?:了|呢)?(?=[，。；！？）\s\n]|$)"
    r"|[一-鿿]{1,2}不(?:了|上|到|着|成)(?=[，。；！？\s]|$)"
    r"|(?:不是|不归|不由|轮不到|没有?|没轮到)(?:我们|我司|咱们?|自己)(?=[，。；！？\s]|$))"
)
_FAILED_NEXT = re.compile(  # the next clause says no more than that it came to nothing
    rf"(?:[的了]|这次|那次|今年|去年|企业|项目)*(?:(?:我们|我司)?(?:是|也|都)?(?:申报|申请|报|评|入围|推荐|参评|推|争取)(?:是报|是申报|是评)?(?:过|了|上去了?)?|还差一点点?|差一点点?)?[，；]{_BETWEEN}"
    rf"(?:(?:没有?|未能?|尚未)(?:能|被|给|有)*{_CHOSEN}|落[选榜]|被[刷否拒退毙]|被驳回|没戏|黄)(?:掉|下来)?(?:了|过|呢|的)*(?=[，。；！？）\s\n]|$)"
    r"|[^，。；]{0,14}[，；](?:名单)?里?面?(?:没有?|不包括|不含|没看到|轮不到)(?:我们|我司|咱们?)(?=[，。；\s]|$)"
)
_LOST = re.compile(
    _BETWEEN
    + r"(?:落选|落榜|落空|陪跑|被[刷否拒退毙摘撤]|(?:交|报|送)上去被退|被驳回|驳回|失败|没戏|没份|黄了|未果|不行|没批|不达标|不合格"
    r"|被?取消|出局|泡汤|摘牌|失之交臂|名落孙山|(?:还)?(?:早着|差得远|差很远)|(?:跟|和|与)(?:我们|我司|咱们?)没关系|想都不敢想|公示完?[了后]?又?被撤)"
)
_NEARLY = re.compile(  # on the list of those who may become it
    r"(?:企业|项目|示范)*[，的（我们也都目前现在]{0,6}(?:(?:只|仅|才|还|就)(?:仅|是|算)?)?(?:列入|列为|进了?|进入|入选|入了|入|在|属于|是)?(?:了)?[^，。；是有\d]{0,4}(?:培育|储备|候选|预备|提名)(?:名单|库|对象|企业|阶段|期|单位|清单|计划|中|里|了|的|而已|罢了)*(?=[，。；！？（）\s]|$)"
)
_TAKEN_BACK = re.compile(  # 过了，哦不，还没过
    rf"[了的过]{{0,2}}[，。；]*(?:{CORRECTION.pattern})[，。；]*(?:其实|应该|是)*(?:还|也|都|并|尚)?(?:没有?|未|不是)[^，。；\ue000-\uf8ff]{{0,4}}(?=[，。；]|$)"
)
_TRIED = re.compile(r"申请|申报|[报评]了(?!为)|报过|评审|材料|[递交]上|推荐|入围|名单|差|试过")
_HAD = re.compile(r"[了过是有属获拿进做开办搞用买签建]|入选|列入|通过")
ENDED_BADLY = re.compile(r"被[毙刷否拒退]|落[选榜]|黄了|没戏|没份")


def came_to_nothing(rest: str) -> bool:
    """Whether what follows a thing says that it was not reached (落榜了, 被刷了, 只是培育对象, 哦不，还没过)."""
    return any(words.match(rest) for words in (_LOST, _FAILED_NEXT, _NEARLY, _TAKEN_BACK))


def only_tried(said: str) -> bool:
    """Whether a clause, without the thing it names, tells of an attempt at most, and not of having it."""
    return _TRIED.search(said) is not None or _HAD.search(said) is None
