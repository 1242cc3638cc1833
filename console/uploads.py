"""Reads a form of the page that may carry one picture, up to a limit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from console.problem import Problem

PICTURE_LIMIT = 10 * 1024 * 1024
"""Bytes of one picture; phones' cameras give 2 to 6 million."""
_FIELDS_LIMIT = 64 * 1024
_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form brought."""

    fields: Mapping[str, str]
    picture: UploadFile | None

    @property
    def is_picture(self) -> bool:
        """Whether the file says that it is a picture of a kind that we keep; the store looks."""
        return self.picture is not None and (self.picture.content_type or "") in _TYPES


class NotTaken(Problem):
    """Nothing was recorded of what a form of the page brought."""


def too_large() -> NotTaken:
    """More bytes than a picture may have."""
    return NotTaken(413, f"照片太大了，最大 {PICTURE_LIMIT // 1024 // 1024} MB。")


@asynccontextmanager
async def sent(request: Request) -> AsyncIterator[Sent | None]:
    """The form, closed at the end; None for what is none or too long. Raises `NotTaken`."""
    try:
        form = await _bounded(request).form(max_files=1, max_fields=12, max_part_size=_FIELDS_LIMIT)
    except NotTaken:
        if _is_multipart(request):
            raise
        yield None
        return
    except (HTTPException, ClientDisconnect):
        yield None
        return
    try:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        files = [value for value in form.values() if isinstance(value, UploadFile) and value.size]
        yield Sent(fields, files[0] if files else None)
    finally:
        await form.close()


def _is_multipart(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith("multipart/form-data")


def _bounded(request: Request) -> Request:
    """The same request, raising `NotTaken` once more bytes have arrived than its kind may hold."""
    limit = _FIELDS_LIMIT + (PICTURE_LIMIT if _is_multipart(request) else 0)
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise too_large()
    arrived = 0

    async def receive() -> Message:
        nonlocal arrived
        message = await request.receive()
        arrived += len(message.get("body", b""))
        if arrived > limit:
            raise too_large()
        return message

    return Request(request.scope, receive)
