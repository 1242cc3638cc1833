"""The methods that put a message into a chat."""

from __future__ import annotations

from tests.telegram.desk import Desk, caption_content, post, text_content
from tests.telegram.faults import BotApiError, Mistake
from tests.telegram.files import StoredFile
from tests.telegram.model import Json
from tests.telegram.schema import Upload

ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip


async def send_message(desk: Desk, params: Json) -> Json:
    return post(desk, params, text_content(params))


async def send_photo(desk: Desk, params: Json) -> Json:
    caption = caption_content(params)
    desk.bot.writable_chat(params["chat_id"])
    stored = _media(desk, "photo", params["photo"])
    return post(desk, params, {"photo": photo_sizes(stored)} | caption)


async def send_voice(desk: Desk, params: Json) -> Json:
    caption = caption_content(params)
    desk.bot.writable_chat(params["chat_id"])
    stored = _media(desk, "voice", params["voice"])
    return post(desk, params, {"voice": voice(stored, params.get("duration", 0))} | caption)


async def send_document(desk: Desk, params: Json) -> Json:
    caption = caption_content(params)
    desk.bot.writable_chat(params["chat_id"])
    value = params["document"]
    stored = _media(desk, "document", value)
    name = value.filename if isinstance(value, Upload) else stored.path.rpartition("/")[2]
    return post(desk, params, {"document": document(stored, name)} | caption)


async def send_location(desk: Desk, params: Json) -> Json:
    for key, most in (("latitude", 90), ("longitude", 180)):
        if abs(params[key]) > most:
            raise Mistake(400, f"Bad Request: wrong {key} specified")
    point = {key: params[key] for key in ("latitude", "longitude")}
    return post(desk, params, {"location": point})


async def send_chat_action(desk: Desk, params: Json) -> bool:
    desk.bot.writable_chat(params["chat_id"])
    if params["action"] not in ACTIONS:
        raise Mistake(400, "Bad Request: wrong parameter action in request")
    return True


def photo_sizes(stored: StoredFile) -> list[Json]:
    """Telegram offers a picture in several sizes, smallest first; here they are the same file."""
    return [
        stored.json() | {"width": w, "height": h} for w, h in ((90, 67), (320, 240), (800, 600))
    ]


def voice(stored: StoredFile, seconds: int) -> Json:
    return stored.json() | {"duration": seconds, "mime_type": "audio/ogg"}


def document(stored: StoredFile, name: str) -> Json:
    return stored.json() | {"file_name": name}


def _media(desk: Desk, kind: str, value: Upload | str) -> StoredFile:
    if isinstance(value, Upload):
        return desk.bot.files.add_upload(kind, value.data, value.filename)
    if value.startswith(("http://", "https://")):
        raise BotApiError(400, "Bad Request: failed to get HTTP URL content")
    stored = desk.bot.files.get(value)
    if stored.kind != kind:
        text = f"can't use file of type {stored.kind.title()} as {kind.title()}"
        raise BotApiError(400, f"Bad Request: {text}")
    return stored


METHODS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendVoice": send_voice,
    "sendDocument": send_document,
    "sendLocation": send_location,
    "sendChatAction": send_chat_action,
}
