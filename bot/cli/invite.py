"""`lieguan invite`: print a one-time code that binds a person to a role."""

from __future__ import annotations

from datetime import timedelta

import click

from bot.cli.errors import Refusal, in_one_line
from bot.cli.house import house
from domain.case import Series
from domain.invite import hash_code, new_code
from domain.member import Role
from domain.ports import Invite, UnitOfWork

DEFAULT_SCHEME = "{meeting}-{n}"  # until the first minutes of the series show theirs
WORDS = {Role.COORDINATOR: "管考幕僚", Role.CONTACT: "單位窗口", Role.CHIEF: "主管"}


@click.command()
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="給這個人的角色。")
@click.option("--series", required=True, help="會議系列的名稱，例：主任秘書會報。還沒有的會新增。")
@click.option("--unit", help="窗口或主管所屬的單位，例：資訊局。還沒有的會新增。")
@click.option("--days", type=click.IntRange(1, 90), default=7, show_default=True, help="幾天內有效。")
@in_one_line
def invite(role: str, series: str, unit: str | None, days: int) -> None:
    """產生一次性的綁定碼；本人在聊天室輸入「綁定 碼」就完成。"""
    wanted = Role(role)
    if wanted is not Role.COORDINATOR and not unit:
        raise Refusal(f"{WORDS[wanted]}要寫所屬單位，例：lieguan invite --role {role} --series {series} --unit 資訊局")
    code = new_code()
    with house() as opened:
        at = opened.clock()

        def add(uow: UnitOfWork) -> str:
            found = series_of(uow, series)
            terms = Invite(
                series_id=found.id,
                role=wanted,
                unit_id=unit_id(uow, unit) if unit else None,
                expires_at=at + timedelta(days=days),
            )
            uow.people.add_invite(hash_code(code), terms, at)
            return found.name

        name = opened.store.write(add)
    click.echo(f"{name}・{unit + '・' if unit else ''}{WORDS[wanted]}，{days} 天內有效，限用一次。請本人在聊天室輸入：")
    click.echo(f"綁定 {code}")


def series_of(uow: UnitOfWork, name: str) -> Series:
    """The series of that name, or the only one whose full name ends with it; made if there is none."""
    if found := uow.series.by_name(name):
        return found
    ending = [series for series in uow.series.all() if series.name.endswith(name)]
    return ending[0] if len(ending) == 1 else uow.series.add(name, DEFAULT_SCHEME)


def unit_id(uow: UnitOfWork, name: str) -> int:
    """The unit of that name or alias, made if need be."""
    found = uow.units.by_name(name)
    return (found or uow.units.add(name)).id
