"""The review at a terminal: the very commands of the chat, read line by line."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from bot.bootstrap import House
from domain.errors import StaleVersion
from domain.ports import UnitOfWork
from handlers import phrases, unclear
from handlers.buttons import Choice
from handlers.commands import Command, Misread, NextPage
from handlers.context import Context
from handlers.dispatcher import dispatch
from handlers.grammar import nearest, parse
from handlers.language.folding import clean
from handlers.language.phrasebook import Address
from handlers.messages import Message
from handlers.reviewing.confirming import Desk

Work = Callable[[Desk, UnitOfWork], Message | None]
LEAVE = frozenset({"離開", "結束", "exit", "quit", "q"})
PROMPT = "草稿> "
NEXT_PAGE = "下一頁"  # the label of the choice that turns a page


def converse(begin: Work, opened: House) -> None:
    """Begin the review, or take it up, and do what is typed until the person leaves. What is left waits as it is."""
    shown = _run(opened, begin)
    click.echo(_text(shown))
    click.echo("（離開請輸入：離開；未確認的草稿會留著）")
    while (line := _ask()) is not None:
        if line:
            shown = _answer(line, shown, opened)
            click.echo(_text(shown))


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


def _answer(line: str, shown: Message | None, opened: House) -> Message | None:
    text = clean(line)
    said = parse(text, Address.DIRECT) or nearest(text)
    if isinstance(said, NextPage):
        said = parse(_next_page(shown), Address.DIRECT) or said
    try:
        return _run(opened, lambda desk, uow: _do(said, desk.context(uow)))
    except StaleVersion:
        return phrases.changed_meanwhile()


def _do(said: Command | Misread, context: Context) -> Message | None:
    return unclear.misread(said, context.today) if isinstance(said, Misread) else dispatch(said, context)


def _next_page(shown: Message | None) -> str:
    """What the last message's button for the next page says: a terminal has no chat that remembers the page."""
    choices = (one for one in (shown.choices if shown else ()) if isinstance(one, Choice))
    return next((choice.said for choice in choices if choice.label == NEXT_PAGE), "")


def _run(opened: House, work: Work) -> Message | None:
    desk = Desk(now=opened.clock(), calendar=opened.calendar, settings=opened.settings)
    return opened.store.write(lambda uow: work(desk, uow))


def _text(message: Message | None) -> str:
    return message.text if message else ""
