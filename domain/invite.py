"""One-time codes that give a person a role.

A code is ten characters of an alphabet without look-alikes (49 bits), lives for days, works once, and wrong tries are
counted for each person. Only its SHA-256 is stored and looked up, so comparing leaks nothing about a code by its time.
No pepper: whoever can read the table of hashes can read everything that a code would open.
"""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L
LENGTH = 10


def new_code() -> str:
    """Make a code, written in two halves: K7QRM-2XWHP."""
    letters = [secrets.choice(ALPHABET) for _ in range(LENGTH)]
    return "".join([*letters[: LENGTH // 2], "-", *letters[LENGTH // 2 :]])


def hash_code(code: str) -> str:
    """The SHA-256 under which a code is stored; case, blanks and hyphens of the typed form do not matter."""
    typed = "".join(character for character in code.upper() if character.isalnum())
    return hashlib.sha256(typed.encode()).hexdigest()
