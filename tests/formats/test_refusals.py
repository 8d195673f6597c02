"""Hostile and mistaken files: refused by a reason from the closed set, in time, with advice."""

from __future__ import annotations

import struct
import time
import zipfile
import zlib

import pytest

from minutes.formats import Limits, Note, NoteKind, Reason, Unreadable, advice, read_document, remark
from minutes.formats.advice import UNSUPPORTED
from minutes.formats.sheets import read_sheets
from tests.formats.packages import ODT, open_sheets, open_text, paragraph, word, zipped
from tests.formats.pdf_writer import write_pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "哈">' for n in range(9))
DOCTYPES = {
    "laughs": f"<!DOCTYPE a [{LAUGHS}]><a>&l8;</a>",
    "external": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    "remote": '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>',
    "quadratic": f'<!DOCTYPE a [<!ENTITY q "{"哈" * 50_000}">]><a>{"&q;" * 50_000}</a>',
}


def refusal(content: bytes, name: str = "", limits: Limits | None = None) -> tuple[Reason, str]:
    with pytest.raises(Unreadable) as caught:
        read_document(content, name, limits=limits)
    return caught.value.reason, caught.value.detail


def odt_with(content: str | bytes) -> bytes:
    return zipped({"mimetype": ODT, "content.xml": content})


def test_large_file_is_refused_before_anything_reads_it() -> None:
    content = b"PK\x03\x04" + bytes(50 * 1024 * 1024)
    started = time.perf_counter()

    assert refusal(content, "a.docx") == (Reason.TOO_LARGE, f"bytes {Limits().size}")
    assert time.perf_counter() - started < 0.5


def test_zip_bomb_is_refused_while_it_inflates() -> None:
    assert refusal(odt_with(b" " * 60_000_000)) == (Reason.ZIP_BOMB, "")


def test_zip_whose_header_lies_about_the_size_is_refused() -> None:
    honest = odt_with(b"<a>" + b" " * 60_000_000)
    place = honest.rindex(b"content.xml") - 46
    lying = honest[: place + 24] + struct.pack("<I", 1000) + honest[place + 28 :]

    assert refusal(lying)[0] in (Reason.ZIP_BOMB, Reason.DAMAGED)


def test_many_parts_that_inflate_to_much_together_are_refused() -> None:
    noise = "".join(f"<text:p>{n * n}</text:p>" for n in range(100_000))

    assert refusal(open_text(noise, styles=noise), limits=Limits(inflated=4_000_000)) == (Reason.ZIP_BOMB, "")
    assert read_document(open_text(noise), limits=Limits(inflated=4_000_000)).text.startswith("0\n1\n4\n9\n")


@pytest.mark.parametrize("trick", DOCTYPES.values(), ids=DOCTYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_is_refused(trick: str, encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{trick}'.encode(encoding)

    assert refusal(odt_with(content)) == (Reason.UNSAFE_XML, "content.xml")


def test_document_type_in_a_sheet_is_refused() -> None:
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": DOCTYPES["laughs"]}

    with pytest.raises(Unreadable) as caught:
        read_sheets(zipped(parts))
    assert caught.value.reason is Reason.UNSAFE_XML


def test_bottomless_nesting_is_refused() -> None:
    assert refusal(word("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000))[0] is Reason.UNSAFE_XML


def test_nesting_up_to_the_limit_is_read() -> None:
    deep = "<w:smartTag>" * 180 + "<w:r><w:t>深</w:t></w:r>" + "</w:smartTag>" * 180

    assert read_document(word(f"<w:p>{deep}</w:p>")).text == "深"


def test_table_that_repeats_cells_without_end_is_refused() -> None:
    row = '<table:table-cell table:number-columns-repeated="999"><text:p>甲</text:p></table:table-cell>'
    body = f'<table:table><table:table-row table:number-rows-repeated="1000000">{row}</table:table-row></table:table>'

    assert refusal(open_text(body)) == (Reason.TOO_LARGE, "cells")


def test_text_longer_than_the_limit_is_refused() -> None:
    assert refusal("甲".encode() * 1000, limits=Limits(characters=999)) == (Reason.TOO_LARGE, "characters 999")
    assert refusal(word(paragraph("甲" * 1000)), limits=Limits(characters=999)) == (Reason.TOO_LARGE, "characters 999")


def test_zip_with_a_password_is_encrypted() -> None:
    content = bytearray(zipped({"mimetype": ODT, "content.xml": "<a/>"}, zipfile.ZIP_STORED))
    for place in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1

    assert refusal(bytes(content)) == (Reason.ENCRYPTED, "")


def test_word_document_with_a_password_is_encrypted() -> None:
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx") == (Reason.ENCRYPTED, "")


@pytest.mark.parametrize(
    ("content", "label"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "Workbook".encode("utf-16-le"), "xls"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "presentation"),
        (OLE + b"HWP Document File V5.00", "hwp"),
        (b"{\\rtf1\\ansi minutes}", "rtf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "image"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "image"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(99), "image"),
        ("<html><body>會議紀錄</body></html>".encode(), "html"),
        (b"<?xml version='1.0'?><office:document/>", "xml"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(99), "archive"),
        (zipped({"會議紀錄.docx": b"PK"}), "archive"),
        (zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<a/>"}), "presentation"),
        (zipped({"mimetype": "application/hwp+zip"}), "hwp"),
        (open_sheets(""), "sheet"),
    ],
)
def test_foreign_format_is_named_with_advice_of_its_own(content: bytes, label: str) -> None:
    assert refusal(content) == (Reason.UNSUPPORTED, label)
    assert label in UNSUPPORTED


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (word(paragraph("甲")), "紀錄.pdf", "docx"),
        (word(paragraph("甲")), "紀錄.doc", "docx"),
        (open_text("<text:p>甲</text:p>"), "紀錄.docx", "odt"),
        (write_pdf([["甲"]]), "紀錄.txt", "pdf"),
    ],
)
def test_wrong_extension_is_refused_with_the_right_one(content: bytes, name: str, kind: str) -> None:
    assert refusal(content, name) == (Reason.WRONG_FORMAT, kind)


@pytest.mark.parametrize("name", ["", "紀錄", "紀錄.DOCX", "紀錄.docm", "110.9.23 第212次"])
def test_name_that_promises_nothing_else_is_no_obstacle(name: str) -> None:
    assert read_document(word(paragraph("甲")), name).text == "甲"


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"%PDF-1.7\n", zlib.compress(b"a" * 99)])
def test_stump_of_a_file_is_refused(content: bytes) -> None:
    assert refusal(content)[0] in (Reason.DAMAGED, Reason.UNSUPPORTED)


def test_bytes_that_are_not_what_the_name_promises_are_damaged() -> None:
    assert refusal(bytes(range(256)) * 4, "a.docx") == (Reason.DAMAGED, "docx")


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_a_sentence_without_gaps(reason: Reason) -> None:
    sentence = advice(Unreadable(reason, "docx"))

    assert sentence.endswith("。")
    assert "{" not in sentence


@pytest.mark.parametrize("kind", NoteKind)
def test_each_note_has_a_sentence(kind: NoteKind) -> None:
    assert "7" in remark(Note(kind, "7"))
