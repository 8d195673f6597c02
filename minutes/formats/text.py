"""Bytes → text, with a judgement: an encoding counts only when what comes out looks like a document."""

from __future__ import annotations

import codecs
import re
import unicodedata

from minutes.formats.model import Document, Kind, Limits, Note, NoteKind, Reason, Unreadable
from minutes.formats.sniff import check_name, no_text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LOST = "\ufffd"
_PAIRWISE = "minutes.formats.lose_pair"
_LOST_SHARE = 0.005  # of the characters: a few made-up characters (造字) in a name are no reason to refuse
_BAD_SHARE = 0.01
_FEW = 2
_RARE_SHARE = 0.15
_ACCENTED_SHARE = 0.3
_BAD = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]"
)
_ACCENTED = re.compile(r"[\u0080-\u024f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BREAKS = re.compile(r"\r\n|[\r\f\v\x85\u2028\u2029]")
DROPPED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef\ufffe\uffff]")


def read(content: bytes, name: str, limits: Limits) -> Document:
    """Read a plain text file. Raises Unreadable."""
    document = finish(decode(content, name), Kind.TXT, (), limits)
    check_name(Kind.TXT, name)
    return document


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16/32 with a mark, or Big5/CP950. Raises Unreadable for anything else, never guesses."""
    text = _decoded(content)
    if not _is_plausible(text) or _is_misread_latin(text):
        raise no_text(content, name)
    return text


def _decoded(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    text = _strict(content, "utf-8")
    if text is not None:
        return text
    for encoding in ("cp950", "big5hkscs"):
        text = content.decode(encoding, _PAIRWISE)
        if _is_plausible(text) and not _looks_like_another_encoding(text):
            return text
    return content.decode("utf-8", "replace")


def finish(text: str, kind: Kind, warnings: tuple[Note, ...], limits: Limits) -> Document:
    """Make the document: one kind of line break, no control characters; a lost character is told."""
    plain = DROPPED.sub("", _BREAKS.sub("\n", text)).encode("utf-8", "replace").decode("utf-8")
    if not plain.strip():
        raise Unreadable(Reason.EMPTY)
    if len(plain) > limits.characters:
        raise Unreadable(Reason.TOO_LARGE, f"characters {limits.characters}")
    lost = plain.count(_LOST)
    notes = (*warnings, Note(NoteKind.UNREADABLE_CHARACTERS, str(lost))) if lost else warnings
    return Document(plain, kind, notes)


def _lose_pair(error: UnicodeError) -> tuple[str, int]:
    """Put one lost character for both bytes of a made-up one."""
    assert isinstance(error, UnicodeDecodeError)
    pair = error.object[error.start : error.start + 2]
    is_pair = len(pair) == 2 and pair[0] >= 0x81 and (0x40 <= pair[1] <= 0x7E or pair[1] >= 0xA1)
    return _LOST, error.start + (2 if is_pair else 1)


codecs.register_error(_PAIRWISE, _lose_pair)


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_plausible(text: str) -> bool:
    """Few controls and private characters, and hardly any that were lost."""
    bad = len(_BAD.findall(text))
    return bad <= max(_FEW, _BAD_SHARE * len(text)) and 2 * bad <= len(text) and _keeps_most(text)


def _keeps_most(text: str) -> bool:
    return text.count(_LOST) <= max(_FEW, _LOST_SHARE * len(text))


def _is_misread_latin(text: str) -> bool:
    """UTF-8 or Big5 that somebody read as Latin-1 and saved: accented letters instead of words."""
    foreign = len(_NOT_ASCII.findall(text))
    return len(_ACCENTED.findall(text)) > _ACCENTED_SHARE * foreign


def _looks_like_another_encoding(text: str) -> bool:
    """GBK, Latin-1 … read as Big5 give rare characters: the second plane, which real texts hardly use."""
    han = [character for character in text if unicodedata.category(character) == "Lo"]
    if not han:
        return any(character > "\x7f" for character in text)
    return sum(map(_is_rare, han)) > _RARE_SHARE * len(han)


def _is_rare(character: str) -> bool:
    code = character.encode("big5", "replace")
    return len(code) < 2 or not 0xA4 <= code[0] <= 0xC6
