"""Judge and mend the text that a PDF gives: radicals for characters, lost hyphens, private characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_RADICALS = str.maketrans(
    dict(
        zip(
            "⺁⺄⺋⺌⺍⺓⺔⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺲⺶⺷⺸⺹⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
            "厂乙卩小小幺彐忄忄扌攵旡日月歹母民氵氺灬爪丬牛犭王疋目示礻竹糹罒羊羊羊耂聿月臼艹艹艹虍衤西西角讠贝足车辶辶辶阝钅長镸长门阝雨青韦页风飞食飠飠饣马骨鬼鱼鸟卤麥黄黾斉齐歯齿竜龙龜亀龟",
            strict=True,
        )
    )
)
"""CJK Radicals Supplement (U+2E80), which NFKC leaves alone: PDFs name a glyph by a radical that looks the same."""

_COMPATIBLE = re.compile(r"[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06\ufe10-\ufe1f\ufe30-\ufe4f\U0002f800-\U0002fa1f]")
_FAULT = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff\u2e80-\u2fdf\U000f0000-\U0010ffff]")
_WHOLE = re.compile(r"[\u2e80-\u2fdf]")  # a radical is mended, so it is half a fault
_LINE_END_HYPHEN = re.compile(r"[\x02\ufffe\xad](?:\r?\n)?")


def mend(page: str) -> str:
    """Put characters for radicals and compatibility forms; full-width punctuation stays as it stands."""
    joined = _LINE_END_HYPHEN.sub("", page).replace("\r\n", "\n")
    plain = joined.translate(_RADICALS)
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), plain)


def faults(pages: Iterable[str]) -> float:
    """The share of characters that are no text: private, cid, lost, control; radicals count half; 1.0 for no text."""
    size = wrong = 0.0
    for page in pages:
        visible = _LINE_END_HYPHEN.sub("", page)
        size += len(visible) - sum(map(visible.count, " \r\n\t"))
        found = [match[0] for match in _FAULT.finditer(visible)]
        wrong += sum(0.5 if _WHOLE.match(fault) else len(fault) for fault in found)
    return wrong / size if size else 1.0
