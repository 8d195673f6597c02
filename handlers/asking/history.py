"""歷程 and 原文: what happened to a case, from the audit, and what the minutes said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.case import Case
from domain.ports import AuditEntry
from handlers import postback
from handlers.ask_commands import AskHistory, AskSource
from handlers.asking import history_phrases
from handlers.context import Context
from handlers.lookup import find_case
from handlers.messages import Message
from handlers.refs import CaseRef
from handlers.views import History, view_case

SIZE = 8  # entries on one screen


def ask_history(command: AskHistory, context: Context) -> Message:
    """Tell what happened to a case."""

    def say(ref: CaseRef) -> str:
        return f"歷程 {ref}"

    case = find_case(command.ref, context, say)
    if isinstance(case, Message):
        return case
    audit = context.uow.audit
    found = audit.of_case(case.id, limit=SIZE + 1, offset=(command.page - 1) * SIZE)
    has_more = len(found) > SIZE
    following = postback.encode(replace(command, page=command.page + 1)) if has_more else ""
    context.uow.talk.remember(context.chat.id, following, context.now)
    return history_phrases.history(_view(case, found[:SIZE], command.page, context, has_more=has_more), context.day)


def ask_source(command: AskSource, context: Context) -> Message:
    """Show the sentence of the minutes, whole."""

    def say(ref: CaseRef) -> str:
        return f"原文 {ref}"

    case = find_case(command.ref, context, say)
    return case if isinstance(case, Message) else history_phrases.source(view_case(case, context.uow, context.today))


def _view(case: Case, entries: Sequence[AuditEntry], page: int, context: Context, *, has_more: bool) -> History:
    people = context.uow.people
    members = {one: people.get(one) for one in {entry.member_id for entry in entries} if one is not None}
    reports = [entry.subject_id for entry in entries if entry.subject == "report"]
    return History(case, entries, members, context.uow.cases.report_texts(reports), page, has_more)
