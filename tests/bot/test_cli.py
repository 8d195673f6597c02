"""The command line as an administrator uses it: in a folder of its own, as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import urllib3

from bot.line.standin import TEST_SECRET, TEST_TOKEN, Platform, Settings, StandInServer
from tests.e2e.conftest import COORDINATOR, GROUP, eventually, people
from tests.paths import ROOT
from tests.said import words_of

LIEGUAN = (sys.executable, "-m", "bot")
MINUTES = """示範市政府第12次工作會報紀錄

時間：民國110年9月23日上午10時
主席：秘書長

壹、報告事項
一、契約管理。
會議結論：請資訊局務必於9月底前完成契約延長。

散會
"""


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LIEGUAN_")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def lieguan(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*LIEGUAN, *words], cwd=folder, env=environment(folder, **more), capture_output=True, text=True, timeout=60
    )


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[subprocess.Popen[str]]:
    """A server process whose first line has been printed; killed at the end if it still runs."""
    process = subprocess.Popen(
        [*LIEGUAN, "serve"],
        cwd=folder,
        env=environment(folder, PYTHONUNBUFFERED="1", **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        assert "啟動" in process.stdout.readline()
        yield process
    finally:
        process.kill()
        process.communicate()


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def line() -> Iterator[StandInServer]:
    platform = Platform(Settings())
    people(platform)
    with StandInServer(platform) as server:
        yield server


@pytest.fixture
def settings(line: StandInServer, tmp_path: Path) -> dict[str, str]:
    """What connects a process to the stand-in as if it were LINE."""
    port = free_port()
    line.platform.settings.webhook_url = f"http://127.0.0.1:{port}/callback"
    return {
        "LIEGUAN_LINE__CHANNEL_SECRETS": TEST_SECRET,
        "LIEGUAN_LINE__CHANNEL_ACCESS_TOKEN": TEST_TOKEN,
        "LIEGUAN_LINE__API_BASE": line.url,
        "LIEGUAN_LINE__DATA_API_BASE": line.url,
        "LIEGUAN_SERVER__PORT": str(port),
        "LIEGUAN_CLOCK__TICK_SECONDS": "3600",
    }


def test_whole_road_by_processes(line: StandInServer, settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text(MINUTES, "utf-8")
    with serving(tmp_path, **settings):
        invited = lieguan(
            tmp_path, "invite", "--role", "coordinator", "--series", "示範市政府工作會報", **settings
        ).stdout
        line.platform.say(GROUP, COORDINATOR, invited.splitlines()[-1]).wait()
        imported = lieguan(tmp_path, "minutes", "import", "minutes.txt", "--confirm", **settings)
        first = lieguan(tmp_path, "tick", "--at", "2021-09-30T09:00+08:00", **settings)
        again = lieguan(tmp_path, "tick", "--at", "2021-09-30T09:00+08:00", **settings)
        line.platform.say(GROUP, COORDINATOR, "12-1").wait()
        assert eventually(lambda: len(line.platform.said_by_bot(GROUP)) == 3)

    assert imported.returncode == 0
    assert first.stdout.startswith("提醒 1 項，排入 1 則訊息。\n")
    assert again.stdout == "提醒 0 項，排入 0 則訊息。\n送出 0 則，稍後再送 0 則，失敗 0 則。\n"
    asked = [exchange.endpoint for exchange in line.platform.ledger.since()]
    assert (asked.count("consumption"), asked.count("count")) == (1, 1)  # by the first tick: the second knows
    bound, reminder, case = map(words_of, line.platform.said_by_bot(GROUP))
    assert "管考幕僚" in bound
    assert "12-1" in reminder
    assert "今天到期" in reminder
    assert "【12-1】" in case


def test_second_server_on_one_file_refuses_in_one_line(settings: dict[str, str], tmp_path: Path) -> None:
    with serving(tmp_path, **settings):
        second = lieguan(tmp_path, "serve", **{**settings, "LIEGUAN_SERVER__PORT": str(free_port())})

    assert second.returncode == 2
    assert second.stderr.strip() == (
        "另一個列管小幫手正在使用 var/lieguan.db，請先停止它；要同時執行多個，請改用 PostgreSQL。"
    )


def test_server_stops_in_peace_when_told(settings: dict[str, str], tmp_path: Path) -> None:
    with serving(tmp_path, **settings) as process:
        process.send_signal(signal.SIGTERM)

        assert process.wait(20) == 0


def test_killed_server_starts_again(settings: dict[str, str], tmp_path: Path) -> None:
    with serving(tmp_path, **settings) as process:
        process.kill()
        process.wait()

    with serving(tmp_path, **settings), urllib3.PoolManager(retries=False) as http:
        health = http.request("GET", f"http://127.0.0.1:{settings['LIEGUAN_SERVER__PORT']}/healthz")

    assert health.status == 200


def test_port_that_is_taken_is_told(settings: dict[str, str], tmp_path: Path) -> None:
    with serving(tmp_path, **settings):
        other = tmp_path / "other"
        other.mkdir()
        second = lieguan(other, "serve", **settings)

    assert second.returncode == 2
    assert second.stderr.startswith(f"無法使用 127.0.0.1:{settings['LIEGUAN_SERVER__PORT']}")


@pytest.mark.parametrize("command", [("serve",), ("tick",), ("invite", "--role", "coordinator", "--series", "會報")])
def test_typo_in_the_settings_is_one_line(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "config.toml").write_text("[server]\nprot = 1\n", "utf-8")

    refused = lieguan(tmp_path, *command)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "設定錯誤（config.toml）：[server] 沒有「prot」這個設定；您是不是要寫「port」？\n"


def test_database_that_cannot_be_used_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no database, and longer than a header of one " * 40, "utf-8")

    refused = lieguan(tmp_path, "tick", LIEGUAN_DATABASE__URL="sqlite:///file")

    assert refused.returncode == 2
    assert refused.stderr.startswith("資料庫目前無法使用")
    assert len(refused.stderr.splitlines()) == 1


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "sqlite://"])
def test_database_of_another_kind_is_refused_with_an_example(tmp_path: Path, url: str) -> None:
    refused = lieguan(tmp_path, "tick", LIEGUAN_DATABASE__URL=url)

    assert refused.returncode == 2
    assert "sqlite:///var/lieguan.db" in refused.stderr


def test_locked_database_is_one_line(tmp_path: Path) -> None:
    lieguan(tmp_path, "tick", LIEGUAN_DATABASE__URL="sqlite:///held.db")
    holder = sqlite3.connect(tmp_path / "held.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    refused = lieguan(tmp_path, "tick", "--at", "2021-09-30T09:00+08:00", LIEGUAN_DATABASE__URL="sqlite:///held.db")

    holder.close()
    assert refused.returncode == 2
    assert refused.stderr.startswith("資料庫目前無法使用")


@pytest.mark.parametrize("instant", ["yesterday", "2021-09-30T09:00", "2021-13-01T00:00+08:00"])
def test_instant_that_cannot_be_read_is_refused_with_an_example(tmp_path: Path, instant: str) -> None:
    refused = lieguan(tmp_path, "tick", "--at", instant)

    assert refused.returncode == 2
    assert "+08:00" in refused.stderr


def test_short_name_means_the_series_that_ends_with_it(tmp_path: Path) -> None:
    lieguan(tmp_path, "invite", "--role", "coordinator", "--series", "示範市政府工作會報")

    invited = lieguan(tmp_path, "invite", "--role", "contact", "--series", "工作會報", "--unit", "資訊局")

    assert invited.stdout.startswith("示範市政府工作會報・資訊局・單位窗口")


def test_contact_needs_a_unit(tmp_path: Path) -> None:
    refused = lieguan(tmp_path, "invite", "--role", "contact", "--series", "會報")

    assert refused.returncode == 2
    assert "--unit 資訊局" in refused.stderr


def test_deadline_prints_the_promised_object(tmp_path: Path) -> None:
    printed = json.loads(lieguan(tmp_path, "deadline", "--on", "2021-09-23", "--json", "務必於9月底前完成").stdout)

    assert {key: printed[key] for key in ("kind", "date", "start", "end", "last_working_day", "flags")} == {
        "kind": "date",
        "date": "2021-09-30",
        "start": None,
        "end": None,
        "last_working_day": "2021-09-30",
        "flags": [],
    }
