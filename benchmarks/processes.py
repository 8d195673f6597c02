"""Servers as processes of their own, and what they cost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds for a server to start
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Server:
    """A process that answers on a port of this machine."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def health(self) -> Any:
        """What its health page says."""
        with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
            return json.load(answer)

    def resident(self) -> float:
        """Its memory (RSS) in MB."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@contextmanager
def started(module: str, *words: str, port: int, environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Run `python -m module words` until the block ends; begins once its health page answers 200."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *words],
        env=environment(environ or {}),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await_health(process, port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(20)


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Our environment, in which bytecode is kept, as on a machine of an office."""
    return {**os.environ, **extra, "PYTHONDONTWRITEBYTECODE": ""}


def free_port() -> int:
    """A port that nobody listens on at present."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _await_health(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.005)
    raise RuntimeError(f"no answer from {process.args!r}")
