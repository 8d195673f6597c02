from __future__ import annotations

import pytest

from minutes.decisions import read_verdicts

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
