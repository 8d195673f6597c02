"""Settings: `config.toml`, then the environment on top. A wrong key or type is refused with one clear line.

The environment names a key as LIEGUAN_<SECTION>__<KEY>; with _FILE behind it the value is read from that
file (for secrets). LIEGUAN_CONFIG names the file, `config.toml` in the working folder otherwise.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from domain.rules import CONTRACT, HIGH

PREFIX = "LIEGUAN_"
FILE_VARIABLE = "LIEGUAN_CONFIG"
FILE_NAME = "config.toml"


class ConfigError(Exception):
    """The settings cannot be used; the text is one line for the person who wrote them."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """The LINE channel. Both secrets and token, or neither (then the playground runs)."""

    channel_secrets: tuple[str, ...] = ()
    channel_access_token: str = ""
    api_base: str = "https://api.line.me"
    data_api_base: str = "https://api-data.line.me"

    @property
    def is_configured(self) -> bool:
        """Tell whether the program is to serve a LINE channel."""
        return bool(self.channel_secrets and self.channel_access_token)


class Database(msgspec.Struct, frozen=True, kw_only=True):
    """Where the rows are. Empty: SQLite under `var/`."""

    url: str = ""


class Server(msgspec.Struct, frozen=True, kw_only=True):
    """Where the webhook listens."""

    host: str = "127.0.0.1"
    port: int = 8080
    threads: int = 16


class ClockSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Time: the zone in which people live, and how often the clock looks."""

    timezone: str = "Asia/Taipei"
    tick_seconds: float = 30.0
    calendar_overrides: str = ""


class Dense(msgspec.Struct, frozen=True, kw_only=True):
    """The ladder of cases of high priority."""

    before: tuple[int, ...] = HIGH.before
    after: tuple[int, ...] = HIGH.after
    then_every: int = HIGH.then_every


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """The ladder of a contract's end: far ahead, then nearly each day of the last ten."""

    before: tuple[int, ...] = CONTRACT.before
    after: tuple[int, ...] = CONTRACT.after
    then_every: int = CONTRACT.then_every


class Reminders(msgspec.Struct, frozen=True, kw_only=True):
    """The ladder of a deadline, in working days, and the hours in which reminders go out."""

    before: tuple[int, ...] = (7, 3, 1, 0)
    after: tuple[int, ...] = (1, 3)
    then_every: int = 5
    at: str = "09:00"
    until: str = "18:00"
    wait_normal: int = 1
    wait_low: int = 3
    city: str = ""
    chase: tuple[int, ...] = (3,)
    escalate_after: int = 3
    overdue_in_group: bool = False
    high: Dense = Dense()
    contract: Contract = Contract()


class SeriesSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What one meeting series does differently; what is not given is as in [reminders]."""

    before: tuple[int, ...] | None = None
    after: tuple[int, ...] | None = None
    then_every: int | None = None
    city: str | None = None
    overdue_in_group: bool | None = None


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """How reminders travel."""

    digest_at: str = "09:00"
    mentions: bool = False
    ask_quota_seconds: float = 600.0


class ChatSettings(msgspec.Struct, frozen=True, kw_only=True):
    """How people address the bot in a group."""

    prefix: str = "列管"


class Extensions(msgspec.Struct, frozen=True, kw_only=True):
    """How often a deadline may be extended, and over how many days the unit's chief approves."""

    most_times: int = 2
    chief_over_days: int = 30


class Playground(msgspec.Struct, frozen=True, kw_only=True):
    """The web page to try the bot without LINE, on loopback only."""

    port: int = 8090


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """All settings. `var` is where the program keeps its own files."""

    line: Line = Line()
    database: Database = Database()
    server: Server = Server()
    clock: ClockSettings = ClockSettings()
    reminders: Reminders = Reminders()
    series: dict[str, SeriesSettings] = {}
    delivery: Delivery = Delivery()
    chat: ChatSettings = ChatSettings()
    extensions: Extensions = Extensions()
    playground: Playground = Playground()


def load_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Read the settings. Raises ConfigError."""
    named = environ.get(FILE_VARIABLE)
    path = Path(named or FILE_NAME)
    values = _read_file(path, required=bool(named))
    _refuse_unknown(values, Config, str(path))
    _overlay(values, environ)
    try:
        config = msgspec.convert(values, Config)
    except msgspec.ValidationError as error:
        raise ConfigError(f"設定錯誤（{path}）：{_in_words(error)}") from error
    _check(config, str(path))
    return config


def _read_file(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        if required:
            raise ConfigError(f"找不到設定檔 {path}；請檢查環境變數 {FILE_VARIABLE}。") from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"設定檔 {path} 不是正確的 TOML：{error}") from error
    except OSError as error:
        raise ConfigError(f"無法讀取設定檔 {path}：{error.strerror}") from error


def _refuse_unknown(values: dict[str, Any], struct: type[msgspec.Struct], path: str, section: str = "") -> None:
    known = get_type_hints(struct)
    for key, value in values.items():
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"；您是不是要寫「{near[0]}」？" if near else f"；可用的有：{'、'.join(known)}。"
            raise ConfigError(f"設定錯誤（{path}）：{f'[{section}] ' if section else ''}沒有「{key}」這個設定{hint}")
        if not isinstance(value, dict):
            continue
        if _is_table(known[key]):
            _refuse_unknown(value, known[key], path, f"{section}.{key}" if section else key)
        elif struct is Config:  # a table of tables, by the names that the office gives them
            for name, table in value.items():
                if isinstance(table, dict):
                    _refuse_unknown(table, get_args(known[key])[1], path, f"{key}.{name}")


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _overlay(values: dict[str, Any], environ: Mapping[str, str]) -> None:
    """Put LIEGUAN_SECTION__KEY and LIEGUAN_SECTION__KEY_FILE over the file's values."""
    tables = {section: struct for section, struct in get_type_hints(Config).items() if _is_table(struct)}
    for section, struct in tables.items():
        for key, kind in get_type_hints(struct).items():
            text = _from_environment(f"{PREFIX}{section}__{key}".upper(), environ)
            if text is None or _is_table(kind):
                continue
            table = values.setdefault(section, {})
            if isinstance(table, dict):
                table[key] = _parse(text, kind)


def _from_environment(name: str, environ: Mapping[str, str]) -> str | None:
    file = environ.get(f"{name}_FILE")
    if file is None:
        return environ.get(name)
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"無法讀取 {name}_FILE 指定的檔案 {file}。") from error


def _parse(text: str, kind: Any) -> Any:
    """Turn a variable's text into the key's type as far as is certain; msgspec refuses the rest."""
    if kind is str:
        return text
    if kind is bool:
        return {"true": True, "false": False}.get(text.lower(), text)
    if get_args(kind):
        item = get_args(kind)[0]
        return [_parse(part.strip(), item) for part in text.split(",") if part.strip()]
    try:
        return kind(text)
    except ValueError:
        return text


def _in_words(error: msgspec.ValidationError) -> str:
    what, _, where = str(error).partition(" - at `$.")
    return f"{where.rstrip('`') or '最上層'} 的值不對（{what}）。"


def _check(config: Config, path: str) -> None:
    line = config.line
    if bool(line.channel_secrets) != bool(line.channel_access_token):
        raise ConfigError(f"設定錯誤（{path}）：[line] channel_secrets 與 channel_access_token 要一起設定。")
    if not all(secret.strip() for secret in line.channel_secrets):  # anybody can sign with an empty secret
        raise ConfigError(f"設定錯誤（{path}）：[line] channel_secrets 裡有空白的項目。")
    if not 0 < config.server.port < 65536 or not 0 < config.playground.port < 65536:
        raise ConfigError(f"設定錯誤（{path}）：port 要在 1 到 65535 之間。")
    if config.clock.tick_seconds <= 0 or config.server.threads < 1:
        raise ConfigError(f"設定錯誤（{path}）：tick_seconds、threads 都要大於 0。")
    if config.delivery.ask_quota_seconds <= 0:
        raise ConfigError(f"設定錯誤（{path}）：[delivery] ask_quota_seconds 要大於 0。")
    if config.extensions.most_times < 0 or config.extensions.chief_over_days < 0:
        raise ConfigError(f"設定錯誤（{path}）：[extensions] most_times、chief_over_days 不能小於 0。")
    _check_reminders(config.reminders, f"設定錯誤（{path}）：[reminders] ")
    for name, series in config.series.items():
        _check_ladder(series, f'設定錯誤（{path}）：[series."{name}"] ')
    _check_time(config.delivery.digest_at, f"設定錯誤（{path}）：[delivery] digest_at")
    if time.fromisoformat(config.delivery.digest_at) >= time.fromisoformat(config.reminders.until):
        raise ConfigError(f"設定錯誤（{path}）：[delivery] digest_at 要早於 [reminders] until，例：09:00。")
    try:
        ZoneInfo(config.clock.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            f"設定錯誤（{path}）：[clock] timezone 沒有「{config.clock.timezone}」這個時區，例：Asia/Taipei。"
        ) from error


def _check_reminders(reminders: Reminders, where: str) -> None:
    for key in ("at", "until"):
        _check_time(getattr(reminders, key), where + key)
    if time.fromisoformat(reminders.at) >= time.fromisoformat(reminders.until):
        raise ConfigError(f"{where}until 要晚於 at，例：at = 09:00、until = 18:00。")
    if reminders.escalate_after < 1:
        raise ConfigError(f"{where}escalate_after 要大於 0。")
    if reminders.wait_normal < 0 or reminders.wait_low < 0:
        raise ConfigError(f"{where}wait_normal、wait_low 不能小於 0。")
    if list(reminders.chase) != sorted(set(reminders.chase), reverse=True) or min(reminders.chase, default=1) < 1:
        raise ConfigError(f"{where}chase 要由大到小、不重複、大於 0，例：[3, 1]。")
    _check_ladder(reminders, where)
    _check_ladder(reminders.high, where.replace("]", ".high]"))
    _check_ladder(reminders.contract, where.replace("]", ".contract]"))


def _check_ladder(ladder: Reminders | Dense | Contract | SeriesSettings, where: str) -> None:
    before, after = ladder.before or (), ladder.after or ()
    if list(before) != sorted(set(before), reverse=True) or min(before, default=0) < 0:
        raise ConfigError(f"{where}before 要由大到小、不重複、不小於 0，例：[7, 3, 1, 0]。")
    if list(after) != sorted(set(after)) or min(after, default=1) < 1:
        raise ConfigError(f"{where}after 要由小到大、不重複、大於 0，例：[1, 3]。")
    if ladder.then_every is not None and ladder.then_every < 1:
        raise ConfigError(f"{where}then_every 要大於 0。")


def _check_time(text: str, where: str) -> None:
    try:
        time.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(f"{where} 要寫成時:分，例：09:00。") from error
