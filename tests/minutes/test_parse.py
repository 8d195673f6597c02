from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from minutes.model import Minutes
from minutes.parse import parse

CALENDAR = WorkCalendar()


def read(conclusion: str, *, held_on: date | None = date(2024, 5, 7)) -> Minutes:
    return parse(f"某局會議紀錄\n決議：\n{conclusion}", calendar=CALENDAR, held_on=held_on)


def leads(conclusion: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(draft.lead, draft.support) for draft in read(conclusion).drafts]


@pytest.mark.parametrize(
    ("conclusion", "lead", "support"),
    [
        ("請總務處辦理採購。", ("總務處",), ()),
        ("由財委統籌，請總幹事協助。", ("財委",), ("總幹事",)),
        ("請教務處會同學務處研議。", ("教務處",), ("學務處",)),
        ("請教務處及學務處研議。", ("教務處", "學務處"), ()),
        ("責成養護科儘速改善。", ("養護科",), ()),
        ("總幹事應於下次會議前提出報價。", ("總幹事",), ()),
        ("請於月底前由會計室彙整。", ("會計室",), ()),
        ("資訊室：更新防毒軟體。", ("資訊室",), ()),
        ("更新防毒軟體（資訊室）。請資訊室辦理。", ("資訊室",), ()),
        ("請社會局辦理。", ("社會局",), ()),
        ("請後勤科協調。", ("後勤科",), ()),
        ("請各局處提供資料。", ("各局處",), ()),
        ("請宇宙聯隊長評估。", ("宇宙聯隊長",), ()),
        ("請各鄉（鎮、市）公所配合提供資料。", ("各鄉(鎮、市)公所",), ()),
        ("經交通處評估不可行，請交通處函復民眾。", ("交通處",), ()),
        ("請秘書室圍設警戒，並委請結構技師公會鑑定。", ("秘書室",), ()),
        ("各科室模擬題庫應於5月26日前上傳。", ("各科室",), ()),
        ("請各專題指導老師於5月22日前提供名單。", ("各專題指導老師",), ()),
        ("→ 請總務課彙整。", ("總務課",), ()),
    ],
)
def test_addressee_and_helper_are_told_apart(conclusion: str, lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    assert leads(conclusion) == [(lead, support)]


@pytest.mark.parametrize(
    "conclusion",
    [
        "備查。",
        "洽悉。",
        "照案通過。",
        "紀錄確定。",
        "無。",
        "同意備查。",
        "爾後採購均應先簽准。",
        "如要變更請先提報。",
        "不得轉借。",
        "本案已於上月完成。",
    ],
)
def test_what_asks_nothing_gives_no_draft(conclusion: str) -> None:
    assert read(conclusion).drafts == ()


def test_conclusion_without_an_order_is_listed_with_its_line() -> None:
    unread = read("本案已於上月完成。").unread

    assert [(entry.line, entry.text, entry.reason) for entry in unread] == [(3, "本案已於上月完成。", "no_order")]


def test_words_of_a_speaker_give_no_draft() -> None:
    text = "某局會議紀錄\n一、報告\n資訊室補充說明：請各科室月底前填報。\n決議：備查。"

    assert parse(text, calendar=CALENDAR).drafts == ()


def test_text_without_conclusions_is_empty_and_says_so() -> None:
    minutes = parse("某局會議紀錄\n一、報告\n二、散會", calendar=CALENDAR)

    assert (minutes.is_empty, minutes.has_conclusions) == (True, False)


def test_relative_deadline_without_a_day_is_flagged_and_not_invented() -> None:
    draft = read("請總務處於月底前完成。", held_on=None).drafts[0]

    assert (draft.deadline, draft.doubts) == (None, ("no_meeting_date",))


def test_full_date_is_read_without_the_day_of_the_meeting() -> None:
    draft = read("請總務處於113年6月30日前完成。", held_on=None).drafts[0]

    assert draft.deadline is not None
    assert draft.deadline.deadline == date(2024, 6, 30)


def test_one_item_with_two_addressees_gives_two_drafts_with_their_own_clauses() -> None:
    drafts = read("系統已上線，請資訊室辦理教育訓練，另請人事室於6月底前修正規定。").drafts

    assert [draft.text for draft in drafts] == ["系統已上線，請資訊室辦理教育訓練", "另請人事室於6月底前修正規定"]


def test_tracker_is_not_the_doer() -> None:
    draft = read("本案請秘書室進行列管。").drafts[0]

    assert (draft.lead, draft.tracker) == ((), ("秘書室",))


def test_section_path_names_the_place() -> None:
    text = "某局會議紀錄\n貳、報告事項\n一、進度\n會議結論：\n（一）備查。\n（二）請總務處辦理。"

    assert [draft.section for draft in parse(text, calendar=CALENDAR).drafts] == ["貳-一-(二)"]


def test_declared_count_that_disagrees_is_kept_for_the_person() -> None:
    declared = read("列管編號5-1、5-2等3案解除列管。").declared

    assert [(entry.count, entry.listed) for entry in declared] == [(3, 2)]


@pytest.mark.parametrize("named", ["列管編號301-4(法務局部分)", "案號301-4（法務局部分）", "301-4(法務局部分)"])
def test_part_of_a_single_case_is_not_the_whole_case(named: str) -> None:
    text = f"第302次會議紀錄\n一、上次會議結論事項執行情形。\n會議結論：{named}解除列管。"

    found = parse(text, calendar=WorkCalendar()).decisions

    assert [(one.number, one.unit, one.decision) for one in found] == [("301-4", "法務局", "release")]
