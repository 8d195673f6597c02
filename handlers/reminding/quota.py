"""額度: how many pushes are left this month, what is still to come, and who gives way first."""

from __future__ import annotations

from domain.member import Action
from handlers.commands import AskQuota
from handlers.context import Context
from handlers.messages import Message
from handlers.reminding import quota_phrases


def ask_quota(command: AskQuota, context: Context) -> Message:
    """Show the month's budget to a coordinator."""
    if not any(context.may(Action.SEE_QUOTA, series_id=series_id) for series_id in context.series_ids):
        return quota_phrases.only_coordinators()
    return quota_phrases.budget(context.uow.deliveries.budget(), context.now.astimezone(context.settings.zone))
