"""Codes from the terminal: which series and unit they stand for, and what is kept of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.invite import hash_code
from domain.member import Role
from handlers.people.inviting import Invitation, Invited, SeriesUnclear, invite
from tests.handlers.office import START, Office


def invited(office: Office, series: str, *, role: Role = Role.COORDINATOR, unit: str | None = None) -> Invited:
    asked = Invitation(
        code_hash=hash_code("ABCDE-FGHJK"), role=role, series=series, unit=unit, expires_at=START + timedelta(days=7)
    )
    return office.store.write(lambda uow: invite(asked, uow, START))


@pytest.mark.parametrize("name", ["主任秘書會報", "秘書會報", "示範市政府主任秘書會報"])
def test_name_means_the_series_that_ends_alike(office: Office, name: str) -> None:
    done = invited(office, name, role=Role.CONTACT, unit="觀傳局")

    assert (done.series.name, done.unit and done.unit.name, done.new_names) == ("主任秘書會報", "觀光傳播局", ())


def test_name_that_nobody_knows_is_made_and_told(office: Office) -> None:
    done = invited(office, "工程會議", role=Role.CHIEF, unit="工務局")

    assert done.new_names == ("工程會議", "工務局")
    assert [series.name for series in office.store.read(lambda uow: uow.series.all())][-1] == "工程會議"


def test_name_with_which_two_series_end_is_asked_about(office: Office) -> None:
    office.store.write(lambda uow: uow.series.add("秘書處處務會議", "{meeting}-{n}"))

    with pytest.raises(SeriesUnclear) as unclear:
        invited(office, "務會議")

    assert unclear.value.names == ("處務會議", "秘書處處務會議")


def test_invitation_is_in_the_audit_without_its_code(office: Office) -> None:
    done = invited(office, "處務會議", role=Role.CONTACT, unit="資訊局")

    [entry] = office.store.read(lambda uow: uow.audit.of_subject("series", done.series.id))
    assert (entry.action, entry.member_id, entry.source) == ("invite", None, "cli")
    assert entry.after == {
        "role": "contact",
        "unit_id": office.it.id,
        "expires_at": (START + timedelta(days=7)).isoformat(),
    }
