"""A bare 「找 …」 in a group is answered only where something is found, in the group's own series."""

from __future__ import annotations

from tests.handlers.office import OFFICE, STRANGER, Office


def test_bare_find_is_silent_where_nothing_is_found(office: Office) -> None:
    office.case("211-2", office.it.id, title="路燈汰換")

    heard = [office.says(STRANGER, text) for text in ("找 老王", "找 路燈汰換", "查 汰换")]

    assert [text and "211-2 路燈汰換" in text for text in heard] == [None, True, True]


def test_bare_find_sees_the_series_of_its_group_only(office: Office) -> None:
    office.case("211-2", office.it.id, title="路燈汰換")

    assert office.says(STRANGER, "找 路燈汰換", OFFICE) is None
