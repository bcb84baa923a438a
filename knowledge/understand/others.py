"""Whether something is said of somebody else: a customer, a neighbour, the association that paid. General language."""

from __future__ import annotations

import re

_OTHERS = re.compile(
    r"(?<!本地)(?<!区内)(?<!本区)(?:(?:我|我们|咱|咱们)?的?(?:客户|朋友|同学|供应商|同行|对手|竞争对手|亲戚|合作伙伴|合作方|合伙人)的?(?:公司|企业|厂|家|那边|那家|他们|里面?|当中|中间|中)?)(?=(?:[也都就是]|基本|大部分|大多|主要|全部?){0,3}(?:是|在|被|做|有(?!合作|往来|业务|联系)|属|入|获|拿|进|评|牵头|投|花|办|建|用|买|运营|开发|申|领|贷|借|搬|迁|落|最近|刚|去年|今年))"
    r"|(?:园[里内区]的?|入驻|里面的?)企业(?=[做投花买建拿评]|牵头)"
    r"|(?:^|[，。；]|(?:同?园区|区里|附近|镇上|楼里|同楼)[里内]?)有(?:一|那么一?)?家(?=[^，。；]*(?:公司|企业|基金|厂|的|机构))|对方(?=是|也是|做)"
    r"|(?:同行|对手|隔壁(?:厂|公司|那家|家)?)(?!业|的?平均|的?增速|的?水平)(?=[^，。；！？我]{2,12}[\ue000-\uf8ff])"
    r"|我(?:的|有个|一个)?客户(?![数有量已一达大超突规总都是\ue000-\uf8ff])"
    r"|(?:文件|新闻|网上|政策|条款|办法|公众号|报道|你们)(?:里|上|上次|之前|那边|刚才)?(?:都|也)?(?:说|写|讲|提到|规定|要求)"
    r"|(?<![我们常俗])(?:说|讲|规定)的(?!是|话|就)|(?:新闻|报道)(?:里|上)?有|(?:听说|据说|(?<![帮给替为])别人(?!的)|别家|人家|隔壁|他们家?|其他企业|其他公司|有的企业|某企业|母公司|总公司|集团(?!内)(?=是|有|投|获|拿|合并|整体|层面))"
)
_ONE_OF_OTHERS = re.compile(  # somebody in particular, whatever is said of them: 有个客户…, 供应商那边…, 以前上班那家…
    r"(?:有|认识|碰到|遇到)(?:一|那|这)?[家个间位][^，。；！？我在\ue000-\uf8ff]{0,6}(?:客户|朋友|同学|同行|供应商|亲戚|老乡)(?:的?(?:公司|企业|厂|单位))?"
    r"|(?:^|(?<=[，。；！？：\s说]))有一?[家间][^，。；！？我在\ue000-\uf8ff]{0,6}(?:(?<![子分属股])公司|企业|基金|厂|机构|单位)(?!是我|是咱|给我|帮我|和我|跟我)"
    r"|(?:客户|朋友|同学|供应商|同行|对手|合作方|合作伙伴|亲戚|老乡|表[哥弟姐妹]|邻居|甲方|乙方)(?:那边|那家(?:公司|企业|厂)?|他们(?:厂|公司|家)?|的(?:公司|企业|厂|工厂|单位))(?![给帮替收]我)"
    r"|(?<!是)(?:兄弟|姐妹|姊妹|关联)(?:公司|单位|企业|厂)|友商|(?:以前|之前|原来|先前)(?:上班|待|干|工作)过?的?那家(?:公司|企业|厂)?|(?:新闻|报道|视频|朋友圈|公众号)[里上]那家"
    r"|(?:隔壁|别的|旁边|对面)(?:园区|楼|栋|街|村|镇)|(?:参观|考察|走访)(?:过|了)|合作(?:的)?(?:高校|院校|大学)|(?:会员|成员|理事)(?:单位|企业)(?=[^，。；我]{0,4}是)"
)
_OTHERS_HERE = re.compile(  # for the rest of the clause only
    r"(?:撮合|服务|对接|带动|帮扶|赋能|推广|平台[上里]|入驻|面向|学员|会员|用户|租户|买家|卖家|下游|上游|来的|招的)(?:的|方|里面?|那边)?(?=(?:[也都就全]|基本|大部分|大多|主要|全部){0,3}是)"
    r"|别人的|不是(?:我们|我司|咱们?|自己)，?而?是"
)
_NOT_WE = (
    r"协会|学会|主办方|合办方|合作方|合作伙伴|对方|客户|别人|别家|人家|他们|母公司|总公司|集团|总部|甲方|供应商|股东|管委会|同行|运营商|房东|政府"
    r"|隔壁(?:厂|公司|那家|家)?"
)
_OTHER_ONES = rf"(?:{_NOT_WE}|(?<!我们)(?<!本)公司|(?<!家)企业)"
_BORNE_BY_OTHERS = re.compile(  # 场租60万，是协会付的
    rf"\ue000*(?:左右|多|的|，)*(?:也|都|全|但|可)*(?:是|由|归)?(?:{_NOT_WE})(?:那边|那家|出面|自己)?(?:付|出|掏|承担|买单|负担|垫)的?(?=[，。；！？]|$)"
)
_OWNED_BY_OTHERS = re.compile(  # 那是母公司的牌子, 挂的是集团的名
    rf"(?:企业|项目|称号)?，?(?:那|这)?(?:是|挂的是|挂在|算在|属于|用的是)(?:[^，。；我]{{0,6}}(?:另一家|另外一家|别的|其他)(?:公司|企业|厂)|[^，。；我]{{0,4}}(?:子公司|分公司|前东家|老东家|兄弟公司)|{_NOT_WE})(?:那边|那家)?(?:统一|出面|花钱)?(?:[做建办搞投买用]|牵头|申请)?(?:的|名下|头上)"
)
_DONE_BY_OTHERS = re.compile(  # 示范基地是园区公司牵头的
    rf"(?<!我们)(?<!我司)(?<!咱们)(?:是|由)(?!我|本|自己|咱|一家|一个|家|公司|企业)[^，。；！？是由我]{{0,8}}(?:{_OTHER_ONES}|研究院|大学|高校|学院|龙头|政府)(?:来|负责|在)?$"
)
_DOER_NAMED = re.compile(  # 试点牵头的是龙头那家: up to the doer, and who it is
    r"(?:牵头|主导|主办|承办|运营|建设|承建|开发|申报)(?:单位|企业|方|人|的)*$"
)
_ANOTHER_DOER = re.compile(
    r"(?:单位|企业|方|人|的)*(?:是|归)(?!我|本公司|本企业|本单位|自己|咱|不是|(?:国家|省级|市级|区级|国[内际])|[一1两]|\ue000)[一-鿿a-z]{2,10}(?=[，。；！？\s]|$)"
)
_FOR_OTHERS = re.compile(
    r"[帮替代给](?:一?[个家位])?(?:我|我们|咱)?的?(?:客户|朋友|同学|亲戚|企业|老板|供应商|公司).{0,6}[问查咨了]|[帮替]他们?(?:[问查咨]|了解|打听)|来电|企业咨询|客户咨询|代(?:理记)?账|财税公司|代办"
)
_SELF = re.compile(r"我们|我(?=在|有|是|做|开|也)|我司|我厂|本公司|本企业|我公司|咱们?|我这|自己|我方|本厂|我单位")


_NAMED = re.compile(_NOT_WE + "|子公司|分公司|东家|兄弟公司|另一家|另外一家|别的|其他|企业|公司")


class Others:
    """Where a text speaks of others; looked for once, asked for every phrase."""

    def __init__(self, text: str) -> None:
        """Look for the names of others."""
        self._text = text
        self._for_another = _FOR_OTHERS.search(text) is not None  # 帮客户问一下: then that one is the enterprise
        self._named = [match.end() for names in (_OTHERS, _ONE_OF_OTHERS) for match in names.finditer(text)]
        self._here = [match.end() for match in _OTHERS_HERE.finditer(text)]
        self._may_own = _NAMED.search(text) is not None
        self._may_do = "是" in text or "由" in text or "归" in text

    def did(self, start: int, end: int, *, clause: int, sentence: int) -> bool:
        """Whether what stands from ``start`` to ``end`` is a deed of others; ``clause``, ``sentence``: where those begin."""
        if self._for_another:
            return False
        if (self._may_own and self._own(end)) or (self._may_do and self._do(start, end, clause)):
            return True
        named = [at for at in self._named if sentence < at <= start] + [at for at in self._here if clause < at <= start]
        return bool(named) and not _SELF.search(self._text, max(named), end)

    def _own(self, end: int) -> bool:
        after = self._text[end : end + 20]
        return _BORNE_BY_OTHERS.match(after) is not None or _OWNED_BY_OTHERS.match(after) is not None

    def _do(self, start: int, end: int, clause: int) -> bool:
        text = self._text
        doer = start + 2 if text.startswith("公司", start) else start
        if self._may_own and _DONE_BY_OTHERS.search(text[clause:doer]):
            return True
        return bool(_DOER_NAMED.search(text, max(clause, end - 8), end) and _ANOTHER_DOER.match(text[end : end + 16]))
