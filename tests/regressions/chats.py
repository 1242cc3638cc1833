"""Telegram chats of cadres on the town's twin, and what is delivered to them."""

from __future__ import annotations

import itertools

from services.messages import Address, BotName
from services.ports import OutboxItem
from tests.services.town import Town
from tickets.events import Event, EventName

_MESSAGE_IDS = itertools.count(1)


def private(chat: str) -> Address:
    return Address("telegram", BotName.CADRES, chat)


async def bind(town: Town, cadre: str | None, chat: str = "900") -> Address:
    """A private chat of a cadre."""
    assert cadre is not None
    address = private(chat)
    async with town.store.units_of_work() as work:
        await work.bind_cadre(address, chat, cadre)
        await work.commit()
    return address


async def bind_group(town: Town, unit: str, chat: str = "-100") -> Address:
    """A group chat of a unit."""
    address = private(chat)
    async with town.store.units_of_work() as work:
        await work.bind_group(address, unit)
        await work.commit()
    return address


async def delivered(town: Town) -> list[OutboxItem]:
    """Deliver everything that waits; in order."""
    found: list[OutboxItem] = []
    while items := await town.store.outbox.lease(town.now, 30, 100):
        for item in items:
            message_id = item.replaces or str(next(_MESSAGE_IDS))
            await town.store.outbox.delivered(item.id, message_id, town.now)
        found += items
    return found


def words_to(items: list[OutboxItem], address: Address) -> str:
    return "\n".join(item.message.text for item in items if item.address == address)


async def events(town: Town, number: str) -> list[Event]:
    async with town.store.units_of_work() as work:
        return await work.events(number)


async def names(town: Town, number: str) -> list[EventName]:
    return [event.name for event in await events(town, number)]
