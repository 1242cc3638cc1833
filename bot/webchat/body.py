"""Reads request bodies up to a limit, so that nobody fills the memory or the disk."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from bot.webchat.rejected import Rejected
from bot.webchat.sentences import FILE_TOO_LARGE, TOO_LONG, UNREADABLE

JSON_LIMIT = 64 * 1024
"""Bytes. 2,000 characters take at most 24,000 as JSON escapes."""
FILE_LIMIT = 10 * 1024 * 1024
FORM_LIMIT = FILE_LIMIT + JSON_LIMIT


async def json_of(request: Request) -> Mapping[str, object]:
    """The JSON object of the body; raises `Rejected`."""
    body = await _bounded(request, JSON_LIMIT, TOO_LONG).body()
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as exc:
        raise Rejected(400, UNREADABLE) from exc
    if not isinstance(value, dict):
        raise Rejected(400, UNREADABLE)
    return value


@asynccontextmanager
async def form_of(request: Request) -> AsyncIterator[FormData]:
    """The form of the body, one file at most, closed at the end; raises `Rejected`."""
    bounded = _bounded(request, FORM_LIMIT, FILE_TOO_LARGE)
    try:
        form = await bounded.form(max_files=1, max_fields=8, max_part_size=JSON_LIMIT)
    except HTTPException as exc:
        raise Rejected(400, UNREADABLE) from exc
    try:
        yield form
    finally:
        await form.close()


def _bounded(request: Request, limit: int, sentence: str) -> Request:
    """The same request, raising `Rejected` once more than `limit` bytes have arrived."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise Rejected(413, sentence)
    arrived = 0

    async def receive() -> Message:
        nonlocal arrived
        message = await request.receive()
        arrived += len(message.get("body", b""))
        if arrived > limit:
            raise Rejected(413, sentence)
        return message

    return Request(request.scope, receive)
