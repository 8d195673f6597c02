"""PDF: the text layer judged and mended, page furniture aside, scans refused."""

from __future__ import annotations

import io

import pypdf
import pytest

from minutes.formats import Kind, Limits, Note, NoteKind, Reason, Unreadable, read_document
from tests.formats.pdf_writer import write_pdf

LINES = ("第12次處務會議紀錄", "會議結論：", "（一）請資訊局於12月底前完成系統更新。", "（二）同意備查。")


def refusal(content: bytes, limits: Limits | None = None) -> tuple[Reason, str]:
    with pytest.raises(Unreadable) as caught:
        read_document(content, "a.pdf", limits=limits)
    return caught.value.reason, caught.value.detail


def test_lines_come_out_in_order_with_their_punctuation() -> None:
    document = read_document(write_pdf([LINES]), "紀錄.pdf")

    assert (document.kind, document.text, document.warnings) == (Kind.PDF, "\n".join(LINES), ())


def test_radicals_and_compatibility_forms_become_characters() -> None:
    codes = {
        ord(real): ord(shown)
        for real, shown in zip("青長食民會行", "⻘⻑⻝⺠\uf93d⾏", strict=True)
        if shown != "\uf93d"
    }
    lines = ["青年局、衛生局長及食品組請依民政會行辦理，並將辦理情形於下次會議提出報告。" * 2]

    assert read_document(write_pdf([lines], codes=codes)).text == lines[0]


def test_page_headers_and_numbers_are_left_out_and_told() -> None:
    bodies = [
        f"{name}組報告事項如下，請各單位配合辦理，金額{amount}元。"
        for name, amount in zip("文書總務", (5, 7, 90, 11), strict=True)
    ]
    pages = [
        ["處務會議", "密件", body, body, "主計室製", f"第 {number} 頁，共 4 頁"]
        for number, body in enumerate(bodies, 1)
    ]

    document = read_document(write_pdf(pages))

    assert document.text.split("\n") == ["處務會議", "密件", *(body for body in bodies for _ in range(2))]
    assert document.warnings == (Note(NoteKind.PAGE_FURNITURE, "主計室製 / 第 4 頁，共 4 頁 / 處務會議 / 密件"),)


def test_page_numbers_of_two_pages_are_left_out() -> None:
    document = read_document(write_pdf([["甲的內文第一行如下", "- 1 -"], ["乙的內文第一行如下", "- 2 -"]]))

    assert document.text == "甲的內文第一行如下\n乙的內文第一行如下"


def test_numbers_at_the_edge_that_do_not_count_pages_stay() -> None:
    document = read_document(write_pdf([["甲的內文第一行如下", "30"], ["乙的內文第一行如下", "75"]]))

    assert document.text == "甲的內文第一行如下\n30\n乙的內文第一行如下\n75"


def test_page_without_text_is_told() -> None:
    document = read_document(write_pdf([LINES, [], LINES[1:]]))

    assert document.warnings == (Note(NoteKind.PAGES_WITHOUT_TEXT, "2"),)


def test_scan_is_refused() -> None:
    assert refusal(write_pdf([[], []], picture=True)) == (Reason.SCANNED_PDF, "")


def test_scan_with_a_stamp_of_page_numbers_is_refused() -> None:
    assert refusal(write_pdf([["1"], ["2"], ["3"]], picture=True)) == (Reason.SCANNED_PDF, "")


def test_blank_pages_are_empty() -> None:
    assert refusal(write_pdf([[], []])) == (Reason.EMPTY, "")


def test_private_characters_are_no_text() -> None:
    codes = {ord(character): 0xE000 + at for at, character in enumerate(sorted(set("".join(LINES))))}

    assert refusal(write_pdf([LINES], codes=codes)) == (Reason.GARBLED_PDF, "")


def test_encrypted_file_is_refused_and_a_merely_restricted_one_is_read() -> None:
    def encrypted(password: str) -> bytes:
        writer = pypdf.PdfWriter(clone_from=io.BytesIO(write_pdf([LINES])))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    assert refusal(encrypted("secret")) == (Reason.ENCRYPTED, "")
    assert read_document(encrypted("")).text == "\n".join(LINES)


@pytest.mark.parametrize("cut", [60, 400, 900])
def test_cut_off_file_is_refused_or_read_but_never_garbled(cut: int) -> None:
    assert refusal(write_pdf([LINES])[:cut])[0] in (Reason.DAMAGED, Reason.EMPTY)


def test_ten_thousand_pages_are_refused() -> None:
    assert refusal(write_pdf([LINES], count=10_000)) == (Reason.TOO_LARGE, f"pages {Limits().pages}")


def test_page_tree_that_holds_itself_ends() -> None:
    content = write_pdf([LINES]).replace(b"/Kids [8 0 R]", b"/Kids [2 0 R]").replace(b"/Count 1", b"/Count 9")

    assert refusal(content, Limits(seconds=10))[0] in (Reason.DAMAGED, Reason.EMPTY, Reason.TOO_SLOW)
