"""Read members of a zip with bounds that count real bytes, whatever its headers claim."""

from __future__ import annotations

import io
import zipfile
import zlib

from minutes.formats.model import Kind, Limits, Reason, Unreadable

_CHUNK = 256 * 1024
_MIMETYPES: dict[str, Kind | str] = {
    "application/vnd.oasis.opendocument.text": Kind.ODT,
    "application/vnd.oasis.opendocument.text-template": Kind.ODT,
    "application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    "application/vnd.oasis.opendocument.spreadsheet-template": Kind.ODS,
    "application/vnd.oasis.opendocument.presentation": "presentation",
    "application/hwp+zip": "hwp",
}
_FOLDERS: dict[str, Kind | str] = {"word": Kind.DOCX, "xl": Kind.XLSX, "ppt": "presentation"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, KeyError)


class Archive:
    """A zip whose members are inflated with a bound on each and on all together."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise Unreadable(Reason.DAMAGED, "zip") from error
        self._members = {info.filename: info for info in self._zip.infolist()}
        self._limits = limits
        self._left = limits.inflated

    def __contains__(self, name: str) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Inflate one member. Raises Unreadable: damaged, encrypted, zip_bomb."""
        info = self._members.get(name)
        if info is None:
            raise Unreadable(Reason.DAMAGED, name)
        if info.flag_bits & 0x1:
            raise Unreadable(Reason.ENCRYPTED)
        try:
            return self._inflate(info)
        except _BROKEN as error:
            raise Unreadable(Reason.DAMAGED, name) from error

    def _inflate(self, info: zipfile.ZipInfo) -> bytes:
        pieces, size = [], 0
        with self._zip.open(info) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                self._left -= len(piece)
                self._check(size, info.compress_size)
                pieces.append(piece)
        return b"".join(pieces)

    def _check(self, size: int, packed: int) -> None:
        bound = max(self._limits.ratio_from, self._limits.ratio * packed)
        if self._left < 0 or size > bound:
            raise Unreadable(Reason.ZIP_BOMB)

    def kind(self) -> Kind:
        """Tell what document the zip is, by its members. Raises Unreadable when it is none that is read."""
        label = self._label()
        if isinstance(label, Kind):
            return label
        raise Unreadable(Reason.UNSUPPORTED, label)

    def _label(self) -> Kind | str:
        if "mimetype" in self:
            mimetype = self.read("mimetype")[:100].decode("ascii", "replace").strip()
            return _MIMETYPES.get(mimetype, "archive")
        if "[Content_Types].xml" in self:
            folders = {name.partition("/")[0].lower() for name in self._members}
            return next((kind for folder, kind in _FOLDERS.items() if folder in folders), "archive")
        return Kind.ODT if {"content.xml", "META-INF/manifest.xml"} <= set(self._members) else "archive"
