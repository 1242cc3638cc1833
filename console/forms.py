"""Reads small forms without files: of the door, and of the console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from console.sent import cleaned

_LIMIT = 64 * 1024
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Form:
    """The text fields of a form, in their order; a name may come more than once."""

    pairs: Sequence[tuple[str, str]] = ()

    def text(self, name: str) -> str:
        """The last value of a name without control characters; empty for none."""
        return next((cleaned(value) for each, value in self.pairs[::-1] if each == name), "")

    def secret(self, name: str) -> str:
        """The last value exactly as it was typed."""
        return next((value for each, value in self.pairs[::-1] if each == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a name: ticked boxes."""
        return tuple(cleaned(value) for each, value in self.pairs if each == name)


NO_FORM = Form()


async def fields(request: Request) -> Mapping[str, str] | None:
    """The form's text fields; None for what is too large or no form."""
    form = await read_form(request, most=8)
    return dict(form.pairs) if form is not None else None


async def read_form(request: Request, *, most: int = 500) -> Form | None:
    """A form of at most so many fields; None for what is too large or no form."""
    declared = request.headers.get("content-length", "")
    if not declared.isdigit() or int(declared) > _LIMIT:
        return None
    try:
        async with request.form(max_files=0, max_fields=most, max_part_size=_LIMIT) as form:
            found = form.multi_items()
    except HTTPException:
        return None
    return Form([(name, value) for name, value in found if isinstance(value, str)])


def from_our_page(request: Request) -> bool:
    """Whether the browser says that another site sent the form (it says so in one of these)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.url.netloc}"
