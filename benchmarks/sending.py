"""Pushes from the outbox to LINE, settled, beside the SDK's usual loop: Flex models, one call after the other.

Both run in processes of their own against the same small server, interleaved; each says how long it took and what
memory it held. `python -m benchmarks.sending ours|sdk COUNT URL` is such a process.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

from benchmarks.figure import Aim, Figure
from benchmarks.office import line
from benchmarks.processes import ROOT, environment
from benchmarks.scale import Scale
from benchmarks.spoken import TOKEN
from bot.line.client import LineMessenger
from bot.line.render import render
from bot.logs import configure_logs
from domain.outbox import NewMessage, Route
from handlers.messages import Choice, Message
from scheduler.deliver import Sender
from storage.migrate import upgrade
from storage.store import open_store

LATENCY = 0.05  # seconds
GROUP = "C" + "1" * 32
PER_SECOND = 1_000.0
SHARE = 4  # the SDK's loop is slow: it gets one push in so many


def figures(scale: Scale) -> Iterator[Figure]:
    """Pushes/s without latency as a ratio to the SDK's loop, and with LINE at 50 ms."""
    count = scale.requests
    with line() as quick, line(LATENCY) as slow:
        rounds = [
            (
                _timed("ours", count, quick.url),
                _timed("sdk", count // SHARE, quick.url),
                _timed("ours", count, slow.url),
            )
            for _ in range(scale.rounds)
        ]
    ours, floor, late = ([run[0] for run in column] for column in zip(*rounds, strict=True))
    yield Figure(
        name=f"{count:,} pushes from the outbox, settled; floor: SDK's Flex models in a loop",
        unit="pushes/s",
        ours=median(ours),
        floor=median(floor),
        aim=Aim(4.0, at_least=True, of_ratio=True),
    )
    yield Figure(
        name="the same with LINE at 50 ms",
        unit="pushes/s",
        ours=median(late),
        aim=Aim(PER_SECOND, at_least=True, of_ratio=False),
    )
    yield Figure(
        name="memory while doing so",
        unit="MB",
        ours=max(run[2][1] for run in rounds),
        floor=max(run[1][1] for run in rounds),
    )


def _timed(kind: str, count: int, url: str) -> tuple[float, float]:
    """Pushes/s and MB of one process."""
    command = [sys.executable, "-m", "benchmarks.sending", kind, str(count), url]
    done = subprocess.run(command, cwd=ROOT, env=environment({}), capture_output=True, check=True, text=True)
    seconds, memory = json.loads(done.stdout.splitlines()[-1])
    return count / seconds, memory


def _ours(count: int, url: str) -> float:
    with TemporaryDirectory() as folder:
        database = f"sqlite:///{Path(folder) / 'outbox.db'}"
        upgrade(database)
        store = open_store(database)
        now = datetime.now(UTC)
        payload = render(_message())
        messenger = LineMessenger(TOKEN, url)
        store.write(lambda uow: uow.outbox.add(_row(payload, now)))
        Sender(store, messenger, lambda: now).run_until_idle()  # imports the SDK
        store.write(lambda uow: uow.outbox.add_many([_row(payload, now) for _ in range(count)]))
        start = time.perf_counter()
        tally = Sender(store, messenger, lambda: datetime.now(UTC)).run_until_idle()
        taken = time.perf_counter() - start
        store.close()
    if tally.sent != count:
        raise RuntimeError(f"not all was sent: {tally}")
    return taken


def _sdk(count: int, url: str) -> float:
    from linebot.v3.messaging import (
        ApiClient,
        Configuration,
        FlexContainer,
        FlexMessage,
        MessagingApi,
        PushMessageRequest,
    )

    with ApiClient(Configuration(host=url, access_token=TOKEN)) as client:
        api = MessagingApi(client)
        for number in range(count + 1):
            if number == 1:  # the first had the SDK build its models
                start = time.perf_counter()
            flex = FlexMessage(altText="列管提醒", contents=FlexContainer.from_dict(BUBBLE))
            api.push_message(PushMessageRequest(to=GROUP, messages=[flex]), x_line_retry_key=str(uuid4()))
        return time.perf_counter() - start


def _row(payload: str, now: datetime) -> NewMessage:
    return NewMessage(route=Route.PUSH, to=GROUP, payload=payload, due_at=now, give_up_at=now + timedelta(hours=23))


def _message() -> Message:
    lines = [f"212-{n} 完成第{n}項設備更新（資訊局）\n　期限 110/9/30(四)，今天到期" for n in range(1, 9)]
    return Message(text="\n".join(lines), choices=tuple(Choice(f"看 212-{n}", f"212-{n}") for n in range(1, 5)))


def _text(said: str) -> dict[str, object]:
    return {"type": "text", "text": said, "wrap": True, "size": "sm"}


BUBBLE = {
    "type": "bubble",
    "header": {"type": "box", "layout": "vertical", "contents": [_text("列管提醒")]},
    "body": {
        "type": "box",
        "layout": "vertical",
        "contents": [_text(f"212-{n} 完成第{n}項設備更新（資訊局）期限 110/9/30(四)，今天到期") for n in range(1, 9)],
    },
}


def main() -> None:
    """Send as the command line says, and print seconds and MB."""
    kind, count, url = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    configure_logs()
    seconds = {"ours": _ours, "sdk": _sdk}[kind](count, url)
    print(json.dumps([seconds, getrusage(RUSAGE_SELF).ru_maxrss / 1024]))


if __name__ == "__main__":
    main()
