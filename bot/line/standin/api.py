"""LINE's side: from a request to an answer, through faults, token, rate limit and endpoint."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.line.standin import ids, reading, sending
from bot.line.standin.faults import Fault
from bot.line.standin.ledger import Exchange
from bot.line.standin.model import Answer, Call, Refusal
from bot.line.standin.platform import Platform

Handler = Callable[[Platform, Exchange, list[str]], Answer]

FIXED: dict[tuple[str, str], tuple[str, Handler]] = {
    ("POST", "/v2/bot/message/push"): ("push", sending.push),
    ("POST", "/v2/bot/message/multicast"): ("multicast", sending.multicast),
    ("POST", "/v2/bot/message/reply"): ("reply", sending.reply),
    ("POST", "/v2/bot/message/validate/push"): ("validate", sending.validate),
    ("POST", "/v2/bot/message/validate/reply"): ("validate", sending.validate),
    ("POST", "/v2/bot/message/validate/multicast"): ("validate", sending.validate),
    ("POST", "/v2/bot/chat/loading/start"): ("loading", sending.loading),
    ("GET", "/v2/bot/message/quota"): ("quota", reading.quota_limit),
    ("GET", "/v2/bot/message/quota/consumption"): ("consumption", reading.quota_consumption),
    ("GET", "/v2/bot/info"): ("info", reading.bot_info),
}
WITH_IDS: list[tuple[str, re.Pattern[str], str, Handler]] = [
    ("GET", re.compile(r"/v2/bot/profile/([^/]+)"), "profile", reading.profile),
    ("GET", re.compile(r"/v2/bot/group/([^/]+)/summary"), "group", reading.group_summary),
    ("GET", re.compile(r"/v2/bot/group/([^/]+)/members/count"), "count", reading.group_count),
    ("GET", re.compile(r"/v2/bot/group/([^/]+)/members/ids"), "members", reading.group_member_ids),
    ("GET", re.compile(r"/v2/bot/group/([^/]+)/member/([^/]+)"), "member", reading.group_member),
    ("POST", re.compile(r"/v2/bot/group/([^/]+)/leave"), "leave", reading.leave_group),
    ("GET", re.compile(r"/v2/bot/message/([^/]+)/content"), "content", reading.content),
]


def answer(state: Platform, call: Call) -> Answer:
    """Answer a request as LINE would, record it, and let ordered faults strike."""
    exchange = Exchange(call, ids.request_id(), state.clock())
    exchange.endpoint, handler, params = _route(call)
    if state.settings.latency:
        state.closing.wait(state.settings.latency)
    fault = state.faults.draw(exchange.endpoint)
    given = _with_fault(state, exchange, handler, params, fault)
    exchange.status = 0 if given.drop else given.status
    state.ledger.add(exchange)
    return replace(given, headers={**given.headers, "x-line-request-id": exchange.request_id})


def _with_fault(
    state: Platform, exchange: Exchange, handler: Handler, params: list[str], fault: Fault | None
) -> Answer:
    if fault is None:
        return _process(state, exchange, handler, params)
    exchange.notes.append(f"fault: {fault.effect}{' after acceptance' if fault.accepted else ''}")
    processed = _process(state, exchange, handler, params) if fault.accepted else None
    if processed is not None and processed.status >= 400:
        return processed
    if fault.effect == "hang":
        state.closing.wait(fault.seconds)
    return fault.answer(processed)


def _process(state: Platform, exchange: Exchange, handler: Handler, params: list[str]) -> Answer:
    try:
        _authenticate(state, exchange.call)
        with state.lock:
            state.rates.take(exchange.endpoint, exchange.at)
        return handler(state, exchange, params)
    except Refusal as refusal:
        return refusal.answer


def _route(call: Call) -> tuple[str, Handler, list[str]]:
    fixed = FIXED.get((call.method, call.path))
    if fixed is not None:
        return (*fixed, [])
    for method, pattern, name, handler in WITH_IDS:
        if method == call.method and (match := pattern.fullmatch(call.path)):
            return name, handler, list(match.groups())
    return "unknown", _not_found, []


def _not_found(_state: Platform, _exchange: Exchange, _params: list[str]) -> Answer:
    raise Refusal(404, "Not found")


def _authenticate(state: Platform, call: Call) -> None:
    if call.headers.get("authorization") != f"Bearer {state.settings.access_token}":
        reason = "Confirm that the access token in the authorization header is valid."
        raise Refusal(401, f"Authentication failed. {reason}")
