"""Read Taiwanese date expressions in meeting minutes: a reading, never a guess (docs/deadlines.md)."""

from domain.dates.conditions import Condition, condition_of, tells_of, waited_for
from domain.dates.reading import Kind, Reading
from domain.dates.scan import find, read

__all__ = ["Condition", "Kind", "Reading", "condition_of", "find", "read", "tells_of", "waited_for"]
