"""Read files: minutes as text (.txt .docx .odt .pdf) and lists as tables (.xlsx .ods .csv)."""

from __future__ import annotations

from minutes.formats import sandbox, sniff, text
from minutes.formats.advice import advice, remark
from minutes.formats.model import Document, Kind, Limits, Note, NoteKind, Reason, Sheet, Unreadable

__all__ = [
    "Document",
    "Kind",
    "Limits",
    "Note",
    "NoteKind",
    "Reason",
    "Sheet",
    "Unreadable",
    "advice",
    "read_document",
    "remark",
]


def read_document(content: bytes, name: str = "", *, limits: Limits | None = None) -> Document:
    """Read a file of minutes. The content tells its kind; `name` is the file's name, if it has one.

    Plain text is decoded here, everything else in a process of its own. Raises Unreadable.
    """
    limits = limits or Limits()
    check_size(content, limits)
    if sniff.shell(content) is sniff.Shell.TEXT:
        return text.read(content, name, limits)
    found = sandbox.run("document", content, name, limits)
    notes = tuple(Note(NoteKind(note["kind"]), note["detail"]) for note in found["warnings"])
    return Document(found["text"], Kind(found["kind"]), notes)


def check_size(content: bytes, limits: Limits) -> None:
    """Refuse what is empty or too large before anything looks at it."""
    if not content.strip():
        raise Unreadable(Reason.EMPTY)
    if len(content) > limits.size:
        raise Unreadable(Reason.TOO_LARGE, f"bytes {limits.size}")
