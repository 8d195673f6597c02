"""Files sent in a 1:1 chat, over HTTP: fetched from LINE, read, reviewed, answered once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from threading import enumerate as all_threads
from xml.sax.saxutils import escape

import pytest

from bot.bootstrap import create_file_worker
from bot.file_worker import ATTEMPTS, LEASE, FileWorker
from bot.line.content import LineContent
from bot.line.render import render
from bot.line.standin.faults import Fault
from domain.member import Role
from domain.notice import Audience, NewNotice, NoticeKind
from domain.ports import UnitOfWork
from domain.quota import Quota
from handlers.messages import Message
from minutes.formats import Limits
from tests.e2e.conftest import CONTACT, COORDINATOR, GROUP, SERIES, STRANGER, World, eventually
from tests.formats.packages import open_sheets, open_text, paragraph, word
from tests.formats.pdf_writer import write_pdf

LINES = (
    f"{SERIES}第213次會議紀錄",
    "時間：110年9月23日上午10時",
    "主席：秘書長",
    "壹、報告事項",
    "一、資訊系統維護案。",
    "會議結論：請資訊局於10月15日前完成備援演練，並提送檢討報告。",
    "散會",
)
FILES = {
    "紀錄.txt": "\n".join(LINES).encode(),
    "紀錄-big5.txt": "\r\n".join(LINES).encode("cp950"),
    "紀錄.docx": word("".join(paragraph(escape(line)) for line in LINES)),
    "紀錄.odt": open_text("".join(f"<text:p>{escape(line)}</text:p>" for line in LINES)),
    "紀錄.pdf": write_pdf([LINES]),
}
TXT = FILES["紀錄.txt"]


def sent(world: World, name: str = "紀錄.txt", content: bytes = TXT, *, by: str = COORDINATOR) -> list[str]:
    """Send a file in a 1:1 chat and give what the bot answers, once no job waits."""
    world.answers(by)
    world.platform.send_file(by, by, name, content).wait()
    return finished(world, by)


def finished(world: World, chat: str = COORDINATOR) -> list[str]:
    assert eventually(lambda: world.house.store.read(lambda uow: uow.jobs.next_at()) is None)
    return world.answers(chat)


def calls(world: World, endpoint: str) -> int:
    """How many requests LINE got at an endpoint."""
    return sum(x.endpoint == endpoint for x in world.platform.ledger.since())


def accepted(world: World, endpoint: str) -> int:
    return sum(x.accepted for x in world.platform.ledger.since() if x.endpoint == endpoint)


def worker(world: World) -> FileWorker:
    """A worker of our own."""
    return create_file_worker(world.house, world.house.config.line, world.bot.sender.wake)


@pytest.fixture
def asleep(office: World) -> World:
    """An office whose bot reads no files by itself."""
    office.bot.files.stop()
    assert eventually(lambda: all(thread.name != "files" for thread in all_threads()))
    return office


@pytest.mark.parametrize("name", FILES)
def test_minutes_in_any_format_become_drafts_to_be_confirmed(office: World, name: str) -> None:
    [answer] = sent(office, name, FILES[name])

    assert "213-1" in answer
    [confirmed] = office.say(COORDINATOR, "確認", chat=COORDINATOR)
    [case] = office.house.store.read(lambda uow: uow.cases.by_number((1,), "213-1"))
    assert "213-1" in confirmed
    assert case.sentence == "請資訊局於10月15日前完成備援演練，並提送檢討報告"


def test_webhook_is_answered_before_the_file_is_fetched(asleep: World) -> None:
    happening = asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()

    assert happening.delivery is not None
    assert happening.delivery.status == 200
    assert calls(asleep, "content") == 0


def test_loading_is_shown_while_the_file_is_read(office: World) -> None:
    sent(office)

    assert [shown["chatId"] for shown in office.platform.loading] == [COORDINATOR]


def test_loading_that_line_refuses_does_not_stop_the_reading(office: World) -> None:
    office.platform.faults.add(Fault("drop", on="loading"))

    assert len(sent(office)) == 1


def test_answer_is_a_free_reply_while_the_token_is_young(office: World) -> None:
    sent(office)

    assert accepted(office, "push") == 0


def let_wait(world: World) -> None:
    """Let a warning wait for the coordinator."""
    now = world.clock()
    series = world.house.store.read(lambda uow: uow.series.by_name(SERIES))
    assert series is not None
    warning = NewNotice(
        subject=f"quota:{series.id}",
        kind=NoticeKind.WARNING,
        for_on=now.date().replace(day=1),
        rung="70%",
        audience=Audience.COORDINATOR,
        series_id=series.id,
        due_at=now,
        ride_until=now,
        expires_at=now + timedelta(days=1),
        at=now,
    )

    def wait(uow: UnitOfWork) -> None:
        uow.deliveries.set_quota(Quota(limit=200, used=150), now)
        uow.notices.add([warning])

    world.house.store.write(wait)


def test_what_waits_for_the_sender_travels_behind_the_answer_to_a_file_once(office: World) -> None:
    let_wait(office)

    _, aside = sent(office)
    [alone] = sent(office, by=COORDINATOR)

    assert aside.startswith("【順帶提醒】1 項")
    assert "順帶提醒" not in alone


def test_nothing_travels_behind_an_answer_that_is_pushed(asleep: World) -> None:
    let_wait(asleep)
    asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()
    asleep.clock.move(seconds=51)
    worker(asleep).work_one()

    [answer] = finished(asleep)

    assert "順帶提醒" not in answer


def test_what_raises_while_it_boards_leaves_the_answer_to_a_file_alone(asleep: World) -> None:
    let_wait(asleep)
    asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()

    def full(_payload: str, _message: Message) -> str | None:
        raise ValueError("no room")

    house, line = asleep.house, asleep.house.config.line
    FileWorker(
        house.store,
        LineContent(line.channel_access_token, line.api_base, line.data_api_base),
        house.clock,
        render=render,
        append=full,
        committed=asleep.bot.sender.wake,
        calendar=house.calendar,
        settings=house.settings,
    ).work_one()

    [answer] = finished(asleep)
    assert "213-1" in answer


def test_answer_is_a_push_to_the_sender_when_the_token_is_old(asleep: World) -> None:
    asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()
    asleep.clock.move(seconds=51)
    worker(asleep).work_one()

    [answer] = finished(asleep)

    assert "213-1" in answer
    assert accepted(asleep, "push") == 1


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("空白.txt", b" ", "沒有文字"),
        ("照片.jpg", b"\xff\xd8\xff\xe0" + b"x" * 50, "圖片"),
        ("壞檔.docx", FILES["紀錄.docx"][:300], "壞了"),
        ("紀錄.docx", FILES["紀錄.odt"], "副檔名和內容不符"),
    ],
)
def test_unreadable_file_is_answered_with_what_to_do(office: World, name: str, content: bytes, part: str) -> None:
    [answer] = sent(office, name, content)

    assert answer.startswith(f"檔案「{name}」：")
    assert part in answer


def test_sheet_that_is_no_report_is_recognised_as_a_list(office: World) -> None:
    row = "<table:table-row><table:table-cell><text:p>案由</text:p></table:table-cell></table:table-row>"
    [answer] = sent(office, "清單.ods", open_sheets(f'<table:table table:name="a">{row}</table:table>'))

    assert "清單" in answer


def test_huge_file_is_refused_without_fetching_it(office: World) -> None:
    [answer] = sent(office, "紀錄.txt", b"x" * (Limits().size + 1))

    assert "太大" in answer
    assert calls(office, "content") == 0


def test_file_that_is_larger_than_line_said_is_refused_while_fetching(asleep: World) -> None:
    happening = asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()
    message_id = happening.entry.message_id
    asleep.platform.files[message_id] = b"x" * (Limits().size + 1)
    worker(asleep).work_one()

    [answer] = finished(asleep)

    assert "太大" in answer


def test_minutes_without_conclusions_say_so(office: World) -> None:
    [answer] = sent(office, "紀錄.txt", "\n".join([*LINES[:4], "一、洽悉。", "散會"]).encode())

    assert "沒有找到要列管的結論" in answer


def test_minutes_without_an_ordinal_are_asked_about_and_kept(office: World) -> None:
    nameless = "\n".join(["會議紀錄", *LINES[2:]]).encode()

    [asked] = sent(office, "紀錄.txt", nameless)
    [read] = office.say(COORDINATOR, "讀完 主任秘書會報 第213次", chat=COORDINATOR)

    assert "讀完" in asked
    assert "213-1" in read


def test_content_that_is_gone_is_said(office: World) -> None:
    office.platform.faults.add(Fault("status", on="content", status=404, body={"message": "Not found"}))

    [answer] = sent(office)

    assert "重新傳送" in answer


@pytest.mark.parametrize("status", [401, 403])
def test_content_that_line_refuses_is_said_at_once(office: World, status: int) -> None:
    office.platform.faults.add(Fault("status", on="content", status=status, times=None))

    [answer] = sent(office)

    assert "拒絕" in answer
    assert calls(office, "content") == 1


@pytest.mark.parametrize(
    "fault",
    [Fault("status", on="content", status=500), Fault("drop", on="content"), Fault("rate_limit", on="content")],
    ids=lambda fault: fault.effect,
)
def test_content_that_fails_once_is_fetched_again(asleep: World, fault: Fault) -> None:
    asleep.platform.faults.add(replace(fault, times=1))  # the stand-in counts a fault down
    asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()

    mine = worker(asleep)
    assert mine.work_one()
    assert not mine.work_one()
    asleep.clock.move(seconds=1)
    assert mine.work_one()

    [answer] = finished(asleep)
    assert "213-1" in answer


def test_content_that_never_comes_is_given_up_and_said(asleep: World) -> None:
    asleep.platform.faults.add(Fault("status", on="content", status=500, times=None))
    asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()

    mine = worker(asleep)
    for _ in range(ATTEMPTS):
        assert mine.work_one()
        asleep.clock.move(minutes=5)

    [answer] = finished(asleep)
    assert "再傳一次" in answer
    assert calls(asleep, "content") == ATTEMPTS


def test_job_of_a_worker_that_died_is_taken_again_and_answered_once(asleep: World) -> None:
    asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()
    now = asleep.clock()
    died = asleep.house.store.write(lambda uow: uow.jobs.claim(now, until=now + LEASE))

    assert died is not None
    assert not worker(asleep).work_one()
    asleep.clock.move(seconds=LEASE.total_seconds())
    assert worker(asleep).work_one()

    assert len(finished(asleep)) == 1
    assert not worker(asleep).work_one()


def test_job_claimed_before_the_clock_was_put_back_is_taken_soon(asleep: World) -> None:
    asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()
    now = asleep.clock()
    asleep.house.store.write(lambda uow: uow.jobs.claim(now, until=now + LEASE))
    asleep.clock.move(hours=-3)

    assert worker(asleep).work_one()
    [answer] = finished(asleep)
    assert "213-1" in answer


def test_file_whose_readers_die_each_time_is_given_up(asleep: World) -> None:
    asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()
    for _ in range(ATTEMPTS):
        now = asleep.clock()
        asleep.house.store.write(lambda uow, now=now: uow.jobs.claim(now, until=now + LEASE))
        asleep.clock.move(seconds=LEASE.total_seconds())

    assert worker(asleep).work_one()

    [answer] = finished(asleep)
    assert "沒有任何變更" in answer
    assert calls(asleep, "content") == 0


def test_two_workers_answer_each_file_once(asleep: World) -> None:
    for number in range(4):
        asleep.platform.send_file(COORDINATOR, COORDINATOR, f"{number}.txt", TXT).wait()
    together = Barrier(2)

    def work() -> None:
        mine = worker(asleep)
        together.wait()
        while mine.work_one():
            pass

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(finished(asleep)) == 4
    assert calls(asleep, "content") == 4


def test_same_webhook_twice_queues_one_job(asleep: World) -> None:
    happening = asleep.platform.send_file(COORDINATOR, COORDINATOR, "紀錄.txt", TXT).wait()
    assert happening.delivery is not None
    asleep.platform.webhooks.redeliver(happening.delivery.number).wait()

    mine = worker(asleep)

    assert [mine.work_one(), mine.work_one()] == [True, False]


@pytest.mark.parametrize("who", [CONTACT, STRANGER])
def test_file_of_somebody_else_is_not_fetched_and_says_who_imports(office: World, who: str) -> None:
    [answer] = sent(office, by=who)

    assert "管考幕僚" in answer
    assert calls(office, "content") == 0


def test_coordinator_who_lost_the_role_meanwhile_starts_no_review(asleep: World) -> None:
    asleep.say(CONTACT, f"綁定 {asleep.code(Role.COORDINATOR)}", chat=CONTACT)
    other = "\n".join(["局務會議第5次會議紀錄", *LINES[1:]]).encode()
    asleep.platform.send_file(CONTACT, CONTACT, "紀錄.txt", other).wait()
    worker(asleep).work_one()

    [answer] = finished(asleep, CONTACT)

    assert "213" not in answer
    assert asleep.house.store.read(lambda uow: uow.series.by_name("局務會議")) is None


def test_file_in_a_group_gets_no_answer(office: World) -> None:
    office.platform.send_file(GROUP, COORDINATOR, "紀錄.txt", TXT).wait()

    assert finished(office, GROUP) == []
    assert calls(office, "content") == 0
