from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.minutes import minutes

TEXT = "某局第3次會議紀錄\n時間：113年5月7日\n決議：請總務處於5月底前完成採購。\n"


def run(path: Path, *options: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(minutes, ["parse", str(path), *options])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
def test_text_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(TEXT.encode(encoding))

    code, out, _ = run(path, "--json")

    said = json.loads(out)
    assert (code, said["meeting"]["ordinal"], said["items"][0]["deadline"]) == (0, 3, "2024-05-31")


def test_list_for_people_names_unit_deadline_and_source(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text(TEXT, "utf-8")

    code, out, _ = run(path)

    assert code == 0
    assert out.splitlines()[1:] == [
        "待列管事項 1 件",
        "1. 完成採購",
        "   主辦：總務處　期限：113/5/31(五)（5月底前）",
        "   原文（第 3 行）：請總務處於5月底前完成採購",
    ]


def test_minutes_without_conclusions_say_so(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("某局會議紀錄\n一、報告\n", "utf-8")

    assert run(path)[1].splitlines()[1] == "沒有找到要列管的結論。"


def test_day_of_the_meeting_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_text("會議紀錄\n決議：請總務處於月底前完成。", "utf-8")

    said = json.loads(run(path, "--json", "--held-on", "2024-05-07")[1])

    assert said["items"][0]["deadline"] == "2024-05-31"


@pytest.mark.parametrize("data", [b"", b"  \n", b"%PDF-1.7 \xff", b"\xff\xfe\xfd", b"\x80\x81\xff\xff"])
def test_unreadable_file_is_refused_in_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(data)

    code, out, err = run(path, "--json")

    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_missing_file_and_folder_are_refused(tmp_path: Path, name: str) -> None:
    assert run(tmp_path / name)[0] == 2
