"""`lieguan list import` from the file to the rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

LIST = """編號,案由,主辦單位,日期,辦理情形,狀態
211-2,更新差勤系統設定,資訊局,110/9/30,110.9.15：測試中,列管中
211-3,檢討停車場管理規定,"秘書處、主計處",,已完成,建議解除列管
,盤點消防設備,秘書處,,,
210-1,汰換公務車輛,秘書處,,,已結案
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "sqlite:///{tmp_path}/lieguan.db"\n', "utf-8")
    monkeypatch.setenv("LIEGUAN_CONFIG", str(config))
    written = tmp_path / "list.csv"
    written.write_text(LIST, "utf-8")
    return written


def run(file: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["list", "import", str(file), "--series", "處務會議", *arguments])


def data(file: Path, *arguments: str) -> dict[str, Any]:
    result = run(file, "--json", *arguments)
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.output)
    return read


def test_a_list_is_shown_and_nothing_written(file: Path) -> None:
    first, second = data(file), data(file)

    assert (first["confirmed"], len(first["cases"])) == (False, 3)
    assert first == second


def test_a_corrected_column_is_read(file: Path) -> None:
    assert [case["deadline"] for case in data(file)["cases"]] == [None, None, None]
    assert [case["deadline"] for case in data(file, "--column", "D=期限")["cases"]] == ["2021-09-30", None, None]


def test_a_confirmed_list_opens_its_cases_under_their_own_numbers(file: Path) -> None:
    read = data(file, "--confirm")

    assert read["confirmed"]
    assert [case["number"] for case in read["cases"]][:2] == ["211-2", "211-3"]
    assert read["new_units"] == ["資訊局", "秘書處", "主計處"]


def test_the_same_list_again_changes_nothing_and_says_so(file: Path) -> None:
    run(file, "--confirm")

    assert "沒有變更" in run(file, "--confirm").output
    assert data(file, "--confirm")["cases"] == []


def test_a_longer_version_of_the_list_opens_what_is_new(file: Path) -> None:
    run(file, "--confirm")
    file.write_text(LIST + "212-1,修訂會議規範,秘書處,,,\n", "utf-8")

    assert [case["number"] for case in data(file, "--confirm")["cases"] if case["line"] == 6] == ["212-1"]
    assert data(file)["cases"] == []


def converse(file: Path, *lines: str) -> str:
    typed = "\n".join(lines) + "\n"
    arguments = ["list", "import", str(file), "--series", "處務會議", "--interactive"]
    return CliRunner().invoke(main, arguments, input=typed).output


def test_a_list_is_corrected_edited_and_confirmed_line_by_line(file: Path) -> None:
    said = converse(file, "欄位 4 期限", "草稿", "草稿 2 標題 檢討停車場收費", "刪除第3件", "確認")

    assert "期限 110/9/30(四)" in said
    assert "211-3 檢討停車場收費" in said
    assert "已開案 2 件：\n　211-2 更新差勤系統設定\n　211-3 檢討停車場收費" in said
    assert data(file, "--confirm")["cases"] == []


def test_a_list_that_is_left_waits_and_is_taken_up(file: Path) -> None:
    converse(file, "草稿 1 標題 差勤系統", "離開")

    assert data(file)["confirmed"] is False
    assert "211-2 差勤系統" in converse(file, "離開")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--column", "期限"), "--column「期限」"),
        (("--column", "3=天曉得"), "用途不認得"),
        (("--sheet", "清單"), "沒有工作表「清單」"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_line(file: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(file, *arguments)

    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert said in result.output


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, file: Path) -> None:
    assert run(tmp_path / "missing.csv").exit_code == 2


def test_a_register_of_contracts_is_imported_as_contracts(file: Path) -> None:
    file.write_text("標案名稱,主辦單位,履約期限,階段\n網路設備維運,資訊局,110/1/1~110/12/31,招標\n", "utf-8")

    (read,) = data(file, "--confirm")["cases"]

    assert (read["kind"], read["stage"], read["deadline"]) == ("contract", "招標", "2021-12-31")
