"""The corpus: one test for each sentence, exact slots. A line is: how it is said, the text, the slots."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest

from domain.chat import Chat, ChatKind
from handlers.commands import NAMES, Command
from handlers.context import Settings
from handlers.inbound import TextSaid
from handlers.language.manners import listen

FOLDER = Path(__file__).parents[1] / "data" / "sentences"
ENOUGH = 15  # phrasings of each command
CORPUS = {file.stem: file.read_text("utf-8").splitlines()[1:] for file in sorted(FOLDER.glob("*.tsv"))}
LINES = [(name, *line.split("\t")) for name, lines in CORPUS.items() for line in lines]


def heard_text(how: str, text: str) -> TextSaid:
    return TextSaid(
        event_id="E",
        chat=Chat(ChatKind.USER if how == "private" else ChatKind.GROUP, "C"),
        user_id="U",
        at=datetime(2021, 9, 27, tzinfo=UTC),
        message_id="M",
        text=text,
        to_bot=how == "mention",
    )


def slots_of(command: Command) -> str:
    """Write a command's fields that were filled in, as the corpus does."""
    filled = {field.name: getattr(command, field.name) for field in fields(command)}
    return "; ".join(
        f"{name}={'、'.join(map(str, value)) if isinstance(value, tuple) else value}"
        for name, value in filled.items()
        if value not in ("", False, (), None) and not (name == "page" and value == 1)
    )


@pytest.mark.parametrize(("command", "how", "text", "slots"), LINES)
def test_sentence_is_read_as_its_command(command: str, how: str, text: str, slots: str) -> None:
    heard = listen(heard_text(how, text), Settings().prefixes)

    assert heard is not None
    assert isinstance(heard.said, NAMES[command]), heard.said
    assert slots_of(heard.said) == slots


@pytest.mark.parametrize("command", NAMES)
def test_command_has_enough_sentences(command: str) -> None:
    assert len(CORPUS[command]) >= ENOUGH


@pytest.mark.parametrize(
    "text",
    ["完成" + " " * 4_990 + "x", "211-2、" * 800 + "x", "211-2" + "(a)" * 1_500 + "x", "列管" + "\n" * 4_990 + "x"],
    ids=["blanks", "numbers", "brackets", "lines"],
)
def test_hostile_text_is_decided_quickly(text: str) -> None:
    listen(heard_text("mention", "列管"), Settings().prefixes)
    started = perf_counter()

    listen(heard_text("mention", text), Settings().prefixes)

    assert perf_counter() - started < 1  # seconds; without possessive quantifiers it was 3 to 21
