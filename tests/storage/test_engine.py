from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.cases import stored_sort_key
from storage.engine import parse_url
from storage.types import EPOCH, MICROSECOND, storable, to_microseconds


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_a_postgresql_url_means_psycopg(scheme: str) -> None:
    assert parse_url(f"{scheme}://u:p@h:1/d").render_as_string(hide_password=False) == "postgresql+psycopg://u:p@h:1/d"


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://h/d", "sqlite://", "sqlite:///:memory:", "postgresql+psycopg2://h/d"]
)
def test_a_url_of_another_database_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="not a database"):
        parse_url(url)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        to_microseconds(datetime(2021, 9, 23))  # noqa: DTZ001 - what is refused


def test_an_instant_means_the_same_in_every_zone() -> None:
    taipei = timezone(timedelta(hours=8))

    assert to_microseconds(datetime(2021, 9, 23, 9, tzinfo=taipei)) == to_microseconds(
        datetime(2021, 9, 23, 1, tzinfo=UTC)
    )


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_survives_to_the_microsecond(instant: datetime) -> None:
    assert EPOCH + to_microseconds(instant) * MICROSECOND == instant


@given(st.text())
def test_stored_text_is_what_was_said_but_for_nul(text: str) -> None:
    assert storable(text) == text.replace("\0", "\ufffd")


@pytest.mark.parametrize(
    ("first", "second"), [("99-2", "211-1"), ("211-2", "211-10"), ("9903", "10601"), ("211", "211-1")]
)
def test_numbers_sort_by_their_parts(first: str, second: str) -> None:
    assert stored_sort_key(first) < stored_sort_key(second)
