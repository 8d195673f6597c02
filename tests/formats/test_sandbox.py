"""The reading process: bounded in time and memory, without our environment, network, processes or files."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from minutes.formats import Limits, Reason, Unreadable, read_document
from minutes.formats.sandbox import environment
from tests.formats.packages import open_text

ROOT = Path(__file__).parents[2]
POSIX = sys.platform != "win32"
HEAVY = open_text("".join(f"<text:p>{n}</text:p>" for n in range(100_000)))


def refusal(content: bytes, limits: Limits) -> tuple[Reason, str]:
    with pytest.raises(Unreadable) as caught:
        read_document(content, limits=limits)
    return caught.value.reason, caught.value.detail


def locked(attempt: str) -> str:
    """What comes of an attempt in a process that is locked as the reader's is."""
    script = f"""
import socket, subprocess, sys
from minutes.formats.worker import refuse
sys.addaudithook(refuse)
try:
    {attempt}
except BaseException as error:
    print(type(error).__name__)
else:
    print("done")
"""
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_reading_that_takes_too_long_is_stopped() -> None:
    started = time.perf_counter()

    assert refusal(HEAVY, Limits(seconds=0.2)) == (Reason.TOO_SLOW, "")
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("memory", [1, 32] if POSIX else [])
def test_reading_that_needs_too_much_memory_is_refused(memory: int) -> None:
    limits = replace(Limits(), memory=memory * 1024 * 1024)

    assert refusal(HEAVY, limits)[0] in (Reason.TOO_LARGE, Reason.DAMAGED)


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "subprocess.run(['true'])",
        "__import__('os').system('true')",
        "open('here', 'w')",
        "open('here', 'ab')",
        "__import__('os').remove('here')",
        "__import__('os').mkdir('here')",
    ],
)
def test_locked_process_refuses(attempt: str) -> None:
    assert locked(attempt) == "PermissionError"


def test_locked_process_still_imports_what_decoding_needs() -> None:
    assert locked("'甲'.encode('big5hkscs')") == "done"


def test_process_gets_nothing_of_our_environment_but_where_libraries_are() -> None:
    libraries = {"SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"}

    assert set(environment()) - libraries == {"PYTHONPATH", "PYTHONUTF8"}
