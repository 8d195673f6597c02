"""Chinese and Arabic numerals."""

from __future__ import annotations

import pytest

from domain.numerals import number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("110", 110),
        ("一百一十", 110),
        ("一百一", 101),
        ("一一〇", 110),
        ("一一○", 110),
        ("二〇二一", 2021),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿", 20),
        ("廿三", 23),
        ("卅", 30),
        ("卅一", 31),
        ("三十一", 31),
        ("貳拾參", 23),
        ("兩", 2),
        ("一百零五", 105),
        ("", None),
        ("年", None),
        ("１２", None),
    ],
)
def test_numeral_has_its_value(text: str, value: int | None) -> None:
    assert number(text) == value
