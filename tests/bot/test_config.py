"""Settings from file and environment; what is wrong is refused with one line that names it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from bot.calendar_file import load_calendar
from bot.config import Config, ConfigError, load_config
from tests.paths import ROOT


def load(tmp_path: Path, text: str, **environ: str) -> Config:
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    return load_config({"LIEGUAN_CONFIG": str(file), **environ})


def test_example_holds_every_key_with_its_default() -> None:
    example = tomllib.loads((ROOT / "config.example.toml").read_text("utf-8"))

    assert example == msgspec.json.decode(msgspec.json.encode(Config()))


def test_missing_default_file_gives_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert load_config({}) == Config()


def test_environment_overrides_the_file(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        '[line]\nchannel_secrets = ["old"]\nchannel_access_token = "old"\n[server]\nport = 1',
        LIEGUAN_LINE__CHANNEL_SECRETS="one, two",
        LIEGUAN_LINE__CHANNEL_ACCESS_TOKEN="token",
        LIEGUAN_SERVER__PORT="8081",
        LIEGUAN_CLOCK__TICK_SECONDS="2.5",
        LIEGUAN_REMINDERS__BEFORE="5,0",
    )

    assert config.line.channel_secrets == ("one", "two")
    assert config.line.channel_access_token == "token"
    assert (config.server.port, config.clock.tick_seconds, config.reminders.before) == (8081, 2.5, (5, 0))


def test_secret_is_read_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from-file\n", "utf-8")

    config = load(
        tmp_path,
        '[line]\nchannel_access_token = "t"',
        LIEGUAN_LINE__CHANNEL_SECRETS_FILE=str(secret),
    )

    assert config.line.channel_secrets == ("from-file",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[server]\nprot = 1", "[server] 沒有「prot」這個設定；您是不是要寫「port」？"),
        ("sever = 1", "沒有「sever」這個設定；您是不是要寫「server」？"),
        ('[server]\nport = "x"', "server.port"),
        ("[server]\nport = 70000", "port 要在 1 到 65535 之間"),
        ("line = 3", "line"),
        ("a = ", "不是正確的 TOML"),
        ('[clock]\ntimezone = "Taipei"', "[clock] timezone"),
        ("[clock]\ntick_seconds = 0", "tick_seconds"),
        ("[delivery]\nask_quota_seconds = 0", "ask_quota_seconds"),
        ('[reminders]\nat = "9 am"', "[reminders] at"),
        ("[reminders]\nbefore = [1, 7]", "before"),
        ('[reminders]\nat = "18:00"\nuntil = "09:00"', "until"),
        ('[line]\nchannel_secrets = ["only"]', "要一起設定"),
        ('[line]\nchannel_secrets = ["one", " "]\nchannel_access_token = "t"', "空白的項目"),
    ],
)
def test_wrong_setting_is_refused_with_one_line_that_names_it(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        load(tmp_path, text)

    assert named in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_named_file_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="找不到設定檔"):
        load_config({"LIEGUAN_CONFIG": str(tmp_path / "none.toml")})


def test_calendar_overrides_close_a_typhoon_day(tmp_path: Path) -> None:
    from datetime import date

    file = tmp_path / "days.txt"
    file.write_text("# 颱風\n2021-12-17 停班\n\n2021-12-18 上班 # 補班\n", "utf-8")

    calendar = load_calendar(str(file))

    assert not calendar.is_working_day(date(2021, 12, 17))
    assert calendar.is_working_day(date(2021, 12, 18))


def test_calendar_override_line_that_is_wrong_is_named(tmp_path: Path) -> None:
    file = tmp_path / "days.txt"
    file.write_text("2021-12-17 停班\n12/18 上班\n", "utf-8")

    with pytest.raises(ConfigError, match="第 2 行"):
        load_calendar(str(file))
