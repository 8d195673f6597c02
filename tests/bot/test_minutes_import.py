"""`lieguan minutes import` from the file to the rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

MINUTES = """範例市政府第31次業務聯繫會報紀錄

時間：民國110年9月23日10時0分

壹、報告事項

會議結論：

(一) 請資訊局於12月底前完成系統盤點。

散會
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "sqlite:///{tmp_path}/lieguan.db"\n', "utf-8")
    monkeypatch.setenv("LIEGUAN_CONFIG", str(config))
    written = tmp_path / "minutes.txt"
    written.write_text(MINUTES, "utf-8")
    return written


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["minutes", "import", *arguments])


def test_import_without_confirm_writes_nothing(file: Path) -> None:
    first, again = run(str(file)), run(str(file))

    assert first.exit_code == 0
    assert first.output == again.output
    assert "尚未寫入。確認無誤請加上 --confirm 再執行一次。" in first.output


def test_import_with_confirm_opens_cases_once(file: Path) -> None:
    done = json.loads(run(str(file), "--confirm", "--json").output)
    again = json.loads(run(str(file), "--confirm", "--json").output)

    assert (done["confirmed"], [case["number"] for case in done["cases"]]) == (True, ["31-1"])
    assert (again["confirmed"], again["already_imported"], again["cases"]) == (False, True, [])


def test_import_of_a_missing_file_says_so_in_one_line(file: Path) -> None:
    result = run(str(file.with_name("nothing.txt")))

    assert (result.exit_code, result.output.count("\n")) == (2, 1)
