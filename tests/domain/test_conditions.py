"""What an order waits for, and whether a text says that it came about."""

from __future__ import annotations

import pytest

from domain.dates import Condition, condition_of, tells_of, waited_for


@pytest.mark.parametrize(
    ("order", "condition"),
    [
        ("俟環評通過後辦理", Condition("環評通過")),
        ("第2階段俟資訊局完成系統建置後辦理", Condition("資訊局完成系統建置")),
        ("俟議會通過預算再予執行", Condition("議會通過預算")),
        ("待環評通過後始得施工", Condition("環評通過")),
        ("請工務局俟211-1完成後辦理", Condition("211-1完成", "211-1")),
        ("俟 ２１１－１ 辦理完成後，請法務局續辦", Condition("211-1辦理完成", "211-1")),
        ("俟編號9903案完成後辦理", Condition("編號9903案完成", "9903")),
        ("請資訊局俟核定後30日內完成", Condition("核定", within="30日內")),
        ("俟環評通過後，於一個月內辦理招標", Condition("環評通過", within="一個月內")),
        ("俟211-1完成後，應於三十個工作天內簽約", Condition("211-1完成", "211-1", "三十個工作天內")),
        ("俟第1階段完成後再行辦理", Condition("第1階段完成")),
        ("請資訊局完成清查，俟完成後提報", None),  # there is something to do now
        ("請工務局先行規劃；俟預算通過後執行", None),
        ("本案俟完成後提報", None),  # its own completion
        ("文到7日內回報", None),
        ("請資訊局於10月底前完成", None),
        ("", None),
    ],
)
def test_an_order_waits_for_what_its_first_clause_says(order: str, condition: Condition | None) -> None:
    assert condition_of(order) == condition


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("211-1", Condition("211-1", "211-1")),
        ("211之1 完成", Condition("211之1完成", "211-1")),
        ("俟環評通過後", Condition("環評通過")),
        ("處務會議10601案辦竣", Condition("處務會議10601案辦竣")),
        ("俟", Condition("")),
    ],
)
def test_what_is_typed_is_a_case_or_an_event(words: str, condition: Condition) -> None:
    assert waited_for(words) == condition


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("環評已通過", True),
        ("環評業經通過了。", True),
        ("環評 已 通過，開始規劃", True),
        ("已送件；環評通過", True),
        ("環評尚未通過", False),
        ("環評已通過初審", False),
        ("環評若通過", False),
        ("", False),
    ],
)
def test_a_clause_has_to_say_the_very_event(text: str, told: bool) -> None:
    assert tells_of(text, "環評通過") is told


def test_nothing_tells_of_an_event_without_words() -> None:
    assert not tells_of("已經", "")
