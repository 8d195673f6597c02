"""A case that a list of numbers carried over: its sentence (列管編號 204-2、205-2 賡續列管) says nothing of it."""

from __future__ import annotations

from domain.numbers import find_numbers


def only_lists(sentence: str, number: str) -> bool:
    """Tell whether a case's sentence is the list of numbers that continued it."""
    listed = {found.number for found in find_numbers(sentence)}
    return number in listed and len(listed) > 1
