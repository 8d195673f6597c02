"""The same minutes as .txt, .docx, .odt and .pdf are understood alike."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from domain.calendar import WorkCalendar
from minutes.formats import read_document
from minutes.parse import parse, to_json
from tests.formats.packages import open_text, paragraph, word
from tests.formats.pdf_writer import write_pdf

CORPUS = sorted((Path(__file__).parents[1] / "data" / "minutes").glob("*.txt"))
LINES_A_PAGE = 45


def as_docx(lines: list[str]) -> bytes:
    tab = "</w:t><w:tab/><w:t>"
    return word("".join(paragraph(escape(line).replace("\t", tab)) for line in lines))


def as_odt(lines: list[str]) -> bytes:
    """OpenDocument counts blanks in elements; bare ones in a row would be one."""
    marked = (escape(line).replace("\t", "<text:tab/>").replace(" ", "<text:s/>") for line in lines)
    return open_text("".join(f"<text:p>{line}</text:p>" for line in marked))


def as_pdf(lines: list[str]) -> bytes:
    return write_pdf([lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)])


def as_text_of_windows(lines: list[str]) -> bytes:
    """Big5, or what Notepad falls back to where a character is not in it."""
    source = "\r\n".join(lines)
    try:
        return source.encode("cp950")
    except UnicodeEncodeError:
        return source.encode("utf-16")


def understood(text: str) -> dict[str, Any]:
    """Items, decisions and header; line numbers are those of a file and no matter here."""
    found = to_json(parse(text, calendar=WorkCalendar()))
    items = [{key: item[key] for key in item if key not in ("line", "text")} for item in found["items"]]
    decisions = [{key: one[key] for key in one if key not in ("line", "text")} for one in found["decisions"]]
    return {"header": found["meeting"], "items": items, "decisions": decisions}


@pytest.mark.parametrize("write", [as_docx, as_odt, as_text_of_windows])
@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_document_in_another_format_is_understood_alike(file: Path, write: Callable[[list[str]], bytes]) -> None:
    text = file.read_text("utf-8")

    assert understood(read_document(write(text.split("\n"))).text) == understood(text)


@pytest.mark.parametrize(
    "file", [file for file in CORPUS if "\t" not in file.read_text("utf-8")], ids=lambda file: file.stem
)
def test_pdf_without_tables_is_understood_alike(file: Path) -> None:
    """A wide gap is one blank in a PDF, so the text that it is held against has none."""
    lines = [re.sub(" +", " ", line).strip() for line in file.read_text("utf-8").split("\n") if line.strip()]

    assert understood(read_document(as_pdf(lines)).text) == understood("\n".join(lines))
