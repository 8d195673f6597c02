"""Events → what to do about them; None where nobody spoke to the bot.

Ordinary chatter ends here without touching the database. What may be chatter (a bare name, a number that may be a year)
is looked up first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.calendar import WorkCalendar
from domain.chat import ChatKind
from domain.ports import Store, UnitOfWork
from handlers import postback, unclear
from handlers.ask_commands import Search
from handlers.asking.surveys import finds_any
from handlers.commands import CHANGES, WHILE_PASTING, AskUnit, CaseRef, Courtesy, Misread, NextPage, WhichCase
from handlers.context import Context, Settings
from handlers.dispatcher import dispatch
from handlers.grammar import parse_quoting
from handlers.inbound import (
    ButtonPressed,
    FileSent,
    Followed,
    Inbound,
    Joined,
    Left,
    MemberLeft,
    MembersJoined,
    TextEdited,
    TextSaid,
    Unfollowed,
    Unsent,
)
from handlers.language.folding import clean
from handlers.language.manners import Heard, listen, refs_of
from handlers.messages import SILENT, Message
from handlers.people import coming, people_phrases
from handlers.review_commands import FinishPasting
from handlers.reviewing.files import receive
from handlers.reviewing.pasting import finish_pasting, hear_pasted, looks_like_minutes, pasted_text
from handlers.stage_commands import TellEvent
from handlers.stages.waiting import is_waited_for
from handlers.undoing.unsending import Effect, purge, unless_unsent
from minutes.parse import parse


class Hearing:
    """Decides what an event asks for."""

    def __init__(self, store: Store, settings: Settings, calendar: WorkCalendar) -> None:
        self._store = store
        self._calendar = calendar
        self._settings = settings
        self._readers: dict[type[Inbound], Callable[[Any], Effect | None]] = {
            TextSaid: self._text,
            TextEdited: self._edited,
            ButtonPressed: _pressed,
            FileSent: _file,
            Unsent: lambda event: lambda context: purge(event, context),
            Joined: lambda event: _joined,
            Left: lambda event: _left,
            Followed: lambda event: coming.followed,
            Unfollowed: lambda event: coming.unfollowed,
            MemberLeft: lambda event: lambda context: coming.members_left(event, context),
            MembersJoined: lambda event: lambda context: coming.members_joined(event, context),
        }

    def effect_of(self, event: Inbound) -> Effect | None:
        """What to do about an event."""
        reader = self._readers.get(type(event))
        effect = reader(event) if reader else None
        return unless_unsent(event, effect) if effect and isinstance(event, TextSaid | FileSent) else effect

    def _text(self, event: TextSaid) -> Effect | None:
        heard = self._quoting(event) if event.quoted_id else listen(event, self._settings.prefixes)
        if event.chat.kind is ChatKind.USER:
            return self._private(event, heard)
        if heard is None or (heard.tentative and not self._store.read(lambda uow: self._is_known(heard, event, uow))):
            return None
        return _answer(heard)

    def _private(self, event: TextSaid, heard: Heard | None) -> Effect:
        """In a 1:1 chat a text may also be minutes, or a piece of them. Reading comes before the transaction."""
        text, answer = clean(event.text), _answer(heard) if heard else _nothing
        said = heard.said if heard else None
        if isinstance(said, FinishPasting):
            return self._finish(said, event)
        if isinstance(said, tuple(WHILE_PASTING)):
            return answer
        may_be_minutes = said is None or isinstance(said, Misread | WhichCase)
        read = parse(text, calendar=self._calendar) if may_be_minutes and looks_like_minutes(text) else None
        return lambda context: hear_pasted(text, read, context) or answer(context)

    def _finish(self, command: FinishPasting, event: TextSaid) -> Effect:
        text = self._store.read(lambda uow: pasted_text(event.user_id, uow))
        read = (text, parse(text, calendar=self._calendar)) if text else None
        return lambda context: finish_pasting(command, context, read)

    def _quoting(self, event: TextSaid) -> Heard | None:
        """Read a text that quotes a message: about its cases, if the bot wrote it."""
        refs = self._store.read(lambda uow: _quoted(event, uow))
        if not refs:
            return listen(event, self._settings.prefixes)
        said = parse_quoting(clean(event.text), refs)
        return Heard(said) if said else None

    def _edited(self, event: TextEdited) -> Effect | None:
        """An edited text is never executed: say so if it reads as a change."""
        heard = listen(event, self._settings.prefixes)
        if heard is None or not isinstance(heard.said, tuple(CHANGES)):
            return None
        return lambda context: people_phrases.edited_not_run()

    def _is_known(self, heard: Heard, event: TextSaid, uow: UnitOfWork) -> bool:
        """Tell whether a tentative command is one: the group sees a series that knows what it names."""
        series_ids = uow.groups.series_of(event.chat)
        if not series_ids:
            return False
        if isinstance(heard.said, AskUnit):
            return uow.units.by_name(heard.said.name) is not None
        if isinstance(heard.said, Search):
            return finds_any(heard.said, series_ids, uow)
        if isinstance(heard.said, TellEvent):
            return is_waited_for(heard.said, series_ids, uow)
        if isinstance(heard.said, NextPage):
            return uow.talk.recall(event.chat.id, event.at - self._settings.page_lives) is not None
        return bool(uow.cases.by_numbers(series_ids, [ref.number for ref in refs_of(heard.said)], limit=1))


def _nothing(context: Context) -> Message | None:
    return None


def _answer(heard: Heard) -> Effect:
    said = heard.said
    if isinstance(said, Misread):
        return lambda context: unclear.misread(said, context.today)
    if isinstance(said, WhichCase):
        return lambda context: unclear.which_case(said)
    if isinstance(said, Courtesy):
        return lambda context: unclear.at_your_service()
    return lambda context: dispatch(said, context)


def _quoted(event: TextSaid, uow: UnitOfWork) -> tuple[CaseRef, ...]:
    """The cases that the quoted message of the bot was about; a number that two series use names its series."""
    cases = uow.cases.by_ids(uow.outbox.quoted(event.quoted_id or ""))
    names = {case.series_id: uow.series.get(case.series_id).name for case in cases}
    return tuple(CaseRef(case.number, (names[case.series_id],)) for case in cases)


def _pressed(event: ButtonPressed) -> Effect:
    command = postback.decode(event.data)
    if command is None:
        return lambda context: people_phrases.button_unknown()
    said = postback.with_picked(command, event.picked) if event.picked else command
    return lambda context: dispatch(said, context)


def _file(event: FileSent) -> Effect | None:
    """Files are taken in 1:1 only: in a group nobody can address the bot with one."""
    if event.chat.kind is not ChatKind.USER:
        return None
    return lambda context: receive(event, context)


def _joined(context: Context) -> Message:
    context.uow.groups.joined(context.chat, context.now)
    return people_phrases.greeting()


def _left(context: Context) -> Message:
    context.uow.groups.left(context.chat, context.now)
    return SILENT
