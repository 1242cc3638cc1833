"""Reads a Bot API request in any of its four forms: query, urlencoded, multipart, JSON."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from tests.telegram.faults import BotApiError
from tests.telegram.schema import Upload


async def read_request(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """The fields as they were sent, and the files; raises `BotApiError` for broken JSON."""
    fields: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError as problem:
            raise BotApiError(400, "Bad Request: can't parse JSON object") from problem
        if not isinstance(body, dict):
            raise BotApiError(400, "Bad Request: object expected")
        return fields | body, uploads
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            content = value.file.read()
            uploads[name] = Upload(value.filename, value.content_type, content)
        else:
            fields[name] = value if isinstance(value, str) else bytes(value).decode()
    return fields, uploads
