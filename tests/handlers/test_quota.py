"""額度 in the chat: what is used, left and to come, for coordinators."""

from __future__ import annotations

from domain.notice import Urgency
from domain.quota import Quota
from tests.handlers.office import COORDINATOR, IT, Office


def set_quota(office: Office, limit: int | None, used: int, **coming: int) -> None:
    costs = {Urgency[name]: cost for name, cost in coming.items()}
    office.store.write(lambda uow: uow.deliveries.set_quota(Quota(limit=limit, used=used), office.now))
    office.store.write(lambda uow: uow.deliveries.set_coming(costs))


def test_the_coordinator_sees_used_left_and_what_is_to_come(office: Office) -> None:
    set_quota(office, 200, 130, HIGH=30, NORMAL=18)

    assert office.says(COORDINATOR, "額度") == (
        "【推播額度】9 月\n"
        "已用 130／200 則（65%），剩 70 則\n"
        "到月底預估還要 48 則\n"
        "　當天到期、逾期與契約 30 則\n"
        "　一般提醒 18 則\n"
        "依目前進度夠用。\n"
        "額度不足時先停低優先的提醒，再停一般提醒；當天到期、逾期與契約最後才停。\n"
        "沒推播的提醒不會遺失，下次有人在群組或私訊問我時一併顯示。\n"
        "推播以收到的人數計：30 人的群組一則算 30 則；回覆不計。"
    )


def test_what_will_be_dropped_is_said(office: Office) -> None:
    set_quota(office, 200, 160, HIGH=30, NORMAL=18)

    assert (office.says(COORDINATOR, "額度") or "").splitlines()[5] == (
        "預估不足 8 則，會先停：低優先的提醒、一般提醒。"
    )


def test_a_plan_without_a_limit_says_so(office: Office) -> None:
    set_quota(office, None, 12)

    assert office.says(COORDINATOR, "額度") == "【推播額度】9 月\n這個帳號的推播沒有上限，本月已用 12 則。"


def test_an_unknown_quota_says_so(office: Office) -> None:
    assert office.says(COORDINATOR, "額度") == "還沒有向 LINE 查到推播額度，請幾分鐘後再輸入「額度」。"


def test_others_are_told_who_may_see_it(office: Office) -> None:
    assert office.says(IT, "額度") == "只有管考幕僚可以看推播額度。"
