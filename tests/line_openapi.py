"""Check requests and webhooks against LINE's own OpenAPI description, where `../shared` holds it.

Each check raises AssertionError with the place and the reason, and returns whether it could be made: without the
description it says so once on standard error and returns False. Requests are checked strictly (unknown properties are
refused); the description knows no size limits, so those are the stand-in's to check.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import re
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from openapi_schema_validator import OAS30Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from bot.line.standin import Platform

FOLDER = Path(__file__).parents[1].parent / "shared" / "line-openapi"
MESSAGING_API, WEBHOOK = "messaging-api.yml", "webhook.yml"

# what the snapshot of 2026-07-01 lacks, and the type of the same shape that it has
SAME_SHAPE = {"messageEdited": "message"}


def available() -> bool:
    return FOLDER.is_dir()


def check_request(method: str, path: str, headers: Mapping[str, str], body: Any) -> bool:
    """Check one request of the bot. `body` is bytes, text or a JSON value; header names are in lower case."""
    if not _available_or_say_so():
        return False
    operation = _operation(method.upper(), path.partition("?")[0])
    assert operation is not None, f"LINE has no {method} {path}"
    template, described = operation
    _check_retry_key(described, headers)
    if "requestBody" in described:
        assert headers.get("content-type", "").split(";")[0] == "application/json", "content-type of the request"
        steps = ("paths", template, method.lower(), "requestBody", "content", "application/json", "schema")
        _check(_validator(MESSAGING_API, steps), _json(body))
    return True


def check_webhook(body: Any) -> bool:
    """Check the body of a webhook: bytes, text or a JSON value."""
    if not _available_or_say_so():
        return False
    content = _json(body)
    for event in content["events"]:
        event["type"] = SAME_SHAPE.get(event["type"], event["type"])
    _check(_validator(WEBHOOK, ("components", "schemas", "CallbackRequest")), content)
    return True


def check_platform(platform: Platform) -> bool:
    """Check every request that a stand-in accepted and every webhook that it made itself."""
    for exchange in platform.ledger.since():
        if exchange.accepted:
            check_request(exchange.call.method, exchange.call.path, exchange.call.headers, exchange.call.body)
    for delivery in platform.webhooks.since():
        if delivery.body is None:
            check_webhook({"destination": platform.settings.bot_user_id, "events": delivery.events})
    return available()


@functools.cache
def _available_or_say_so() -> bool:
    if not available():
        print(f"no {FOLDER}: requests and webhooks are not checked against LINE's description", file=sys.stderr)  # noqa: T201
    return available()


def _check(validator: OAS30Validator, content: Any) -> None:
    errors = sorted(validator.iter_errors(content), key=lambda e: list(map(str, e.absolute_path)))
    reasons = [f"{'/'.join(map(str, e.absolute_path)) or 'body'}: {e.message[:300]}" for e in errors]
    assert not reasons, "; ".join(reasons)


def _check_retry_key(described: Mapping[str, Any], headers: Mapping[str, str]) -> None:
    key = headers.get("x-line-retry-key")
    if key is None:
        return
    names = [p["name"].lower() for p in described.get("parameters", [])]
    assert "x-line-retry-key" in names, "this endpoint takes no retry key"
    assert str(uuid.UUID(key)) == key.lower(), "the retry key is not a hyphenated UUID"


def _json(body: Any) -> Any:
    if isinstance(body, str | bytes):
        return json.loads(body)
    return json.loads(json.dumps(body))


@functools.cache
def _document(name: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    source = yaml.load((FOLDER / name).read_text("utf-8"), loader)
    spec = importlib.util.spec_from_file_location("line_openapi_expand", FOLDER / "expand.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    expanded: dict[str, Any] = module.expand(source, strict=True)
    return expanded


@functools.cache
def _registry(name: str) -> Registry[Any]:
    resource = Resource.from_contents(_document(name), default_specification=DRAFT4)
    return Registry().with_resource(f"urn:{name}", resource)


@functools.cache
def _validator(name: str, steps: tuple[str, ...]) -> OAS30Validator:
    pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
    return OAS30Validator({"$ref": f"urn:{name}#/{pointer}"}, registry=_registry(name))


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return the path templates as patterns, those without parameters first."""
    templates = sorted(_document(MESSAGING_API)["paths"], key=lambda t: t.count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", t)), t) for t in templates]


@functools.cache
def _operation(method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    for pattern, template in _patterns():
        described = _document(MESSAGING_API)["paths"][template].get(method.lower())
        if described is not None and pattern.fullmatch(path):
            return template, described
    return None
