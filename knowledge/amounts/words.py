"""Words that contain a numeral and are no number, and neighbours that make a number a name (第3条, 3号楼, 5G, 三甲)."""

from __future__ import annotations

from knowledge.amounts.numerals import RUN

_WORDS = """
万一 万分 万能 万科 万达 万岁 万象 万物 万事 万众 万全 千万不 千万别 千万要 千万注意 千万记 千万小心 千万勿 千万莫 千万唔 千方百计
百分百 百分之百 百度 百货 百姓 百强 百年 百科 百家姓 百家争鸣 百花 百般 百倍 百忙 百折 千灯 千兆 千瓦 千米 千克 亿纬 亿航 千家万户 千人计划
万人计划 百人计划 百千万 成百上千 成千上万 千百万 千千万 千儿八百 百八十 百十来 百十 万万 千百 三令五申 三心二意 三言两语 三番五次 三番两次
三天两头 三三两两 三五成群 三长两短 三头六臂 三更半夜 三顾茅庐 三思 三角 三亚 三水 三星 三一重工 三峡 三农 三元里 三元锂 三元催化 三元材料
三元区 三元乙丙 三轮 三维 三明 三菱 三者 三方 三包 三废 三产 三品一标 三证合一 三重一大 三同时 三资 三公 三聚 三通 三好 三旧 三期 三甲 三线
三防 三会一课 三体系 三级 三位一体 二维 二手 二级 二次 二元 二期 二线 二胎 二甲 二战 二代 二类 二套 二等 一等 三等 四川 四大 四会 四平
四季 四面 四通 四舍五入 四级 四上 五金 五险 五谷 五山 五星 五大 五四 五一 五粮液 五花 五矿 五环 五菱 五级 五邑 五年计划 五年规划
六一 六神 六合 六盘水 六必居 六级 七一 七夕 七台河 七天连锁 八一 八达 八卦 八戒 八项规定 八方 八号 九江 九龙 九洲 九寨 九牧 九州 九方
十堰 十分 十足 十月革命 十三五 十四五 十五五 十二五 十一五 十大 十佳 十有八九 十强 十全 十字 百事 一般 一定 一直 一样 一起 一下 一些 一切
一旦 一时 一并 一共 一律 一致 一向 一流 一线 一手 一同 一带 一路 一体 一站 一揽子 一次性 一条龙 一把手 一口气 一口价 一家人 一件代发 一年一度
一方面 一期 一级 一类 一点 一点点 一边 一面 一齐 一再 一贯 一概 一味 一度 一番 一心 一生 一身 一头 一行 一如 一应 一对一 一网 一企一策
一事一议 一人公司 一人有限 一个人有限 一本正经 一步到位 一步 一把抓 一视同仁 一刀切 一把 一块 一块儿 一成不变 一窗 一门式 一票否决 一照多址
一照 一证 一码 一键 一物 一表 一卡 一站式 一村 一镇 一品 一厂 一链 一主 一核 一区 一园 一岗 一事 一五一十 一模一样 一言为定 一言难尽
一概而论 一目了然 一清二楚 一举 一旁 一半会 一阵 一早 一会 一会儿 一路上 一言 一语 一日 一天到晚 一家独大 一家之言 一个劲 一来二去 一股脑
一朝 一审 一二三 一来 一方 一批 一系列 一大 一小 一部分 一部门 一万年 两化 两会 两者 两地 两岸 两江 两业 两新 两级 两山 两用 两端 两头 两面
两高 两手 两性 两码事 两回事 两免三减半 两票制 两重 两创 两不 双一流 半导体 半成品 半夜 半途 半路 半天 半径 半挂 半球 半自动 半年报 半年度
半死 半吊子 零售 零部件 零件 零散 零星 零食 零碎 零跑 零距离 零信任 零碳 零工 零起点 零门槛 零基础 零时 零头 零花 零用
大半 多半 一大半 小半 过半 减半 对半 半数 一多半 前半 后半 下半 一半会儿 几乎 几时 几何 几经 几度 几个意思 数字 数据 数控 数码 数量 数值
亿元级 万元户 万元级 百万富翁 百万雄师 千万级 百万级 亿级 万级 百亿级 千亿级 十亿级 余额 余地 余下 余热 多余 多元 多少 多家 多个 多项 多种 多年
多次 多方 多点 多层 多功能 多头 多地 来自 来源 来料 来访 来电 来年 来说 个体 个人 个别 个性 千载 千真万确 千言万语 千辛万苦 一千零一夜
二话 二十四节气 二十四史 四两拨千斤 九牛一毛 七上八下 乱七八糟 五湖四海 五颜六色 五体投地 四面八方 六六大顺 八九不离十 九九归一 十拿九稳
百里挑一 万无一失 独一无二 一干二净 一穷二白 接二连三 丢三落四 说一不二 数一数二 不三不四 朝三暮四 低三下四 颠三倒四 举一反三 一分为二
合二为一 二合一 三合一 四合一 五合一 多合一 九宫格 三明治 千禧 万年历 万金油 万用表 万向 万宁 万州 万里 万家 万盛 亿达 百威 百胜 百川 百色
三只松鼠 一汽 二汽 三桶油 六小龙 五羊 三七 七匹狼 八马 九阳 十里 千佛 三江 三桥 四桥 五桥 六桥 一桥 二桥 三乡 三灶 三墩 五常 四维 三江源
三通一达 一汽大众 一体化 零报告 两清 三无 两头在外 五个一 一个亿不 一二线 二三线 三四线 一二级 一二类 七七八八 三下五除二
"""
_NUMERALS = frozenset("零一二两三四五六七八九十百千万亿几半廿卅数")


def _index() -> dict[str, tuple[tuple[int, str], ...]]:
    """Each word under its first numeral, with that numeral's place in it; longest first."""
    index: dict[str, list[tuple[int, str]]] = {}
    for word in set(_WORDS.split()):
        at = next((place for place, char in enumerate(word) if char in _NUMERALS), None)
        if at is not None:
            index.setdefault(word[at], []).append((at, word))
    return {char: tuple(sorted(words, key=lambda item: -len(item[1]))) for char, words in index.items()}


_INDEX = _index()


def word_end(text: str, at: int) -> int | None:
    """Where the word around the numeral at this place ends, when it is a word and no number (``三心二意``)."""
    for offset, word in _INDEX.get(text[at], ()):
        if at >= offset and text.startswith(word, at - offset):
            end = at - offset + len(word)
            return None if _counts_on(text, at, end) else end
    return None


def _counts_on(text: str, at: int, end: int) -> bool:
    """Whether the numeral goes on past the word: 一点二亿, 十分之一, 一块五, 一块钱."""
    run = RUN.match(text, at)
    if run and run.end() > end:
        return True
    following = text[end : end + 1]
    return following in ("钱", "之") or (text[end - 1] == "块" and following in _NUMERALS and bool(following))


# Directly before a number, these make it a name, an ordinal or part of another word.
GLUED_BEFORE = frozenset("第统唯之其同专逐周拜星初老单每某另任哪逢双〔[【@#№/\\*×+_$^&=|")
# Directly after a number without a measure word, these make it a name, a rank, a model or a time.
GLUED_AFTER = frozenset("号楼室栋幢期级强大化证型代版后线环轴维届体方倍番折点路师连团列分名世好伏瓦像寸码")
LABELS = (
    "电话 手机 号码 编号 代码 账号 帐号 卡号 邮编 身份证 微信 传真 热线 版本 型号 证书号 专利号 备案号 登记号 批文号 文号 注册号 密码 验证码 房号"
    " 门牌 工号 单号 订单号 合同号 联系方式 统一社会信用代码 信用代码 税号 QQ qq 图号 批号 编码 序号 排名 排第 工业 手机号 电话号码 号"
).split()


def labelled(text: str, at: int) -> bool:
    """Whether the number at this place follows a word that makes it a name (电话：…, 统一编号 …)."""
    left = text[:at].rstrip(" :是为")
    return left.endswith(tuple(LABELS))
