from __future__ import annotations

from datetime import date

import pytest

from domain.calendar import WorkCalendar
from minutes.decisions import read_verdicts
from minutes.parse import parse

RELEASE, CONTINUE = "release", "continue"


def said(text: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    return [(verdict.decision, list(verdict.numbers)) for verdict in read_verdicts(text)]


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("解除列管", RELEASE),
        ("同意結案", RELEASE),
        ("解除追蹤", RELEASE),
        ("由各科自行列管", RELEASE),
        ("持續列管", CONTINUE),
        ("賡續列管。", CONTINUE),
        ("暫不解除列管", CONTINUE),
        ("不同意解除列管", CONTINUE),
        ("俟改善完成後再解除列管", CONTINUE),
        ("□解除列管 ■繼續列管", CONTINUE),
        ("☑解除列管 □繼續列管", RELEASE),
        ("V解除列管 □繼續列管", RELEASE),
        ("(V)解除列管 ( )繼續列管", RELEASE),
    ],
)
def test_word_of_decision_is_read(text: str, decision: str) -> None:
    assert [verdict.decision for verdict in read_verdicts(text)] == [decision]


@pytest.mark.parametrize(
    "text",
    [
        "□解除列管 □繼續列管",
        "■解除列管 ■繼續列管",
        "建議解除列管",
        "是否解除列管",
        "請於年底前結案",
        "已結案件共3件",
        "持續追蹤客訴處理進度",
        "",
    ],
)
def test_text_without_a_decision_gives_none(text: str) -> None:
    assert read_verdicts(text) == ()


def test_number_is_released_for_one_unit_and_continued_for_others() -> None:
    text = "編號31-2(工務課部分)解除列管,31-2(民政課及社會課部分)、31-3繼續列管"

    assert said(text) == [
        (RELEASE, [("31-2", "工務課")]),
        (CONTINUE, [("31-2", "民政課"), ("31-2", "社會課"), ("31-3", None)]),
    ]


def test_list_behind_the_word_belongs_to_it() -> None:
    assert said("解除列管:5-1、5-2;繼續列管:5-3") == [
        (RELEASE, [("5-1", None), ("5-2", None)]),
        (CONTINUE, [("5-3", None)]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "第1案結案;第2、3案請執行單位持續辦理",
        "項次1已完成,同意解除列管;餘項次2、3等2項請主辦機關賡續推動",
    ],
)
def test_going_on_continues_a_case_beside_a_decision(text: str) -> None:
    assert said(text) == [(RELEASE, [("1", None)]), (CONTINUE, [("2", None), ("3", None)])]


@pytest.mark.parametrize("text", ["第2案請總務課持續辦理", "編號5-1持續辦理中,同意解除列管"])
def test_going_on_alone_continues_nothing(text: str) -> None:
    assert CONTINUE not in [decision for decision, _ in said(text)]


def test_declared_count_is_kept() -> None:
    assert [verdict.declared for verdict in read_verdicts("5-1、5-2等3案解除列管")] == [3]


def test_the_rest_is_flagged_and_not_made_up() -> None:
    verdict = read_verdicts("除5-1外,其餘解除列管")[0]

    assert (verdict.numbers, verdict.doubts) == ((), ("rest",))


@pytest.mark.parametrize(
    ("text", "reason", "into"),
    [
        ("5-1併入5-2,解除列管", "merged", "5-2"),
        ("5-1停止辦理,解除列管", "stopped", None),
        ("5-1已完成,解除列管", "completed", None),
        ("5-1解除列管", None, None),
    ],
)
def test_reason_for_the_release_is_kept(text: str, reason: str | None, into: str | None) -> None:
    verdict = read_verdicts(text)[0]

    assert (verdict.numbers, verdict.reason, verdict.merged_into) == ((("5-1", None),), reason, into)


def decided(text: str) -> list[tuple[str, str | None, str]]:
    minutes = parse(f"某局會議紀錄\n貳、上次會議列管事項\n{text}", calendar=WorkCalendar(), held_on=date(2024, 5, 7))
    return [(each.number, each.unit, each.decision) for each in minutes.decisions]


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        (
            "一、編號31-3第二科已完成，結案；工安室查核報告未出，續列管。",
            [("31-3", "第二科", RELEASE), ("31-3", "工安室", CONTINUE)],
        ),
        (
            "一、編號86-1分為二部分，人員進用（清潔隊）業已完成，解除列管；車輛汰換（主計室）部分續予列管。",
            [("86-1", "清潔隊", RELEASE), ("86-1", "主計室", CONTINUE)],
        ),
        ("一、編號3-1（頂樓防水）：廠商比價中，繼續追蹤。", [("3-1", None, CONTINUE)]),
        ("No.6-1 攤位租約換約（業務部）—完成率100%，結案。", [("6-1", None, RELEASE)]),
        ("1-2 總務處--軟墊修補，廠商報價中。 →持續列管", [("1-2", None, CONTINUE)]),
        (
            "編號\t決議事項\t負責單位\t列管\n11-2\t資料表更新\t獸醫組、園藝組\t獸醫組解除、園藝組續管",
            [("11-2", "獸醫組", RELEASE), ("11-2", "園藝組", CONTINUE)],
        ),
    ],
)
def test_case_is_decided_unit_by_unit(text: str, decisions: list[tuple[str, str | None, str]]) -> None:
    assert decided(text) == decisions
