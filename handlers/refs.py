"""How people name a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case as it was named: 211-2, or 211-2(法務局) where the brackets name a unit or a series."""

    number: str
    within: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.number + "".join(f"({name})" for name in self.within)


Say = Callable[[CaseRef], str]
"""How the command that asks is typed, for a more precise reference."""


def naming_all(refs: Sequence[CaseRef], one: CaseRef, exact: CaseRef) -> str:
    """The same list of cases with one of them named more precisely."""
    return "、".join(str(exact if ref is one else ref) for ref in refs)
