"""The cast: who speaks in the playground, in which chats, and what a newcomer may try. Data only.

The ids never change, so that a database kept over a restart still knows everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.line.standin import Platform
from domain.member import Role

Json = dict[str, Any]

CHIEFS = "示範市政府主秘聯繫會報"
OFFICE = "示範市政府行政處處務會議"
OWN = "own"  # stands for the 1:1 chat of whoever is speaking


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a person is to a series; `unit` is a name that the sample minutes use."""

    series: str
    role: Role
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who can be played. `name` is the display name and tells the role, never a person."""

    user_id: str
    name: str
    letter: str
    about: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """Something to type. What changes a case is put into the box first, to be read before it is sent."""

    text: str
    changes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A group chat of everybody in the cast, bound to one series."""

    chat_id: str
    name: str
    series: str
    tries: tuple[Try, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the tour: who says what, where."""

    title: str
    why: str
    chat: str
    speaker: str
    text: str


def _user(number: int) -> str:
    return f"U{number:032x}"


def _group(number: int) -> str:
    return f"C{number:032x}"


COORDINATOR, IT_CONTACT, BUILDING_CONTACT, CLERK, CHIEF, STRANGER = (_user(0xA1 + n) for n in range(6))
CHIEFS_GROUP, OFFICE_GROUP = _group(0xC1), _group(0xC2)

CAST = (
    Speaker(
        user_id=COORDINATOR,
        name="管考幕僚",
        letter="管",
        about="匯入會議紀錄、確認草稿，登錄主席的解除與賡續。",
        parts=(Part(series=CHIEFS, role=Role.COORDINATOR), Part(series=OFFICE, role=Role.COORDINATOR)),
    ),
    Speaker(
        user_id=IT_CONTACT,
        name="資訊局窗口",
        letter="資",
        about="回報資訊局的案件，辦好了就申請解列。",
        parts=(Part(series=CHIEFS, role=Role.CONTACT, unit="資訊局"),),
    ),
    Speaker(
        user_id=BUILDING_CONTACT,
        name="公管中心窗口",
        letter="公",
        about="兩個會議都有公管中心的案件。",
        parts=(
            Part(series=CHIEFS, role=Role.CONTACT, unit="公管中心"),
            Part(series=OFFICE, role=Role.CONTACT, unit="公管中心"),
        ),
    ),
    Speaker(
        user_id=CLERK,
        name="文書組窗口",
        letter="文",
        about="只負責處務會議裡文書組的案件。",
        parts=(Part(series=OFFICE, role=Role.CONTACT, unit="文書組"),),
    ),
    Speaker(
        user_id=CHIEF,
        name="資訊局主管",
        letter="主",
        about="想一眼看完：列管幾件、哪些逾期。",
        parts=(Part(series=CHIEFS, role=Role.CHIEF, unit="資訊局"),),
    ),
    Speaker(user_id=STRANGER, name="路人", letter="路", about="群組裡看得到，但改不了任何案件。"),
)

ROOMS = (
    Room(
        chat_id=CHIEFS_GROUP,
        name="主秘聯繫會報",
        series=CHIEFS,
        tries=(
            Try(text="列管"),
            Try(text="逾期"),
            Try(text="58-1"),
            Try(text="資訊局"),
            Try(text="回報 58-1 已完成報價，預計月底簽約", changes=True),
            Try(text="完成 58-1", changes=True),
            Try(text="復原", changes=True),
        ),
    ),
    Room(
        chat_id=OFFICE_GROUP,
        name="行政處處務會議",
        series=OFFICE,
        tries=(
            Try(text="列管"),
            Try(text="逾期"),
            Try(text="3101"),
            Try(text="文書組"),
            Try(text="回報 3101 清冊已送各組確認", changes=True),
            Try(text="完成 3101", changes=True),
        ),
    ),
)
OWN_TRIES = (
    Try(text="說明"),
    Try(text="我是誰"),
    Try(text="我的"),
    Try(text="列管"),
    Try(text="逾期"),
    Try(text="58-1"),
)

TOUR = (
    Step(
        title="問列管",
        why="群組裡只有叫到它，它才說話。",
        chat=CHIEFS_GROUP,
        speaker=CHIEF,
        text="列管",
    ),
    Step(
        title="看一案的來龍去脈",
        why="打編號就好：單位、期限、會議紀錄原句。",
        chat=CHIEFS_GROUP,
        speaker=IT_CONTACT,
        text="58-1",
    ),
    Step(
        title="一行回報進度",
        why="照你打的字存下來，不改一個字。",
        chat=CHIEFS_GROUP,
        speaker=IT_CONTACT,
        text="回報 58-1 已完成報價，預計月底簽約",
    ),
    Step(
        title="辦好了，申請解列",
        why="單位說「完成」是申請，主席裁示才解除。",
        chat=CHIEFS_GROUP,
        speaker=IT_CONTACT,
        text="完成 58-1",
    ),
    Step(
        title="換個路人試試",
        why="沒有身分的人改不了任何案件。",
        chat=CHIEFS_GROUP,
        speaker=STRANGER,
        text="完成 58-2",
    ),
    Step(
        title="一對一看自己的案件",
        why="私下問不吵群組，也可以傳會議紀錄檔。",
        chat=OWN,
        speaker=IT_CONTACT,
        text="我的",
    ),
)


def furnish(platform: Platform) -> None:
    """Put the cast and their groups into the stand-in, which forgets everything when the program ends."""
    for speaker in CAST:
        platform.add_user(speaker.name, speaker.user_id, friend=True)
    for room in ROOMS:
        platform.add_group(room.name, [speaker.user_id for speaker in CAST], room.chat_id)


def scene() -> Json:
    """Describe the cast to the page."""
    return {
        "speakers": [
            {"userId": s.user_id, "name": s.name, "letter": s.letter, "about": s.about, "roles": roles(s)} for s in CAST
        ],
        "rooms": [{"chatId": r.chat_id, "name": r.name, "tries": _tries(r.tries)} for r in ROOMS],
        "ownTries": _tries(OWN_TRIES),
        "tour": [{"title": s.title, "why": s.why, "chat": s.chat, "speaker": s.speaker, "text": s.text} for s in TOUR],
    }


def roles(speaker: Speaker) -> str:
    """Tell in words what somebody is in each group."""
    rooms = {room.series: room.name for room in ROOMS}
    held = [f"{rooms[part.series]}的{part.unit or ''}{ROLE_NAMES[part.role]}" for part in speaker.parts]
    return "、".join(held) or "未綁定身分"


def _tries(tries: tuple[Try, ...]) -> list[Json]:
    return [{"text": t.text, "changes": t.changes} for t in tries]


ROLE_NAMES = {Role.COORDINATOR: "管考幕僚", Role.CONTACT: "窗口", Role.CHIEF: "主管"}
