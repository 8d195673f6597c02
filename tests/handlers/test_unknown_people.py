"""Who is not known, or not named by LINE, changes nothing by any command and hears what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from handlers.commands import CHANGES, NAMES
from handlers.intake import Taken
from handlers.language.usage import USAGES
from handlers.people import people_phrases
from storage.store import open_store
from tests.handlers.office import CHIEFS, START, STRANGER, Office, private

TODAY = START.date()
BY_A_CODE = "綁定碼不正確、已使用或已過期。請向管考幕僚確認後再輸入，例如：\n綁定 ABCDE-FGHJK"
IN_PRIVATE = {  # what a stranger hears in private, where it is not how to bind
    "undo": "您沒有可以復原的變更。",
    "bind": BY_A_CODE,
    "bind_group": "「綁定本群」「解除綁定」要在群組裡輸入。",
    "unbind_group": "「綁定本群」「解除綁定」要在群組裡輸入。",
    "start_pasting": "沒有待確認的草稿。會議紀錄由管考幕僚匯入。",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Office:
    """One office for all commands: none of them may change it."""
    file = tmp_path_factory.mktemp("unknown") / "db.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    office = Office(open_store(f"sqlite:///{file}"))
    office.case("212-5", office.it.id, due=date(2021, 12, 30))
    office.case("211-2", office.it.id)
    return office


def changes(office: Office) -> int:
    return int(office.store.read(lambda uow: uow.connection.execute(sa.text("SELECT count(*) FROM audit")).scalar()))


@pytest.mark.parametrize("name", NAMES)
def test_whom_line_does_not_name_changes_nothing(office: Office, name: str) -> None:
    answer = office.says(None, USAGES[NAMES[name]].on(TODAY), CHIEFS)

    assert (office.taken is not Taken.FAILED, changes(office)) == (True, 0)
    if NAMES[name] in CHANGES and answer is not None:
        assert answer == people_phrases.no_user_id().text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("is_private", [True, False])
def test_a_stranger_changes_nothing(office: Office, name: str, is_private: bool) -> None:
    answer = office.says(STRANGER, USAGES[NAMES[name]].on(TODAY), private(STRANGER) if is_private else CHIEFS)

    assert (office.taken is not Taken.FAILED, changes(office)) == (True, 0)
    if is_private and name != "help":
        assert answer == IN_PRIVATE.get(name, people_phrases.stranger().text)


@pytest.mark.parametrize("text", ["我的", "我是誰"])
def test_a_question_about_oneself_is_answered_as_a_question(office: Office, text: str) -> None:
    assert office.says(None, text, CHIEFS) == "LINE 沒有告訴我您是誰。請先加我為好友，再到一對一聊天輸入。"
