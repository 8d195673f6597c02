"""`lieguan report`: write the 執行情形彙整表 of a series; `lieguan report read`: read a ticked one back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import click

from bot.bootstrap import House
from bot.cli.errors import Refusal, in_one_line
from bot.cli.house import house
from domain.case import Series
from domain.ports import UnitOfWork
from handlers.asking.report_out import matching
from handlers.asking.report_sheet import gather, sheet_of
from handlers.reviewing.confirming import Desk, Done, confirm_review, keep
from handlers.reviewing.decision_phrases import show_decisions
from handlers.reviewing.judging import Judged, judge, not_mentioned
from handlers.reviewing.read_back import TickedReport, drafts_of_report, series_of
from handlers.reviewing.read_back_phrases import leftovers
from handlers.reviewing.review_phrases import confirmed as confirmed_text
from minutes.formats import Unreadable, advice
from minutes.report.docx_writer import write_docx
from minutes.report.file_name import file_name
from minutes.report.filled import FilledReport
from minutes.report.line_text import write_line_texts
from minutes.report.odt_writer import write_odt
from minutes.report.reading import read_report
from minutes.report.sheet import ReportSheet
from minutes.report.xlsx_writer import write_xlsx

ALL = 100_000  # decisions on one page
WRITERS: dict[str, Callable[[ReportSheet], bytes]] = {
    "odt": write_odt,
    "docx": write_docx,
    "xlsx": write_xlsx,
    "text": lambda sheet: ("\n\n".join(write_line_texts(sheet)) + "\n").encode(),
}


class MeetingNumber(click.ParamType[int]):
    """`next`, which is 0 here, or an ordinal."""

    name = "次別"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if value == "next":
            return 0
        if isinstance(value, str) and value.isdecimal() and int(value) > 0:
            return int(value)
        raise Refusal(f"看不懂次別「{value}」：請寫 next 或數字，例：--meeting 213")


@click.group(invoke_without_command=True)
@click.option("--series", help="會議系列的名稱；只有一個會議時可省略")
@click.option("--meeting", type=MeetingNumber(), default="next", help="第幾次會議；next 是下一次（預設）")
@click.option("--format", "kind", type=click.Choice(list(WRITERS)), default="odt", show_default=True, help="格式")
@click.option(
    "--output", type=click.Path(path_type=Path), help="寫到這個檔案；- 是標準輸出；不寫就依會議取檔名，不覆蓋舊檔"
)
@click.option("--made-on", type=click.DateTime(["%Y-%m-%d"]), help="製表日期；不寫就是今天")
@click.pass_context
@in_one_line
def report(
    context: click.Context, series: str | None, meeting: int, kind: str, output: Path | None, made_on: datetime | None
) -> None:
    """執行情形彙整表：下次會議要看的列管案件。"""
    if context.invoked_subcommand is not None:
        return
    with house() as opened:
        sheet = _sheet(opened, series, meeting, made_on)
    content = WRITERS[kind](sheet)
    if output is None and kind != "text":
        _write_new(content, file_name(sheet.header), kind)
    else:
        _write(content, output)


@report.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--series", help="會議系列的名稱（檔案看不出來時使用）")
@click.option("--confirm", is_flag=True, help="確認無誤，套用決定")
@click.option("--json", "as_json", is_flag=True, help="印出一個 JSON 物件")
@in_one_line
def read(file: Path, series: str | None, confirm: bool, as_json: bool) -> None:
    """讀回勾選過的彙整表，列出差異；加上 --confirm 才套用。"""
    content = _content(file)
    filled = _filled(content, file)
    digest = hashlib.sha256(content).hexdigest()
    with house() as opened:
        desk = Desk(now=opened.clock(), calendar=opened.calendar, settings=opened.settings)

        def work(uow: UnitOfWork) -> str:
            ticked = drafts_of_report(filled, _series_of(filled, series, uow), digest, uow)
            return _applied(ticked, desk, uow, as_json) if confirm else _shown(ticked, uow, as_json)

        click.echo(opened.store.write(work) if confirm else opened.store.read(work))


def _sheet(opened: House, series: str | None, meeting: int, made_on: datetime | None) -> ReportSheet:
    zone = opened.settings.zone
    day = made_on.date() if made_on else opened.clock().astimezone(zone).date()
    found = opened.store.read(lambda uow: gather(_one_series(series, uow), uow, day))
    return sheet_of(
        found,
        calendar=opened.calendar,
        zone=zone,
        ordinal=meeting or None,
    )


def _one_series(name: str | None, uow: UnitOfWork) -> Series:
    known = uow.series.all()
    found = matching(name or "", known)
    if len(found) == 1:
        return found[0]
    names = "、".join(one.name for one in found or known) or "（還沒有任何會議）"
    raise Refusal(f"請用 --series 指定會議：{names}" if not name else f"沒有單一個會議符合「{name}」：{names}")


def _series_of(filled: FilledReport, name: str | None, uow: UnitOfWork) -> Series:
    found = None if name else series_of(filled, uow.series.all(), uow)
    return found or _one_series(name, uow)


def _write(content: bytes, output: Path | None) -> None:
    if output is None or str(output) == "-":
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise Refusal(f"無法寫入「{output}」：{error.strerror}。") from error
    click.echo(f"已寫入 {output}")


def _write_new(content: bytes, name: str, kind: str) -> None:
    """Write into the working folder under the first free name: an older file may hold the chair's ticks."""
    for output in _names(name, kind):
        try:
            with output.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        except OSError as error:
            raise Refusal(f"無法寫入「{output}」：{error.strerror}。請用 --output 指定其他位置。") from error
        click.echo(f"已寫入 {output}")
        return


def _names(name: str, kind: str) -> Iterator[Path]:
    yield Path(f"{name}.{kind}")
    yield from (Path(f"{name}({number}).{kind}") for number in count(2))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"找不到檔案「{file}」，請檢查路徑。") from None
    except OSError as error:
        raise Refusal(f"無法讀取「{file}」：{error.strerror}。") from error


def _filled(content: bytes, file: Path) -> FilledReport:
    try:
        found = read_report(content, file.name)
    except Unreadable as refusal:
        raise Refusal(f"{file}：{advice(refusal)}") from None
    if found is None:
        raise Refusal(f"「{file}」不是執行情形彙整表；會議紀錄請用 lieguan minutes import。")
    return found


def _shown(ticked: TickedReport, uow: UnitOfWork, as_json: bool) -> str:
    judged = judge(ticked.drafts, uow)
    if as_json:
        return _json(ticked, judged, applied=False)
    missing = not_mentioned(ticked.drafts, uow)
    shown = show_decisions(ticked.drafts, judged, missing, 1, ALL).text if judged else "沒有可以套用的勾選。"
    ending = ["尚未套用。確認無誤請加上 --confirm 再執行一次。"] if judged else []
    return "\n".join([shown, *leftovers(ticked.found, ALL), *ending])


def _applied(ticked: TickedReport, desk: Desk, uow: UnitOfWork, as_json: bool) -> str:
    judged = judge(ticked.drafts, uow)
    if judged:
        context = desk.context(uow)
        done = confirm_review(keep(ticked.drafts, context), (), context)
        assert isinstance(done, Done), "the review was made in this transaction"
        text = confirmed_text(done).text
    else:
        text = "沒有可以套用的勾選，沒有變更。"
    return _json(ticked, judged, applied=bool(judged)) if as_json else "\n".join([text, *leftovers(ticked.found, ALL)])


def _json(ticked: TickedReport, judged: tuple[Judged, ...], *, applied: bool) -> str:
    found = ticked.found
    data = {
        "series": ticked.drafts.series,
        "ordinal": ticked.drafts.ordinal,
        "applied": applied,
        "decisions": [
            {
                "number": one.decision.number,
                "unit": one.decision.unit,
                "decision": one.decision.verdict.value,
                "remark": one.decision.text,
                "standing": one.standing.value,
            }
            for one in judged
        ],
        "undecided": [[key.number, key.unit] for key in found.undecided],
        "missing": [[key.number, key.unit] for key in found.missing],
        "not_understood": [
            {"row": one.row.row, "number": one.row.number, "unit": one.row.unit, "doubt": one.doubt.value}
            for one in found.not_understood
        ],
    }
    return json.dumps(data, ensure_ascii=False)
