"""The people of a chaos run. What each says is written down with what must come of it: the model's input."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from bot.line.standin import Platform
from bot.line.standin.platform import Happening
from tests.chaos.office import CAREFUL, COORDINATOR, ROOMS, STRANGER, Room, unit_of


@dataclass(frozen=True, slots=True)
class Said:
    """One event. `kind` is what it asks for, `number` the case, `words` the report in it."""

    kind: str
    event_id: str
    reply_token: str | None
    number: str = ""
    words: str = ""


@dataclass
class Crowd:
    """Speaks at random, but for the careful contacts, who wait until the bot has heard them."""

    platform: Platform
    chance: Random
    said: list[Said] = field(default_factory=list)
    _pools: dict[str, list[tuple[Room, str]]] = field(default_factory=dict)
    _scripts: list[Iterator[Said]] = field(default_factory=list)
    _awaited: list[Said | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        for kind in ("finish", "release"):
            self._pools[kind] = [(room, number) for room in ROOMS for number in room.numbers(kind)]
            self.chance.shuffle(self._pools[kind])
        self._scripts = [self._careful(room) for room in ROOMS]
        self._awaited = [None] * len(ROOMS)

    def speak(self) -> None:
        """Let somebody say something."""
        kind = self.chance.choices(
            ("report", "question", "talk", "stranger", "finish", "release", "help"), (50, 12, 12, 5, 12, 6, 3)
        )[0]
        room = self.chance.choice(ROOMS)
        number = self.chance.choice(room.numbers("talk"))
        if kind in self._pools:
            if not self._pools[kind]:
                kind = "report"
            else:
                room, number = self._pools[kind].pop()
        self._say(kind, room, number)

    def continue_carefully(self, heard: set[str]) -> None:
        """Let each careful contact say the next thing, if the last one was heard."""
        for place, script in enumerate(self._scripts):
            last = self._awaited[place]
            if last is None or last.event_id in heard:
                self._awaited[place] = next(script)

    def ask_around(self) -> None:
        """Let somebody ask something in each group."""
        for room in ROOMS:
            self._say("question", room, self.chance.choice(room.numbers("talk")))

    def _say(self, kind: str, room: Room, number: str) -> None:
        unit = unit_of(int(number.partition("-")[2]))
        words = f"第{len(self.said)}次換文已送出"
        text = {
            "report": f"回報 {number} {words}",
            "question": number,
            "talk": f"大家早，第{len(self.said)}項資料下午放在雲端",
            "stranger": f"回報 {number} {words}",
            "finish": f"完成 {number}",
            "release": f"解除 {number}",
            "help": "說明",
        }[kind]
        user = {"stranger": STRANGER, "release": COORDINATOR}.get(kind, room.contact(unit))
        chat = user if kind == "help" else room.group
        self._keep(kind, self.platform.say(chat, user, text), number, words if kind == "report" else "")

    def _careful(self, room: Room) -> Iterator[Said]:
        """Report and take it back, by 復原 and by unsending, again and again."""
        number = room.number(CAREFUL)
        while True:
            words = f"第{len(self.said)}次換文已送出"
            kind = self.chance.choice(("undone", "unsent"))
            said = self.platform.say(room.group, room.careful, f"回報 {number} {words}")
            yield self._keep(kind, said, number, words)
            if kind == "undone":
                yield self._keep("undo", self.platform.say(room.group, room.careful, "列管 復原"), number)
            else:
                yield self._keep("unsend", self.platform.unsend(said.message_id), number)

    def _keep(self, kind: str, happening: Happening, number: str = "", words: str = "") -> Said:
        assert happening.event is not None
        event = happening.event
        said = Said(kind, event["webhookEventId"], event.get("replyToken"), number, words)
        self.said.append(said)
        return said
