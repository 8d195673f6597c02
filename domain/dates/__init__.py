"""Read Taiwanese date expressions in meeting minutes: a reading, never a guess (docs/deadlines.md)."""

from domain.dates.reading import Kind, Reading
from domain.dates.scan import find, read

__all__ = ["Kind", "Reading", "find", "read"]
