"""Reads the files that people sent: claim a job → fetch from LINE → read → answer, settled in one transaction.

The claim is committed before the network is touched, and runs out: a file whose worker died is taken again. The answer
is queued in the transaction that settles the job, so there is one answer whoever comes first.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Condition

import structlog

from domain.calendar import WorkCalendar
from domain.chat import Chat, ChatKind
from domain.errors import ContentError, ContentFault, StaleVersion, StorageUnavailable
from domain.job import Job, JobState
from domain.outbox import NewMessage, Route
from domain.ports import Clock, ContentSource, Store, UnitOfWork
from handlers.context import Context, Settings
from handlers.entering import enter
from handlers.messages import Message
from handlers.reminding.riding import Append, RideFailedError, queue
from handlers.reviewing import file_phrases
from handlers.reviewing.files import LARGEST, open_file, read_file
from minutes.formats import Unreadable, advice
from scheduler.deliver import SKEW

LEASE = timedelta(minutes=3)  # longer than fetching (40 s) and reading (30 s for each of two looks) can take
ATTEMPTS = 8  # the last one two minutes after the first, when LINE does not give the file
REPLY_LIVES = timedelta(seconds=50)  # of the minute that LINE gives a reply token
PUSH_LIVES = timedelta(hours=23)  # LINE knows a retry key for 24
COLLISIONS = 3  # attempts at a transaction that met a concurrent change
IDLE_SECONDS = 1.0  # how often an idle worker looks for jobs that have come due
log = structlog.get_logger()

Effect = Callable[[Context], Message]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a job came to: what to do and say, and how the job ends."""

    effect: Effect
    state: JobState = JobState.DONE
    reason: str | None = None


class FileWorker:
    """Works off the jobs, one at a time. Any number of workers may share a database."""

    def __init__(
        self,
        store: Store,
        source: ContentSource,
        clock: Clock,
        *,
        render: Callable[[Message], str],
        append: Append,
        committed: Callable[[], None],
        calendar: WorkCalendar,
        settings: Settings,
    ) -> None:
        """`render` makes LINE's payload, `append` puts waiting notices behind it.

        `committed` is called after a commit that queued an answer.
        """
        self._store = store
        self._source = source
        self._clock = clock
        self._render = render
        self._append = append
        self._committed = committed
        self._calendar = calendar
        self._settings = settings
        self._changed = Condition()
        self._woken = False
        self._stopping = False

    def wake(self) -> None:
        """Say that there may be a new job."""
        with self._changed:
            self._woken = True
            self._changed.notify()

    def stop(self) -> None:
        """Finish the job in hand, then end `run_forever`."""
        with self._changed:
            self._stopping = True
            self._changed.notify()

    def run_forever(self) -> None:
        """Work until stopped. Nothing that fails ends a worker; a database that fails is tried again."""
        while not self._stopping:
            try:
                while not self._stopping and self.work_one():
                    pass
            except StorageUnavailable:
                log.exception("jobs_unavailable")
            except Exception as error:  # noqa: BLE001 - the job's claim runs out; the worker goes on
                log.error("worker_raised", error=type(error).__name__, frames=_frames(error))
            self._wait()

    def work_one(self) -> bool:
        """Work off one job that is due; False if there is none. Raises StorageUnavailable."""
        job = self._claim()
        if job is None:
            return False
        self._finish(job, self._read(job))
        return True

    def _wait(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._woken or self._stopping, IDLE_SECONDS)
            self._woken = False

    def _claim(self) -> Job | None:
        now = self._clock()
        next_at = self._store.read(lambda uow: uow.jobs.next_at())  # an idle worker writes nothing
        held_until = now + LEASE + SKEW
        if next_at is not None and next_at > held_until:
            self._store.write(lambda uow: uow.jobs.unstick(now, held_until=held_until))
        elif next_at is None or next_at > now:
            return None
        return self._store.write(lambda uow: uow.jobs.claim(now, until=now + LEASE))

    def _read(self, job: Job) -> _Answer | None:
        """Fetch and read a file; None: try again later."""
        if job.attempts > ATTEMPTS:  # whoever claimed it died each time
            return _broken(job, "too_many_attempts")
        self._source.show_loading(job.chat_id)
        try:
            file = read_file(self._source.fetch(job.message_id, limit=LARGEST), job.name, self._calendar)
        except ContentError as error:
            return _not_fetched(job, error)
        except Unreadable as refusal:
            message = file_phrases.not_readable(job.name, advice(refusal))
            return _Answer(lambda context: message, reason=refusal.reason)
        except Exception as error:  # noqa: BLE001 - whatever one file raises must not stop the next
            return _raised(job, error)
        return _Answer(lambda context: open_file(file, context))

    def _finish(self, job: Job, answer: _Answer | None) -> None:
        if answer is None:
            again = self._clock() + pause(job.attempts)
            self._store.write(lambda uow: uow.jobs.try_again(job, again, reason=ContentFault.TRANSIENT))
            return
        try:
            self._settle(job, answer)
        except StorageUnavailable:
            raise
        except RideFailedError:
            log.exception("ride_failed", job=job.id)
            self._settle(job, answer, with_ride=False)
        except Exception as error:  # noqa: BLE001 - nothing was kept: apologise, and go on with the next
            self._settle(job, _raised(job, error))

    def _settle(self, job: Job, answer: _Answer, *, with_ride: bool = True) -> None:
        """Settle a job and apply its answer, together; nothing where another worker was quicker."""

        def work(uow: UnitOfWork) -> bool:
            now = self._clock()
            if not uow.jobs.settle(job, answer.state, now, reason=answer.reason):
                return False
            context = self._context(job, uow, now)
            reply = self._message(job, answer.effect(context), now)
            rides = with_ride and reply.route is Route.REPLY  # what waits is pushed in digests of its own
            queue(reply, context, self._append if rides else None)
            return True

        if _despite_collisions(lambda: self._store.write(work)):
            self._committed()
        else:
            log.warning("job_overtaken", job=job.id)

    def _context(self, job: Job, uow: UnitOfWork, now: datetime) -> Context:
        return enter(
            Chat(ChatKind.USER, job.chat_id),
            job.user_id,
            f"line:{job.message_id}",
            uow,
            now=now,
            calendar=self._calendar,
            settings=self._settings,
        )

    def _message(self, job: Job, message: Message, now: datetime) -> NewMessage:
        """The free reply while its token is young, else a push to the one person."""
        replies = job.reply_token is not None and now - job.asked_at <= REPLY_LIVES
        return NewMessage(
            route=Route.REPLY if replies else Route.PUSH,
            to=job.chat_id,
            payload=self._render(message),
            due_at=now,
            give_up_at=job.asked_at + self._settings.reply_lives if replies else now + PUSH_LIVES,
            reply_token=job.reply_token if replies else None,
            unique_key=f"job:{job.id}",
            case_ids=message.case_ids,
        )


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubling from a second."""
    return timedelta(seconds=1 << (attempts - 1))


def _not_fetched(job: Job, error: ContentError) -> _Answer | None:
    log.warning("file_not_fetched", job=job.id, fault=error.fault, reason=error.reason)
    if error.fault is ContentFault.TRANSIENT and job.attempts < ATTEMPTS:
        return None
    message = file_phrases.not_fetched(job.name, error.fault, LARGEST)
    return _Answer(lambda context: message, JobState.FAILED, error.fault)


def _raised(job: Job, error: Exception) -> _Answer:
    """Log where the error came from and nothing of what the file says."""
    log.error("file_failed", job=job.id, error=type(error).__name__, frames=_frames(error))
    return _broken(job, type(error).__name__)


def _frames(error: Exception) -> str:
    return "".join(traceback.format_tb(error.__traceback__))


def _broken(job: Job, reason: str) -> _Answer:
    message = file_phrases.broken(job.name)
    return _Answer(lambda context: message, JobState.FAILED, reason)


def _despite_collisions(write: Callable[[], bool]) -> bool:
    """Try again what met a concurrent change."""
    for _ in range(COLLISIONS - 1):
        try:
            return write()
        except StaleVersion:
            continue
    return write()
