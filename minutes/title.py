"""A short title made from the sentence of an order, and the figures it aims at."""

from __future__ import annotations

import re

from minutes.words import any_of, words

LONGEST = 24

_LIMIT = r"(?:於|在|至遲)?[^,。;]{1,14}?(?:底前|日前|週前|月前|以前|之前|會前|日內|週內|月內)(?=[^,。;])"
_LEADING = re.compile(
    rf"(?:{any_of(words('deadline', 'vague'))}|{_LIMIT}|請|應|須|需|務必|確實|予以|進行|負責|[,、:\s]|\([^()]*\))+"
)
_TRAILING = re.compile(r"(?:,?(?:以利|俾利?|以便|以免|以維|避免|以資|以符|以提升|以降低).*)$")
_TARGET = re.compile(
    r"(?:目標(?:值)?[為是:]?|至少|達到?)\s*([\d,.]+\s*萬?\s*(?:%|[套份件戶處台臺支人場次案座位家個組成])?)"
)


def title_of(body: str) -> str:
    """The first clauses of an order without its addressee, mark and date, cut at a clause if it can be."""
    leading = _LEADING.match(body)
    plain = _TRAILING.sub("", body[leading.end() if leading else 0 :]).strip(" ,。;:、")
    if len(plain) <= LONGEST:
        return plain
    first = re.split(r"[,;。:]", plain)[0]
    return first if 4 <= len(first) <= LONGEST else plain[: LONGEST - 1] + "…"


def targets_in(text: str) -> tuple[str, ...]:
    return tuple(match[1].strip() for match in _TARGET.finditer(text))
