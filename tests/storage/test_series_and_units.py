from __future__ import annotations

from datetime import date

import pytest

from domain.case import Release, Series
from domain.ports import Store
from domain.unit import Unit
from tests.storage.office import NOW

DAY = date(2021, 9, 23)


def test_a_series_comes_back_as_it_was_added(store: Store) -> None:
    added = store.write(lambda uow: uow.series.add("會報", "{meeting}-{n}", Release.SELF))

    assert added == Series(id=1, name="會報", scheme="{meeting}-{n}", release=Release.SELF)
    assert store.read(lambda uow: uow.series.get(1)) == added
    assert store.read(lambda uow: uow.series.by_name("會報")) == added
    assert store.read(lambda uow: uow.series.all()) == [added]


def test_adding_a_series_again_returns_the_one_that_is_there(store: Store) -> None:
    first = store.write(lambda uow: uow.series.add("會報", "{meeting}-{n}"))

    assert store.write(lambda uow: uow.series.add("會報", "{meeting}{n:02d}", Release.SELF)) == first


def test_an_unknown_series_is_not_found(store: Store) -> None:
    assert store.read(lambda uow: uow.series.by_name("會報")) is None
    with pytest.raises(LookupError):
        store.read(lambda uow: uow.series.get(9))


def test_a_meeting_is_found_by_ordinal_and_by_day(store: Store) -> None:
    store.write(lambda uow: uow.series.add("會報", "{meeting}-{n}"))

    added = store.write(lambda uow: uow.series.add_meeting(1, 212, DAY, "abc", NOW))

    assert (added.ordinal, added.held_on, added.digest) == (212, DAY, "abc")
    for ordinal, day in ((212, DAY), (212, None), (None, DAY)):
        assert store.read(lambda uow, o=ordinal, d=day: uow.series.meeting(1, o, d)) == added
    assert store.read(lambda uow: uow.series.get_meeting(added.id)) == added


@pytest.mark.parametrize(
    ("ordinal", "day"), [(213, None), (212, date(2021, 9, 24)), (None, date(2020, 1, 1)), (None, None)]
)
def test_another_meeting_is_not_found(store: Store, ordinal: int | None, day: date | None) -> None:
    store.write(lambda uow: uow.series.add("會報", "{meeting}-{n}"))
    store.write(lambda uow: uow.series.add_meeting(1, 212, DAY, "abc", NOW))

    assert store.read(lambda uow: uow.series.meeting(1, ordinal, day)) is None
    assert store.read(lambda uow: uow.series.get_meeting(9)) is None


def test_adding_a_meeting_again_returns_the_one_that_is_there(store: Store) -> None:
    store.write(lambda uow: uow.series.add("會報", "{meeting}-{n}"))
    first = store.write(lambda uow: uow.series.add_meeting(1, 212, DAY, "abc", NOW))

    assert store.write(lambda uow: uow.series.add_meeting(1, 212, DAY, "def", NOW)) == first


def test_meetings_without_ordinal_and_day_are_each_their_own(store: Store) -> None:
    store.write(lambda uow: uow.series.add("會報", "{meeting}-{n}"))
    ids = [store.write(lambda uow: uow.series.add_meeting(1, None, None, "abc", NOW)).id for _ in range(2)]

    assert len(set(ids)) == 2


def test_a_unit_is_found_by_name_and_by_alias(store: Store) -> None:
    added = store.write(lambda uow: uow.units.add("觀光傳播局", ("觀傳局", "觀光局")))

    assert added == Unit(id=1, name="觀光傳播局", aliases=("觀傳局", "觀光局"))
    assert store.read(lambda uow: uow.units.by_name("觀光傳播局")) == added
    assert store.read(lambda uow: uow.units.by_name("觀傳局")) == added
    assert store.read(lambda uow: uow.units.by_name("觀傳")) is None
    assert store.read(lambda uow: uow.units.get(1)) == added


def test_adding_a_unit_again_adds_its_new_aliases(store: Store) -> None:
    store.write(lambda uow: uow.units.add("觀光傳播局", ("觀傳局",)))

    again = store.write(lambda uow: uow.units.add("觀光傳播局", ("觀光局",)))

    assert (again.id, set(again.aliases)) == (1, {"觀傳局", "觀光局"})


def test_an_alias_stays_with_the_unit_that_had_it_first(store: Store) -> None:
    store.write(lambda uow: uow.units.add("交通局", ("交局",)))
    store.write(lambda uow: uow.units.add("交通大隊", ("交局",)))

    assert [(unit.name, unit.aliases) for unit in store.read(lambda uow: uow.units.all())] == [
        ("交通局", ("交局",)),
        ("交通大隊", ()),
    ]


def test_a_name_wins_over_an_alias(store: Store) -> None:
    store.write(lambda uow: uow.units.add("產業發展局", ("商業處",)))
    office = store.write(lambda uow: uow.units.add("商業處"))

    assert store.read(lambda uow: uow.units.by_name("商業處")) == office


def test_an_unknown_unit_is_not_found(store: Store) -> None:
    with pytest.raises(LookupError):
        store.read(lambda uow: uow.units.get(1))


def test_a_declined_parent_is_remembered_until_it_is_allowed(store: Store) -> None:
    told = [store.write(lambda uow: uow.units.decline_parent("商業處", "產業局")) for _ in range(2)]
    remembered = store.read(lambda uow: uow.units.declined_parents())
    store.write(lambda uow: uow.units.allow_parent("商業處", "產業局"))

    assert told == [True, False]
    assert remembered == {("商業處", "產業局")}
    assert store.read(lambda uow: uow.units.declined_parents()) == set()
