"""Plain text: every encoding that offices use, and none accepted that only happens to decode."""

from __future__ import annotations

import codecs

import pytest

from minutes.formats import Document, Kind, Note, NoteKind, Reason, Unreadable, read_document

TEXT = (
    "第12次處務會議紀錄\n會議結論：\n"
    "（一）請資訊局於12月底前完成系統更新，並將辦理情形提報下次會議。\n（二）同意備查。\n"
)


def refusal(content: bytes, name: str = "") -> tuple[Reason, str]:
    with pytest.raises(Unreadable) as caught:
        read_document(content, name)
    return caught.value.reason, caught.value.detail


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("cp950"),
        TEXT.replace("\n", "\r\n").encode("cp950"),
        TEXT.replace("\n", "\r").encode("utf-8"),
    ],
)
def test_text_is_the_same_in_every_encoding(content: bytes) -> None:
    assert read_document(content, "紀錄.txt") == Document(TEXT, Kind.TXT)


def test_control_characters_are_dropped_and_breaks_are_one_kind() -> None:
    assert read_document("甲\x0c乙\u2028丙\x07丁".encode()).text == "甲\n乙\n丙丁"


@pytest.mark.parametrize("encoding", ["gbk", "shift_jis", "euc_kr"])
def test_text_in_a_foreign_encoding_is_refused(encoding: str) -> None:
    content = TEXT.encode(encoding, "ignore") * 3

    assert refusal(content)[0] is Reason.UNKNOWN_ENCODING


def test_text_misread_as_latin_before_saving_is_refused() -> None:
    content = TEXT.encode().decode("latin-1").encode()

    assert refusal(content) == (Reason.UNKNOWN_ENCODING, "")


def test_text_in_western_latin_is_refused() -> None:
    assert refusal("Procès-verbal de la réunion, été à Zürich".encode("latin-1"))[0] is Reason.UNKNOWN_ENCODING


def test_made_up_character_in_big5_is_kept_as_lost_and_told() -> None:
    content = (TEXT * 5).encode("cp950") + b"\x8e\x40" + "出席".encode("cp950")

    document = read_document(content)

    assert document.text == TEXT * 5 + "\ufffd" + "出席"
    assert document.warnings == (Note(NoteKind.UNREADABLE_CHARACTERS, "1"),)


def test_single_broken_byte_in_utf8_is_told() -> None:
    content = (TEXT * 5).encode() + b"\xe6"

    assert read_document(content).warnings == (Note(NoteKind.UNREADABLE_CHARACTERS, "1"),)


@pytest.mark.parametrize("content", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b"\n\x00", b"\n" * 1000])
def test_text_without_a_word_is_empty(content: bytes) -> None:
    assert refusal(content) == (Reason.EMPTY, "")


def test_bytes_that_are_no_text_are_unsupported() -> None:
    assert refusal(bytes(range(256)) * 8) == (Reason.UNSUPPORTED, "binary")


@pytest.mark.parametrize("name", ["紀錄.docx", "紀錄.pdf", "紀錄.doc", "list.xlsx"])
def test_text_with_the_name_of_another_format_is_told_its_kind(name: str) -> None:
    assert refusal(TEXT.encode(), name) == (Reason.WRONG_FORMAT, "txt")


@pytest.mark.parametrize("name", ["", "紀錄", "紀錄.md", "110.9.23 紀錄.TXT", "a.csv", "v1.2"])
def test_text_with_any_other_name_is_read(name: str) -> None:
    assert read_document(TEXT.encode(), name).text == TEXT
