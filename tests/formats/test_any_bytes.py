"""Whatever the bytes: a document or a refusal, never a crash and never a hang."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutes.formats import Document, Limits, Unreadable, read_document, text
from minutes.formats.text import DROPPED
from minutes.formats.worker import prepare
from tests.formats.packages import open_sheets, open_text, word

FOLDER = Path(__file__).parents[1] / "data" / "formats"
HEADS = [
    b"",
    b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf",
]


def outcome(content: bytes, name: str = "") -> Document | Unreadable:
    try:
        return read_document(content, name, limits=Limits(seconds=20))
    except Unreadable as refusal:
        return refusal


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["", "a.txt", "a.docx", "a.csv"]))
def test_any_bytes_as_text_are_read_or_refused(content: bytes, name: str) -> None:
    try:
        document = text.read(content, name, Limits())
    except Unreadable:
        return

    assert document.text.strip()
    assert not set(document.text) & set(map(chr, [*range(9), *range(11, 32), 0xFEFF]))


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_any_text_in_utf8_is_kept_but_for_controls_or_refused(source: str) -> None:
    try:
        document = text.read(source.encode("utf-8", "surrogatepass"), "", Limits())
    except Unreadable:
        return

    assert "".join(document.text.split()) == "".join(DROPPED.sub("", source).split())


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=300))
def test_any_bytes_behind_a_known_beginning_are_read_or_refused(head: bytes, tail: bytes) -> None:
    assert isinstance(outcome(head + tail), Document | Unreadable)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="<>/&;\"'= wtpabcsdtnumPr:[]!甲\x00", max_size=200))
def test_any_body_in_a_package_is_read_or_refused(body: str) -> None:
    for task, content in (("document", word(body)), ("document", open_text(body)), ("sheets", open_sheets(body))):
        assert read_here(task, content) in ("read", "refused")


def read_here(task: str, content: bytes) -> str:
    try:
        prepare(task, content, "", Limits())()
    except Unreadable:
        return "refused"
    return "read"


@pytest.mark.parametrize("name", ["office.docx", "office.odt", "office.pdf"])
@pytest.mark.parametrize("seed", range(6))
def test_office_file_with_broken_bytes_is_read_or_refused(name: str, seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray((FOLDER / name).read_bytes())
    for _ in range(dice.randint(1, 60)):
        content[dice.randrange(len(content))] = dice.randrange(256)

    assert isinstance(outcome(bytes(content), name), Document | Unreadable)
