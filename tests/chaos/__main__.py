"""`python -m tests.chaos`: long chaos runs on both databases, with their figures; exit code 1 if anything was wrong."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import randbelow

import click

from storage.migrate import upgrade
from tests.chaos.run import Plan, Result, run
from tests.databases import running_postgresql

SERVERS = {"sqlite": 1, "postgresql": 3}


@click.command()
@click.option("--events", default=3_000, show_default=True, help="How many there are, on each database.")
@click.option("--minutes", default=12.0, show_default=True, help="The most that they may take, on each database.")
@click.option("--rate", default=25.0, show_default=True, help="Events a second, where the bot keeps up.")
@click.option("--seed", type=int, help="Repeats a run's choices (not its timing); by default at random, and printed.")
@click.option("--database", "databases", multiple=True, type=click.Choice(list(SERVERS)), default=list(SERVERS))
@click.option("--keep", type=click.Path(path_type=Path), help="A folder for the servers' logs, kept afterwards.")
def main(
    events: int, minutes: float, rate: float, seed: int | None, databases: tuple[str, ...], keep: Path | None
) -> None:
    """Let the whole bot live through chaos."""
    wrong = 0
    for kind in databases:
        plan = Plan(
            seed=randbelow(2**31) if seed is None else seed,
            events=events,
            most_seconds=60 * minutes,
            rate=rate,
            servers=SERVERS[kind],
        )
        with _folder(keep, kind) as folder, _database(kind, folder) as url:
            upgrade(url)
            result = run(plan, url, folder)
        show(kind, result)
        wrong += len(result.wrong)
    raise SystemExit(1 if wrong else 0)


def show(kind: str, result: Result) -> None:
    """Print one run."""
    click.echo(f"{kind}: " + ", ".join(f"{name} {value}" for name, value in result.figures.items()))
    for line in result.wrong or ["nothing lost, nothing twice"]:
        click.echo(f"  {line}")


@contextmanager
def _folder(keep: Path | None, kind: str) -> Iterator[Path]:
    folder = (keep / kind) if keep else Path(tempfile.mkdtemp(prefix="lieguan-chaos-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        if keep is None:
            shutil.rmtree(folder)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder.resolve() / 'lieguan.db'}"
        return
    with running_postgresql() as url:
        yield url


if __name__ == "__main__":
    main()
