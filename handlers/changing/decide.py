"""The chair's decisions, entered by a coordinator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.case import Assignment, Case, State
from domain.member import Action
from handlers import phrases, unclear
from handlers.changes import move
from handlers.changing.report import MOST_AT_ONCE
from handlers.commands import CaseRef, Decide, Verdict
from handlers.context import Context
from handlers.lookup import find_case, named_lines, unit_names
from handlers.messages import Message

Targets = list[tuple[Case, Assignment]]
TARGET_STATE = {Verdict.RELEASE: State.RELEASED, Verdict.CONTINUE: State.OPEN}
WORDS = {Verdict.RELEASE: "解除", Verdict.CONTINUE: "賡續"}
WHAT = {Verdict.RELEASE: "解除列管", Verdict.CONTINUE: "賡續列管"}


def decide(command: Decide, context: Context) -> Message:
    """Release or continue lines: those named, all or none; of several cases after asking once."""
    if len(command.refs) > MOST_AT_ONCE:
        return phrases.too_many(len(command.refs), MOST_AT_ONCE)
    targets: Targets = []
    for ref in command.refs:
        lines = _targets(ref, command, context)
        if isinstance(lines, Message):
            return lines
        targets += lines
    changing = [(case, line) for case, line in targets if line.state is not TARGET_STATE[command.verdict]]
    if not changing:
        return phrases.already(*targets[0])
    if len(command.refs) > 1 and not command.confirmed:
        return phrases.confirm_decision(changing, WHAT[command.verdict], f"確認{_say(command, command.refs)}")
    moved = [(case, _move(case, line, command.verdict, context)) for case, line in changing]
    return phrases.decided(moved, released=command.verdict is Verdict.RELEASE)


def _targets(ref: CaseRef, command: Decide, context: Context) -> Targets | Message:
    def say(exact: CaseRef) -> str:
        return _say(command, [exact if one is ref else one for one in command.refs])

    case = find_case(ref, context, say)
    if isinstance(case, Message):
        return case
    if not context.may(Action.DECIDE, series_id=case.series_id):
        return phrases.may_not_decide(case)
    lines = named_lines(case, ref, context)
    if not lines:
        return unclear.no_such_line(case, unit_names(ref, case, context))
    if len(lines) == 1 or command.everyone or unit_names(ref, case, context):
        return [(case, line) for line in lines]
    everyone = _say(replace(command, everyone=True), command.refs)
    return unclear.which_decision(case, lines, ref, say, everyone)


def _say(command: Decide, refs: Sequence[CaseRef]) -> str:
    word = f"{'全部' if command.everyone else ''}{WORDS[command.verdict]}"
    return f"{word} {'、'.join(map(str, refs))}"


def _move(case: Case, line: Assignment, verdict: Verdict, context: Context) -> Assignment:
    after = line.release() if verdict is Verdict.RELEASE else line.continue_()
    return move(case, line, after, f"decide_{verdict.value}", context)
