"""Delivery of webhooks: signed, over HTTP, with LINE's time limit, in order within a chat."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import queue
import random
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import urllib3

from bot import clock
from bot.line.standin import events
from bot.line.standin.model import Json, StandInError
from bot.line.standin.settings import Settings

WORKERS = 8
RAW = "raw"


def sign(secret: str, body: bytes) -> str:
    """Return the value of `x-line-signature` for these bytes."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode("ascii")


@dataclass(eq=False)
class Delivery:
    """One POST to the bot. `status` is None and `error` says why when there was no answer. Durations are seconds."""

    chat_id: str
    events: list[Json] = field(default_factory=list)
    body: bytes | None = None
    signature: str | None = None
    number: int = 0
    attempt: int = 1
    duplicate: bool = False
    at: datetime | None = None
    status: int | None = None
    error: str | None = None
    duration: float = 0.0
    done: threading.Event = field(default_factory=threading.Event)

    def wait(self, timeout: float = 10.0) -> Delivery:
        """Return when the POST has been answered or has failed; raise TimeoutError otherwise."""
        if not self.done.wait(timeout):
            raise TimeoutError(f"delivery {self.number} is still under way")
        return self

    def to_json(self) -> Json:
        return {
            "number": self.number,
            "chatId": self.chat_id,
            "at": self.at.isoformat() if self.at else None,
            "attempt": self.attempt,
            "events": self.events,
            "status": self.status,
            "error": self.error,
            "milliseconds": round(self.duration * 1000, 1),
            "done": self.done.is_set(),
        }


class WebhookSender:
    """Posts deliveries from its own threads: one at a time per chat, several chats side by side."""

    def __init__(self, settings: Settings, now: clock.Clock, before_post: Callable[[list[Json]], None]) -> None:
        self._settings, self._now, self._before_post = settings, now, before_post
        self._changed = threading.Condition(threading.RLock())
        self._numbers = itertools.count(1)
        self._all: dict[int, Delivery] = {}
        self._waiting: defaultdict[str, deque[Delivery]] = defaultdict(deque)
        self._ready: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._held: list[Delivery] | None = None
        self._busy: set[str] = set()
        self._open = 0
        self._threads: list[threading.Thread] = []
        self._timers: set[threading.Timer] = set()
        self._chance = random.Random(0)
        self._http = urllib3.PoolManager(num_pools=4, maxsize=WORKERS, retries=False)

    def submit(self, delivery: Delivery) -> Delivery:
        """Number a delivery and queue it; while deliveries are held, put it aside."""
        with self._changed:
            delivery.number = next(self._numbers)
            self._all[delivery.number] = delivery
            if self._held is not None and delivery.body is None:
                self._held.append(delivery)
            else:
                self._enqueue(delivery)
        return delivery

    def hold(self) -> None:
        """Put deliveries aside from now on, until `release`."""
        with self._changed:
            self._held = self._held or []

    def release(self, order: list[int] | None = None, batch: bool = False, copies: int = 1) -> list[Delivery]:
        """Send what was held: in the order of the given indexes, as one batch, or several times each.

        What `order` leaves out is lost, as a webhook on a broken network is.
        """
        with self._changed:
            held, self._held = self._held or [], None
            chosen = held if order is None else [held[i] for i in order]
            for lost in held:
                if lost not in chosen:
                    lost.error = "lost on purpose"
                    lost.done.set()
            if batch and chosen:
                chosen = [self._merged(chosen)]
            for delivery in chosen:
                self._enqueue(delivery)
            repeats = [Delivery(d.chat_id, d.events, duplicate=True) for d in chosen for _ in range(copies - 1)]
            return chosen + [self.submit(repeat) for repeat in repeats]

    def redeliver(self, number: int) -> Delivery:
        """Send a delivery's events once more, marked as redelivered."""
        if number not in self._all:
            raise StandInError(f"no such delivery: {number}")
        old = self._all[number]
        again = [events.redelivered(e) for e in old.events]
        return self.submit(Delivery(old.chat_id, again, attempt=old.attempt + 1))

    def since(self, number: int = 0) -> list[Delivery]:
        with self._changed:
            return [d for d in self._all.values() if d.number > number]

    def seed(self, seed: int) -> None:
        """Make chance duplicates and reordering repeatable from here on."""
        with self._changed:
            self._chance.seed(seed)

    def settle(self, timeout: float = 10.0) -> bool:
        """Wait until nothing is queued, due for redelivery or under way; return whether that came about."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0 and not self._timers, timeout)

    def close(self) -> None:
        with self._changed:
            threads, self._threads = self._threads, []
            for timer in self._timers:
                timer.cancel()
        for _ in threads:
            self._ready.put(None)
        for thread in threads:
            thread.join()
        self._http.clear()

    def _merged(self, parts: list[Delivery]) -> Delivery:
        merged = Delivery(parts[0].chat_id, [e for part in parts for e in part.events], number=next(self._numbers))
        self._all[merged.number] = merged
        for part in parts:
            part.error = f"merged into {merged.number}"
            part.done.set()
        return merged

    def _enqueue(self, delivery: Delivery) -> None:
        line = self._waiting[delivery.chat_id]
        if line and self._chance.random() < self._settings.reorder_probability:
            line.insert(self._chance.randrange(len(line) + 1), delivery)
        else:
            line.append(delivery)
        self._open += 1
        self._start_workers()
        if delivery.chat_id not in self._busy:
            self._busy.add(delivery.chat_id)
            self._ready.put(delivery.chat_id)

    def _start_workers(self) -> None:
        while len(self._threads) < WORKERS:
            thread = threading.Thread(target=self._work, name="standin-webhooks", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        while (chat_id := self._ready.get()) is not None:
            with self._changed:
                delivery = self._waiting[chat_id].popleft()
            self._post(delivery)
            with self._changed:
                self._follow_up(delivery)
                if self._waiting[chat_id]:
                    self._ready.put(chat_id)
                else:
                    self._busy.discard(chat_id)
                self._open -= 1
                delivery.done.set()
                self._changed.notify_all()

    def _follow_up(self, delivery: Delivery) -> None:
        """Order the duplicate or the redelivery that this delivery's outcome and the settings call for."""
        if delivery.body is not None:
            return
        if not delivery.duplicate and self._chance.random() < self._settings.duplicate_probability:
            self.submit(Delivery(delivery.chat_id, delivery.events, duplicate=True))
        failed = delivery.status is None or not 200 <= delivery.status < 300
        if failed and self._settings.redelivery and delivery.attempt <= self._settings.redelivery_attempts:
            timer = threading.Timer(self._settings.redelivery_delay, lambda: self._redeliver_now(timer, delivery))
            timer.daemon = True
            self._timers.add(timer)
            timer.start()

    def _redeliver_now(self, timer: threading.Timer, delivery: Delivery) -> None:
        with self._changed:
            self.redeliver(delivery.number)
            self._timers.discard(timer)

    def _post(self, delivery: Delivery) -> None:
        url = self._settings.webhook_url
        delivery.at = self._now()
        if not url:
            delivery.error = "no webhook URL is set"
            return
        self._before_post(delivery.events)
        started = clock.monotonic()
        try:
            response = self._http.request("POST", url, **self._request(delivery))
            delivery.status = response.status
        except urllib3.exceptions.HTTPError as error:
            delivery.error = type(error).__name__
        delivery.duration = clock.monotonic() - started

    def _request(self, delivery: Delivery) -> Json:
        body = delivery.body
        if body is None:
            content = {"destination": self._settings.bot_user_id, "events": delivery.events}
            body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        headers = {"content-type": "application/json; charset=utf-8", "user-agent": "LineBotWebhook/2.0"}
        signature = sign(self._settings.channel_secret, body) if delivery.signature is None else delivery.signature
        if signature:
            headers[self._settings.signature_header] = signature
        return {"body": body, "headers": headers, "timeout": urllib3.Timeout(total=self._settings.webhook_timeout)}
