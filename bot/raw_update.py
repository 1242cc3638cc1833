"""The body of a webhook call, before a library reads it."""

from __future__ import annotations

import json

from routing.errors import LiandongError


class NotJson(LiandongError):
    """The body is not JSON: this did not come from Telegram."""


class NotAnUpdate(LiandongError):
    """The body is JSON that can never become an update: take it, so that it is not repeated."""


def decode(body: bytes) -> object:
    """The JSON value in `body`; raises `NotJson`."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        # Without the cause: it quotes the body, which may hold a resident's words.
        raise NotJson(f"{len(body)} bytes, {type(error).__name__}") from None
