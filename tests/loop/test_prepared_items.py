"""Reviews that begin from a list or from ticked decisions, as other entries make them."""

from __future__ import annotations

from datetime import date

from domain.calendar import WorkCalendar
from domain.chat import Actor
from domain.ports import UnitOfWork
from handlers.commands import Verdict
from handlers.context import Context
from handlers.reviewing.drafting import LineDecision, ListedCase, drafts_of_decisions, drafts_of_list
from handlers.reviewing.reviews import start
from tests.handlers.office import COORDINATOR, private
from tests.loop.chat import Chat, minutes

LONGEST = 5_000  # LINE's limit on a text, in UTF-16 units


def context(chat: Chat, uow: UnitOfWork) -> Context:
    office = chat.office
    return Context(
        actor=Actor(user_id=COORDINATOR, member=office.member(COORDINATOR), source="test"),
        chat=private(COORDINATOR),
        series_ids=(office.chiefs.id,),
        uow=uow,
        now=office.now,
        calendar=WorkCalendar(),
    )


def listed(chat: Chat, *cases: ListedCase) -> str:
    """Begin the review of a list."""
    name, today = chat.office.chiefs.name, date(2021, 9, 24)
    return chat.office.store.write(
        lambda uow: (
            start(drafts_of_list(name, cases, digest=str(len(cases)), today=today, uow=uow), context(chat, uow)).text
        )
    )


def test_list_opens_its_cases_under_their_own_numbers(chat: Chat) -> None:
    listed(
        chat, ListedCase(number="２０４－２", title="契約延長", lead=("資訊局",)), ListedCase(number=None, title="盤點")
    )

    chat.say("確認")

    assert chat.states() == {"204-2": ["open"], "1100924-1": ["open"]}


def test_list_again_changes_nothing_and_comes_back_after_undo(chat: Chat) -> None:
    case = ListedCase(number="204-2", title="契約延長", lead=("資訊局",))
    listed(chat, case)
    chat.say("確認")

    again = listed(chat, case)
    chat.say("復原")
    chat.say("確認")

    assert again.endswith("這次會議先前已經匯入，沒有變更。")
    assert chat.states() == {"204-2": ["open"]}


def test_answers_about_many_cases_fit_a_message(chat: Chat) -> None:
    title = "辦理跨機關資料介接及資訊安全防護強化計畫之年度執行成果檢討與後續推動事宜"
    cases = [ListedCase(number=f"100-{n}", title=title, lead=("資訊局",)) for n in range(1, 201)]

    answers = [listed(chat, *cases), chat.say("確認"), chat.say("復原")]

    assert [len(answer.encode("utf-16-le")) // 2 <= LONGEST for answer in answers] == [True, True, True]
    assert "　…另有 175 項" in answers[1]


def test_ticked_decisions_go_through_the_same_difference(chat: Chat) -> None:
    chat.confirm(minutes(301))
    ticked = [
        LineDecision(number="301-4", unit="法務局", verdict=Verdict.RELEASE),
        LineDecision(number="301-4", unit="資訊局", verdict=Verdict.CONTINUE),
        LineDecision(number="999-9", unit=None, verdict=Verdict.RELEASE),
    ]
    office = chat.office
    drafts = drafts_of_decisions(office.chiefs, ticked, digest="t", ordinal=302, held_on=None)

    office.store.write(lambda uow: start(drafts, context(chat, uow)))
    shown = chat.say("草稿 決定")
    chat.say("確認")

    assert "解除列管但尚無此案號 1 筆，不需處理：999-9" in shown.splitlines()
    assert chat.states()["301-4"] == ["open", "released"]


def test_released_numbers_that_are_not_tracked_share_one_line(chat: Chat) -> None:
    ticked = [LineDecision(number=f"99-{n}", unit=None, verdict=Verdict.RELEASE) for n in range(1, 51)]
    drafts = drafts_of_decisions(chat.office.chiefs, ticked, digest="t", ordinal=302, held_on=None)
    chat.office.store.write(lambda uow: start(drafts, context(chat, uow)))

    summary = chat.say("草稿").splitlines()[2]
    shown = chat.say("草稿 決定").splitlines()

    assert summary == "前案決定：尚無此案號而解除列管 50 筆。看差異：草稿 決定"
    numbers = "、".join(f"99-{n}" for n in range(1, 41))
    assert shown == ["前案決定 50 筆（尚未套用）", f"解除列管但尚無此案號 50 筆，不需處理：{numbers}…"]


def test_ticks_of_a_meeting_take_nothing_back_that_its_minutes_opened(chat: Chat) -> None:
    chat.confirm(minutes(301))
    chat.confirm(minutes(302))
    before = chat.states()
    ticked = [LineDecision(number="301-3", unit=None, verdict=Verdict.RELEASE)]
    held_on = date(2021, 10, 21)
    drafts = drafts_of_decisions(chat.office.chiefs, ticked, digest="t", ordinal=302, held_on=held_on)

    chat.office.store.write(lambda uow: start(drafts, context(chat, uow)))
    chat.say("確認")
    again = chat.say(minutes(302))

    assert chat.states() == {**before, "301-3": ["released"]}
    assert again.endswith("這次會議先前已經匯入，沒有變更。")
