"""`python -m benchmarks [--quick] [NAME…]`: measure, and print one table."""

from __future__ import annotations

import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator

import click

from benchmarks import capacity, due, question, reading, sending, startup, webhook, words
from benchmarks.figure import Figure, table
from benchmarks.scale import FULL, QUICK, Scale

BENCHMARKS: dict[str, Callable[[Scale], Iterator[Figure]]] = {
    "startup": startup.figures,
    "webhook": webhook.figures,
    "capacity": capacity.figures,
    "question": question.figures,
    "words": words.figures,
    "due": due.figures,
    "sending": sending.figures,
    "reading": reading.figures,
}


@click.command()
@click.option("--quick", is_flag=True, help="One round, small databases.")
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)))
def main(quick: bool, names: tuple[str, ...]) -> None:
    """Measure everything, or what is named, each figure beside its floor."""
    scale, start = QUICK if quick else FULL, time.monotonic()
    figures: list[Figure] = []
    for name in names or BENCHMARKS:
        click.echo(f"{name} …", err=True)
        figures += BENCHMARKS[name](scale)
    click.echo(table(figures))
    click.echo(f"\n{machine()}; {scale.rounds} rounds, {time.monotonic() - start:.0f} s")


def machine() -> str:
    """What the figures were measured on."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, load {load}, {versions}"


if __name__ == "__main__":
    main()
