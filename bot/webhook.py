"""Where Telegram's webhooks arrive, for both bots.

The answer decides what Telegram does next. Everything but a 2xx is repeated for up to a day and
holds back the same person's later messages, so a refusal is only given where a repetition helps
(our inbox is down) or where the caller is not Telegram.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from fastapi import APIRouter, Request, Response

from bot.raw_update import NotAnUpdate, NotJson

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (its name, not its value)
BODY_LIMIT = 1024 * 1024
"""Bytes; real updates have a few kilobytes."""


@dataclass(frozen=True, slots=True)
class Hook:
    """What stands behind one address."""

    handle: Callable[[bytes], Awaitable[None]]
    """`ResidentsBot.handle_webhook` or `CadresBot.handle_webhook`."""
    secret: str
    """What Telegram was told to send in the header; an empty one lets nobody in."""


def secret_is_valid(given: str | None, expected: str) -> bool:
    """Whether the header holds our secret. Takes the same time wherever they differ."""
    if given is None or not expected:
        return False
    # As bytes: the comparison refuses text that is not ASCII.
    return hmac.compare_digest(
        given.encode("utf-8", "surrogatepass"), expected.encode("utf-8", "surrogatepass")
    )


def webhook_router(hooks: Mapping[str, Hook]) -> APIRouter:
    """`POST /telegram/<name>` for each hook, e.g. `residents` and `cadres`."""
    router = APIRouter(prefix="/telegram", include_in_schema=False)
    for name, hook in hooks.items():
        router.add_api_route(f"/{name}", _endpoint(name, hook), methods=["POST"])
    return router


def _endpoint(name: str, hook: Hook) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if not secret_is_valid(request.headers.get(SECRET_HEADER), hook.secret):
            return Response(status_code=HTTPStatus.UNAUTHORIZED)
        body = await _body(request)
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return Response(status_code=await _take(name, hook, body))

    # FastAPI reads the annotations at run time; as strings they would name a local scope.
    endpoint.__annotations__ = {"request": Request, "return": Response}
    return endpoint


async def _take(name: str, hook: Hook, body: bytes) -> HTTPStatus:
    try:
        await hook.handle(body)
    except NotJson as error:
        log.warning("webhook.not_json", bot=name, reason=str(error))
        return HTTPStatus.BAD_REQUEST
    except NotAnUpdate:
        log.warning("webhook.not_an_update", bot=name, size=len(body))
        return HTTPStatus.OK
    except Exception as error:
        # The type only: database errors quote the values, which are residents' words.
        log.error("webhook.not_recorded", bot=name, error=type(error).__name__)
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.OK


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is longer than the limit."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)
