"""Reads the forms of the door: signing in and out."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request

_LIMIT = 64 * 1024
"""Bytes."""


async def fields(request: Request) -> Mapping[str, str] | None:
    """The form's text fields; None for what is too large or no form."""
    declared = request.headers.get("content-length", "")
    if not declared.isdigit() or int(declared) > _LIMIT:
        return None
    try:
        async with request.form(max_files=0, max_fields=8, max_part_size=_LIMIT) as form:
            return {name: value for name, value in form.items() if isinstance(value, str)}
    except HTTPException:
        return None


def from_our_page(request: Request) -> bool:
    """Whether the browser says that another site sent the form (it says so in one of these)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.url.netloc}"
