"""The methods that change or remove what is in a chat, and the answer to a press."""

from __future__ import annotations

import time
from copy import deepcopy

from tests.telegram.desk import Desk, caption_content, show_keyboard, text_content, tidy_keyboard
from tests.telegram.faults import BotApiError, Mistake
from tests.telegram.model import Json, Sent

DELETABLE_SECONDS = 48 * 3600
SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def edit_message_text(desk: Desk, params: Json) -> Json:
    content = text_content(params)
    sent = _own_message(desk, params)
    if "text" not in sent.message:
        raise BotApiError(400, "Bad Request: there is no text in the message to edit")
    return _edit(sent, ("text", "entities"), content, params)


async def edit_message_caption(desk: Desk, params: Json) -> Json:
    content = caption_content(params)
    sent = _own_message(desk, params)
    if not {"photo", "voice", "document"} & set(sent.message):
        raise BotApiError(400, "Bad Request: there is no caption in the message to edit")
    return _edit(sent, ("caption", "caption_entities"), content, params)


async def edit_message_reply_markup(desk: Desk, params: Json) -> Json:
    return _edit(_own_message(desk, params), (), {}, params)


async def delete_message(desk: Desk, params: Json) -> bool:
    chat = desk.bot.writable_chat(params["chat_id"])
    sent = chat.messages.get(params["message_id"])
    if sent is None or sent.deleted:
        raise BotApiError(400, "Bad Request: message to delete not found")
    too_old = time.time() - sent.message["date"] > DELETABLE_SECONDS
    if too_old or (not sent.from_bot and chat.kind != "private"):
        raise BotApiError(400, "Bad Request: message can't be deleted for everyone")
    sent.deleted = True
    return True


async def answer_callback_query(desk: Desk, params: Json) -> bool:
    press = desk.bot.presses.get(params["callback_query_id"])
    if press is None or time.monotonic() - press.at > desk.pace.callback_life:
        raise BotApiError(400, TOO_OLD)
    press.answer = params
    return True


def _own_message(desk: Desk, params: Json) -> Sent:
    if "chat_id" not in params or "message_id" not in params:
        raise Mistake(400, "Bad Request: message identifier is not specified")
    chat = desk.bot.writable_chat(params["chat_id"])
    sent = chat.messages.get(params["message_id"])
    if sent is None or sent.deleted:
        raise BotApiError(400, "Bad Request: message to edit not found")
    # A message that brought a reply keyboard cannot be edited either.
    foreign_keyboard = sent.keyboard is not None and "inline_keyboard" not in sent.keyboard
    if not sent.from_bot or foreign_keyboard:
        raise BotApiError(400, "Bad Request: message can't be edited")
    return sent


def _edit(sent: Sent, replaced: tuple[str, ...], content: Json, params: Json) -> Json:
    # An edit that names no keyboard takes the old one away, as at Telegram.
    keyboard = tidy_keyboard(params.get("reply_markup"))
    before = {key: sent.message[key] for key in replaced if key in sent.message}
    if before == content and keyboard == sent.keyboard:
        raise BotApiError(400, SAME)
    sent.history.append(deepcopy(sent.message))
    for key in replaced:
        sent.message.pop(key, None)
    sent.message.update(content, edit_date=int(time.time()))
    sent.keyboard = keyboard
    show_keyboard(sent.message, keyboard)
    return sent.message


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
}
