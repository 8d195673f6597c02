"""One test per document of the corpus; the shared samples too, where they exist."""

from __future__ import annotations

from pathlib import Path

import pytest
import scoring

from domain.calendar import WorkCalendar
from minutes.parse import parse, to_json

HERE = Path(__file__).parents[1] / "data" / "minutes"
SHARED = Path(__file__).parents[3] / "shared" / "minutes"
OWN = sorted(HERE.glob("*.gold.json"))


def score_of(gold_path: Path) -> tuple[scoring.Score, dict[str, object]]:
    gold = scoring.load(gold_path)
    text = gold_path.with_name(gold_path.name.replace(".gold.json", ".txt")).read_text("utf-8")
    return scoring.score(gold, to_json(parse(text, calendar=WorkCalendar()))), gold


@pytest.mark.parametrize("gold_path", OWN, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_document_is_read_exactly(gold_path: Path) -> None:
    found, gold = score_of(gold_path)

    assert found.missed == []
    assert found.surplus == []
    assert found.wrong_units == []
    assert found.wrong_deadlines == []
    assert found.decisions == scoring.wanted_decisions(gold)
    assert found.header == scoring.wanted_header(gold)


@pytest.mark.parametrize("gold_path", sorted(SHARED.glob("*.gold.json")), ids=lambda path: path.name)
def test_shared_sample_gives_every_order_and_decision(gold_path: Path) -> None:
    found, gold = score_of(gold_path)

    assert found.missed == []
    assert found.never_taken == []
    assert found.wrong_deadlines == []
    assert {(d[0], d[2]) for d in found.decisions} == {(d[0], d[2]) for d in scoring.wanted_decisions(gold)}


def test_corpus_holds_the_promised_number_of_documents() -> None:
    assert len(OWN) >= 25
