"""The colours of cards. Each ink stands on a ground of its own that the card sets itself.

LINE draws a bubble on white in its light and in its dark theme, but says so nowhere: a card that sets every ground and
every ink looks the same in both. `PAIRS` lists what stands on what; a test computes each contrast (WCAG 2 AA: 4.5).
"""

from __future__ import annotations

from handlers.cards import Tone

PAPER = "#FFFFFF"
SHADE = "#EEF1F5"  # strips that set parts of a card apart
RULE = "#D5DBE3"
INK = "#1B2430"
FAINT = "#566172"
BUTTON = "#0B6B3A"  # under LINE's white label
OTHER_BUTTON = "#DDE3EA"  # under LINE's black label
WHITE, BLACK = "#FFFFFF", "#111111"  # LINE's own inks on buttons

INKS = {Tone.PLAIN: INK, Tone.CALM: "#1D5B8F", Tone.SOON: "#8A4B00", Tone.LATE: "#B3261E", Tone.DONE: "#1E6B3C"}
HEADS = {Tone.PLAIN: "#3B4A5E", Tone.CALM: "#1F4E79", Tone.SOON: "#7A4300", Tone.LATE: "#9C1F18", Tone.DONE: "#1E5B36"}

PAIRS: tuple[tuple[str, str], ...] = (
    (INK, PAPER),
    (INK, SHADE),
    (FAINT, PAPER),
    (FAINT, SHADE),
    *((ink, PAPER) for ink in INKS.values()),
    *((ink, SHADE) for ink in INKS.values()),
    *((PAPER, head) for head in HEADS.values()),
    (WHITE, BUTTON),
    (BLACK, OTHER_BUTTON),
)
