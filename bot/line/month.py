"""Whether the month's pushes are used up, asked of LINE itself."""

from __future__ import annotations

from typing import Any

import msgspec
import structlog

QUOTA = "/v2/bot/message/quota"
USED = "/v2/bot/message/quota/consumption"
log = structlog.get_logger()


def is_used_up(api: Any, timeout: tuple[float, float]) -> bool:
    """Ask with the SDK's client. False also when LINE does not say: then the next attempt asks again.

    A refusal that is not confirmed may be passing, or mean that this push costs more than what is left.
    """
    from linebot.v3.messaging.exceptions import ApiException
    from urllib3.exceptions import HTTPError

    try:
        quota, used = (_get(api, path, timeout) for path in (QUOTA, USED))
        return quota["type"] != "none" and int(used["totalUsage"]) >= int(quota["value"])
    except (ApiException, HTTPError, msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        log.warning("quota_unknown", error=type(error).__name__)
        return False


def _get(api: Any, path: str, timeout: tuple[float, float]) -> Any:
    return msgspec.json.decode(
        api.call_api(path, "GET", header_params={}, response_types_map={}, _request_timeout=timeout).raw_data
    )
