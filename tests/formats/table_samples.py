"""Minutes with tables as .docx. The PDFs beside them in tests/data/pdf_tables were made of these by LibreOffice:

python -m tests.formats.table_samples DIR && soffice --headless --convert-to pdf --outdir tests/data/pdf_tables DIR/*
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT = "Noto Sans CJK TC"
OPENING = ("市政會報第213次會議紀錄", "時間：110年10月21日（星期四）上午9時30分", "主席：秘書長　　　　紀錄：秘書處")
HEADING = ("項次", "裁示事項", "主辦單位", "協辦單位", "預定時限", "狀態")
WIDTHS = (1.4, 5.6, 2.6, 2.6, 2.6, 1.8)
ROWS = (
    ("1", "請資訊局於12月底前完成公文系統更新，並提報測試結果。", "資訊局", "秘書處", "110年12月31日", "辦理中"),
    (
        "2",
        "請法務局研議修正場地使用自治條例，會同財政局檢討收費基準後提下次會議報告。",
        "法務局",
        "財政局",
        "",
        "辦理中",
    ),
    (
        "3",
        "請捷運公司完成站體漏水改善，並將改善前後照片及檢測報告送交通局備查。",
        "捷運公司",
        "交通局",
        "110年11月15日",
        "辦理中",
    ),
    ("4", "請公管中心盤點市政大樓閒置設備，造冊後送秘書處統一標售。", "公管中心", "", "", "辦理中"),
    (
        "5",
        "請觀光傳播局儘速完成跨年活動動線規劃，並邀集警察局、消防局現場會勘。",
        "觀光傳播局",
        "警察局、消防局",
        "110年11月30日",
        "辦理中",
    ),
    ("6", "請衛生局於110年12月10日前完成社區篩檢站撤場及場地復原。", "衛生局", "環境保護局", "110年12月10日", "辦理中"),
    ("7", "請教育局提供各校冷氣用電分攤原則。", "教育局", "", "110年12月20日", "辦理中"),
    (
        "8",
        "請工務局針對人行道破損路段提出分年改善計畫，優先處理學校周邊。",
        "工務局",
        "教育局",
        "110年12月24日",
        "辦理中",
    ),
    ("9", "請社會局檢討敬老卡補助名冊與戶籍資料之勾稽作業。", "社會局", "民政局", "", "辦理中"),
    ("10", "請地政局於111年1月底前公告地籍圖重測結果。", "地政局", "", "111年1月31日", "辦理中"),
    ("11", "請都市發展局就社宅點交缺失辦理複驗，複驗結果提報秘書長室。", "都市發展局", "", "110年12月15日", "辦理中"),
    ("12", "請人事處統計各機關加班補休時數並提改善建議。", "人事處", "主計處", "110年12月17日", "辦理中"),
)
DECIDED = (
    ("案號", "案由", "主席裁示", "主辦單位", "辦理情形"),
    (
        "212-1",
        "公文系統更新",
        "請資訊局於110年12月15日前完成測試。\n請秘書處於110年12月20日前完成教育訓練。",
        "資訊局\n秘書處",
        "已完成規格書。\n刻正辦理招標。",
    ),
    ("212-3", "站體漏水", "解除列管。", "捷運公司", "已改善完成。"),
    ("212-4", "自治條例修正", "賡續列管，請法務局提下次會議報告。", "法務局", "刻正研議。"),
)
FORM = (
    ("案由", "停車場收費基準檢討案"),
    ("說明", "本案係依上次會議辦理。\n現行基準自95年起未調整。"),
    (
        "決議",
        "1. 請停車管理處於110年12月31日前完成收費基準檢討，並提出周邊路段配套措施。\n2. 請財政局提供歲入影響評估。",
    ),
)


def _document(chapter: str) -> Any:
    document = docx.Document()
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    for line in (*OPENING, chapter):
        document.add_paragraph(line)
    return document


def _add(document: Any, rows: Sequence[Sequence[str]], widths: Sequence[float], *, ruled: bool = True) -> Any:
    table = document.add_table(rows=len(rows), cols=len(widths))
    table.autofit = False
    if ruled:
        table.style = "Table Grid"
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.text, *more = text.split("\n")
            cell.width = Cm(width)
            for line in more:
                cell.add_paragraph(line)
    return table


def _repeat(table: Any, rows: int) -> None:
    for row in table.rows[:rows]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # python-docx has no setter for it


def _number_pages(document: Any) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run("第 ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" 頁")


def _two_pages(*, ruled: bool, repeats: bool = True) -> Any:
    document = _document("壹、會議結論")
    _repeat(_add(document, (HEADING, *ROWS), WIDTHS, ruled=ruled), int(repeats))
    document.add_paragraph("貳、散會")
    _number_pages(document)
    return document


def _merged_heading() -> Any:
    document = _document("壹、會議結論")
    title = ("主席裁示事項列管表", *[""] * 5)
    table = _add(document, (title, HEADING, *ROWS), WIDTHS)
    table.cell(0, 0).merge(table.cell(0, 5)).text = title[0]
    _repeat(table, 2)
    return document


def _unit_over_two_rows() -> Any:
    rows = [list(row) for row in ROWS[:4]]
    rows[2][2] = ""
    document = _document("壹、會議結論")
    table = _add(document, (HEADING, *rows), WIDTHS)
    table.cell(2, 2).merge(table.cell(3, 2)).text = "法務局"
    document.add_paragraph("貳、臨時動議：無。")
    return document


def _decided() -> Any:
    document = _document("壹、上次會議決議事項執行情形")
    _add(document, DECIDED, (1.8, 2.8, 5.4, 2.6, 3.6))
    document.add_paragraph("貳、散會")
    return document


def _form() -> Any:
    document = _document("提案討論")
    _add(document, FORM, (2.4, 13.0))
    document.add_paragraph("散會")
    return document


SAMPLES: dict[str, Callable[[], Any]] = {
    "ruled-two-pages": lambda: _two_pages(ruled=True),
    "unruled-two-pages": lambda: _two_pages(ruled=False),
    "unruled-heading-once": lambda: _two_pages(ruled=False, repeats=False),
    "merged-heading": _merged_heading,
    "unit-over-two-rows": _unit_over_two_rows,
    "decided": _decided,
    "form": _form,
}


def sample(name: str) -> bytes:
    """A document of the samples as .docx."""
    out = io.BytesIO()
    SAMPLES[name]().save(out)
    return out.getvalue()


if __name__ == "__main__":
    for name in SAMPLES:
        (Path(sys.argv[1]) / f"{name}.docx").write_bytes(sample(name))
