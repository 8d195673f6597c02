"""Somebody speaks: one event in, one transaction with its effect, its audit and its reply.

What is not for the bot touches no row and leaves no trace.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

import structlog

from domain.calendar import WorkCalendar
from domain.errors import StaleVersion, StorageUnavailable
from domain.outbox import NewMessage, Route
from domain.ports import Store, UnitOfWork
from handlers import phrases
from handlers.context import Context, Settings
from handlers.entering import enter
from handlers.inbound import Inbound
from handlers.language.hearing import Hearing
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.reminding.riding import Append, RideFailedError, queue
from handlers.undoing.unsending import Effect

ATTEMPTS = 3  # of an effect that met a concurrent change
log = structlog.get_logger()


class Taken(StrEnum):
    """What became of an event."""

    APPLIED = "applied"
    IGNORED = "ignored"  # not for the bot: nothing was written
    DUPLICATE = "duplicate"  # applied before
    FAILED = "failed"  # raised: rolled back, recorded, apologised for


class _Silence(Exception):
    """The effect found nothing to do and to say: take back even the event's row."""


class Intake:
    """Takes events, each alone. Safe to call from several threads."""

    def __init__(
        self,
        store: Store,
        *,
        render: Callable[[Message], str],
        committed: Callable[[], None],
        now: Callable[[], datetime],
        calendar: WorkCalendar,
        settings: Settings | None = None,
        append: Append = lambda _payload, _message: None,
    ) -> None:
        """`render` makes LINE's payload, `append` puts waiting notices behind it.

        `committed` is called after a commit that queued a message.
        """
        self._store = store
        self._render = render
        self._committed = committed
        self._now = now
        self._calendar = calendar
        self._settings = settings or Settings()
        self._append = append
        self._hearing = Hearing(store, self._settings, calendar)

    def take(self, event: Inbound) -> Taken:
        """Apply an event once. Raises only StorageUnavailable: then nothing of it was kept."""
        now = self._now()
        try:
            effect = self._hearing.effect_of(event)
            return Taken.IGNORED if effect is None else self._apply(event, effect, now)
        except StorageUnavailable:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one event raises must not stop the next
            return self._fail(event, error, now)

    def _apply(self, event: Inbound, effect: Effect, now: datetime) -> Taken:
        with_ride = True
        for _ in range(ATTEMPTS):
            try:
                return self._write(event, effect, now, with_ride=with_ride)
            except StaleVersion:
                continue
            except RideFailedError:
                log.exception("ride_failed", event_id=event.event_id)
                with_ride = False
        return self._write(event, lambda _: phrases.changed_meanwhile(), now, with_ride=False)

    def _write(self, event: Inbound, effect: Effect, now: datetime, *, with_ride: bool) -> Taken:
        def work(uow: UnitOfWork) -> tuple[Taken, bool]:
            if not uow.inbox.take(event.event_id, now):
                return Taken.DUPLICATE, False
            context = self._context(event, uow, now)
            message = effect(context)
            if message is None:
                raise _Silence
            return Taken.APPLIED, self._queue(event, message, context, with_ride=with_ride)

        try:
            taken, queued = self._store.write(work)
        except _Silence:
            return Taken.IGNORED
        if queued:
            self._committed()
        return taken

    def _context(self, event: Inbound, uow: UnitOfWork, now: datetime) -> Context:
        return enter(
            event.chat,
            event.user_id,
            source_of(event),
            uow,
            now=now,
            calendar=self._calendar,
            settings=self._settings,
        )

    def _queue(self, event: Inbound, message: Message, context: Context, *, with_ride: bool) -> bool:
        """Queue the reply; without a reply token there is none, and a push would cost."""
        if event.reply_token is None or not message.text:
            return False
        answer = NewMessage(
            route=Route.REPLY,
            to=event.chat.id,
            payload=self._render(message),
            due_at=context.now,
            give_up_at=event.at + self._settings.reply_lives,
            reply_token=event.reply_token,
            case_ids=message.case_ids,
        )
        queue(answer, context, self._append if with_ride else None)
        return True

    def _fail(self, event: Inbound, error: Exception, now: datetime) -> Taken:
        """Record that the event raised, and apologise. Neither log nor row holds what was said."""
        kind = type(error).__name__
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.error("event_failed", event_id=event.event_id, error=kind, frames=frames)

        def work(uow: UnitOfWork) -> bool:
            uow.inbox.fail(event.event_id, kind, now)
            return self._queue(event, people_phrases.apology(), self._context(event, uow, now), with_ride=False)

        try:
            queued = self._store.write(work)
        except StorageUnavailable:
            raise
        except Exception as second:  # noqa: BLE001 - an event too odd to be recorded must not stop the next either
            log.error("failure_not_recorded", error=type(second).__name__)
            return Taken.FAILED
        if queued:
            self._committed()
        return Taken.FAILED


def source_of(event: Inbound) -> str:
    """Where a change came from, for the audit: the message, or the event that is no message."""
    message_id = getattr(event, "message_id", None)
    return f"line:{message_id}" if message_id else f"event:{event.event_id}"
