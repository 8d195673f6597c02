"""Cards of any data: long, rare, right-to-left, invisible, empty."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from handlers.buttons import Button, Choice, PickDate, Prefill
from handlers.cards import Card, CaseCard, ListCard, Part, Passage, Row, Section, TableCard, TableRow, Tone, Words

ODD = (
    "𠮷𠀋𪜈",
    "👨‍👩‍👧‍👦🇹🇼👍🏽",
    "مرحبا שלום",
    "\u202e\u2066x",
    "\u200b\u200d\ufeff",
    '{{}}\\"\x01\x7f',
    "　\u00a0\n",
    "é̂̂",
)
words: st.SearchStrategy[str] = st.one_of(
    st.text(max_size=30),
    st.builds(lambda part, times: part * times, st.sampled_from([*ODD, "列管", "a", "é"]), st.integers(0, 400)),
)
said = st.one_of(st.text(max_size=40), st.just("列管" * 200))
tinted = st.builds(Words, words, st.sampled_from(Tone))
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
data = st.just("1 ask_open {}")
buttons: st.SearchStrategy[Button] = st.one_of(
    st.builds(Choice, words, said),
    st.builds(Prefill, words, said, data),
    st.builds(PickDate, words, data, days | st.none(), days | st.none(), days | st.none()),
)


def many(one: st.SearchStrategy[Any], most: int = 40) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to so many; few of them as often as many."""
    return st.lists(one, max_size=4).map(tuple) | st.builds(lambda item, n: (item,) * n, one, st.integers(0, most))


rows = st.builds(Row, head=words, title=words, due=tinted, who=words, about=words, marks=many(tinted, 5), said=said)
sections = many(st.builds(Section, many(rows), tinted), 3)
cases = st.builds(
    CaseCard,
    number=words,
    title=words,
    due=tinted,
    basis=words,
    parts=many(st.builds(Part, words, tinted)),
    passages=many(st.builds(Passage, words, words), 6),
    source=words,
    buttons=many(buttons, 8),
    hint=words,
)
lists = st.builds(ListCard, title=words, about=words, sections=sections, notes=many(words, 9), buttons=many(buttons, 8))
tables = st.builds(
    TableCard,
    title=words,
    about=words,
    columns=many(words, 6),
    lines=many(st.builds(TableRow, name=words, cells=many(tinted, 6), said=said)),
    sections=sections,
    notes=many(words, 9),
    buttons=many(buttons, 8),
)
cards: st.SearchStrategy[Card] = st.one_of(cases, lists, tables)
