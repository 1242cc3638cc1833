"""The smallest stand-ins of the ports that let the chat run alone, and a service that answers."""

from __future__ import annotations

import asyncio
import io
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fastapi import FastAPI
from PIL import Image

from bot.webchat import webchat_router
from services.errors import Refused
from services.messages import Address, Attachment, Inbound, Outbound
from services.ports import Line, Receipt

TOKEN = "AAAAAAAAAAAAAAAAAAAAAA"
NOW = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)


def silent(_chats: Chats, _inbound: Inbound) -> None:
    """A service that says nothing."""


@dataclass
class Chats:
    """Inbox, mailbox and wake-ups of a service that lives in memory."""

    lines: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    received: list[Inbound] = field(default_factory=list)
    broken: bool = False
    answer: Callable[[Chats, Inbound], None] = silent
    _ids: dict[str, int] = field(default_factory=dict)
    _waiters: dict[str, list[asyncio.Event]] = field(default_factory=lambda: defaultdict(list))
    _sent: int = 0

    async def receive(self, inbound: Inbound) -> Receipt:
        if self.broken:
            raise ConnectionError("the database is away")
        known = self._ids.get(inbound.update_id)
        if known is not None:
            return Receipt(known, is_new=False, is_alone=False)
        self._ids[inbound.update_id] = len(self._ids) + 1
        self.received.append(inbound)
        media = inbound.attachment.ref if inbound.attachment else None
        own = Outbound(inbound.text, media=media, reply_to=inbound.reply_to)
        self.lines[inbound.address.key].append(Line(len(self._ids), True, NOW, own))
        self.answer(self, inbound)
        return Receipt(len(self._ids), is_new=True, is_alone=True)

    def say(self, address: Address, message: Outbound) -> int:
        self._sent += 1
        self.lines[address.key].append(Line(self._sent, False, NOW, message))
        for waiter in self._waiters.pop(address.key, []):
            waiter.set()
        return self._sent

    async def history(self, address: Address, limit: int) -> list[Line]:
        lines = self.lines[address.key]
        newest = {ln.message.slot: ln for ln in lines if ln.message.slot and not ln.mine}
        whole = [ln for ln in lines if ln.mine or ln is newest.get(ln.message.slot or "", ln)]
        return whole[-limit:]

    async def since(self, address: Address, after: int, limit: int) -> list[Line]:
        ours = [ln for ln in self.lines[address.key] if not ln.mine and ln.id > after]
        return ours[:limit]

    async def notify(self, topic: str) -> None:
        for waiter in self._waiters.pop(topic, []):
            waiter.set()

    async def wait(self, topic: str, timeout: float) -> bool:
        waiter = asyncio.Event()
        self._waiters[topic].append(waiter)
        try:
            await asyncio.wait_for(waiter.wait(), timeout)
        except TimeoutError:
            return False
        return True


@dataclass
class Pictures:
    """A media store that takes real pictures and any sound."""

    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)

    async def put(self, data: bytes, mime: str, name: str) -> Attachment:
        if mime.startswith("image/"):
            try:
                Image.open(io.BytesIO(data)).verify()
            except Exception as exc:
                raise Refused("not_a_picture") from exc
        ref = f"media:m{len(self.files) + 1}"
        self.files[ref] = (data, mime)
        return Attachment(ref, mime, len(data), name)

    async def fingerprint(self, ref: str) -> str | None:
        return None

    async def get(self, ref: str) -> tuple[bytes, str] | None:
        return self.files.get(ref)


class Words:
    """Wording without a domain file."""

    def say(self, key: str, slots: Mapping[str, str] | None = None) -> str:
        if key == "welcome":
            return "您好！这里是联动服务。\n请写一句话：什么事、在哪个村哪个组。"
        return f"〔{key}〕"


def picture(width: int = 40, height: int = 30) -> bytes:
    """A small real JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), (70, 90, 60)).save(out, "JPEG")
    return out.getvalue()


def chat_app(chats: Chats, pictures: Pictures | None = None) -> FastAPI:
    """The web chat alone."""
    app = FastAPI()
    router = webchat_router(
        chats.receive,
        chats,
        chats,
        pictures or Pictures(),
        Words(),
        clock=lambda: NOW,
        county="示例县",
    )
    app.include_router(router)
    return app
