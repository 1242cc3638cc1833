"""How cadres press and write: on the work page, in their chat, in a unit's group."""

from __future__ import annotations

from dataclasses import replace

from liandong.month.chance import Chance
from liandong.month.phones import MESSENGER
from liandong.month.pictures import Pictures
from liandong.month.temperaments import Official
from liandong.month.world import World
from services.messages import Address, Attachment, BotName, Inbound, InboundKind

_PRESSED_TWICE = 0.03
_DELIVERED_AGAIN = 0.01


def page_of(cadre: str) -> Address:
    """The work page of a cadre."""
    return Address("web", BotName.CADRES, cadre)


class Hand:
    """Sends what cadres do."""

    def __init__(self, world: World, pictures: Pictures) -> None:
        self._world = world
        self._pictures = pictures
        self._chance = Chance(world.seed, "hands")

    async def act(
        self, official: Official, number: str, verb: str, text: str = "", *, photo: bool = False
    ) -> None:
        """One action on one ticket, where its button or question is: in the chat, else the page."""
        chat = official.chat
        if chat is not None and not self._world.exchange.is_blocked(chat):
            if verb == "reply" and await self._reply(official, chat, number, text, photo):
                return
            if await self._in_chat(official, chat, number, verb, text, photo):
                return
        await self._send(await self._form(official, number, verb, text, photo))

    async def together(self, first: Official, second: Official, number: str, verb: str) -> None:
        """Two people press at the same moment."""
        await self._world.deliver(
            await self._form(first, number, verb, "", photo=False),
            await self._form(second, number, verb, "", photo=False),
        )

    async def bind(self, official: Official, chat: Address, code: str) -> None:
        """Bind a chat with a one-time code."""
        start = self._world.inbound(chat, InboundKind.START)
        await self._world.deliver(replace(start, text=code))
        official.chat = chat

    async def bind_group(self, official: Official, group: Address) -> None:
        """Make a group chat the one of the cadre's unit."""
        sender = official.chat.chat if official.chat else ""
        start = self._world.inbound(group, InboundKind.START, sender)
        await self._world.deliver(replace(start, in_group=True))

    async def sign_in_group(self, official: Official, group: Address, number: str) -> bool:
        """Sign below the card in the unit's group; False when there is no such card."""
        data = f"c:{number}:sign"
        card = self._world.phones[group.key].buttons.get(data)
        if official.chat is None or card is None:
            return False
        press = self._world.inbound(group, InboundKind.PRESS, official.chat.chat)
        await self._send(replace(press, data=data, message_id=card, in_group=True))
        return True

    async def today(self, official: Official) -> None:
        """Look at what is open."""
        where = official.chat or official.page
        await self._world.deliver(self._world.inbound(where, InboundKind.PROGRESS, where.chat))

    async def _form(
        self, official: Official, number: str, verb: str, text: str, photo: bool
    ) -> Inbound:
        press = self._world.inbound(official.page, InboundKind.PRESS, official.id)
        attachment = await self._photo(official.page) if photo else None
        return replace(press, data=f"c:{number}:{verb}", text=text, attachment=attachment)

    async def _photo(self, where: Address) -> Attachment:
        return await self._pictures.take(where)

    async def _in_chat(
        self, official: Official, chat: Address, number: str, verb: str, text: str, photo: bool
    ) -> bool:
        data = f"c:{number}:{verb}"
        card = self._world.phones[chat.key].buttons.get(data)
        if card is None:
            return False
        press = self._world.inbound(chat, InboundKind.PRESS)
        await self._send(replace(press, data=data, message_id=card))
        wanted = self._world.phones[chat.key].asked.get((number, verb))
        if text and wanted is not None:
            await self._words(chat, text, wanted, photo)
        return True

    async def _reply(
        self, official: Official, chat: Address, number: str, text: str, photo: bool
    ) -> bool:
        card = self._world.phones[chat.key].asked.get((number, "card"))
        if card is None:
            return False
        await self._words(chat, text, card, photo)
        return True

    async def _words(self, chat: Address, text: str, reply_to: str, photo: bool) -> None:
        kind = InboundKind.PHOTO if photo else InboundKind.TEXT
        words = replace(
            self._world.inbound(chat, kind),
            text=text,
            reply_to=reply_to,
            message_id=self._world.exchange.new_id(),
            attachment=await self._photo(chat) if photo else None,
        )
        await self._send(words)

    async def _send(self, inbound: Inbound) -> None:
        await self._world.deliver(inbound)
        if self._chance.happens(_PRESSED_TWICE):
            await self._world.deliver(self._world.again(inbound))
        elif self._chance.happens(_DELIVERED_AGAIN):
            await self._world.deliver(inbound)


def chat_of(number: int) -> Address:
    """A private chat with the cadres' bot."""
    return Address(MESSENGER, BotName.CADRES, f"{8_000_000 + number}")


def group_of(number: int) -> Address:
    """A group chat with the cadres' bot in it."""
    return Address(MESSENGER, BotName.CADRES, f"-{9_000_000 + number}")
