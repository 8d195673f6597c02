"""Reports for the tests: a usual one by hand, any one by hypothesis."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from domain.case import Duty, State
from domain.figures import Figures
from minutes.report.clean import one_line
from minutes.report.filled import squeeze
from minutes.report.sheet import Planned, Progress, ReportHeader, ReportLine, ReportRow, ReportSheet

MADE_ON = date(2021, 10, 18)


def line(unit: str, said: str | None = None, *, duty: Duty = Duty.LEAD, asks: bool = False) -> ReportLine:
    progress = () if said is None else (Progress(said, date(2021, 10, 15)),)
    return ReportLine(unit=unit, duty=duty, state=State.RELEASE_REQUESTED if asks else State.OPEN, progress=progress)


def case(
    number: str, *units: ReportLine, title: str = "人孔蓋下地作業", sentence: str = "請研議權責分工。"
) -> ReportRow:
    return ReportRow(number=number, title=title, sentence=sentence, units=units or (line("資訊局"),))


def sheet(*rows: ReportRow, ordinal: int | None = 213) -> ReportSheet:
    header = ReportHeader(series="主任秘書會報", meeting_ordinal=ordinal, held_on=date(2021, 10, 21))
    return ReportSheet(header=header, rows=rows, made_on=MADE_ON)


USUAL = sheet(
    case("204-2", line("財政局", "清冊已建立，計 132 筆。")),
    ReportRow(
        number="211-2",
        title="人孔蓋下地作業",
        sentence="請捷運公司會同觀傳局及法務局研議權責分工。",
        units=(
            line("捷運公司", "分工表已函送各單位。", asks=True),
            line("觀光傳播局", duty=Duty.SUPPORT),
            line("法務局", "適用意見研議中。", duty=Duty.SUPPORT),
        ),
        deadline=date(2021, 9, 30),
        deadline_text="9月底前",
        deadline_note="展期 1 次",
        age_in_meetings=2,
    ),
    case("212-1", line("公共管理中心"), line("資訊局", "已修復", duty=Duty.SUPPORT)),
)

EVERYONE = ReportLine(
    unit="各局處",
    progress=(
        Progress("已完成盤點。", date(2021, 10, 12), "資訊局"),
        Progress("無個資檔案。", date(2021, 10, 14), "法務局"),
    ),
    silent=("觀光傳播局", "交通局"),
)


COUNTED = ReportLine(
    unit="資訊局",
    progress=(Progress("已登錄 75 萬份。", date(2021, 10, 12), figures=Figures("75 萬份", "113.5 萬份")),),
    planned=(
        Planned(date(2021, 12, 1), "公告"),
        Planned(date(2021, 12, 22), "開標"),
        Planned(date(2022, 1, 5), "決標"),
        Planned(date(2022, 2, 1), "簽約"),
    ),
)

anything = st.text(max_size=60) | st.text(
    "=+-@\t\r\n\x00\x0b\u202e□■「」 <&\"'𠮷\ud83d_x0041_;，。捷運公司", max_size=40
)
_days = st.dates(date(1912, 1, 1), date(2150, 12, 31))
_units = st.one_of(anything, st.from_regex(r"[一-龥]{2,8}局", fullmatch=True)).filter(lambda name: _key(name) != "")
_said = anything | st.text("研議中。", min_size=900, max_size=1500)
_amounts = st.just("") | st.builds("{} {}".format, st.integers(0, 10**9), st.sampled_from(("萬份", "套", "場")))
_figures = st.builds(Figures, _amounts, _amounts)
_progress = st.lists(st.builds(Progress, _said, _days, anything, _figures), max_size=3).map(tuple)
_lines = st.builds(
    ReportLine,
    unit=_units,
    duty=st.sampled_from(Duty),
    state=st.sampled_from(State),
    progress=_progress,
    silent=st.lists(_units, max_size=3).map(tuple),
    planned=st.lists(st.builds(Planned, _days, anything), max_size=5).map(tuple),
)
_numbers = st.builds("{}-{}".format, st.integers(1, 400), st.integers(1, 99)) | st.integers(1000, 99999).map(str)


def _key(unit: str) -> str:
    return squeeze(one_line(unit)).replace("(主辦)", "").replace("(協辦)", "")


def _cases(numbers: list[str]) -> st.SearchStrategy[tuple[ReportRow, ...]]:
    return st.tuples(*(_case(number) for number in numbers))


def _case(number: str) -> st.SearchStrategy[ReportRow]:
    return st.builds(
        ReportRow,
        number=st.just(number),
        title=anything,
        sentence=anything,
        units=st.lists(_lines, min_size=1, max_size=12, unique_by=lambda line: _key(line.unit)).map(tuple),
        deadline=st.none() | _days,
        deadline_text=anything,
        deadline_note=anything,
        age_in_meetings=st.none() | st.integers(0, 99),
    )


any_sheet = st.builds(
    ReportSheet,
    header=st.builds(
        ReportHeader, series=anything, meeting_ordinal=st.none() | st.integers(1, 9999), held_on=st.none() | _days
    ),
    rows=st.lists(_numbers, max_size=5, unique=True).flatmap(_cases),
    made_on=_days,
)
