"""Sentences that list the numbers they carry over, and those that only name a number."""

from __future__ import annotations

import pytest

from handlers.reviewing.carried import only_lists


@pytest.mark.parametrize(
    ("sentence", "number", "expected"),
    [
        ("列管編號204-2、205-2等2案賡續列管。", "204-2", True),
        ("列管編號２０４－２及205之2賡續列管", "205-2", True),
        ("列管案號9903至9906賡續列管。", "9905", True),
        ("205-2、209-2 賡續列管", "204-2", False),
        ("204-2：請資訊局完成契約延長。", "204-2", False),
        ("請資訊局於9月底前完成契約延長。", "212-5", False),
        ("", "212-5", False),
    ],
)
def test_sentence_only_lists_numbers(sentence: str, number: str, expected: bool) -> None:
    assert only_lists(sentence, number) is expected
