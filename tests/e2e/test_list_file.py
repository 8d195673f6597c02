"""An office's list, sent as a file over LINE, becomes drafts and cases."""

from __future__ import annotations

import io

import openpyxl

from tests.e2e.conftest import COORDINATOR, World
from tests.e2e.test_files import sent


def _list() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("列管", 0)
    sheet.append(["編號", "案由", "主辦單位", "期限", "辦理情形"])
    sheet.append(["209-1", "更新差勤系統設定", "資訊局", "110/12/15", "測試中"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_list_sent_as_a_file_becomes_a_case_once_confirmed(office: World) -> None:
    [answer] = sent(office, "清單.xlsx", _list())

    [confirmed] = office.say(COORDINATOR, "確認", chat=COORDINATOR)

    [case] = office.house.store.read(lambda uow: uow.cases.by_number((1,), "209-1"))
    assert "讀出 1 件列管中的案件" in answer
    assert "209-1" in confirmed
    assert [line.unit for line in case.assignments] == ["資訊局"]
