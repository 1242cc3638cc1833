"""A file that somebody sent, as an answer that no browser takes for a page of ours."""

from __future__ import annotations

import re

from starlette.responses import Response

_INLINE = re.compile(r"image/(jpeg|png|webp|gif)|audio/[a-z0-9.+-]+")


def file_answer(data: bytes, mime: str) -> Response:
    """Pictures and sound are shown; anything else is only ever saved."""
    shown = _INLINE.fullmatch(mime) is not None
    headers = {
        "Content-Disposition": "inline" if shown else "attachment",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, max-age=3600",
    }
    return Response(data, media_type=mime if shown else "application/octet-stream", headers=headers)
