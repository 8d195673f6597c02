"""Read a report that was sent back, in the reading process of `minutes.formats`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from minutes.formats import check_size, sandbox, sniff
from minutes.formats.model import Limits
from minutes.report.filled import FilledReport, FilledRow, read_filled
from minutes.report.marker import ReportMarker


def read_report(content: bytes, name: str = "", *, limits: Limits | None = None) -> FilledReport | None:
    """Read a filled report; None where the file is another document. Raises Unreadable."""
    limits = limits or Limits()
    check_size(content, limits)
    if sniff.shell(content) is not sniff.Shell.ZIP:
        return None
    return _from_data(sandbox.run("report", content, name, limits)["report"])


def as_data(content: bytes, limits: Limits) -> dict[str, Any] | None:
    """What the reading process answers: a report as plain data, or None for another document."""
    found = read_filled(content, limits=limits)
    if found is None:
        return None
    marker = found.marker and asdict(found.marker) | {"made_on": found.marker.made_on.isoformat()}
    return {"marker": marker, "rows": [asdict(row) for row in found.rows]}


def _from_data(data: dict[str, Any] | None) -> FilledReport | None:
    if data is None:
        return None
    marker = data["marker"]
    if marker:
        marker = ReportMarker(**marker | {"made_on": date.fromisoformat(marker["made_on"])})
    return FilledReport(marker, tuple(FilledRow(**row) for row in data["rows"]))
