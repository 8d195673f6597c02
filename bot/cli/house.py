"""Open the house for one command of the command line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from bot.bootstrap import House, open_house
from bot.clock import now
from bot.config import Line, load_config
from bot.handover import running_playground
from bot.logs import configure_logs


@contextmanager
def house() -> Iterator[House]:
    """The house that the settings name."""
    configure_logs(logging.WARNING)
    opened = open_house(load_config(), now)
    try:
        yield opened
    finally:
        opened.store.close()


def line_of(opened: House) -> Line | None:
    """The LINE channel of the settings, else the stand-in of a playground that runs beside, else None."""
    return opened.config.line if opened.config.line.is_configured else running_playground()
