"""What an aiogram message carries."""

from __future__ import annotations

from typing import Final

from aiogram.enums import ContentType
from aiogram.types import Message

from bot.commands import kind_of
from bot.content import Content, attachment
from bot.text import clean
from services.messages import Attachment, InboundKind, Location

COMMANDS: Final = {
    "start": InboundKind.START,
    "help": InboundKind.HELP,
    "progress": InboundKind.PROGRESS,
    "进度": InboundKind.PROGRESS,
}

# What a person can send but nobody here can read. Everything else that is not translated is
# Telegram speaking (pinned, joined, ...), and gets no answer.
_UNREADABLE: Final = {
    ContentType.UNKNOWN,
    ContentType.STICKER,
    ContentType.STORY,
    ContentType.CHECKLIST,
    ContentType.CONTACT,
    ContentType.DICE,
    ContentType.GAME,
    ContentType.POLL,
    ContentType.INVOICE,
    ContentType.PAID_MEDIA,
    ContentType.LIVE_PHOTO,
    ContentType.RICH_MESSAGE,
}


def content_of(message: Message) -> Content | None:
    """The content of `message`, or None when no person said anything."""
    if message.text is not None:
        return Content(*kind_of(clean(message.text), COMMANDS))
    caption = clean(message.caption or "")
    for kind, file in (
        (InboundKind.PHOTO, _photo(message)),
        (InboundKind.VOICE, _voice(message)),
        (InboundKind.DOCUMENT, _document(message)),
    ):
        if file is not None:
            return Content(kind, caption, file)
    if message.location is not None:
        point = Location(message.location.latitude, message.location.longitude)
        return Content(InboundKind.LOCATION, location=point)
    if message.content_type in _UNREADABLE:
        return Content(InboundKind.UNSUPPORTED, caption)
    return None


def _photo(message: Message) -> Attachment | None:
    if not message.photo:
        return None
    largest = max(message.photo, key=lambda size: size.width * size.height)
    return attachment(largest.file_id, "image/jpeg", largest.file_size)


def _voice(message: Message) -> Attachment | None:
    voice = message.voice
    if voice is None:
        return None
    return attachment(voice.file_id, voice.mime_type or "audio/ogg", voice.file_size)


def _document(message: Message) -> Attachment | None:
    if message.video_note is not None:
        return attachment(message.video_note.file_id, "video/mp4", message.video_note.file_size)
    file = message.document or message.video or message.audio
    if file is None:
        return None
    return attachment(file.file_id, file.mime_type, file.file_size, file.file_name)
