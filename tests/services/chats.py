"""The Telegram chats of everybody in charge, read and answered as the channel would."""

from __future__ import annotations

from collections.abc import Iterable

from services.messages import Address, Attachment, BotName, InboundKind, Outbound
from services.ports import OutboxItem
from tests.services.town import Town

GROUP, TOWNSHIP = "group:141026100:infrastructure", "township:141026100"
POWER, HOUSING, CENTER = "unit:power", "unit:housing", "county"


class Chats:
    """Everybody in charge has a private chat."""

    def __init__(self, town: Town) -> None:
        self.town = town

    async def bind(self, *units: str) -> None:
        async with self.town.store.units_of_work() as work:
            for unit in units:
                person = self.person(unit)
                await work.bind_cadre(self.chat(unit), person, person)
            await work.commit()

    def person(self, unit: str) -> str:
        found = self.town.office.in_charge(unit)
        assert found is not None
        return found

    async def delivered(self) -> list[OutboxItem]:
        """Everything that waits, delivered in order."""
        found: list[OutboxItem] = []
        while items := await self.town.store.outbox.lease(self.town.now, 30, 100):
            for item in items:
                await self.town.store.outbox.delivered(item.id, str(item.id), self.town.now)
                found.append(item)
        return found

    async def news(self) -> dict[str, list[Outbound]]:
        """New messages by person since the last look: what rings, not what is edited in place."""
        ringing: dict[str, list[Outbound]] = {}
        for item in await self.delivered():
            if item.replaces is None or item.message.fresh:
                ringing.setdefault(item.address.chat, []).append(item.message)
        return ringing

    async def act(self, unit: str, number: str, verb: str, text: str = "") -> None:
        """A press of whoever is in charge of a unit; with words a form of the page."""
        person = self.person(unit)
        await self.town.cadre(person, number, verb, text)

    def chat(self, unit: str) -> Address:
        return Address("telegram", BotName.CADRES, self.person(unit))

    async def tap(self, unit: str, data: str) -> list[OutboxItem]:
        """A button in a chat; everything that is delivered for it."""
        await self.town.send(self.chat(unit), InboundKind.PRESS, data=data)
        return await self.delivered()

    async def answer(
        self, unit: str, to: OutboxItem, text: str = "", file: Attachment | None = None
    ) -> list[OutboxItem]:
        """A reply to a message in a chat; everything that is delivered for it."""
        kind = InboundKind.PHOTO if file else InboundKind.TEXT
        await self.town.send(self.chat(unit), kind, text=text, reply_to=str(to.id), attachment=file)
        return await self.delivered()

    async def write(self, unit: str, text: str) -> list[OutboxItem]:
        """Words that answer no message."""
        await self.town.send(self.chat(unit), InboundKind.TEXT, text=text)
        return await self.delivered()

    async def today(self, unit: str) -> list[OutboxItem]:
        """今日."""
        await self.town.send(self.chat(unit), InboundKind.PROGRESS)
        return await self.delivered()


def verbs(message: Outbound) -> list[str]:
    """What its buttons do."""
    return [button.data.split(":")[2] for row in message.buttons for button in row]


def only(messages: Iterable[Outbound]) -> Outbound:
    """The one message that there is."""
    [message] = messages
    return message
