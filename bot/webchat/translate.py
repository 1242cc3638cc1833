"""What a phone sent, in the words of `services.messages`. Pure: decides nothing."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from bot.webchat.rejected import Rejected
from bot.webchat.sentences import BAD_PLACE, EMPTY, FILE_KIND, MAX_CHARACTERS, TOO_LONG, UNREADABLE
from services.messages import Address, Attachment, Inbound, InboundKind, Location

Fields = Mapping[str, object]
"""A JSON object or a form: nothing in it is trusted."""

_UPDATE_ID = re.compile(r"[A-Za-z0-9_-]{8,36}")
_MESSAGE_ID = re.compile(r"[io][0-9]{1,18}")
_COMMANDS = {
    "/start": InboundKind.START,
    "/help": InboundKind.HELP,
    "帮助": InboundKind.HELP,
    "/progress": InboundKind.PROGRESS,
    "进度": InboundKind.PROGRESS,
}
# Marks that turn the reading direction: with them a text shows other words than it holds.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Characters that take no ink: a text of these alone is empty.
_INKLESS = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Cn", "Cs"})


def clean(text: str) -> str:
    """`text` without control characters, lone surrogates and turning marks, trimmed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in "\n\t" or not _unwanted(c))
    return "".join(kept).strip()


def _unwanted(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") or character in _TURNING


def message(fields: Fields, address: Address, now: datetime) -> Inbound:
    """A text or a button of the chat page; raises `Rejected`."""
    press = _press(fields)
    text = _text(fields)
    if press:
        return _inbound(fields, address, now, InboundKind.PRESS, text=text, data=press)
    if all(unicodedata.category(c) in _INKLESS for c in text):
        raise Rejected(422, EMPTY)
    kind = _COMMANDS.get(text, InboundKind.TEXT)
    return _inbound(fields, address, now, kind, text="" if kind is InboundKind.START else text)


def file(fields: Fields, address: Address, now: datetime, kept: Attachment) -> Inbound:
    """A photo or a recording that lies in the media store, with its caption."""
    kind = kind_of_file(kept.mime)
    return _inbound(fields, address, now, kind, text=_text(fields), attachment=kept)


def check(fields: Fields, mime: str) -> None:
    """Refuse a file's form before the file is kept; raises `Rejected`."""
    update_id(fields)
    _text(fields)
    _reply_to(fields)
    kind_of_file(mime)


def kind_of_file(mime: str) -> InboundKind:
    """Photo or voice by MIME type; raises `Rejected` for everything else."""
    if mime.startswith("image/"):
        return InboundKind.PHOTO
    if mime.startswith("audio/"):
        return InboundKind.VOICE
    raise Rejected(415, FILE_KIND)


def location(fields: Fields, address: Address, now: datetime) -> Inbound:
    """A point of the phone's own positioning (WGS-84 degrees); raises `Rejected`."""
    point = Location(_degrees(fields, "lat", 90), _degrees(fields, "lon", 180))
    return _inbound(fields, address, now, InboundKind.LOCATION, location=point)


def arrival(grid: str, address: Address, now: datetime) -> Inbound:
    """The page was opened from a grid's QR code. Once an hour for each grid: reloads repeat it."""
    return Inbound(
        address=address,
        update_id=f"{address.chat}:{grid}:{now:%Y%m%d%H}",
        kind=InboundKind.START,
        sender=address.chat,
        sent_at=now,
        text=grid,
    )


def update_id(fields: Fields) -> str:
    """The phone's own id of the message: the same id twice is one message."""
    value = fields.get("id")
    if not isinstance(value, str) or not _UPDATE_ID.fullmatch(value):
        raise Rejected(400, UNREADABLE)
    return value


def _inbound(
    fields: Fields,
    address: Address,
    now: datetime,
    kind: InboundKind,
    *,
    text: str = "",
    data: str = "",
    attachment: Attachment | None = None,
    location: Location | None = None,
) -> Inbound:
    return Inbound(
        address=address,
        # The chat is part of it, so that no phone can take an id away from another one.
        update_id=f"{address.chat}:{update_id(fields)}",
        kind=kind,
        sender=address.chat,
        sent_at=now,
        text=text,
        data=data,
        reply_to=_reply_to(fields),
        attachment=attachment,
        location=location,
    )


def _text(fields: Fields) -> str:
    value = fields.get("text") or ""
    if not isinstance(value, str):
        raise Rejected(400, UNREADABLE)
    text = clean(value)
    if len(text) > MAX_CHARACTERS:
        raise Rejected(413, TOO_LONG)
    return text


def _press(fields: Fields) -> str:
    value = fields.get("press") or ""
    if not isinstance(value, str) or not value.isprintable() or len(value.encode()) > 64:
        raise Rejected(400, UNREADABLE)
    return value


def _reply_to(fields: Fields) -> str | None:
    value = fields.get("reply_to") or None
    if value is None:
        return None
    if not isinstance(value, str) or not _MESSAGE_ID.fullmatch(value):
        raise Rejected(400, UNREADABLE)
    return value


def _degrees(fields: Fields, name: str, limit: float) -> float:
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Rejected(422, BAD_PLACE)
    if not math.isfinite(value) or abs(value) > limit:
        raise Rejected(422, BAD_PLACE)
    return float(value)
