"""Make typed text comparable: width, dashes, simplified characters, Zhuyin slips.

One character stays one, so places stay valid.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""Controls, bidirectional marks, zero-width spaces and lone surrogates: databases refuse or screens misplace them."""

_SIMPLIFIED = dict(
    zip(
        "报单资讯务处结办还这们个码绑说总项进请问谢帮麻烦贡续区议会长财产环卫劳动体观传发关点级门员东号没页撤销复运书张视线应该决组变与给对现时间询谁赓确认删贴读标题协开属汇额览历录记异统计况达寻键词换约络联届针预验设备"
        "么样签过来为简负责图网费车农构质队阶义专两双让诉评谈调转输迟违远选递钱错闭难须顺领频风飞",
        "報單資訊務處結辦還這們個碼綁說總項進請問謝幫麻煩賡續區議會長財產環衛勞動體觀傳發關點級門員東號沒頁撤銷復運書張視線應該決組變與給對現時間詢誰賡確認刪貼讀標題協開屬匯額覽歷錄記異統計況達尋鍵詞換約絡聯屆針預驗設備"
        "麼樣簽過來為簡負責圖網費車農構質隊階義專兩雙讓訴評談調轉輸遲違遠選遞錢錯閉難須順領頻風飛",
        strict=True,
    )
)

_ZHUYIN = {"ㄌ": "了", "ㄉ": "的", "ㄇ": "嗎", "ㄅ": "吧", "ㄋ": "呢", "ㄚ": "啊", "ㄛ": "喔"}
"""Particles of which people type the first key stroke only: 辦好ㄌ, 逾期ㄇ."""

_TABLE = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{ord(dash): "-" for dash in "‐‑‒–—―−"},
    **{ord(wave): "~" for wave in "〜∼"},
    **{ord(space): " " for space in "\u3000\u00a0\u2002\u2003\u2009\t"},
    **{ord(simple): traditional for simple, traditional in _SIMPLIFIED.items()},
    **{ord(stroke): particle for stroke, particle in _ZHUYIN.items()},
    **{ord(bracket): "(" for bracket in "〔【﹙"},
    **{ord(bracket): ")" for bracket in "〕】﹚"},
}


def clean(text: str) -> str:
    """Take out what no database or screen should get; the rest stays verbatim."""
    return _UNSAFE.sub("", text) if _UNSAFE.search(text) else text


def fold(text: str) -> str:
    """Fold a text for comparison, character for character."""
    return text.translate(_TABLE)
