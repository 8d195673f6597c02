"""The stand-in's own side over HTTP: everything that people and the outside world do."""

from __future__ import annotations

import base64
import dataclasses
import ipaddress
from typing import Any, cast

from flask import Blueprint, Response, current_app, jsonify, request

from bot.line.standin.faults import Fault
from bot.line.standin.model import Json, StandInError
from bot.line.standin.platform import Happening, Platform
from bot.line.standin.webhooks import Delivery

control = Blueprint("standin_control", __name__)
SECRET_SETTINGS = frozenset({"channel_secret", "access_token"})
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def platform() -> Platform:
    """Return the platform that this application serves."""
    return cast(Platform, current_app.extensions["standin"])


@control.before_request
def loopback_only() -> tuple[Response, int] | None:
    """Refuse everybody but this machine, also a web page elsewhere that points its own name at us."""
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if host not in LOCAL_NAMES or not ipaddress.ip_address(request.remote_addr or "0.0.0.0").is_loopback:
        return jsonify(error="loopback only"), 403
    return None


@control.errorhandler(StandInError)
def refused(error: StandInError) -> tuple[Response, int]:
    return jsonify(error=str(error)), 400


@control.errorhandler(KeyError)
def missing(error: KeyError) -> tuple[Response, int]:
    return jsonify(error=f"missing: {error.args[0]}"), 400


@control.errorhandler(TimeoutError)
def unanswered(error: TimeoutError) -> tuple[Response, int]:
    return jsonify(error=str(error)), 504


@control.get("/users")
def list_users() -> Response:
    with platform().lock:
        return jsonify([_user(u) for u in platform().directory.users.values()])


@control.post("/users")
def add_user() -> Response:
    asked = _asked()
    return jsonify(
        _user(platform().add_user(asked["displayName"], asked.get("userId"), friend=asked.get("friend", False)))
    )


@control.post("/users/<user_id>/<any(follow, block):action>")
def change_friendship(user_id: str, action: str) -> Response:
    return _happened(platform().follow(user_id) if action == "follow" else platform().block(user_id))


@control.get("/groups")
def list_groups() -> Response:
    with platform().lock:
        return jsonify([_group(g) for g in platform().directory.groups.values()])


@control.post("/groups")
def add_group() -> Response:
    asked = _asked()
    members, bot_member = asked.get("members", []), asked.get("botMember", True)
    return jsonify(
        _group(platform().add_group(asked["groupName"], members, asked.get("groupId"), bot_member=bot_member))
    )


@control.post("/groups/<group_id>/<any(join, leave):action>")
def change_members(group_id: str, action: str) -> Response:
    users = _asked()["userIds"]
    act = platform().join_members if action == "join" else platform().leave_members
    return _happened(act(group_id, users))


@control.post("/groups/<group_id>/bot/<any(join, leave):action>")
def change_bot(group_id: str, action: str) -> Response:
    return _happened(platform().invite_bot(group_id) if action == "join" else platform().remove_bot(group_id))


@control.post("/chats/<chat_id>/messages")
def say(chat_id: str) -> Response:
    """Say text, or with `message` any other message content."""
    asked = _asked()
    if "message" in asked:
        return _happened(platform().send_message(chat_id, asked["userId"], asked["message"]))
    options = {key: asked[name] for name, key in SAY_OPTIONS.items() if name in asked}
    return _happened(platform().say(chat_id, asked["userId"], asked["text"], **options))


@control.post("/chats/<chat_id>/files")
def send_file(chat_id: str) -> Response:
    asked = _asked()
    content = base64.b64decode(asked["contentBase64"])
    return _happened(platform().send_file(chat_id, asked["userId"], asked["fileName"], content))


@control.post("/chats/<chat_id>/taps")
def tap(chat_id: str) -> Response:
    """Tap an `action` object, or send bare postback `data`."""
    asked = _asked()
    if "action" in asked:
        return _happened(platform().tap(chat_id, asked["userId"], asked["action"], asked.get("picked")))
    return _happened(platform().postback(chat_id, asked["userId"], asked["data"], asked.get("params")))


@control.post("/messages/<message_id>/edit")
def edit(message_id: str) -> Response:
    asked = _asked()
    return _happened(platform().edit(message_id, asked["text"], asked.get("mentions", [])))


@control.post("/messages/<message_id>/unsend")
def unsend(message_id: str) -> Response:
    return _happened(platform().unsend(message_id))


@control.get("/timeline")
@control.get("/chats/<chat_id>/timeline")
def timeline(chat_id: str | None = None) -> Response:
    return jsonify(platform().timeline(chat_id, _since()))


@control.get("/requests")
def requests_read_back() -> Response:
    return jsonify([e.to_json() for e in platform().ledger.since(_since())])


@control.get("/deliveries")
def deliveries() -> Response:
    return jsonify([d.to_json() for d in platform().webhooks.since(_since())])


@control.post("/webhooks")
def post_webhook() -> Response:
    """Post ready-made `events`, or a raw `body` text with a `signature` (absent: right, "": none)."""
    asked = _asked()
    if "copies" in asked:
        return jsonify([d.to_json() for d in platform().post_at_once(asked["events"], int(asked["copies"]))])
    if "events" in asked:
        return _delivered(platform().post_events(asked["events"]))
    return _delivered(platform().post_raw(asked["body"].encode(), asked.get("signature")))


@control.post("/webhooks/hold")
def hold() -> Response:
    platform().webhooks.hold()
    return jsonify(held=True)


@control.post("/webhooks/release")
def release() -> Response:
    asked = _asked()
    options = {key: asked[key] for key in ("order", "batch", "copies") if key in asked}
    return jsonify([d.to_json() for d in platform().webhooks.release(**options)])


@control.post("/deliveries/<int:number>/redeliver")
def redeliver(number: int) -> Response:
    return _delivered(platform().webhooks.redeliver(number))


@control.post("/settle")
def settle() -> Response:
    """Wait until no webhook is queued or under way."""
    return jsonify(settled=platform().webhooks.settle(float(_asked().get("seconds", 10))))


@control.get("/faults")
def list_faults() -> Response:
    return jsonify([dataclasses.asdict(f) for f in platform().faults.listed()])


@control.post("/faults")
def add_fault() -> Response:
    asked = _asked()
    if "seed" in asked:
        platform().faults.seed(asked.pop("seed"))
    if asked:
        platform().faults.add(_built(asked))
    return list_faults()


@control.delete("/faults")
def clear_faults() -> Response:
    platform().faults.clear()
    return list_faults()


@control.get("/settings")
def show_settings() -> Response:
    shown = dataclasses.asdict(platform().settings)
    return jsonify({k: v for k, v in shown.items() if k not in SECRET_SETTINGS})


@control.put("/settings")
def change_settings() -> Response:
    """Change the named settings, the quota among them, and leave the others."""
    asked, settings = _asked(), platform().settings
    unknown = asked.keys() - {f.name for f in dataclasses.fields(settings)}
    if unknown:
        raise StandInError(f"no such setting: {', '.join(sorted(unknown))}")
    for name, value in asked.items():
        setattr(settings, name, value)
    return show_settings()


SAY_OPTIONS = {"mentions": "mentions", "quotedMessageId": "quoted", "hideUser": "hide_user", "mode": "mode"}


def _asked() -> Json:
    """Read the body as JSON. A browser cannot send this content type from another site without asking first."""
    if not request.content_length:
        return {}
    asked: Any = request.get_json(silent=True)
    if not isinstance(asked, dict):
        raise StandInError("the body must be a JSON object with content type application/json")
    return asked


def _since() -> int:
    return request.args.get("since", 0, type=int)


def _built(asked: Json) -> Fault:
    try:
        return Fault(**asked)
    except TypeError as error:
        raise StandInError(str(error)) from None


def _happened(happening: Happening) -> Response:
    """Answer what happened; with `?wait=1` only when the bot has answered the webhook."""
    if request.args.get("wait"):
        happening.wait()
    delivery = happening.delivery.to_json() if happening.delivery else None
    return jsonify(entry=happening.entry.to_json(), event=happening.event, delivery=delivery)


def _delivered(delivery: Delivery) -> Response:
    if request.args.get("wait"):
        delivery.wait()
    return jsonify(delivery.to_json())


def _user(user: Any) -> Json:
    return {"userId": user.user_id, "displayName": user.display_name, "friend": user.friend, "blocked": user.blocked}


def _group(group: Any) -> Json:
    return {
        "groupId": group.group_id,
        "groupName": group.name,
        "members": list(group.members),
        "botMember": group.bot_member,
    }
