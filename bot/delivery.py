"""Delivers one message to a Telegram chat, whichever library makes the calls.

What Telegram allows (lengths, captions, edits) is decided here once; the libraries only differ
in how a call is spelled and which errors it raises.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from bot.files import is_picture, name_for
from bot.refusals import NotEditable
from bot.text import CAPTION_LIMIT, clean, split, truncate, utf16_units
from services.errors import BadMessage
from services.messages import Address, Button, Outbound
from services.ports import MediaStore

Rows = tuple[tuple[Button, ...], ...]
_Step = Callable[[], Awaitable[int]]
_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way out."""

    data: bytes
    name: str
    caption: str


class Calls(Protocol):
    """The four calls, plain text. They raise only the delivery errors (and `NotEditable`)."""

    async def text(self, chat: int, text: str, rows: Rows, reply_to: int | None) -> int:
        """Send a text; the new message's id."""
        ...

    async def edit(self, chat: int, message: int, text: str, rows: Rows) -> None:
        """Replace a text and its buttons. A message that says it already is a success."""
        ...

    async def photo(self, chat: int, upload: Upload, rows: Rows, reply_to: int | None) -> int:
        """Send a picture; the new message's id."""
        ...

    async def document(self, chat: int, upload: Upload, rows: Rows, reply_to: int | None) -> int:
        """Send a file; the new message's id."""
        ...


class TelegramSender:
    """Fulfils `services.ports.Sender` for one bot."""

    def __init__(self, calls: Calls, media: MediaStore) -> None:
        self._calls = calls
        self._media = media
        # How many parts of a long message have arrived: when a later part has to be retried,
        # the earlier ones are not sent again. Lost with the process: then a part may repeat.
        self._arrived: OrderedDict[tuple[Address, Outbound], int] = OrderedDict()

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> str | None:
        """See `Sender.send`. Of a message in several parts the last one's id is returned."""
        chat = _chat_id(address)
        text = clean(message.text).strip()
        file = await self._media.get(message.media) if message.media else None
        if replaces is not None and replaces.isdecimal() and file is None and text:
            try:
                await self._calls.edit(chat, int(replaces), truncate(text), message.buttons)
            except NotEditable:
                pass
            else:
                return replaces
        steps = self._steps(chat, text, message, file)
        if not steps:
            raise BadMessage("there is nothing to send")
        return str(await self._run((address, message), steps))

    async def _run(self, key: tuple[Address, Outbound], steps: list[_Step]) -> int:
        last = 0
        for index in range(self._arrived.pop(key, 0), len(steps)):
            try:
                last = await steps[index]()
            except BaseException:
                if index:
                    self._arrived[key] = index
                    while len(self._arrived) > _REMEMBERED:
                        self._arrived.popitem(last=False)
                raise
        return last

    def _steps(
        self, chat: int, text: str, message: Outbound, file: tuple[bytes, str] | None
    ) -> list[_Step]:
        fits = file is not None and utf16_units(text) <= CAPTION_LIMIT
        parts = [] if fits else split(text)
        quoted = message.reply_to or ""
        reply_to = int(quoted) if quoted.isdecimal() else None
        steps: list[_Step] = []
        if file is not None:
            rows = () if parts else message.buttons
            data, mime = file
            upload = Upload(data, name_for(mime), text if fits else "")
            steps.append(self._file_step(chat, upload, mime, rows, reply_to))
        for index, part in enumerate(parts):
            rows = message.buttons if index == len(parts) - 1 else ()
            steps.append(self._text_step(chat, part, rows, None if steps else reply_to))
        return steps

    def _text_step(self, chat: int, text: str, rows: Rows, reply_to: int | None) -> _Step:
        return lambda: self._calls.text(chat, text, rows, reply_to)

    def _file_step(
        self, chat: int, upload: Upload, mime: str, rows: Rows, reply_to: int | None
    ) -> _Step:
        async def step() -> int:
            if is_picture(mime, len(upload.data)):
                try:
                    return await self._calls.photo(chat, upload, rows, reply_to)
                except BadMessage:
                    pass  # Telegram refuses odd proportions as a photo, but not as a file.
            return await self._calls.document(chat, upload, rows, reply_to)

        return step


def _chat_id(address: Address) -> int:
    try:
        return int(address.chat)
    except ValueError as error:
        raise BadMessage("the address is not a Telegram chat") from error
