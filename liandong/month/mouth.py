"""How residents write and press, through the product's own door for every channel."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from liandong.month.chance import Chance
from liandong.month.phones import MESSENGER
from liandong.month.phrases import Composed, Home
from liandong.month.pictures import VOICE, Pictures
from liandong.month.stand_in import Meaning, StandIn
from liandong.month.world import World
from services.messages import Address, Attachment, Inbound, InboundKind, Location

_DELIVERED_AGAIN = 0.015
_PRESSED_TWICE = 0.04


@dataclass(slots=True)
class Resident:
    """One person with one chat."""

    address: Address
    home: Home
    chance: Chance
    meant_new: bool = True
    """Whether the last words were meant as a matter of their own."""
    appealed: set[str] = field(default_factory=set)

    @property
    def on_messenger(self) -> bool:
        """Writes in the messenger, not in the web chat."""
        return self.address.channel == MESSENGER


class Mouth:
    """Sends what residents do."""

    def __init__(self, world: World, stand_in: StandIn, pictures: Pictures) -> None:
        self._world = world
        self._stand_in = stand_in
        self._pictures = pictures

    async def write(
        self,
        resident: Resident,
        said: Composed,
        *,
        reply_to: str | None = None,
        photo: bool = False,
        new: bool = False,
    ) -> Inbound:
        """Words, with a photo or as an answer to one of our messages; `new`: a new matter."""
        self._stand_in.learn(said.text, said.meaning)
        resident.meant_new = new
        inbound = replace(
            self._update(resident, InboundKind.PHOTO if photo else InboundKind.TEXT),
            text=said.text,
            reply_to=reply_to,
            attachment=await self._photo(resident) if photo else None,
        )
        await self._deliver(resident, inbound)
        return inbound

    async def say(self, resident: Resident, text: str, kind: str = "supplement") -> None:
        """Words that no training sentence has: a place's name, an answer."""
        await self.write(resident, Composed(text, Meaning(kind), names_place=False))

    async def edit(self, resident: Resident, inbound: Inbound, said: Composed) -> None:
        """New words for an earlier message."""
        self._stand_in.learn(said.text, said.meaning)
        update = self._update(resident, InboundKind.EDITED)
        await self._deliver(
            resident, replace(update, text=said.text, message_id=inbound.message_id)
        )

    async def send_photo(self, resident: Resident) -> None:
        """A photo without a word."""
        update = self._update(resident, InboundKind.PHOTO)
        await self._deliver(resident, replace(update, attachment=await self._photo(resident)))

    async def send_voice(self, resident: Resident) -> None:
        """A voice message; a human listens to it."""
        update = self._update(resident, InboundKind.VOICE)
        voice = Attachment(f"voice-{update.update_id}", "audio/ogg", 4_000)
        if not resident.on_messenger:
            voice = await self._world.core.media.put(VOICE, "audio/ogg", "voice")
        await self._deliver(resident, replace(update, attachment=voice))

    async def send_point(self, resident: Resident, point: Location) -> None:
        """A point on the map."""
        update = self._update(resident, InboundKind.LOCATION)
        await self._deliver(resident, replace(update, location=point))

    async def start(self, resident: Resident, payload: str) -> None:
        """Begin, by a poster's code or without one."""
        update = self._update(resident, InboundKind.START)
        await self._deliver(resident, replace(update, text=payload))

    async def ask_progress(self, resident: Resident) -> None:
        """The command 进度."""
        await self._deliver(resident, self._update(resident, InboundKind.PROGRESS))

    async def press(self, resident: Resident, data: str) -> None:
        """A button, sometimes twice."""
        holder = self._world.phones[resident.address.key].buttons.get(data)
        inbound = replace(self._update(resident, InboundKind.PRESS), data=data, message_id=holder)
        await self._deliver(resident, inbound)
        if resident.chance.happens(_PRESSED_TWICE):
            await self._deliver(resident, self._world.again(inbound))

    async def membership(self, resident: Resident, kind: InboundKind) -> None:
        """The messenger tells that the person blocked us, or let us in again."""
        await self._world.deliver(self._update(resident, kind))

    def _update(self, resident: Resident, kind: InboundKind) -> Inbound:
        inbound = self._world.inbound(resident.address, kind)
        if kind in (InboundKind.PRESS, InboundKind.EDITED) or not resident.on_messenger:
            return inbound
        return replace(inbound, message_id=self._world.exchange.new_id())

    async def _photo(self, resident: Resident) -> Attachment:
        return await self._pictures.take(resident.address)

    async def _deliver(self, resident: Resident, inbound: Inbound) -> None:
        if self._world.exchange.is_blocked(resident.address):
            return  # whoever blocked us does not write; they unblock first
        await self._world.deliver(inbound)
        if resident.chance.happens(_DELIVERED_AGAIN):
            await self._world.deliver(inbound)  # the channel saw no acknowledgement
