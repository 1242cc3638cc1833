"""What a python-telegram-bot message carries."""

from __future__ import annotations

from typing import Final

from telegram import Message, Update
from telegram.ext import filters

from bot.commands import kind_of
from bot.content import Content, attachment
from bot.text import clean
from services.messages import Attachment, InboundKind, Location

COMMANDS: Final = {
    "start": InboundKind.START,
    "bind": InboundKind.START,
    "help": InboundKind.HELP,
    "today": InboundKind.PROGRESS,
    "今日": InboundKind.PROGRESS,
    "duty": InboundKind.DUTY,
    "值班": InboundKind.DUTY,
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
    if _is_telegram_speaking(message):
        return None
    return Content(InboundKind.UNSUPPORTED, caption)


def _is_telegram_speaking(message: Message) -> bool:
    """Joined, pinned, renamed ...; in a group also what this version does not know at all."""
    if filters.StatusUpdate.ALL.check_update(Update(0, message=message)):
        return True
    return message.effective_attachment is None and message.chat.type != message.chat.PRIVATE


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
