"""`lieguan deadline` for scripts and for people."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from domain.calendar import WorkCalendar
from domain.dates import read
from handlers.language.date_words import FLAGS, explain
from tests.domain.test_dates_corpus import rows


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["deadline", *words])


def test_deadline_as_json_is_one_object() -> None:
    result = run("--on", "2021-09-23", "--json", "務必於12月底前完成")

    assert (result.exit_code, json.loads(result.stdout)) == (
        0,
        {
            "kind": "date",
            "date": "2021-12-31",
            "start": None,
            "end": None,
            "last_working_day": "2021-12-30",
            "effective": None,
            "rule": "month_part",
            "flags": ["day_off"],
            "candidates": [],
            "recurrence": None,
            "event": None,
            "text": "12月底前",
        },
    )


def test_json_keeps_chinese_readable() -> None:
    assert '"event": "下次會議前"' in run("--on", "2021-09-23", "--json", "下次會議前").stdout


def test_phrase_without_a_date_is_none() -> None:
    assert json.loads(run("--on", "2021-09-23", "--json", "同意備查").stdout)["kind"] == "none"


@pytest.mark.parametrize(
    ("phrase", "first_line"),
    [
        ("務必於9月底前完成", "期限 110/9/30(四)。"),
        ("12月底前", "期限 110/12/31(五) 為放假日，最後上班日 110/12/30(四)。"),
        ("一個月內", "期限 110/10/23(六) 為放假日，最後上班日 110/10/22(五)，順延後為 110/10/25(一)。"),
        ("10月20日至24日", "期間 110/10/20(三) 至 110/10/24(日) 為放假日，最後上班日 110/10/22(五)。"),
        ("8月底前", "需要確認：「8月底前」可能是 110/8/31(二) 或 111/8/31(三)。"),
        ("每月5日前", "定期辦理：「每月5日前」，從 110/10/5(二) 開始。"),
        ("下次會議前", "等待事件：「下次會議前」。"),
        ("儘速", "沒有日期：「儘速」。"),
        ("截至8月底前", "不是期限：「8月底前」。"),
        ("同意備查", "沒有找到日期或期限。"),
    ],
)
def test_answer_begins_with_what_was_read(phrase: str, first_line: str) -> None:
    assert run("--on", "2021-09-23", phrase).stdout.splitlines()[0] == first_line


@pytest.mark.parametrize("on", ["110-9-23", "2021-02-30", "0001-01-01", "9999-12-31", ""])
def test_bad_day_of_the_meeting_is_refused_with_an_example(on: str) -> None:
    result = run("--on", on, "9月底前")

    assert result.exit_code == 2
    assert result.stderr.rstrip().endswith("例：--on 2021-09-23")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(("phrase", "on"), [(phrase, on) for phrase, on, *_ in rows()])
def test_every_reading_of_the_corpus_can_be_said(phrase: str, on: str) -> None:
    reading = read(phrase, on=date.fromisoformat(on), calendar=WorkCalendar())

    assert explain(reading).endswith("。")
    assert set(reading.flags) <= set(FLAGS)
