"""Files → text. Plain text in UTF-8 or Big5 here; other formats have readers of their own."""

from __future__ import annotations

from pathlib import Path

LARGEST = 20_000_000
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class Unreadable(Exception):
    """A file that cannot be read as minutes.

    `reason` is one of missing, folder, denied, too_large, empty, binary, encoding.
    """

    def __init__(self, reason: str, path: Path | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path


def read_text(path: Path) -> str:
    """The text of a file, or Unreadable."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable("too_large", path)
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable("missing", path) from None
    except IsADirectoryError:
        raise Unreadable("folder", path) from None
    except OSError:
        raise Unreadable("denied", path) from None
    try:
        return decode(data)
    except Unreadable as error:
        raise Unreadable(error.reason, path) from None


def decode(data: bytes) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or CP950; anything else is refused, never garbled."""
    if not data.strip():
        raise Unreadable("empty")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    if b"\0" in data or data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("binary")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp950")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None
