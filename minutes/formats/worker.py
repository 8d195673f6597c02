"""The reading process: a request on standard input, the answer as JSON on standard output (see sandbox.py)."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from minutes.formats.archive import Archive
from minutes.formats.model import Kind, Limits, Reason, Unreadable
from minutes.formats.sniff import Shell, check_name, shell

_DOCUMENTS = {Kind.DOCX: "minutes.formats.docx", Kind.ODT: "minutes.formats.odt", Kind.PDF: "minutes.formats.pdf"}
_SHEETS = {Kind.XLSX: "minutes.formats.xlsx", Kind.ODS: "minutes.formats.ods"}
_FORBIDDEN = ("socket.", "subprocess.", "os.", "shutil.", "ctypes.dlopen", "pty.", "webbrowser.")
_HARMLESS = frozenset(("os.listdir", "os.scandir", "os.fwalk", "os.walk"))
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def prepare(task: str, content: bytes, name: str, limits: Limits) -> Callable[[], dict[str, Any]]:
    """Judge the file and load its reader. What comes back reads it and gives plain data. Both raise Unreadable."""
    if task == "report":
        as_data = importlib.import_module("minutes.report.reading").as_data
        return lambda: {"report": as_data(content, limits)}
    source, kind = _source(content, limits)
    readers, other = (_SHEETS, "document") if task == "sheets" else (_DOCUMENTS, "sheet")
    if kind not in readers:
        raise Unreadable(Reason.UNSUPPORTED, other)
    check_name(kind, name)
    read = importlib.import_module(readers[kind]).read
    if task == "sheets":
        return lambda: {"sheets": [asdict(sheet) for sheet in read(source, limits)]}
    return lambda: asdict(read(source, limits))


def _source(content: bytes, limits: Limits) -> tuple[bytes | Archive, Kind]:
    if shell(content) is Shell.PDF:
        return content, Kind.PDF
    archive = Archive(content, limits)
    return archive, archive.kind()


def answer(request: dict[str, Any], content: bytes) -> dict[str, Any]:
    """Read in this process, which is locked for the rest of its life. A library's fault is a damaged file."""
    limits = Limits(**request["limits"])
    try:
        bound_resources(limits)
        read = prepare(request["task"], content, request["name"], limits)
        sys.addaudithook(refuse)  # behind the imports: reading itself needs no network, process or written file
        return read()
    except Unreadable as refusal:
        return {"reason": refusal.reason, "detail": refusal.detail}
    except MemoryError:
        return {"reason": Reason.TOO_LARGE, "detail": "memory"}
    except Exception as error:  # noqa: BLE001  # hostile bytes raise anything; the parent must get an answer
        return {"reason": Reason.DAMAGED, "detail": type(error).__name__}


def bound_resources(limits: Limits) -> None:
    """Bound memory, processor time and written files for the rest of this process."""
    try:
        import resource
    except ImportError:  # not POSIX: the parent's clock alone bounds the reading
        return
    seconds = int(limits.seconds) + 1
    for kind, bound in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        low = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (low, hard))


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook against network, processes and writing."""
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError(event)
    elif event.startswith(_FORBIDDEN) and event not in _HARMLESS:
        raise PermissionError(event)


def main() -> None:
    out = _private_output()
    request = json.loads(sys.stdin.buffer.readline())
    outcome = answer(request, sys.stdin.buffer.read())
    out.write(json.dumps(outcome, ensure_ascii=True).encode("ascii"))
    out.flush()
    os._exit(0)  # libraries' finalizers may hang or crash on what they were given


def _private_output() -> BinaryIO:
    """Keep standard output for the answer; what libraries print goes to standard error."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


if __name__ == "__main__":
    main()
