"""In-memory twins for what stands behind the channels."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.cadres.channel import CadresBot
from bot.residents.channel import ResidentsBot
from services.messages import Attachment, Inbound
from services.ports import Receipt
from tests.telegram.standin import BotApiStandIn

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
Channel = ResidentsBot | CadresBot


class InboxTwin:
    """Records once for each update, as the real inbox does; can be out of order."""

    def __init__(self) -> None:
        self.recorded: list[Inbound] = []
        self.calls: list[str] = []
        self.down = False

    async def __call__(self, inbound: Inbound) -> Receipt:
        self.calls.append(inbound.update_id)
        if self.down:
            raise ConnectionError("the database is away")
        known = [earlier.update_id for earlier in self.recorded]
        if inbound.update_id in known:
            return Receipt(known.index(inbound.update_id) + 1, is_new=False, is_alone=False)
        self.recorded.append(inbound)
        return Receipt(len(self.recorded), is_new=True, is_alone=True)

    @property
    def texts(self) -> list[str]:
        return [inbound.text for inbound in self.recorded]


class MediaTwin:
    """Files by their ref."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, str]] = {}

    async def put(self, data: bytes, mime: str, name: str) -> Attachment:
        ref = f"media:{len(self.files)}"
        self.files[ref] = (data, mime)
        return Attachment(ref, mime, len(data), name)

    async def fingerprint(self, ref: str) -> str | None:
        return None

    async def get(self, ref: str) -> tuple[bytes, str] | None:
        return self.files.get(ref)


@asynccontextmanager
async def channel(
    name: str, api: BotApiStandIn, inbox: InboxTwin, media: MediaTwin | None = None
) -> AsyncIterator[Channel]:
    """One of the two bots on the stand-in, with short waits."""
    kind = ResidentsBot if name == "residents" else CadresBot
    bot = kind(
        api.token(name),
        inbox,
        media or MediaTwin(),
        lambda: NOW,
        api_base=api.base_url,
        request_timeout=1.0,
        poll_seconds=1,
    )
    try:
        yield bot
    finally:
        await bot.close()
