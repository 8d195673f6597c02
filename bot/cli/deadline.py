"""`lieguan deadline`: read a date expression as on the day of a meeting."""

from __future__ import annotations

import json
from datetime import date

import click

from bot.calendar_file import load_calendar
from bot.config import ConfigError, load_config
from domain.calendar import ROC_OFFSET
from domain.dates import Reading, read
from handlers.date_words import explain

_YEARS = range(ROC_OFFSET + 1, 2201)


class MeetingDay(click.ParamType):
    """A day as YYYY-MM-DD, from the first ROC year on."""

    name = "YYYY-MM-DD"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            day = value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"「{value}」不是日期，請寫成西元年-月-日，例：--on 2021-09-23。", param, ctx)
        if day.year not in _YEARS:
            self.fail(
                f"「{value}」超出範圍，年份要在 {_YEARS[0]} 到 {_YEARS[-1]} 之間，例：--on 2021-09-23。", param, ctx
            )
        return day


@click.command()
@click.option("--on", required=True, type=MeetingDay(), help="Day of the meeting, e.g. 2021-09-23.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.argument("phrase", nargs=-1, required=True)
def deadline(on: date, as_json: bool, phrase: tuple[str, ...]) -> None:
    """Read the deadline in PHRASE, e.g. 務必於9月底前完成."""
    try:
        calendar = load_calendar(load_config().clock.calendar_overrides)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    reading = read(" ".join(phrase), on=on, calendar=calendar)
    click.echo(json.dumps(as_dict(reading), ensure_ascii=False) if as_json else explain(reading))


def as_dict(reading: Reading) -> dict[str, object]:
    """The reading as JSON: days in ISO form, null for what does not apply."""
    return {
        "kind": reading.kind.value,
        "date": _iso(reading.date),
        "start": _iso(reading.start),
        "end": _iso(reading.end),
        "last_working_day": _iso(reading.last_working_day),
        "effective": _iso(reading.effective),
        "rule": reading.rule,
        "flags": list(reading.flags),
        "candidates": [day.isoformat() for day in reading.candidates],
        "recurrence": reading.recurrence,
        "event": reading.event,
        "text": reading.text,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
