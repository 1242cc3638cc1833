"""What both bots do with files that people sent."""

from __future__ import annotations

import mimetypes

FILE_LIMIT = 20 * 1024 * 1024
"""Bytes; Telegram hands bots nothing larger."""

_MIMES = {"oga": "audio/ogg", "ogg": "audio/ogg", "webp": "image/webp", "tgs": "application/gzip"}
_PICTURES = {"image/jpeg", "image/png", "image/webp"}


def mime_of(path: str) -> str:
    """The type of a file by its name; Telegram's own servers do not tell it."""
    ending = path.rsplit(".", 1)[-1].lower()
    return _MIMES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"


def name_for(mime: str) -> str:
    """A neutral name for an outgoing file; people's own file names can hold personal data."""
    return f"file{mimetypes.guess_extension(mime) or ''}"


def is_picture(mime: str, size: int) -> bool:
    """True when Telegram shows it as a photo (at most 10 MB)."""
    return mime in _PICTURES and size <= 10 * 1024 * 1024
