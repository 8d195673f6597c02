"""Zip files whose bytes depend on their content alone."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(parts: Mapping[str, bytes], *, first: str | None = None) -> bytes:
    """Zip parts in name order, without times; `first` leads, uncompressed, as ODF wants its mimetype."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as target:
        for name in sorted(parts, key=lambda name: (name != first, name)):
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_STORED if name == first else ZIP_DEFLATED
            info.create_system = 3  # the same on every system
            target.writestr(info, parts[name])
    return buffer.getvalue()


def repack(data: bytes) -> bytes:
    """Pack the parts of a zip file anew."""
    with ZipFile(io.BytesIO(data)) as source:
        return pack({name: source.read(name) for name in source.namelist()})
