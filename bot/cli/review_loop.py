"""The review at a terminal: the very commands of the chat, read line by line."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from bot.bootstrap import House
from domain.errors import StaleVersion
from domain.ports import UnitOfWork
from handlers import phrases
from handlers.commands import Command, Misread
from handlers.confirming import Desk
from handlers.dispatcher import dispatch
from handlers.folding import clean
from handlers.grammar import Address, nearest, parse
from handlers.messages import Message

Work = Callable[[Desk, UnitOfWork], Message | None]
LEAVE = frozenset({"離開", "結束", "exit", "quit", "q"})
PROMPT = "草稿> "


def converse(begin: Work, opened: House) -> None:
    """Begin the review, or take it up, and do what is typed until the person leaves. What is left waits as it is."""
    click.echo(_run(opened, begin))
    click.echo("（離開請輸入：離開；未確認的草稿會留著）")
    while (line := _ask()) is not None:
        if line:
            click.echo(_answer(line, opened))


def is_wanted(asked: bool | None, *, as_json: bool) -> bool:
    """Tell whether to converse: as asked, else where a person sits at a terminal."""
    return asked if asked is not None else sys.stdin.isatty() and sys.stdout.isatty() and not as_json


def _ask() -> str | None:
    """One line, or None at the end."""
    try:
        line: str = click.prompt(PROMPT, default="", show_default=False, prompt_suffix="")
    except click.Abort:
        click.echo()
        return None
    return None if line.strip().lower() in LEAVE else line.strip()


def _answer(line: str, opened: House) -> str:
    text = clean(line)
    said = parse(text, Address.DIRECT) or nearest(text)
    if isinstance(said, Misread):
        return phrases.misread(said).text
    command: Command = said
    try:
        return _run(opened, lambda desk, uow: dispatch(command, desk.context(uow)))
    except StaleVersion:
        return phrases.changed_meanwhile().text


def _run(opened: House, work: Work) -> str:
    desk = Desk(now=opened.clock(), calendar=opened.calendar, settings=opened.settings)
    message = opened.store.write(lambda uow: work(desk, uow))
    return message.text if message else ""
