"""Run a reading in a process of its own, with bounds on time and memory, and take its answer.

The process gets no environment of ours (no secrets), the file on standard input, and answers on standard output.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from minutes.formats.model import Limits, Reason, Unreadable

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = (sys.executable, "-P", "-m", "minutes.formats.worker")
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # without them Python may not start at all
_TOO_SLOW = tuple(getattr(signal, name) for name in ("SIGXCPU", "SIGKILL") if hasattr(signal, name))


def run(task: str, content: bytes, name: str, limits: Limits) -> dict[str, Any]:
    """Have `task` (document, sheets, report) done in a process. Raises Unreadable, also when the process dies."""
    request = json.dumps({"task": task, "name": name, "limits": asdict(limits)}).encode("ascii") + b"\n"
    try:
        done = subprocess.run(
            _COMMAND,
            input=request + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(Reason.TOO_SLOW) from error
    return _outcome(done)


def environment() -> dict[str, str]:
    """What the reading process gets: where to find our code and the libraries, and nothing else of ours."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}


def _outcome(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    if done.returncode:
        slow = -done.returncode in _TOO_SLOW
        raise Unreadable(Reason.TOO_SLOW if slow else Reason.DAMAGED, "process")
    outcome: dict[str, Any] = json.loads(done.stdout)
    if "reason" in outcome:
        raise Unreadable(Reason(outcome["reason"]), outcome["detail"])
    return outcome
