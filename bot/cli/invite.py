"""`lieguan invite`: print a one-time code that binds a person to a role."""

from __future__ import annotations

from datetime import timedelta

import click

from bot.cli.errors import Refusal, in_one_line
from bot.cli.house import house
from domain.invite import hash_code, new_code
from domain.member import Role
from handlers.people.inviting import Invitation, SeriesUnclear
from handlers.people.inviting import invite as run_invite
from handlers.people.people_phrases import ROLES


@click.command()
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="給這個人的角色。")
@click.option("--series", required=True, help="會議系列的名稱，例：主任秘書會報。還沒有的會新增。")
@click.option("--unit", help="窗口或主管所屬的單位，例：資訊局。還沒有的會新增；主管不寫單位就是首長。")
@click.option("--days", type=click.IntRange(1, 90), default=7, show_default=True, help="幾天內有效。")
@in_one_line
def invite(role: str, series: str, unit: str | None, days: int) -> None:
    """產生一次性的綁定碼；本人在聊天室輸入「綁定 碼」就完成。"""
    wanted, code = Role(role), new_code()
    if wanted is Role.CONTACT and not unit:  # a chief of no unit is the head of the body
        raise Refusal(f"{ROLES[wanted]}要寫所屬單位，例：lieguan invite --role {role} --series {series} --unit 資訊局")
    with house() as opened:
        at = opened.clock()
        asked = Invitation(
            code_hash=hash_code(code), role=wanted, series=series, unit=unit, expires_at=at + timedelta(days=days)
        )
        try:
            done = opened.store.write(lambda uow: run_invite(asked, uow, at))
        except SeriesUnclear as unclear:
            raise Refusal(f"「{series}」可能是：{'、'.join(unclear.names)}。請寫全名。") from None
    for name in done.new_names:
        click.echo(f"名冊原本沒有「{name}」，已新增。", err=True)
    who = "・".join([done.series.name, *([done.unit.name] if done.unit else []), ROLES[wanted]])
    click.echo(f"{who}，{days} 天內有效，限用一次。請本人在聊天室輸入：")
    click.echo(f"綁定 {code}")
