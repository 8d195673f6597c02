"""Cases for the office of the end-to-end tests."""

from __future__ import annotations

from datetime import date

from domain.ports import UnitOfWork
from tests.e2e.conftest import SERIES, World
from tests.scheduler.office import Office, open_case


def open_212_5(world: World) -> None:
    """Open 212-5 of 資訊局, due on 30 September 2021."""

    def units(uow: UnitOfWork) -> Office:
        series, unit = uow.series.by_name(SERIES), uow.units.by_name("資訊局")
        assert series is not None
        assert unit is not None
        return Office(series.id, (unit.id, unit.id))

    office = world.house.store.read(units)
    open_case(world.house.store, office, "212-5", deadline=date(2021, 9, 30), at=world.clock())
