"""The Bot API calls of a delivery, spelled in python-telegram-bot."""

from __future__ import annotations

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.error import BadRequest

from bot.cadres.failures import delivery_errors
from bot.delivery import Rows, Upload
from bot.refusals import unchanged

# A preview makes Telegram open every link, one-time links included.
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class PtbCalls:
    """Fulfils `bot.delivery.Calls`."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def text(self, chat: int, text: str, rows: Rows, reply_to: int | None) -> int:
        """Send a text."""
        with delivery_errors():
            sent = await self._bot.send_message(
                chat,
                text,
                link_preview_options=_NO_PREVIEW,
                reply_parameters=_quoting(reply_to),
                reply_markup=_keyboard(rows),
            )
        return sent.message_id

    async def edit(self, chat: int, message: int, text: str, rows: Rows) -> None:
        """Replace a text and its buttons."""
        with delivery_errors():
            try:
                await self._bot.edit_message_text(
                    text,
                    chat_id=chat,
                    message_id=message,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=_keyboard(rows),
                )
            except BadRequest as error:
                if not unchanged(error.message):
                    raise

    async def photo(self, chat: int, upload: Upload, rows: Rows, reply_to: int | None) -> int:
        """Send a picture."""
        with delivery_errors():
            sent = await self._bot.send_photo(
                chat,
                InputFile(upload.data, upload.name),
                caption=upload.caption or None,
                reply_parameters=_quoting(reply_to),
                reply_markup=_keyboard(rows),
            )
        return sent.message_id

    async def document(self, chat: int, upload: Upload, rows: Rows, reply_to: int | None) -> int:
        """Send a file."""
        with delivery_errors():
            sent = await self._bot.send_document(
                chat,
                InputFile(upload.data, upload.name),
                caption=upload.caption or None,
                reply_parameters=_quoting(reply_to),
                reply_markup=_keyboard(rows),
            )
        return sent.message_id


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.data) for button in row]
            for row in rows
        ]
    )


def _quoting(message: int | None) -> ReplyParameters | None:
    if message is None:
        return None
    return ReplyParameters(message, allow_sending_without_reply=True)
