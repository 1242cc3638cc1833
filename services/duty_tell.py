"""A message to one cadre, wherever they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.messages import Address, BotName, Outbound
from services.ports import UnitOfWork


async def tell_person(work: UnitOfWork, person: str, message: Outbound, now: datetime) -> bool:
    """Send it to every private chat of a cadre, and its words to their work page.

    False when only the page has it: nobody rings there.
    """
    chats = await work.chats_for([person], None)
    for chat in chats:
        await work.send(chat.address, message, now)
    page = Address("web", BotName.CADRES, person)
    await work.send(page, replace(message, buttons=(), slot=None), now)
    return bool(chats)
