"""Every command is complete: handler, sentence, help line, documentation, corpus, button data."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from domain.case import Closing, Priority
from domain.member import Role
from handlers import ask_commands as asking
from handlers import change_commands as changing
from handlers import clock_commands as timing
from handlers import commands, review_commands
from handlers import stage_commands as stages
from handlers.commands import CHANGES, NAMES, CaseRef, Command, Verdict
from handlers.context import Settings
from handlers.dispatcher import HANDLERS
from handlers.grammar import BUILDERS
from handlers.language.manners import listen
from handlers.language.usage import USAGES
from handlers.postback import MAX_DATA, decode, encode
from tests.handlers.test_sentences import heard_text

WRITTEN = date(2021, 9, 24)  # the day of the examples in the documentation
ROOT = Path(__file__).parents[2]
INTENTS = tomllib.loads((ROOT / "handlers" / "sentences.toml").read_text("utf-8"))["intent"]
DOC = (ROOT / "docs" / "commands.md").read_text("utf-8")
ASIDE = {NAMES[intent["command"]] for intent in INTENTS if "aside" in intent}
"""What counts only where nobody speaks to the bot."""
EXAMPLES: dict[str, Command] = {
    "ask_case": commands.AskCase((CaseRef("211-2"), CaseRef("211-3", ("法務局",)))),
    "ask_open": commands.AskOpen(2),
    "ask_unit": commands.AskUnit("資訊局", 3),
    "ask_overdue": commands.AskOverdue(),
    "ask_mine": commands.AskMine(),
    "next_page": commands.NextPage(),
    "ask_report": commands.AskReport("處務會議", 106),
    "ask_due": asking.AskDue(asking.Window.NEXT_MONTH, 2),
    "ask_unreported": asking.AskUnreported(2),
    "ask_waiting": asking.AskWaiting(),
    "ask_meeting": asking.AskMeeting(),
    "ask_overview": asking.AskOverview(),
    "search": asking.Search("契約 延長", 3),
    "ask_history": asking.AskHistory(CaseRef("211-2", ("處務會議",)), 2),
    "ask_source": asking.AskSource(CaseRef("211-2")),
    "report": commands.ReportProgress(CaseRef("211-2"), "已完成 {換文} 😀"),
    "request_release": commands.RequestRelease((CaseRef("211-2"),), "", confirmed=True),
    "decide": commands.Decide((CaseRef("211-2"),), Verdict.CONTINUE, everyone=True),
    "undo": commands.Undo(123, confirmed=True),
    "bind": commands.Bind("K7QRM-2XWHP"),
    "bind_group": commands.BindGroup("處務會議"),
    "unbind_group": commands.UnbindGroup(),
    "ask_quota": commands.AskQuota(),
    "who_am_i": commands.WhoAmI(),
    "help": commands.Help(),
    "show_drafts": review_commands.ShowDrafts(2),
    "show_draft": review_commands.ShowDraft(3),
    "show_unread": review_commands.ShowUnread(),
    "show_columns": review_commands.ShowColumns(),
    "set_column": review_commands.SetColumn(3, "期限"),
    "edit_draft": review_commands.EditDraft(3, review_commands.Change.DEADLINE, "10月15日"),
    "show_decisions": review_commands.ShowDecisions(2),
    "settle_decision": review_commands.SettleDecision(2, review_commands.Settle.UNIT, "捷運公司"),
    "name_unit": review_commands.NameUnit("觀傳局", "觀光傳播局", is_part=True),
    "confirm_drafts": review_commands.ConfirmDrafts((1, 2, 8)),
    "drop_drafts": review_commands.DropDrafts(),
    "start_pasting": review_commands.StartPasting(),
    "finish_pasting": review_commands.FinishPasting("主任秘書會報", 212),
    "ask_extension": changing.AskExtension(CaseRef("211-3"), "10/15", "廠商延誤"),
    "answer_extension": changing.AnswerExtension(CaseRef("211-3"), accept=False, note="仍請如期"),
    "list_proposals": changing.ListProposals(),
    "propose_transfer": changing.ProposeTransfer(CaseRef("211-3"), "法務局", "法規業務"),
    "answer_transfer": changing.AnswerTransfer(CaseRef("211-3"), accept=True),
    "acknowledge": changing.Acknowledge((CaseRef("211-3"),), quoting=True),
    "open_case": changing.OpenCase("請資訊局於10月底前完成換文", "處務會議"),
    "appoint": changing.Appoint("資訊局", Role.CHIEF, "處務會議"),
    "hand_over": changing.HandOver("資訊局", 2),
    "remove_contact": changing.RemoveContact("資訊局", 2),
    "list_contacts": changing.ListContacts("資訊局"),
    "ask_unmanned": changing.AskUnmanned(),
    "report_several": changing.ReportSeveral((CaseRef("211-2"), CaseRef("211-3")), "已完成換文"),
    "withdraw_release": changing.WithdrawRelease((CaseRef("211-3"),)),
    "edit_case": changing.EditCase(CaseRef("211-3"), changing.CaseField.TITLE, "完成換文", confirmed=True),
    "close_case": changing.CloseCase(CaseRef("211-3"), Closing.MERGED, "211-5", "同一事項"),
    "set_next_meeting": timing.SetNextMeeting("10/21", "主任秘書會報"),
    "ask_next_meeting": timing.AskNextMeeting("處務會議"),
    "open_contract": timing.OpenContract("智慧支付平台維護", "資訊局", "110/9/30", "後續擴充"),
    "set_stage": timing.SetStage(CaseRef("212-5"), "議約"),
    "add_milestone": timing.AddMilestone(CaseRef("212-5"), "12/22", "開標"),
    "ask_contracts": timing.AskContracts(2),
    "close_day": timing.CloseDay("12/17", "臺北市"),
    "reopen_day": timing.ReopenDay("12/17"),
    "set_wait": stages.SetWait(CaseRef("212-5"), "核定", "30日內"),
    "wake": stages.Wake(CaseRef("212-5"), "環評已通過"),
    "tell_event": stages.TellEvent(CaseRef("212-5"), "環評已通過"),
    "cancel_wait": stages.CancelWait(CaseRef("212-5")),
    "ask_sleeping": stages.AskSleeping(2),
    "set_ladder": timing.SetLadder(CaseRef("211-2"), (14, 7, 3, 1), Priority.HIGH),
}


def test_every_command_has_a_name() -> None:
    assert set(NAMES.values()) == set(get_args(Command))


def test_tables_hold_every_command_and_nothing_else() -> None:
    assert set(HANDLERS) == set(NAMES.values()) == set(USAGES)
    assert set(BUILDERS) == set(NAMES) == set(EXAMPLES)
    assert set(NAMES.values()) > CHANGES


@pytest.mark.parametrize("name", NAMES)
def test_command_has_sentences_corpus_and_documentation(name: str) -> None:
    usage = USAGES[NAMES[name]]

    assert any(intent["command"] == name and (intent.get("say") or intent.get("aside")) for intent in INTENTS)
    assert (ROOT / "tests" / "data" / "sentences" / f"{name}.tsv").exists()
    assert f"| `{name}` | {usage.typed} | `{usage.on(WRITTEN)}` |" in DOC


@pytest.mark.parametrize("today", [WRITTEN, date(2021, 12, 27), date(2024, 2, 29)])
@pytest.mark.parametrize("command", USAGES, ids=lambda command: command.__name__)
def test_example_is_its_command_on_any_day(command: type[Command], today: date) -> None:
    where = "group" if command in ASIDE else "private"
    heard = listen(heard_text(where, USAGES[command].on(today)), Settings().prefixes)

    assert heard is not None
    assert type(heard.said) is command


@pytest.mark.parametrize("command", EXAMPLES.values(), ids=EXAMPLES)
def test_command_survives_a_button(command: Command) -> None:
    data = encode(command)

    assert decode(data) == command
    assert len(data) <= MAX_DATA


def test_command_too_long_for_a_button_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        encode(commands.ReportProgress(CaseRef("211-2"), "字" * 300))


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "1",
        "1 drop_table {}",
        "1 undo",
        "1 undo []",
        "2 undo {}",
        '1 report {"ref":1,"text":"x"}',
        '1 decide {"refs":[],"verdict":"explode"}',
        '1 ask_open {"page":"a"}',
        "1 ask_case " + "[" * 280,
        "1 undo {\ud800}",
        "1 undo {}" + " " * 300,
    ],
)
def test_forged_data_is_no_command(data: str) -> None:
    assert decode(data) is None
