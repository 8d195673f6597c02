"""`lieguan report` and `lieguan report read`, from the rows to the file and back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from domain.case import Deadline, Duty
from domain.ports import NewCase, UnitOfWork
from storage.store import open_store
from tests.report.files import tick

AT = datetime(2021, 9, 23, 2, 0, tzinfo=UTC)
ON = ("--made-on", "2021-10-18")


@pytest.fixture
def folder(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database of two series; 主任秘書會報 tracks 212-1 of two units and 211-2."""
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "{sqlite_url}"\n', "utf-8")
    monkeypatch.setenv("LIEGUAN_CONFIG", str(config))
    store = open_store(sqlite_url)
    store.write(furnish)
    store.close()
    return tmp_path


def furnish(uow: UnitOfWork) -> None:
    chiefs = uow.series.add("主任秘書會報", "{meeting}-{n}")
    uow.series.add("處務會議", "{meeting}{n:02d}")
    meeting = uow.series.add_meeting(chiefs.id, 212, date(2021, 9, 23), "", AT)
    units = [uow.units.add(name).id for name in ("資訊局", "法務局")]
    for number, named in (("212-1", units), ("211-2", units[:1])):
        new: dict[str, Any] = {
            "series_id": chiefs.id,
            "meeting_id": meeting.id,
            "number": number,
            "title": "契約延長",
            "sentence": "請完成契約延長。",
            "section": "貳-一",
            "deadline": Deadline(),
            "lines": tuple((unit, Duty.LEAD) for unit in named),
            "next_look_at": None,
            "at": AT,
        }
        uow.cases.add(NewCase(**new))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", *arguments])


def test_report_as_text_goes_to_standard_output(folder: Path) -> None:
    result = run("--series", "主任秘書會報", "--format", "text", *ON)

    assert result.exit_code == 0
    assert result.output.startswith(
        "【主任秘書會報第213次會議】執行情形彙整表\n列管 2 案 3 分辦、未填報 3\n\n【211-2】"
    )


@pytest.mark.parametrize("kind", ["odt", "docx", "xlsx"])
def test_report_without_an_output_is_named_after_its_meeting_and_overwrites_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.chdir(folder)
    name = "主任秘書會報第213次會議執行情形彙整表"

    said = [run("--series", "秘書會報", "--meeting", "next", "--format", kind, *ON).output for _ in range(3)]

    names = [f"{name}.{kind}", f"{name}(2).{kind}", f"{name}(3).{kind}"]
    assert said == [f"已寫入 {each}\n" for each in names]
    assert sorted(file.name for file in folder.glob(f"*.{kind}")) == sorted(names)


def test_report_as_the_manual_spells_it_is_an_odt(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)

    assert run("--series", "主任秘書會報", "--meeting", "next").output == (
        "已寫入 主任秘書會報第213次會議執行情形彙整表.odt\n"
    )


def test_report_for_a_folder_that_takes_no_file_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "gone"
    closed.mkdir()
    monkeypatch.chdir(closed)
    closed.rmdir()

    result = run("--series", "主任秘書會報")

    assert (result.exit_code, result.output.count("\n")) == (2, 1)


@pytest.mark.parametrize("kind", ["odt", "docx", "xlsx", "text"])
def test_report_written_twice_has_the_same_bytes(folder: Path, kind: str) -> None:
    for name in ("one", "two"):
        done = run(
            "--series", "主任秘書會報", "--meeting", "213", "--format", kind, "--output", str(folder / name), *ON
        )
        assert (done.exit_code, done.output) == (0, f"已寫入 {folder / name}\n")

    assert (folder / "one").read_bytes() == (folder / "two").read_bytes()


@pytest.mark.parametrize("kind", ["odt", "docx", "xlsx"])
def test_ticked_report_is_shown_then_applied_once(folder: Path, kind: str) -> None:
    blank, filled = folder / f"blank.{kind}", folder / f"filled.{kind}"
    run("--series", "主任秘書會報", "--format", kind, "--output", str(blank), *ON)
    filled.write_bytes(tick(kind, blank.read_bytes(), [("", ""), ("■", "□"), ("□", "■")]))

    shown = json.loads(run("read", str(filled), "--json").output)
    applied = json.loads(run("read", str(filled), "--confirm", "--json").output)
    again = json.loads(run("read", str(filled), "--json").output)

    assert [(one["number"], one["unit"], one["decision"], one["standing"]) for one in shown["decisions"]] == [
        ("212-1", "資訊局", "release", "applies"),
        ("212-1", "法務局", "continue", "applies"),
    ]
    assert (shown["applied"], shown["undecided"], applied["applied"]) == (False, [["211-2", "資訊局"]], True)
    assert [(one["unit"], one["decision"]) for one in again["decisions"]] == [("法務局", "continue")]


def test_ticked_report_in_words_says_that_nothing_was_applied(folder: Path) -> None:
    blank, filled = folder / "blank.odt", folder / "filled.odt"
    run("--series", "主任秘書會報", "--output", str(blank), *ON)
    filled.write_bytes(tick("odt", blank.read_bytes(), [("", ""), ("■", "□"), ("■", "■")]))

    result = run("read", str(filled))

    assert result.exit_code == 0
    assert "212-1" in result.output
    assert "兩欄都有勾選，請擇一 1 筆：212-1(法務局)" in result.output
    assert result.output.endswith("尚未套用。確認無誤請加上 --confirm 再執行一次。\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "text"),
        ("--series", "沒有的會議", "--format", "text"),
        ("--series", "主任秘書會報", "--meeting", "x", "--format", "text"),
        ("--series", "主任秘書會報", "--output", "/no/such/folder/x.odt"),
        ("read", "nothing.odt"),
        ("read", "/"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(folder: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert (result.exit_code, result.output.count("\n")) == (2, 1)


def test_other_document_is_refused_as_a_report(folder: Path) -> None:
    (folder / "紀錄.txt").write_text("會議紀錄", "utf-8")

    result = run("read", str(folder / "紀錄.txt"))

    assert result.exit_code == 2
    assert "lieguan minutes import" in result.output
