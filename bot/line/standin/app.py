"""The stand-in as a Flask application: LINE's paths, and its own side under `/_standin/`."""

from __future__ import annotations

import json

from flask import Flask, Response, request

from bot.line.standin import api
from bot.line.standin.control import control
from bot.line.standin.model import Answer, Call
from bot.line.standin.platform import Platform

DROP_HEADER = "x-standin-drop"
METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]


def create_standin(platform: Platform) -> Flask:
    """Build the application over a platform. Serve it with `StandInServer`, which can also drop connections."""
    app = Flask(__name__)
    app.extensions["standin"] = platform
    app.register_blueprint(control, url_prefix="/_standin")

    @app.route("/", defaults={"path": ""}, methods=METHODS)
    @app.route("/<path:path>", methods=METHODS)
    def line(path: str) -> Response:
        given = {name.lower(): value for name, value in request.headers.items()}
        call = Call(request.method, f"/{path}", given, request.get_data(), request.query_string.decode("latin-1"))
        return _response(api.answer(platform, call))

    return app


def content(answer: Answer) -> bytes:
    """Return an answer's body as bytes."""
    if isinstance(answer.body, bytes):
        return answer.body
    return json.dumps(answer.body, ensure_ascii=False).encode("utf-8", "surrogatepass")


def headers(answer: Answer) -> dict[str, str]:
    return {"content-type": "application/json", **answer.headers}


def _response(answer: Answer) -> Response:
    if answer.drop:
        return Response(status=500, headers={DROP_HEADER: "1"})
    return Response(content(answer), answer.status, headers(answer))
