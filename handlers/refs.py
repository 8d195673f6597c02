"""How people name a case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case as it was named: 211-2, or 211-2(法務局) where the brackets name a unit or a series."""

    number: str
    within: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.number + "".join(f"({name})" for name in self.within)
