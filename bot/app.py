"""The Flask application: the webhook and the health page."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import structlog
from flask import Blueprint, Flask, Response, jsonify

from bot.health import Health


def create_app(webhook: Blueprint, health: Callable[[], Health]) -> Flask:
    """Build the application; every request gets an id that its log lines and its answer carry."""
    app = Flask(__name__)
    app.register_blueprint(webhook)

    @app.before_request
    def name_request() -> None:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=uuid.uuid4().hex[:16])

    @app.after_request
    def tell_name(response: Response) -> Response:
        response.headers["x-request-id"] = structlog.contextvars.get_contextvars().get("request_id", "")
        return response

    @app.get("/healthz")
    def healthz() -> tuple[Response, int]:
        found = health()
        return jsonify(found.to_json()), 200 if found.is_well else 503

    return app
