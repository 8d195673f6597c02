"""The case that a coordinator means to change."""

from __future__ import annotations

from domain.case import Case
from domain.member import Action
from handlers.changing.editing_phrases import coordinator_only
from handlers.context import Context
from handlers.lookup import find_case
from handlers.messages import Message
from handlers.people import people_phrases
from handlers.refs import CaseRef, Say


def coordinated_case(ref: CaseRef, action: Action, say: Say, context: Context) -> Case | Message:
    """The case that is meant, if the actor may do this to it as a whole; else what to answer."""
    case = find_case(ref, context, say)
    if isinstance(case, Message) or context.may(action, series_id=case.series_id):
        return case
    return people_phrases.no_user_id() if context.actor.user_id is None else coordinator_only(case, action)
