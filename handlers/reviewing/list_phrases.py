"""The wording of a list's import: columns and why, doubts by cell, what was left out, what was not understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from domain.case import CaseKind
from handlers.messages import Choice, Message
from handlers.phrases import short
from handlers.reviewing.listed import Listed
from minutes.lists.model import Column, Doubt, DoubtKind, Field, Ground, Item, Left, ListReading, Unclear, letters
from minutes.lists.words import name_of

NAME, CELL, ROW = 40, 30, 60  # characters
SHOWN = 5  # rows named in one answer
COLUMNS, COLUMNS_IN_SHORT = 60, 20
MARK = "⚠"
SURE = frozenset({Ground.SAID, Ground.HEADING})
HOW_TO_CORRECT = "欄位不對請更正，例如：欄位 {index} 期限（不用的欄位：欄位 {index} 不用）"
FIELDS = {field: name_of(field) for field in Field} | {
    Field.ORDER: "項次（不當案號）",
    Field.RULING: "結論（當作原文）",
    Field.REPORTED_ON: "辦理情形的日期",
}
GROUNDS = {
    Ground.SAID: "您指定的",
    Ground.HEADING: "看標題",
    Ground.SHAPE: "看標題，請確認",
    Ground.CONTENT: "看內容猜的，請確認",
    Ground.UNKNOWN: "看不出用途",
}
LEFT = {
    Left.TITLE: "標題",
    Left.HEADING: "欄位名稱",
    Left.SECTION: "分組標題",
    Left.TOTAL: "合計",
    Left.FOOTNOTE: "註記",
    Left.BLANK: "空白",
    Left.RELEASED: "已解除列管或結案",
    Left.CLOSED: "已併案或停止辦理",
}
UNCLEAR = {
    Unclear.NO_HEADINGS: "看不出哪一欄是案由",
    Unclear.NO_SUBJECT: "沒有案由",
    Unclear.LOOSE_TEXT: "看不出屬於哪一案",
}
DOUBTS = {
    DoubtKind.DUPLICATE_NUMBER: "案號 {text} 在清單裡出現不只一次",
    DoubtKind.ODD_NUMBER: "{cell}「{text}」不像案號",
    DoubtKind.NO_UNIT: "沒有承辦單位",
    DoubtKind.ODD_UNIT: "{cell}「{text}」不像單位，沒有採用",
    DoubtKind.UNIT_FROM_SENTENCE: "單位「{text}」是從原文讀出的",
    DoubtKind.IMPOSSIBLE_DATE: "{cell}「{text}」沒有這一天",
    DoubtKind.AMBIGUOUS_DATE: "{cell}「{text}」有兩種讀法，沒有採用",
    DoubtKind.SEVERAL_DATES: "{cell}「{text}」有好幾個日期",
    DoubtKind.NO_YEAR: "{cell}「{text}」沒有寫年份",
    DoubtKind.SERIAL_DATE: "{cell}「{text}」是 Excel 的日期序號",
    DoubtKind.DUE_NOT_READ: "{cell}「{text}」讀不出日期",
    DoubtKind.DUE_FROM_SENTENCE: "期限「{text}」是從原文讀出的",
    DoubtKind.NO_END: "沒有讀出契約到期日，補上期限才會提醒",
    DoubtKind.STATUS_NOT_READ: "{cell}「{text}」看不出是否列管中，當作列管中",
    DoubtKind.SAYS_DONE: "{cell} 的辦理情形說已完成，是否仍要列管請斟酌",
    DoubtKind.ROWS_DIFFER: "{cell}「{text}」與同案上一列不同，採用上一列",
}


def doubts(item: Item) -> tuple[str, ...]:
    """The doubts about an item, each with its cell, as a draft keeps them."""
    return tuple(dict.fromkeys(_literal(_doubt(doubt)) for doubt in item.doubts))


def place(item: Item) -> str:
    """Where in the list an item stands besides its row: its meeting and its section."""
    return "｜".join(filter(None, (" ".join(item.meeting.split()), item.section)))


def listed_lines(listed: Listed) -> list[str]:
    """What the row says besides: progress, a request for release, notes."""
    lines = [f"列為契約：到期前密集提醒｜階段：{listed.stage or '未填'}"] if listed.kind is CaseKind.CONTRACT else []
    lines += [f"原辦理情形：{short(' '.join(one.text.split()), ROW)}" for one in listed.progress]
    lines += ["清單說已完成或建議解除：開案後列為待解列"] if listed.asks_release else []
    return lines + ([f"備註：{short(' '.join(listed.note.split()), ROW)}"] if listed.note else [])


def begun(reading: ListReading, review: Message) -> Message:
    """The review's first page under what was read of the sheet."""
    lines = [*_read(reading), *_in_short(reading), *_rest(reading, shown=0), review.text]
    return Message(text="\n".join(lines), choices=(*review.choices, Choice("欄位", "欄位")))


def columns(reading: ListReading) -> Message:
    """Every column with what it was taken for and why."""
    return Message(text="\n".join([*_columns(reading), *_rest(reading)]), choices=(Choice("草稿", "草稿"),))


def read_anew(reading: ListReading) -> Message:
    """Echo the columns after a correction."""
    lines = ["已依更正的欄位重新讀取，個別草稿先前的修改請再確認。", *overview(reading), "看草稿請輸入：草稿"]
    return Message(text="\n".join(lines), choices=(Choice("草稿", "草稿"), Choice("欄位", "欄位")))


def overview(reading: ListReading) -> list[str]:
    """The list in a few lines: the sheet, the columns, what was left out, what was not understood."""
    return [*_read(reading), *_columns(reading), *_rest(reading)]


def _read(reading: ListReading) -> list[str]:
    named = f"工作表「{short(reading.sheet, NAME)}」" if reading.sheet else "清單"
    lines = [f"{named}：讀出 {len(reading.items)} 件列管中的{_of_what(reading)}。"]
    if reading.other_sheets:
        others = "、".join(short(name, NAME) for name in reading.other_sheets[:SHOWN])
        lines.append(f"沒有讀的工作表：{others}")
    return lines


def _of_what(reading: ListReading) -> str:
    return "契約" if reading.items and all(item.is_contract for item in reading.items) else "案件"


def _in_short(reading: ListReading) -> list[str]:
    """The columns in one line; what is not sure by its heading is marked."""
    listed = _listed(reading)[:COLUMNS_IN_SHORT]
    words = [f"{c.index} {MARK if c.ground not in SURE else ''}{name_of(c.field)}" for c in listed]
    return [f"欄位：{'、'.join(words)}", "欄位不對請更正，例如：欄位 3 期限；看理由：欄位"] if words else []


def which_series(name: str, names: Sequence[str]) -> Message:
    """Ask whose list it is: the file's name says it without any further step."""
    typed = [f"・{one}.xlsx" for one in names]
    text = f"「{short(name, NAME)}」看不出是哪個會議的清單。請把會議名稱寫在檔名再傳一次，例如："
    return Message(text="\n".join([text, *typed]))


def too_many(name: str, count: int, most: int) -> Message:
    """Refuse a list that is too long for one review."""
    read = f"「{short(name, NAME)}」讀出 {count} 件，太長了（一次最多 {most} 件）。"
    return Message(text=f"{read}請分成幾個檔案，只留列管中的案件再傳。")


def nothing_listed(name: str, reading: ListReading) -> Message:
    """Say aloud that the sheet holds no open case."""
    lines = [f"「{short(name, NAME)}」沒有讀出列管中的案件，沒有變更。", *_rest(reading)]
    return Message(text="\n".join([*lines, "第一列請寫欄位名稱，例如：編號、案由、主辦單位、期限、辦理情形"]))


def no_list() -> Message:
    """Say that the review at hand is not of a list."""
    return Message(text="目前的草稿不是從清單讀出的，沒有欄位可以更正。", choices=(Choice("草稿", "草稿"),))


def opened_already() -> Message:
    """Refuse to read a list anew of which cases were opened."""
    return Message(text="這份清單已有案件確認開案，不能再更正欄位。請輸入「復原」，或逐件修改草稿。")


def no_such_column(column: int, width: int, said: str) -> Message:
    """Refuse a correction that names no column or no field."""
    fields = "、".join(name_of(field) for field in Field)
    return Message(text=f"沒有變更：欄位是 1 到 {width}，用途可以是：{fields}。例如：欄位 3 期限")


def as_data(reading: ListReading) -> dict[str, object]:
    """What was read of the sheet as plain data, for programs."""
    return {
        "sheet": reading.sheet,
        "other_sheets": list(reading.other_sheets),
        "columns": [_column_data(column) for table in reading.tables for column in table.columns],
        "left_out": [{"row": left.row, "why": left.why, "text": left.text} for left in reading.left_out],
        "not_understood": [{"row": one.row, "why": one.why, "text": one.text} for one in reading.unread],
    }


def _column_data(column: Column) -> dict[str, object]:
    return {
        "column": column.index,
        "heading": column.heading,
        "field": column.field,
        "ground": column.ground,
        "confidence": column.confidence,
    }


def _columns(reading: ListReading) -> list[str]:
    listed = _listed(reading)[:COLUMNS]
    lines = [f"{column.index}（{letters(column.index)}）{_heading(column)} → {_taken_for(column)}" for column in listed]
    return ["欄位：", *lines, HOW_TO_CORRECT.format(index=listed[-1].index)] if listed else []


def _listed(reading: ListReading) -> list[Column]:
    return [column for table in reading.tables for column in table.columns if _is_shown(column)]


def _taken_for(column: Column) -> str:
    return f"{FIELDS[column.field]}（{GROUNDS[column.ground]}）"


def _is_shown(column: Column) -> bool:
    return bool(column.heading) or column.field is not Field.NONE


def _heading(column: Column) -> str:
    return f"「{short(' '.join(column.heading.split()), CELL)}」" if column.heading else "（沒有標題）"


def _rest(reading: ListReading, *, shown: int = SHOWN) -> list[str]:
    """How many rows made no case and why; the closed cases and what was not understood by row."""
    counts = Counter(left.why for left in reading.left_out if left.why is not Left.BLANK)
    lines = []
    if counts:
        lines.append("不開案：" + "、".join(f"{LEFT[why]} {count} 列" for why, count in counts.items()))
    closed = [left for left in reading.left_out if left.why in (Left.RELEASED, Left.CLOSED)]
    lines += [f"　第 {left.row} 列：{short(' '.join(left.text.split()), ROW)}" for left in closed[:shown]]
    if reading.unread:
        lines.append(f"沒有讀懂 {len(reading.unread)} 列（看全部：草稿 未讀）")
    return lines + [
        f"　第 {one.row} 列（{UNCLEAR[one.why]}）：{short(' '.join(one.text.split()), ROW)}"
        for one in reading.unread[:shown]
    ]


def _doubt(doubt: Doubt) -> str:
    return DOUBTS[doubt.kind].format(cell=doubt.cell, text=short(" ".join(doubt.text.split()), CELL))


def _literal(text: str) -> str:
    """Protect braces: a draft's doubts are templates."""
    return text.replace("{", "{{").replace("}", "}}")
