"""Whether something said in a sentence is said of the enterprise, and as a fact: denied, asked, planned, supposed, of others.

General language only: nothing here knows of policies.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from knowledge.understand.clauses import Clause, clauses
from knowledge.understand.corrections import CORRECTION, taken_back
from knowledge.understand.failing import AFTER_DENIED, ENDED_BADLY, came_to_nothing, only_tried
from knowledge.understand.others import Others

Mood = Literal["said", "denied", "unknown", "planned", "supposed", "others", "asked", "topic"]

_STOPS = "，。；！？\n：（）"
_SENTENCES = re.compile(r"[。！？\n]")
_NO_NEGATION = re.compile(
    r"有没有|是不是|能不能|可不可以|算不算|行不行|会不会|要不要|给不给|补不补|够不够|符不符合|在不在|属不属于"
    r"|不(?:只|但|仅|光)是?|没(?:问题|错|动过?|变过?|挪过?|换过?|想到|多久|几天|关系|说的)|不错|不久|不断|不少|不(?:过|到|足|超过|低于|高于|少于|多于|小于)"
    r"|不(?:含(?:增值)?税|计税|包税|同|限|用说|好意思)|未(?:来|必|知|免|[含计连]?税)|无(?:锡|人(?!才)|尘|论|疑|线|缝|锁|法|需|忧|菌|源|机|障|偿|形|纺|水|油|铅)|不知道?|没准|不清楚|不确定"
)
_NEGATION = re.compile(
    r"没有?|未|尚未|差一?点(?!没)|险些|并未|从未|不是|并非|非(?=制造|工业|本地|本区|中小|规上|规模|专精|平台|电商|独立|双跨|新)|不属于?|不算|不做|不搞|不在|不具备|不涉及|不从事|不用(?!说|担心)|不符合|不满足|不达标|不合格|做不了|办不了|不参与|不(?:提供|运营|生产|开展|承办|举办|需要|需|签|走|买|卖|租|接受|持有)"
    r"|不曾|无|拿不到|够不上|[谈算称说评配当]不上|算不得|够不着|不包括|不含"
)
_SWITCH = re.compile(
    r"是(?!否)|只有|只(?=做|搞|进|拿|评|入)|而|先|照样|有(?!没)"
)  # what takes a negation back: 不是海珠是黄埔
_PLANNED = re.compile(
    r"打算|准备(?!金)|(?<!引进)(?<!招商)(?<!引入)(?<!生产)(?<!推广)计划(?!书|已|也|提|都|报|单|排)|想要?(?=再?[做申报搞建办投迁搬牵参上落买入评装把争找请当拿冲创推]|在[^，。；！？]{1,8}[办搞建开设落])|估计(?=[^，。；]{0,10}[会能要])|可能(?=会|要|再|出资|投|建|办|搞|迁|搬|买)|报价(?!单)|(?<![模虚草])拟(?!合)|预算(?!执行|内|科)|目标(?=是|定|为)"
    r"|(?<![近])将(?=要|于|在|会|投|建|办|迁|搬|牵)|争取|考虑|有意(?![义思])|筹备|筹划|筹建|预计|预备|(?<!截至)明年|(?<![户选来迁以之年了])后年(?![营收产销均交])|(?<!年)下半年|下个?月|下季度|快要|马上[要就]|即将|正在?(?:申请|申报|走流程|谈|评|牵头?起草|起草|编制)|(?:鼓励|动员|劝|建议|催)(?:我们|我司|企业)|(?:可研|规划|方案|计划书)(?:报告)?[里上]?(?:[写列预]|测(?![试评]))"
    r"|在(?:申请|申报|走流程|谈|评审)|等着?(?:评|批|认定|公示)|希望能?|规划(?=建|投|做)|(?:(?<![主只需重])要|去|(?<![进引搬过迁])来)(?=(?:申报|申请)(?!过|了)|争取|牵头|迁|搬|落户)|尚在|还要(?=投|建|办)|奔着|冲(?![压床模击突])"
)
_PLANNED_AFTER = re.compile(
    r"[的了项目还我们也都]{0,4}(?:(?:区里|省里|市里|上面)?说?(?:明年|下半年|以后|下次|回头)再[议说谈看报]|(?:准备|打算|计划|想|要)(?:今年|明年|后年|下半年|下次|再|去)*[报申评争]|(?:准备|打算|计划|想|要|等|到)*(?:明年|后年|下半年|下个?月|年底|年后)(?:才|再|准备|打算)?[上做搞建办投弄开启动]|正?在?(?:申请|申报(?!指南|条件|要求|书|通知|材料)|走流程|评审|公示|审核|审批)(?!还?[没未])|申请中|申报中|公示中|公示期|评审中|审核中|待(?:认定|公示|验收|批|评)|等批|(?:认定|申请|评审|结果|名单|证书)?(?:还|尚)?(?:没|未)(?:公示|公布|出来)|的?(?:结果|名单|批复)[^，。；！？没]{0,8}才(?:能|会)?(?:出|公布|公示|定|下)"
    r"|(?:还|目前|现在|都)*(?:只是|只|才|刚刚?)(?:在|是)?(?:受理|申请|申报|立项|筹备|意向|报名|阶段)|(?:正|还)?在?排队|正?在?冲刺|(?:列入|是)(?:明年|后年|下半年)|只(?:进|过|到)了?[初复][审评]|，(?:我们|我司)?(?:还|正)?(?:在考虑|没想好|没决定|没定下)|[：，]?(?:还|仍|正)?(?:在|处于)?公示(?:期|阶段|中)|，?公示(?:结束|完|期?满)了?，?(?:但|可)?(?:还|尚)?(?:没|未)|卡在(?=公示|审|评|[初复终]|批)|还?在(?:规划|论证|设计|筹备)|(?:规划|方案|可研|设计|立项|论证|筹备)(?:阶段|中)|(?:只是|就是)?口头|报上去(?!了)|快(?:批|下来)了?|还在(?:申|评|走|谈|审|等|公示|筹|建)|要等|下个?月|明年)"
)
_APPLIED = re.compile(r"(?:申请|申报|报名|报)(?:了|过)?$")
_SUPPOSED = re.compile(
    r"如果|假如|(?<![主只需重])要是|若(?!干)|假设|(?<![0-9零一二两三四五六七八九十百千])万一|假使|比如|比方|譬如|倘若|(?<![恐哪不])怕(?!是)|担心|哪怕|即使|就算"
    r"|[没未等][^。！？；]{0,8}，等?(?:批|办|签|谈|评)(?:下来|成|上)(?:了?后|以后|之后)?(?![一两了过\ue000-\uf8ff])"
)
_IN_CASE = re.compile(
    r"的话(?!(?:目前|现在|已经?|大概|也|就|都)*(?:[是有\ue000-\uf8ff]|做了|搞了|投了|花了))"
)  # not 实缴的话是600万
_UNKNOWN = re.compile(
    r"不清楚|不知道?|不确定|没统计|没算过|没有统计|没有算|记不清|记不得|说不准|说不清|忘了(?!报|告|申|提|交|办|备|事先|书面)|不记得|不了解|没概念|拿不准|搞不清|搞不懂|没数|待查|要查|回去查|没核(?!心)|还没对|吃不准|不晓得|不太清楚|不好说|弄不清"
)
_OF_AUTHORITY = re.compile(r"补贴|补助|奖励|政策|资助|扶持|文件|办法|条款|规定|能拿|能补|能给|怎么|流程")
_ASSERTED = re.compile(
    r"我们|我司|我厂|我公司|本公司|本企业|咱|我这|我家|我在|自己|[^要为]了|过(?!程)|已|都|刚|正好|是(?!不是|否|$)|在|[做搞花投买建办]|(?<![应通作专费])用(?![地房户途])|获|入选|列入|被|牵头|主导|属|有(?![没无奖补啥]|什么|支持|政策|资助|扶持|优惠)|达|来自|厂里|公司里|手上|名下|的(?:公司|企业|厂|单位)"
)
_ASSERTED_OF_ONESELF = re.compile(  # what is all one question says this of the enterprise, or nothing
    r"我(?![想要问看查])|咱|本公司|本企业|自己|[^要为]了|过(?!程)|已|刚|正好|去年|今年|前年|目前|现在|[没未]|的(?:公司|企业|厂|单位)(?!有$)|[是做有](?!$|指)|在(?=.*[\ue000-\uf8ff])"
)
_A_NAME = re.compile(r"(?:企业|单位|机构|平台|中心|服务商)$")
_ASKED_ABOUT = re.compile(
    r"(?:问问?|咨询(?!企业|单位|人|方)|了解|查询|查查?|想知道|请教|打听|研究研究|关于)(?:一下|下|的是|问)?[^，。我咱是有了]{0,6}$"
)
_WE_ARE_NOT = re.compile(  # 隔壁厂是规上的，我们不是
    r"[的了呢]*，?(?:但|可)?(?:我们|我司|咱们?|本公司)(?:自己)?(?:就|却|可|倒)?(?:不是|没有?)(?=[，。；]|$)"
    r"|(?:单位|企业|方|人|的)*(?:是[^，。；！？我]{2,10})?，(?:但|可)?(?:我们|我司|咱们?|本公司)(?:只是|就是|只|仅)(?:是|算)?个?(?:成员|参与|参加|参建|配合|跟着|入驻|协办|协助)"
)
_UNPAID = re.compile(
    r"(?:左右|的|了)*，?(?:但|可)?(?:还|尚|暂时?|到现在|至今|一直)(?:还)?(?:没|未)(?:付|签|到账|到|批|打|交|定|订|拨|花|投|发)"
)
_KIND_ASKED = re.compile(  # 拿过市级标杆的项目是不是就不能报了: a kind of thing is asked about
    r"[^，。；！？我咱]{0,8}的项目(?:是不是|是否|[还就也]?(?:不能|能)|可不可以|算不算)"
)
_SEEN = ("看出", "看到", "见到", "发现", "觉得", "听说")
_SHORT = 12  # characters of a clause that only says how it ended
_MIND = 9  # characters a negation reaches over
_MIND_LIST = 20  # … when what stands between is a list


class Moods:
    """The moods of one sentence in plain text, its figures masked by other signs of the same length."""

    def __init__(self, text: str) -> None:
        """Cut the text into clauses and mark what changes the sense of a stretch."""
        self.text = text
        self.clauses = tuple(clauses(text))
        self._starts = [clause.start for clause in self.clauses]
        self._is_one_clause = sum(text[clause.start : clause.end] not in _STOPS for clause in self.clauses) == 1
        self._no_negation = [match.span() for match in _NO_NEGATION.finditer(text)]
        self._negations = [m for m in _NEGATION.finditer(text) if not _inside(m.span(), self._no_negation)]
        self._found: dict[tuple[int, int], Mood] = {}
        self.may_deny = re.search("[没未不无非落刷驳退败黄]|培育|储备|候选|陪跑", text) is not None
        self.admits_ignorance = _UNKNOWN.search(text) is not None
        self._corrections = [match.start() for match in CORRECTION.finditer(text)]
        self._others = Others(text)
        self._sentences = [match.end() for match in _SENTENCES.finditer(text)]

    def of(self, start: int, end: int) -> Mood:
        """The mood of what stands from ``start`` to ``end``."""
        if (start, end) not in self._found:
            self._found[start, end] = self._of(start, end)
        return self._found[start, end]

    def _of(self, start: int, end: int) -> Mood:
        clause = self.clause(start)
        if _ASKED_ABOUT.search(self.text[clause.start : start]):
            return "asked"
        if self._supposed(start, end):
            return "supposed"
        if self._unknown(clause):
            return "unknown"
        if self.of_others(start, end):
            return "denied" if _WE_ARE_NOT.match(self.text[end : end + 30]) else "others"
        before, after = self._denied_before(clause, start), self._denied_after(end)
        if not before and self._planned(clause, start, end, failed=after):
            return "planned"
        denied = before or after
        asked = self._asked(clause, start, end)
        if asked is not None:
            return asked
        return "denied" if denied else "said"

    def _asked(self, clause: Clause, start: int, end: int) -> Mood | None:
        """Whether it is asked, or only named in a question; ``None`` where the question says it of the enterprise."""
        asking = self._asking(clause)
        if asking is None or asking.asks_from is None:
            return None
        if start >= asking.asks_from:
            return "asked"
        if _KIND_ASKED.match(self.text[end : end + 20]) and "我" not in self.text[clause.start : start]:
            return "topic"
        said = self.text[self._run(clause) : max(asking.asks_from, end)]
        if len(self.clauses) == 1 and _A_NAME.search(
            self.text, start, end
        ):  # 牵头单位怎么申请: the words of a name assert nothing
            said = self.text[self._run(clause) : start] + self.text[end : asking.asks_from]
        asserted = _ASSERTED_OF_ONESELF if self._is_one_clause else _ASSERTED
        return None if asserted.search(said) else "topic"

    def denied_within(self, start: int, end: int) -> bool:
        """Whether a negation stands between ``start`` and ``end``."""
        return any(start < match.start() and match.end() < end for match in self._negations)

    def planned_within(self, start: int, end: int, phrase: str) -> bool:
        """Whether a word of planning that is none of the phrase's own stands between ``start`` and ``end``."""
        planned = _PLANNED.search(self.text, start + 1)
        return planned is not None and planned.end() < end and planned[0] not in phrase

    def taken_back(self, end: int) -> bool:
        """Whether what ends at ``end`` is taken back at once (省级标杆……啊不，市级标杆); not where a figure is corrected."""
        return taken_back(self.text[end : end + 20])

    def next_end(self, position: int) -> int:
        """Where the clause after that of a position ends."""
        clause = self.clause(position)
        return next((other.end for other in self.clauses if other.start > clause.end), clause.end)

    def clouded(self, start: int, end: int) -> bool:
        """Whether something is denied in the rest of the clause, or in a short next one after a mere attempt."""
        clause = self.clause(start)
        if any(end <= match.start() and match.end() <= clause.end for match in self._negations):
            return True
        said = self.text[clause.start : start] + self.text[end : clause.end]
        after = next((other for other in self.clauses if other.start > clause.end), None)
        if after is None or after.end - after.start > _SHORT or not only_tried(said):
            return False
        denied = any(after.start <= match.start() < after.end for match in self._negations)
        return denied or ENDED_BADLY.search(self.text, after.start, after.end) is not None

    def corrected_between(self, start: int, end: int) -> bool:
        """Whether the speaker takes something back between two positions."""
        return any(start <= at < end for at in self._corrections)

    def clause(self, position: int) -> Clause:
        """The clause a position is in."""
        return self.clauses[max(0, bisect_right(self._starts, position) - 1)]

    def _asking(self, clause: Clause) -> Clause | None:
        """The clause that asks about this one: itself, or one that follows after nothing but spaces (佛山 二级节点 上限多少)."""
        for other in self.clauses[self.clauses.index(clause) :]:
            if other.asks_from is not None:
                return other
            if self.text[other.end : other.end + 1].strip() and not self.text[other.start : other.end].isspace():
                return None
        return None

    def _run(self, clause: Clause) -> int:
        """Where the stretch begins that only spaces cut into clauses."""
        start = clause.start
        for other in reversed(self.clauses[: self.clauses.index(clause)]):
            if self.text[other.end - 1 : other.end] in tuple(_STOPS):
                break
            start = other.start
        return start

    def denied(self, start: int, end: int) -> bool:
        """Whether a negation before or after reaches it."""
        return self._denied_before(self.clause(start), start) or self._denied_after(end)

    def _denied_before(self, clause: Clause, start: int) -> bool:
        if self.text[start - 1 : start] == "不" and not _inside((start - 1, start), self._no_negation):
            return True
        for match in self._negations:
            if match.start() < start < match.end():  # 没有不良记录: the words begin within the negation
                return True
            if clause.start <= match.start() and match.end() <= start:
                between = self.text[match.end() : start]
                if match[0].endswith("不上") or between.startswith(_SEEN):  # 谈不上有重大带动作用, 没看出有多好
                    between = between.replace("有", "")
                reach = _MIND_LIST if re.search(r"[、和或与及]", between) else _MIND
                if len(between) <= reach and not _SWITCH.search(between):
                    return True
        return False

    def _denied_after(self, end: int) -> bool:
        if self._asks(end):
            return False
        rest = self.text[end : end + 32]
        if self.text[end - 1 : end] >= "\ue000":  # 省里补了80万，认定还没下来: the amount is not what was not granted
            rest = rest[: min((rest.find(stop) for stop in "，；。" if stop in rest), default=len(rest))]
        after = AFTER_DENIED.match(rest)
        if after and not _inside((end + after.start(), end + after.end()), self._no_negation):
            return True
        return came_to_nothing(rest)

    def _asks(self, end: int) -> bool:
        """Whether a negation after it would only be the tail of a question (``做过标准没有？``)."""
        tail = re.match(r"[了过]?(?:没有?|(?P<no>不))[？。]?$", self.text[end:])
        if tail is None:
            return False
        asks = tail["no"] and re.search("[能可算够给会要行有]", self.text[self.clause(end - 1).start : end])
        return self.text.endswith("？") or bool(asks)

    def _planned(self, clause: Clause, start: int, end: int, *, failed: bool) -> bool:
        """Whether it is yet to come; what was applied for and not granted is denied, unless the answer is still due."""
        if any(match.end() <= start for match in _PLANNED.finditer(self.text, clause.start, clause.end)):
            return True
        if _APPLIED.search(self.text[clause.start : start]) and not failed:
            return True
        if self.text[end - 1 : end] >= "\ue000" and _UNPAID.match(self.text[end : end + 14]):
            return True
        return _PLANNED_AFTER.match(self.text[end : end + 14]) is not None

    def _supposed(self, start: int, end: int) -> bool:
        sentence = self._sentence(start)
        if _SUPPOSED.search(self.text, sentence, start):
            return True
        clause = self.clause(start)
        return _IN_CASE.search(self.text, end, clause.end) is not None

    def _sentence(self, position: int) -> int:
        """Where the sentence begins that a position is in."""
        return max((end for end in self._sentences if end <= position), default=0)

    def of_others(self, start: int, end: int) -> bool:
        """Whether it is a deed of others, be it denied of the enterprise or not."""
        return self._others.did(start, end, clause=self.clause(start).start, sentence=self._sentence(start))

    def _unknown(self, clause: Clause) -> bool:
        if not self.admits_ignorance:
            return False
        said = self.text[clause.start : clause.end]
        return _UNKNOWN.search(said) is not None and not _OF_AUTHORITY.search(said)


def _inside(span: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)
