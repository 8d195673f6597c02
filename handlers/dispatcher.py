"""Commands → handlers. One literal table; every entry comes through here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers import ask_commands as asking
from handlers import change_commands as changing
from handlers import clock_commands, commands, review_commands, stage_commands
from handlers.asking import ask, history, overview, report_out, surveys
from handlers.changing import closing, decide, editing, extension, opening, proposing, report, transfer, withdrawing
from handlers.commands import Command
from handlers.context import Context
from handlers.messages import Message, noted
from handlers.people import people, people_phrases, staffing
from handlers.reminding import acknowledging, contracts, days_off, milestones, next_meeting, quota, reminding
from handlers.reviewing import list_import, pasting, review_edit, reviews
from handlers.stages import waiting
from handlers.stages.following import follow
from handlers.undoing import undoing

Handler = Callable[[Any, Context], Message | None]

HANDLERS: dict[type[Command], Handler] = {
    commands.AskCase: ask.ask_case,
    commands.AskOpen: ask.ask_open,
    commands.AskUnit: ask.ask_unit,
    commands.AskOverdue: ask.ask_overdue,
    commands.AskMine: ask.ask_mine,
    commands.NextPage: ask.next_page,
    commands.AskReport: report_out.ask_report,
    asking.AskDue: surveys.ask_due,
    asking.AskWaiting: surveys.ask_waiting,
    asking.AskUnreported: surveys.ask_unreported,
    asking.AskMeeting: surveys.ask_meeting,
    asking.AskOverview: overview.ask_overview,
    asking.AskHistory: history.ask_history,
    asking.AskSource: history.ask_source,
    asking.Search: surveys.search,
    commands.ReportProgress: report.report_progress,
    commands.RequestRelease: report.request_release,
    commands.Decide: decide.decide,
    commands.Undo: undoing.undo,
    commands.Bind: people.bind,
    commands.BindGroup: people.bind_group,
    commands.UnbindGroup: people.unbind_group,
    commands.AskQuota: quota.ask_quota,
    commands.WhoAmI: people.who_am_i,
    commands.Help: people.show_help,
    review_commands.ShowDrafts: reviews.show_drafts,
    review_commands.ShowDraft: reviews.show_draft,
    review_commands.ShowUnread: reviews.show_unread,
    review_commands.ShowColumns: list_import.show_columns,
    review_commands.SetColumn: list_import.set_column,
    review_commands.EditDraft: review_edit.edit_draft,
    review_commands.ShowDecisions: reviews.show_decisions,
    review_commands.SettleDecision: review_edit.settle_decision,
    review_commands.NameUnit: review_edit.name_unit,
    review_commands.ConfirmDrafts: reviews.confirm_drafts,
    review_commands.DropDrafts: reviews.drop_drafts,
    review_commands.StartPasting: pasting.start_pasting,
    review_commands.FinishPasting: pasting.finish_pasting,
    clock_commands.SetLadder: reminding.set_ladder,
    clock_commands.SetNextMeeting: next_meeting.set_next_meeting,
    clock_commands.AskNextMeeting: next_meeting.ask_next_meeting,
    clock_commands.OpenContract: contracts.open_contract,
    clock_commands.SetStage: contracts.set_stage,
    clock_commands.AddMilestone: milestones.add_milestone,
    clock_commands.AskContracts: contracts.ask_contracts,
    clock_commands.CloseDay: days_off.close_day,
    clock_commands.ReopenDay: days_off.reopen_day,
    stage_commands.SetWait: waiting.set_wait,
    stage_commands.Wake: waiting.wake,
    stage_commands.TellEvent: waiting.tell_event,
    stage_commands.CancelWait: waiting.cancel_wait,
    stage_commands.AskSleeping: surveys.ask_sleeping,
    changing.AskExtension: extension.ask_extension,
    changing.AnswerExtension: extension.answer_extension,
    changing.ListProposals: proposing.list_proposals,
    changing.WithdrawRelease: withdrawing.withdraw_release,
    changing.EditCase: editing.edit_case,
    changing.CloseCase: closing.close_case,
    changing.ProposeTransfer: transfer.propose_transfer,
    changing.AnswerTransfer: transfer.answer_transfer,
    changing.Acknowledge: acknowledging.acknowledge,
    changing.OpenCase: opening.open_case,
    changing.Appoint: staffing.appoint,
    changing.HandOver: staffing.hand_over,
    changing.RemoveContact: staffing.remove_contact,
    changing.ListContacts: staffing.list_contacts,
    changing.AskUnmanned: staffing.ask_unmanned,
    changing.ReportSeveral: report.report_several,
}

WITHOUT_SERIES: frozenset[type[Command]] = frozenset(
    {
        commands.Undo,
        commands.Bind,
        commands.BindGroup,
        commands.UnbindGroup,
        commands.WhoAmI,
        commands.Help,
        *review_commands.REVIEW_NAMES.values(),
    }
)
"""What can be said where nothing may be seen: a stranger's 1:1 chat, a group without a series."""

NAMED = commands.CHANGES - {changing.Acknowledge}
"""What nobody may do whom LINE does not name. 收到 may be mere courtesy: its handler refuses what is not."""


def dispatch(command: Command, context: Context) -> Message | None:
    """Do what a command says, and what that brings about elsewhere; returns the answer."""
    if not context.series_ids and type(command) not in WITHOUT_SERIES:
        return people_phrases.stranger() if context.is_private else people_phrases.group_unbound()
    if type(command) in NAMED and context.actor.user_id is None and not context.actor.is_operator:
        return people_phrases.no_user_id()
    answer = HANDLERS[type(command)](command, context)
    for note in follow(context):
        answer = noted(answer, note) if answer else answer
    return answer
