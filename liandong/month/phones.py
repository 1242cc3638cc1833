"""Chats of a messenger, played in memory: what arrives, what is edited in place, who blocked us.

The web chat needs no such thing: its rows are its mailbox. A messenger's chats are sent to by the
relay, one message after the other; they can be slow for a while, forget a card that is to be
edited, and be gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from liandong.month.chance import Chance
from services.errors import RecipientGone, RetryLater
from services.messages import Address, BotName, Outbound
from services.ports import Sender

MESSENGER = "telegram"
"""The channel that these chats play."""
_SLOW = 0.004
_CARD_LOST = 0.002


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that stands in somebody's chat now. `id` is the channel's."""

    key: str
    id: str
    message: Outbound


@dataclass(slots=True)
class Phone:
    """What one chat shows: which message holds which button, which one asked for what."""

    buttons: dict[str, str] = field(default_factory=dict)
    """A button's data → the message below which it stands."""
    asked: dict[tuple[str, str], str] = field(default_factory=dict)
    """(ticket, purpose) → the newest message of that kind; a reply to it says such words."""
    _slots: dict[str, str] = field(default_factory=dict)

    def show(self, arrival: Arrival) -> None:
        """A message; a card's newer form takes the older one's buttons away."""
        message = arrival.message
        old = self._slots.get(message.slot) if message.slot else None
        if old is not None:
            for data in [data for data, holder in self.buttons.items() if holder == old]:
                del self.buttons[data]
        if message.slot:
            self._slots[message.slot] = arrival.id
        for _label, data in buttons_of(message):
            self.buttons[data] = arrival.id
        if message.ticket is not None:
            self.asked[message.ticket, message.purpose] = arrival.id


class Exchange:
    """`services.ports.Sender` of both bots."""

    def __init__(self, chance: Chance, clock: Callable[[], datetime]) -> None:
        self._chance = chance
        self._clock = clock
        self._ids = 0
        self._blocked: set[str] = set()
        self._known_gone: dict[str, datetime] = {}
        self.arrived: list[Arrival] = []
        """What arrived since somebody last took it."""
        self.too_late: list[tuple[str, datetime]] = []
        """Sendings to chats that were known to be gone: there must be none."""

    @property
    def senders(self) -> Mapping[tuple[str, str], Sender]:
        """As the relay wants them."""
        return {(MESSENGER, str(bot)): self for bot in BotName}

    def new_id(self) -> str:
        """The number of the next message, theirs or ours."""
        self._ids += 1
        return str(self._ids)

    def block(self, address: Address) -> None:
        """The person blocks the bot; the service learns it when it is told, or sends."""
        self._blocked.add(address.key)

    def unblock(self, address: Address) -> None:
        """The person lets the bot in again."""
        self._blocked.discard(address.key)
        self._known_gone.pop(address.key, None)

    def is_blocked(self, address: Address) -> bool:
        """Whether nothing arrives there."""
        return address.key in self._blocked

    def told_of_block(self, address: Address) -> None:
        """From now on the service knows it."""
        self._known_gone.setdefault(address.key, self._clock())

    def take_arrived(self) -> list[Arrival]:
        """What arrived since the last call."""
        taken, self.arrived = self.arrived, []
        return taken

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> str | None:
        """Deliver, edit in place, be slow, or be gone."""
        if address.key in self._blocked:
            if address.key in self._known_gone:
                self.too_late.append((address.key, self._clock()))
            self.told_of_block(address)
            raise RecipientGone("blocked")
        if self._chance.happens(_SLOW):
            raise RetryLater(self._chance.between(1, 40))
        lost = replaces is not None and self._chance.happens(_CARD_LOST)
        message_id = self.new_id() if replaces is None or lost else replaces
        self.arrived.append(Arrival(address.key, message_id, message))
        return message_id


def buttons_of(message: Outbound) -> Iterable[tuple[str, str]]:
    """(label, data) of every button."""
    for row in message.buttons:
        for button in row:
            yield button.label, button.data
