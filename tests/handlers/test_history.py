"""歷程 has words for all that is ever done to a case."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from domain.ports import WHOLE_CASE
from handlers import commands
from handlers.asking import history_phrases
from handlers.changing import closing
from handlers.commands import Verdict
from handlers.reviewing import taking_back

HANDLERS = Path(commands.__file__).parent
OF_A_CASE = {*WHOLE_CASE, "assignment", "line", "report"}
COMPUTED = {
    *closing.ACTIONS.values(),
    *(f"{taking_back.DECIDE}{verdict.value}" for verdict in Verdict),
    taking_back.TAKE_BACK,
}
"""The actions that the code does not write out where it records them."""
COMPUTING = {"closing.py", "decide.py", "confirming.py"}


def _calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(HANDLERS.rglob("*.py")):
        if file.name == "changes.py":
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield file.name, node


def _actions() -> Iterator[tuple[str, ast.expr]]:
    """The action of each call that changes a case, with the file that it is in."""
    for file, call in _calls("move"):
        yield file, call.args[3]
    for file, call in _calls("record"):
        subject = call.args[1]
        assert isinstance(subject, ast.Constant) or file == "people.py", file
        if isinstance(subject, ast.Constant) and subject.value in OF_A_CASE:
            yield file, call.args[0]


def test_every_action_on_a_case_has_words() -> None:
    written = {expr.value for _, expr in _actions() if isinstance(expr, ast.Constant)}
    done = {action for action in written if not str(action).startswith("undo")}

    assert done | COMPUTED | {"report", "open_occurrence"} == set(history_phrases.ACTIONS)


def test_computed_actions_are_where_this_test_expects_them() -> None:
    computed = {file for file, expr in _actions() if not isinstance(expr, ast.Constant)}

    assert computed == COMPUTING | {"undo_proposals.py"}
