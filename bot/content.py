"""What one message carries, before it is known where it came from."""

from __future__ import annotations

from dataclasses import dataclass

from bot.text import clean
from services.messages import Attachment, InboundKind, Location


@dataclass(frozen=True, slots=True)
class Content:
    """The part of an `Inbound` that depends on the sort of message."""

    kind: InboundKind
    text: str = ""
    attachment: Attachment | None = None
    location: Location | None = None


def attachment(ref: str, mime: str | None, size: int | None, name: str | None = None) -> Attachment:
    """A file of Telegram: its file id, and what Telegram may have left out."""
    return Attachment(ref, clean(mime or ""), size or 0, clean(name or ""))
