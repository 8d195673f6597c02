"""The same loop on the command line: preview, review line by line, confirm, JSON for scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.loop.chat import MINUTES, minutes
from tests.paths import ROOT

SHARED = sorted((ROOT.parent / "shared" / "minutes").glob("*.txt"))


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[database]\nurl = "{database_url}"\n', "utf-8")
    monkeypatch.setenv("LIEGUAN_CONFIG", str(config))


def run(file: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["minutes", "import", str(file), *arguments], input=typed)


def data(file: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(file, "--json", *arguments).output)
    return found


def review(meeting: int, *lines: str) -> str:
    return run(MINUTES / f"{meeting}.txt", "--interactive", typed="\n".join(lines) + "\n").output


def test_preview_says_what_would_be_opened_and_writes_nothing() -> None:
    first, again = data(MINUTES / "301.txt"), data(MINUTES / "301.txt")

    assert first == again
    assert [case["number"] for case in first["cases"]] == ["301-1", "301-2", "301-3", "301-4"]
    assert [case["number"] for case in first["carried_over"]] == ["299-2", "300-2"]
    assert first["declared"] == [{"line": 11, "declared": 2, "listed": 2}, {"line": 11, "declared": 2, "listed": 2}]


def test_four_meetings_are_confirmed_by_script() -> None:
    done = [data(MINUTES / f"{meeting}.txt", "--confirm") for meeting in (301, 302, 303, 304)]

    assert [one["confirmed"] for one in done] == [True] * 4
    applied = [[one["number"] for one in each["decisions"] if one["applied"]] for each in done]
    assert applied == [
        [],
        ["301-1", "301-4", "301-2", "301-4", "300-2"],
        ["299-2", "301-4"],
        ["303-1", "302-1", "299-2", "301-2"],
    ]
    assert done[3]["not_mentioned"] == ["301-3", "300-2"]


def test_second_confirmation_changes_nothing() -> None:
    data(MINUTES / "301.txt", "--confirm")

    again = data(MINUTES / "301.txt", "--confirm")

    assert (again["already_imported"], again["confirmed"], again["cases"]) == (True, False, [])


def test_review_reads_the_commands_of_the_chat() -> None:
    output = review(301, "草稿 1 期限 10月20日", "草稿 2 刪除", "草稿 1 期限 2月30日", "亂打", "確認", "復原", "離開")

    assert "期限 110/10/20(三)" in output
    assert "2. ［已刪除］301-2" in output
    assert "沒有變更：讀不出「2月30日」的日期。" in output
    assert "已開案 5 件：" in output
    assert "301-1 完成資訊系統盤點（已作廢，案號不再使用）" in output


def test_next_page_is_turned_at_a_terminal_too(tmp_path: Path) -> None:
    file = tmp_path / "many.txt"
    orders = "".join(f"（{at}）請資訊局辦理第{at}期系統汰換作業。\n" for at in range(1, 21))
    file.write_text(f"管考會報第12次會議紀錄\n時間：110年9月23日\n壹、報告事項\n結論：\n{orders}散會\n", "utf-8")

    output = run(file, "--interactive", typed="下一頁\n下一頁\n下一頁\n離開\n").output

    pages = output.split("草稿> ")[1:]
    assert [page.splitlines()[3].split()[0] for page in pages[:2]] == ["9.", "17."]
    assert "草稿：" not in pages[2]


def test_confirmation_by_script_says_how_it_is_taken_back_and_that_works() -> None:
    confirmed = run(MINUTES / "301.txt", "--confirm").output

    assert confirmed.endswith("要取消請輸入：復原（在終端機：同一個指令把 --confirm 換成 --interactive 後輸入）\n")
    assert "301-1 完成資訊系統盤點（已作廢，案號不再使用）" in review(301, "復原", "離開")


def test_review_waits_for_the_next_time() -> None:
    review(301, "草稿 1 標題 盤點", "離開")

    assert "301-1 盤點" in review(301)


def test_corrected_file_applies_only_what_it_says_otherwise(tmp_path: Path) -> None:
    data(MINUTES / "301.txt", "--confirm")
    corrected = tmp_path / "301.txt"
    corrected.write_text(minutes(301, ("10月15日", "10月29日")), "utf-8")

    shown, done = data(corrected), data(corrected, "--confirm")

    assert [(case["number"], case["origin"], case["deadline"]) for case in shown["cases"]] == [
        ("301-1", "changed", "2021-10-29")
    ]
    assert done["confirmed"]


@pytest.mark.parametrize("file", SHARED, ids=lambda file: file.stem)
def test_real_minutes_are_confirmed_once_and_the_next_meeting_decides(file: Path, tmp_path: Path) -> None:
    first = data(file, "--confirm")
    numbers = [case["number"] for case in first["cases"]]
    ordinal = first["ordinal"] + 1
    following = tmp_path / "next.txt"
    following.write_text(
        f"{first['series']}第{ordinal}次會議紀錄\n時間：民國110年12月21日\n壹、報告事項\n一、執行情形。\n"
        f"會議結論：列管編號{numbers[0]}、{numbers[1]}解除列管；列管編號{numbers[2]}賡續列管。\n散會\n",
        "utf-8",
    )

    again = data(file, "--confirm")
    decided = data(following, "--confirm", "--series", first["series"])

    assert len(set(numbers)) == len(numbers) >= 3
    assert (again["already_imported"], again["confirmed"]) == (True, False)
    assert [one["number"] for one in decided["decisions"] if one["applied"]] == numbers[:3]
