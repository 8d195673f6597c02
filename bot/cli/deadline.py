"""`lieguan deadline`: read a date expression as on the day of a meeting."""

from __future__ import annotations

import json
from datetime import date

import click

from bot.calendar_file import load_calendar
from bot.cli.errors import Refusal, in_one_line
from bot.config import load_config
from domain.calendar import ROC_OFFSET
from domain.dates import Reading, read
from handlers.language.date_words import explain

_YEARS = range(ROC_OFFSET + 1, 2201)


class MeetingDay(click.ParamType[date]):
    """A day as YYYY-MM-DD, from the first ROC year on."""

    name = "YYYY-MM-DD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise Refusal(f"--on 的「{value}」不是日期，請寫成西元年-月-日，例：--on 2021-09-23") from None
        if day.year not in _YEARS:
            raise Refusal(f"--on 的年份要在 {_YEARS[0]} 到 {_YEARS[-1]} 之間，例：--on 2021-09-23")
        return day


@click.command()
@click.option("--on", required=True, type=MeetingDay(), help="會議日期，例：2021-09-23。")
@click.option("--json", "as_json", is_flag=True, help="印出一個 JSON 物件。")
@click.argument("phrase", nargs=-1, required=True)
@in_one_line
def deadline(on: date, as_json: bool, phrase: tuple[str, ...]) -> None:
    """讀出 PHRASE 裡的期限，例：lieguan deadline --on 2021-09-23 務必於9月底前完成"""
    calendar = load_calendar(load_config().clock.calendar_overrides)
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
