"""The directory of units and their aliases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from domain.unit import Unit
from storage.repository import Repository, insert_new
from storage.tables import declined_parents, unit_aliases, units

_JOINED = sa.select(units, unit_aliases.c.alias).outerjoin(unit_aliases).order_by(units.c.id, unit_aliases.c.alias)
BY_ID = _JOINED.where(units.c.id == bindparam("unit_id"))
NAMED = sa.select(units.c.id).where(units.c.name == bindparam("unit_name"))
ALIASED = sa.select(unit_aliases.c.unit_id).where(unit_aliases.c.alias == bindparam("unit_name"))
ADD = insert_new(units)
ADD_ALIAS = insert_new(unit_aliases)
REMOVE_ALIAS = sa.delete(unit_aliases).where(unit_aliases.c.alias == bindparam("unit_name"))
SET_PARENT = sa.update(units).where(units.c.id == bindparam("of_unit")).values(parent_id=bindparam("new_parent"))


DECLINED = sa.select(declined_parents)
DECLINE = insert_new(declined_parents)
ALLOW = sa.delete(declined_parents).where(
    declined_parents.c.part == bindparam("part_name"), declined_parents.c.whole == bindparam("whole_name")
)


class Units(Repository):
    """`domain.ports.UnitRepository`."""

    def get(self, unit_id: int) -> Unit:
        found = _units(self._rows(BY_ID, unit_id=unit_id))
        if not found:
            raise LookupError(unit_id)
        return found[0]

    def by_name(self, name: str) -> Unit | None:
        unit_id = self._value(NAMED, unit_name=name) or self._value(ALIASED, unit_name=name)
        return None if unit_id is None else self.get(unit_id)

    def all(self) -> Sequence[Unit]:
        return _units(self._rows(_JOINED))

    def add(self, name: str, aliases: Iterable[str] = ()) -> Unit:
        self._count(ADD, name=name, parent_id=None)
        unit_id = self._value(NAMED, unit_name=name)
        self._many(ADD_ALIAS, [{"alias": alias, "unit_id": unit_id} for alias in aliases if alias != name])
        return self.get(unit_id)

    def add_alias(self, unit_id: int, alias: str) -> bool:
        return self._count(ADD_ALIAS, alias=alias, unit_id=unit_id) == 1

    def remove_alias(self, alias: str) -> None:
        self._count(REMOVE_ALIAS, unit_name=alias)

    def set_parent(self, unit_id: int, parent_id: int | None) -> None:
        self._count(SET_PARENT, of_unit=unit_id, new_parent=parent_id)

    def decline_parent(self, part: str, whole: str) -> bool:
        return self._count(DECLINE, part=part, whole=whole) == 1

    def allow_parent(self, part: str, whole: str) -> None:
        self._count(ALLOW, part_name=part, whole_name=whole)

    def declined_parents(self) -> Set[tuple[str, str]]:
        return {(row.part, row.whole) for row in self._rows(DECLINED)}


def _units(rows: Sequence[sa.Row[Any]]) -> list[Unit]:
    """Units from rows of one alias each, in order of the unit."""
    aliases: dict[int, list[str]] = {}
    for row in rows:
        aliases.setdefault(row.id, []).extend([row.alias] if row.alias is not None else [])
    heads = {row.id: row for row in rows}
    return [
        Unit(id=unit_id, name=heads[unit_id].name, aliases=tuple(known), parent_id=heads[unit_id].parent_id)
        for unit_id, known in aliases.items()
    ]
