"""The same document, saved by LibreOffice in three formats: list numbers, header, footer, table, two pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes.formats import read_document

FOLDER = Path(__file__).parents[1] / "data" / "formats"
EXPECTED = (FOLDER / "office.txt").read_text("utf-8").rstrip("\n")


def read(name: str) -> str:
    return read_document((FOLDER / name).read_bytes(), name).text


@pytest.mark.parametrize("name", ["office.docx", "office.odt"])
def test_office_document_gives_its_text_with_numbers_and_table(name: str) -> None:
    assert read(name) == EXPECTED


def test_pdf_of_the_same_document_has_the_same_characters_before_the_table() -> None:
    def plain(text: str) -> str:
        return "".join(text.partition("編號\t" if "\t" in text else "編號 應辦")[0].split())

    header, _, body = read("office.pdf").partition("\n")

    assert header == "水岸市政府資訊處 內部文件"
    assert plain(body) == plain(EXPECTED)
