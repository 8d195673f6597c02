"""說明: what the asker may do, on one screen by topic; a topic shows how each of its commands is typed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from handlers import commands
from handlers.buttons import Choice
from handlers.commands import CHANGES, NAMES, Command
from handlers.language.phrasebook import phrasebook
from handlers.language.usage import USAGES, Audience, Usage
from handlers.messages import Message


class Topic(StrEnum):
    """What the commands are grouped by; the value is its name."""

    ASK = "查詢"
    REPORT = "回報"
    MANAGE = "管考"
    REVIEW = "草稿"
    PEOPLE = "身分"


IDENTITY = frozenset({commands.Bind, commands.BindGroup, commands.UnbindGroup, commands.WhoAmI, commands.Help})
MANNERS = "在群組請直接輸入指令、@我，或以「列管」開頭；引用我的訊息即可回報該案。"


def help_for(audiences: frozenset[Audience], today: date, topic: str = "") -> Message:
    """List what the asker may do: every topic in a line, or one topic, or one command, with what is typed for it."""
    wanted = next((one for one in Topic if one.value == topic), None)
    found = dict(_by_topic(audiences))
    if wanted in found:
        return _explained(wanted.value, found[wanted], found, today)
    if topic and (named := _named(topic, [usage for usages in found.values() for usage in usages])):
        return _explained(topic, named, found, today)
    lines = [f"・{one.value}：{'、'.join(_heads(usages))}" for one, usages in found.items()]
    more = f"怎麼輸入請看：{'、'.join(f'列管說明 {one.value}' for one in found)}"
    return Message(text="\n".join(["可以這樣輸入：", *lines, more, MANNERS]), choices=_choices(found))


def topic_of(command: type[Command]) -> Topic:
    """The topic of a command, by who may use it and whether it changes anything."""
    audience = USAGES[command].audience
    if command in IDENTITY:
        return Topic.PEOPLE
    if audience is Audience.REVIEWER:
        return Topic.REVIEW
    if command not in CHANGES:
        return Topic.ASK
    return Topic.MANAGE if audience is Audience.COORDINATOR else Topic.REPORT


def _by_topic(audiences: frozenset[Audience]) -> Iterator[tuple[Topic, list[Usage]]]:
    for topic in Topic:
        usages = [usage for one, usage in USAGES.items() if usage.audience in audiences and topic_of(one) is topic]
        if usages:
            yield topic, usages


def _heads(usages: list[Usage]) -> list[str]:
    """How commands begin, each beginning once."""
    return list(dict.fromkeys(usage.typed.split(" ")[0] for usage in usages))


def _named(name: str, usages: list[Usage]) -> list[Usage]:
    """The commands that begin so, or else that the name hints at."""
    begin = [usage for usage in usages if any(head.startswith(name) for head in usage.typed.split(" ")[0].split("／"))]
    hinted = {USAGES[NAMES[command]] for hint, command in phrasebook().hints if hint == name}
    return begin or [usage for usage in usages if usage in hinted]


def _explained(title: str, usages: list[Usage], found: dict[Topic, list[Usage]], today: date) -> Message:
    lines = [f"・{usage.typed}：{usage.does}{_example(usage, today)}" for usage in usages]
    return Message(text="\n".join([f"【{title}】", *lines]), choices=_choices(found))


def _example(usage: Usage, today: date) -> str:
    return "" if usage.example == usage.typed else f"（例：{usage.on(today)}）"


def _choices(found: dict[Topic, list[Usage]]) -> tuple[Choice, ...]:
    return tuple(Choice(f"說明 {one.value}", f"列管說明 {one.value}") for one in found)
