"""One way of writing for the grammar: half-width, simplified, small numerals. Every character keeps its place."""

from __future__ import annotations

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CAPITALS = str.maketrans("壹贰貳叁肆伍陆陸柒捌玖拾佰仟〇兩圆圓", "一二二三四五六六七八九十百千零两元元")
_TRADITIONAL = str.maketrans(
    "丟並乾亂亞佈併來係倆個備傢傳價億儘兒內兩冊凈別則剋創劃勁動務勝區厤參員問單噸噹嚮國園圓圖團報場塊夠學宮寧審寫將專對導屆層"
    "屬峽崗嵗巖師帳帶幣幷幹幾廠廢廬弔張強彆彿後徑從應戰戶捨掛摺撐撥據攬數於昇時暫曆曏書會東條棟業榦構樁樓標樣橋機檢檯檻權歐歲"
    "歷歸氣決沒沖淨減滿灣為無熱燈營爭爲牽狀獨現環產産畝當發盡盤盧眞眾確碼礎礦禮稅種穀穩窮竈筆箇節簡簽籤糧糰約紙級組給統經綫維"
    "網線締編緯緻縮績織繫續纔羣聯腦臨臺與舉舊舘華萬蔘處號衆衕衝裏裡製覈規視訂計記訪註証試話語說説課談請論謂證議變貓負貨貫資賬"
    "趕踰軸較載輕輛輪辦農迴逕這連週進遊過達違遠還邊郵鄉鄰鈡銖銷鋰鋼錢錯錶鍵鍾鎊鎖鎭鎮鏈鐘鑑鑒長門開間閤闆關陞陣陽隊險隻雙雞離"
    "難雲電韆韓頁頂項順預領頭顆題額顏顔顛類顧風颱飛飽餅餘館馬驗體髮鬆鳴鷄麪麫麵麼麽點齊齡齣龍",
    "丢并干乱亚布并来系俩个备家传价亿尽儿内两册净别则克创划劲动务胜区历参员问单吨当向国园圆图团报场块够学宫宁审写将专对导届层"
    "属峡岗岁岩师帐带币并干几厂废庐吊张强别佛后径从应战户舍挂折撑拨据揽数于升时暂历向书会东条栋业干构桩楼标样桥机检台槛权欧岁"
    "历归气决没冲净减满湾为无热灯营争为牵状独现环产产亩当发尽盘卢真众确码础矿礼税种谷稳穷灶笔个节简签签粮团约纸级组给统经线维"
    "网线缔编纬致缩绩织系续才群联脑临台与举旧馆华万参处号众同冲里里制核规视订计记访注证试话语说说课谈请论谓证议变猫负货贯资账"
    "赶逾轴较载轻辆轮办农回径这连周进游过达违远还边邮乡邻钟铢销锂钢钱错表键钟镑锁镇镇链钟鉴鉴长门开间合板关升阵阳队险只双鸡离"
    "难云电千韩页顶项顺预领头颗题额颜颜颠类顾风台飞饱饼余馆马验体发松鸣鸡面面面么么点齐龄出龙",
)
_SIGNS = str.maketrans("～〜–—－―−￥％、．\u3000\t\n\r\u00a0", "~~-----¥%、.     ")
_TABLE = {**_FULL_WIDTH, **_CAPITALS, **_TRADITIONAL, **_SIGNS}
CAPITAL_DIGITS = frozenset("壹贰貳叁肆伍陆陸柒捌玖拾佰仟")


def plain(text: str) -> str:
    """The text in half-width, simplified characters and small numerals, as long as it was."""
    return text.translate(_TABLE)
