"""Photos as people send them: tiny, each another one, through the real store of files."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image

from liandong.month.chance import Chance
from liandong.month.phones import MESSENGER
from services.messages import Address, Attachment, BotName
from services.ports import FileSource, MediaStore

_SIDE = 24
VOICE = b"OggS" + bytes(96)
"""What a voice message holds: nobody listens to it here."""


class Pictures:
    """`services.ports.FileSource` of the messenger, and the camera of everybody."""

    def __init__(self, chance: Chance, media: MediaStore) -> None:
        self._chance = chance
        self._media = media
        self._files: dict[str, bytes] = {}

    @property
    def sources(self) -> Mapping[tuple[str, str], FileSource]:
        """As the fetcher of files wants them."""
        return {(MESSENGER, str(bot)): self for bot in BotName}

    async def take(self, address: Address) -> Attachment:
        """A new photo, sent from this chat: the messenger keeps it, or the web page uploads it."""
        data = self._drawn()
        if address.channel != MESSENGER:
            return await self._media.put(data, "image/jpeg", "photo.jpg")
        ref = f"file{len(self._files)}"
        self._files[ref] = data
        return Attachment(ref, "image/jpeg", len(data), "photo.jpg")

    async def fetch(self, ref: str) -> tuple[bytes, str]:
        """The bytes and their type."""
        if ref in self._files:
            return self._files[ref], "image/jpeg"
        return VOICE, "audio/ogg"

    def _drawn(self) -> bytes:
        draw = self._chance.whole
        picture = Image.new("RGB", (_SIDE, _SIDE), (draw(0, 255), draw(0, 255), draw(0, 255)))
        for _ in range(6):
            corner = (draw(0, _SIDE - 8), draw(0, _SIDE - 8))
            patch = Image.new("RGB", (draw(2, 8), draw(2, 8)), (draw(0, 255), draw(0, 255), 0))
            picture.paste(patch, corner)
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=80)
        return out.getvalue()
