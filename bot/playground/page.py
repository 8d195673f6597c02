"""The playground's web application: the chat page, what it polls, and the stand-in's own side behind a guard."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, Flask, Response, jsonify, render_template, request

from bot.line.standin import Delivery, Platform
from bot.line.standin.control import control, loopback_only
from bot.playground import people

GUARD_HEADER = "X-Playground"
GUARDED = ("/_standin/", "/playground/")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}

Refused = tuple[Response, int]


def create_playground(platform: Platform) -> Flask:
    """Build the application over a platform; serve it with `StandInServer`, which answers LINE's paths itself."""
    app = Flask(__name__)
    app.extensions["standin"] = platform
    app.before_request(loopback_only)
    app.before_request(_only_this_page)
    app.after_request(_protect)
    app.register_blueprint(control, url_prefix="/_standin")
    app.register_blueprint(_page(platform, session=secrets.token_hex(8)))
    return app


def _page(platform: Platform, session: str) -> Blueprint:
    """`session` changes with every start, so that an open page notices that the chats are new."""
    page = Blueprint("playground", __name__)

    @page.get("/")
    def index() -> str:
        return render_template("playground.html")

    @page.get("/playground/scene")
    def scene() -> Response:
        names = {"botUserId": platform.settings.bot_user_id, "botName": platform.settings.bot_name}
        return jsonify({**people.scene(), **names})

    @page.get("/playground/feed")
    def feed() -> Response:
        """Answer what is new: chat lines after `since`, webhook deliveries after `delivery`, quota, time."""
        since, delivery = (request.args.get(name, 0, type=int) for name in ("since", "delivery"))
        settings = platform.settings
        return jsonify(
            session=session,
            now=platform.clock().isoformat(),
            quota={"limit": settings.quota_limit, "used": settings.quota_used},
            deliveries=[_outcome(d) for d in platform.webhooks.since(delivery)],
            **platform.timeline(since=since),
        )

    return page


def _outcome(delivery: Delivery) -> dict[str, Any]:
    return {
        "number": delivery.number,
        "messageIds": [event["message"]["id"] for event in delivery.events if event["type"] == "message"],
        "status": delivery.status,
        "error": delivery.error,
        "done": delivery.done.is_set(),
    }


def _only_this_page() -> Refused | None:
    """Refuse calls without our header: a page of another origin cannot set it without a preflight, which fails."""
    if request.path.startswith(GUARDED) and GUARD_HEADER not in request.headers:
        return jsonify(error=f"the header {GUARD_HEADER} is missing"), 403
    return None


def _protect(response: Response) -> Response:
    response.headers.update(HEADERS)
    return response
