"""The calls that ask or leave: bot, profiles, groups, quota, file contents."""

from __future__ import annotations

from bot.line.standin import quota
from bot.line.standin.ledger import Exchange
from bot.line.standin.model import Answer, Group, Json, Refusal
from bot.line.standin.platform import Platform

ANY_BASIC_ID = "@000standin"


def bot_info(state: Platform, _exchange: Exchange, _params: list[str]) -> Answer:
    names = {"userId": state.settings.bot_user_id, "displayName": state.settings.bot_name, "basicId": ANY_BASIC_ID}
    return Answer(body={**names, "chatMode": "bot", "markAsReadMode": "auto"})


def profile(state: Platform, _exchange: Exchange, params: list[str]) -> Answer:
    """Answer for friends only."""
    with state.lock:
        user = state.directory.users.get(params[0])
        if user is None or not user.reachable:
            raise Refusal(404, "Not found")
        return Answer(body={"userId": user.user_id, "displayName": user.display_name, "language": "zh-TW"})


def group_summary(state: Platform, _exchange: Exchange, params: list[str]) -> Answer:
    with state.lock:
        group = _group(state, params[0])
        return Answer(body={"groupId": group.group_id, "groupName": group.name})


def group_count(state: Platform, _exchange: Exchange, params: list[str]) -> Answer:
    """Answer the number of people; the bot is not counted."""
    with state.lock:
        return Answer(body={"count": len(_group(state, params[0]).members)})


def group_member(state: Platform, _exchange: Exchange, params: list[str]) -> Answer:
    """Answer for any member, friend or not."""
    with state.lock:
        if params[1] not in _group(state, params[0]).members:
            raise Refusal(404, "Not found")
        user = state.directory.user(params[1])
        return Answer(body={"userId": user.user_id, "displayName": user.display_name})


def group_member_ids(state: Platform, _exchange: Exchange, params: list[str]) -> Answer:
    """Answer for verified accounts only."""
    with state.lock:
        if not state.settings.verified_account:
            raise Refusal(403, "Access to this API is not available for your account")
        return Answer(body={"memberIds": list(_group(state, params[0]).members)})


def leave_group(state: Platform, exchange: Exchange, params: list[str]) -> Answer:
    with state.lock:
        state.remove_bot(_group(state, params[0]).group_id)
    exchange.accepted = True
    return Answer()


def quota_limit(state: Platform, _exchange: Exchange, _params: list[str]) -> Answer:
    return Answer(body=quota.quota_json(state.settings))


def quota_consumption(state: Platform, _exchange: Exchange, _params: list[str]) -> Answer:
    body: Json = {"totalUsage": state.settings.quota_used}
    return Answer(body=body)


def content(state: Platform, _exchange: Exchange, params: list[str]) -> Answer:
    """Answer the bytes of a file that a user sent."""
    with state.lock:
        if params[0] not in state.files:
            raise Refusal(404, "Not found")
        return Answer(body=state.files[params[0]], headers={"content-type": "application/octet-stream"})


def _group(state: Platform, group_id: str) -> Group:
    group = state.directory.groups.get(group_id)
    if group is None or not group.bot_member:
        raise Refusal(404, "Not found")
    return group
