from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from minutes.parse import parse
from minutes.title import LONGEST


def titles(conclusion: str) -> list[str]:
    minutes = parse(f"某局會議紀錄\n決議：\n{conclusion}", calendar=WorkCalendar(), held_on=date(2024, 5, 7))
    return [draft.title for draft in minutes.drafts]


@pytest.mark.parametrize(
    ("conclusion", "title"),
    [
        ("請總務處盤點庫存,並重編清冊(含耗材)。", "盤點庫存，並重編清冊（含耗材）"),
        ("請總務處會同資訊室汰換1,250臺螢幕。", "汰換1,250臺螢幕"),
        ("請總務處於6/14前汰換螢幕。", "汰換螢幕"),
        ("請總務處修訂契約，並於5月20日前提出。", "修訂契約"),
        ("請總務處就逾期合約逐一清查。", "逾期合約逐一清查"),
        ("頂樓漏水一節，請總務處修繕。", "頂樓漏水：修繕"),
        ("圖書館整修案，請總務處研議後於下次會議提出。", "圖書館整修：研議後於下次會議提出"),
        ("桌椅搬運費由本校負擔，其數量請總務處確認後，於9月上旬回復。", "桌椅搬運費由本校負擔：確認後，回復"),
        ("請總務處於會後3個工作天內將斷面圖送各單位。", "斷面圖送各單位"),
        ("請國際組妥研說明理由。", "妥研說明理由"),
        ("領據將增加2項功能，本案請總務處研議。", "領據將增加2項功能：研議"),
        (
            "請總務處向資訊處確認，軟體是否符合民眾的需求及平常的使用習慣。",
            "向資訊處確認，軟體是否符合民眾的需求及平常的使…",
        ),
        ("試辦延長至21:30，請總務處公告。", "試辦延長至21:30：公告"),
        ("請總務處研議停車管理，提供身障車位，檢討夜間照明及增設監視器位置。", "研議停車管理，提供身障車位"),
        ("請總務處向廠商報修水塔，若一個月內未修復，再以本處經費另行雇工處理。", "向廠商報修水塔"),
        ("請總務處提供6月底前到期契約清冊。", "提供6月底前到期契約清冊"),
    ],
)
def test_title_is_written_for_a_reader(conclusion: str, title: str) -> None:
    assert titles(conclusion) == [title]


def test_title_without_a_clause_that_fits_is_broken_off_at_a_whole_word_mark() -> None:
    (title,) = titles("請總務處檢討本大樓各樓層公共區域夜間及例假日照明控制與空調運轉排程之節能效益。")

    assert len(title) <= LONGEST
    assert title.endswith("…")
    assert title[-2] not in "，、及與並之的於"
