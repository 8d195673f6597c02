"""What marks mean."""

from __future__ import annotations

import pytest

from minutes.report.ticks import Mark, Outcome, outcome, read_mark

TICKS = [
    *(
        "■",
        "☑",
        "☒",
        "✔",
        "✓",
        "✅",
        "V",
        "v",
        "Ｖ",
        "ｖ",
        "Ｘ",
        "x",
        "○",
        "O",
        "●",
        "√",
        "ˇ",
        "是",
        "勾",
        "＊",
        "★",
        "ㄨ",
        "VV",
    ),
    *(
        "□V",
        "V□",
        "□ ✓",
        "[v]",
        "(V)",
        "［ｘ］",
        "☐☑",
        "□\n■",
        "\uf0fe",
        "\uf0fc",
        "✔\ufe0f",
        "解除列管",
        "■解除",
        "true",
        "1",
    ),
]
EMPTY = ["", "□", "☐", " □ ", "[ ]", "（　）", "口", "\uf0a8", "否", "無", "－", "-", "—", "/", "false", "0", "□□"]
WORDS = ["下次再議", "\ufffc", "■ 不同意", "☑僅捷運公司部分", "10/21", "請補充說明", "緩議", "部分解除"]


@pytest.mark.parametrize("text", TICKS)
def test_mark_ticks_the_box(text: str) -> None:
    assert read_mark(text, Outcome.RELEASE) == Mark(True)


@pytest.mark.parametrize("text", EMPTY)
def test_empty_or_denied_box_is_not_ticked(text: str) -> None:
    assert read_mark(text, Outcome.RELEASE) == Mark(False)


@pytest.mark.parametrize("text", WORDS)
def test_words_in_a_box_are_left_to_a_person(text: str) -> None:
    assert read_mark(text, Outcome.RELEASE).is_ticked is None


def test_words_beside_a_sure_mark_are_kept() -> None:
    assert read_mark("■ 併212-3案", Outcome.RELEASE) == Mark(True, "併212-3案")


@pytest.mark.parametrize(
    ("release", "continue_", "expected"),
    [
        (Mark(True), Mark(False), Outcome.RELEASE),
        (Mark(False), Mark(True), Outcome.CONTINUE),
        (Mark(True), Mark(True), Outcome.CONFLICT),
        (Mark(False), Mark(False), Outcome.UNDECIDED),
        (Mark(None), Mark(True), Outcome.UNCLEAR),
        (Mark(True), Mark(None), Outcome.UNCLEAR),
    ],
)
def test_two_boxes_make_an_outcome(release: Mark, continue_: Mark, expected: Outcome) -> None:
    assert outcome(release, continue_) is expected
