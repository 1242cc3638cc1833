"""One bot's desk: what the methods work on. Messages are read and built here."""

from __future__ import annotations

import time
from copy import deepcopy
from dataclasses import dataclass

from tests.telegram.faults import BotApiError, Mistake
from tests.telegram.markup import MarkupError, detect_entities, parse_html
from tests.telegram.model import BotState, Chat, Json, Pace, Sent
from tests.telegram.prose import utf16_length
from tests.telegram.updates import UpdateFeed

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


@dataclass(slots=True)
class Desk:
    """The state of one bot with its way out for updates."""

    bot: BotState
    feed: UpdateFeed
    pace: Pace


def text_content(params: Json) -> Json:
    """The text of a message with its entities; raises `Mistake` when it is empty or too long."""
    text, entities = _parsed(params, "text", "entities")
    if not text:
        raise Mistake(400, "Bad Request: message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise Mistake(400, "Bad Request: message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_content(params: Json) -> Json:
    """The caption, if there is one; raises `Mistake` when it is too long."""
    text, entities = _parsed(params, "caption", "caption_entities")
    if utf16_length(text) > CAPTION_LIMIT:
        raise Mistake(400, "Bad Request: message caption is too long")
    if not text:
        return {}
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def post(desk: Desk, params: Json, content: Json) -> Json:
    """Put a message of the bot into a chat and return it as Telegram would."""
    bot = desk.bot
    chat = bot.writable_chat(params["chat_id"])
    replied = _replied_to(chat, params.get("reply_parameters"))
    keyboard = tidy_keyboard(params.get("reply_markup"))
    message = envelope(bot, chat, bot.user()) | content
    if replied is not None:
        message["reply_to_message"] = replied
    if params.get("protect_content"):
        message["has_protected_content"] = True
    show_keyboard(message, keyboard)
    chat.messages[message["message_id"]] = Sent(message, from_bot=True, keyboard=keyboard)
    return message


def envelope(bot: BotState, chat: Chat, sender: Json) -> Json:
    return {
        "message_id": bot.next_message_id(chat),
        "from": sender,
        "chat": bot.chat_json(chat),
        "date": int(time.time()),
    }


def quoted(message: Json) -> Json:
    """A message as it appears inside a reply: without what it replies to itself."""
    return {k: deepcopy(v) for k, v in message.items() if k != "reply_to_message"}


def tidy_keyboard(keyboard: Json | None) -> Json | None:
    """Without empty rows; a keyboard without buttons is none."""
    if keyboard is None or "inline_keyboard" not in keyboard:
        return keyboard
    rows = [row for row in keyboard["inline_keyboard"] if row]
    return {"inline_keyboard": rows} if rows else None


def show_keyboard(message: Json, keyboard: Json | None) -> None:
    # Only inline keyboards travel in a Message; both client libraries break on others.
    message.pop("reply_markup", None)
    if keyboard is not None and "inline_keyboard" in keyboard:
        message["reply_markup"] = keyboard


def _parsed(params: Json, key: str, entities_key: str) -> tuple[str, list[Json]]:
    source = params.get(key, "")
    mode = params.get("parse_mode")
    if mode is None or mode == "":
        given = params.get(entities_key)
        return source.strip(), detect_entities(source.strip()) if given is None else given
    if mode.lower() != "html":
        # Telegram knows Markdown too; checking it here is not worth its rules while nobody uses it.
        raise Mistake(400, f"Bad Request: unsupported parse_mode {mode} (stand-in reads HTML)")
    try:
        return parse_html(source)
    except MarkupError as problem:
        raise Mistake(400, f"Bad Request: can't parse entities: {problem}") from problem


def _replied_to(chat: Chat, reply: Json | None) -> Json | None:
    if reply is None or "message_id" not in reply:
        return None
    target = chat.messages.get(reply["message_id"])
    if target is not None and not target.deleted:
        return quoted(target.message)
    if reply.get("allow_sending_without_reply"):
        return None
    raise BotApiError(400, "Bad Request: message to be replied not found")
