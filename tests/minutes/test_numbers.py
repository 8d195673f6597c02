from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.numbers import NumberScheme, find_numbers, guess_scheme, normal, sort_key

DASHED = NumberScheme("{meeting}-{n}")
PADDED = NumberScheme("{meeting}{n:02d}")


@pytest.mark.parametrize(
    "spelling",
    [
        "211-2",
        "２１１－２",
        "211之2",
        "211–2",
        "211—2",
        "211-02",
        "「２１１－２」",
        "第211-2案",
        " 211 - 2 ",
        "列管編號211-2",
        "列管案號：211-2",
    ],
)
def test_any_spelling_has_one_normal_form(spelling: str) -> None:
    assert normal(spelling) == "211-2"


@pytest.mark.parametrize("text", ["", "資訊局", "9月30日", "211-", "-2", "211-2-資訊局"])
def test_text_that_is_no_number_has_no_normal_form(text: str) -> None:
    assert normal(text) is None


@pytest.mark.parametrize(
    ("scheme", "number", "parts"),
    [
        (DASHED, "211之02", (211, 2)),
        (PADDED, "10601", (106, 1)),
        (PADDED, "9903", (99, 3)),
        (DASHED, "10601", None),
        (PADDED, "211-2", None),
    ],
)
def test_scheme_splits_its_own_numbers_only(scheme: NumberScheme, number: str, parts: tuple[int, int] | None) -> None:
    assert scheme.split(number) == parts


def test_proposal_follows_the_highest_number_and_fills_no_gap() -> None:
    assert DASHED.propose(212, ["212-1", "212-4", "211-9"]) == "212-5"


def test_proposal_starts_at_one_where_none_is_taken() -> None:
    assert PADDED.propose(107, ["10601"]) == "10701"


def test_scheme_without_meeting_is_refused() -> None:
    with pytest.raises(ValueError, match="n"):
        NumberScheme("{n}")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("208-1至208-4", ["208-1", "208-2", "208-3", "208-4"]),
        ("10601～10603", ["10601", "10602", "10603"]),
        ("10601-10603", ["10601", "10602", "10603"]),
        ("211-1至3", ["211-1", "211-2", "211-3"]),
        ("211-1、２１１之３及 211–5", ["211-1", "211-3", "211-5"]),
        ("113-01至113-03", ["113-01", "113-02", "113-03"]),
        ("A-03", ["A-03"]),
    ],
)
def test_lists_and_ranges_are_opened_as_they_are_written(text: str, numbers: list[str]) -> None:
    assert [found.spelling for found in find_numbers(text)] == numbers


@pytest.mark.parametrize("text", ["110/9/30", "99.5%", "v2.0"])
def test_dates_and_shares_hold_no_number(text: str) -> None:
    assert find_numbers(text) == ()


def test_endless_range_gives_its_two_ends() -> None:
    assert [found.number for found in find_numbers("10001至99999")] == ["10001", "99999"]


def test_numbers_sort_by_their_parts() -> None:
    assert sorted(["211-10", "99-2", "211-2"], key=sort_key) == ["99-2", "211-2", "211-10"]


@pytest.mark.parametrize(
    ("numbers", "template"),
    [(["211-1", "210-2"], "{meeting}-{n}"), (["10601", "9903"], "{meeting}{n:02d}"), ([], None), (["一"], None)],
)
def test_scheme_is_guessed_from_the_numbers(numbers: list[str], template: str | None) -> None:
    scheme = guess_scheme(numbers)

    assert (scheme.template if scheme else None) == template


@given(st.sampled_from([DASHED, PADDED]), st.integers(1, 999), st.integers(1, 99))
def test_rendered_number_splits_into_its_parts(scheme: NumberScheme, meeting: int, n: int) -> None:
    assert scheme.split(scheme.render(meeting, n)) == (meeting, n)


@given(st.text())
def test_finding_numbers_takes_any_text(text: str) -> None:
    assert all(0 <= found.start < found.end <= len(text) for found in find_numbers(text))
