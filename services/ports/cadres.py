"""Cadres and their chats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from services.messages import Address, Outbound
from services.ports.records import CadreChat


class CadreWork(Protocol):
    """Cadres, their chats, and what is sent to anybody."""

    async def card_holders(self, slot: str) -> list[Address]:
        """The chats that hold a card of this slot."""
        ...

    async def send(self, address: Address, message: Outbound, now: datetime) -> None:
        """Put a message into the outbox."""
        ...

    async def cadre_of(self, address: Address, sender: str) -> str | None:
        """The cadre bound to a person's account on a channel."""
        ...

    async def redeem_code(self, code: str, now: datetime) -> str | None:
        """Use up a one-time code; the cadre it was made for, or None."""
        ...

    async def issue_code(self, cadre: str, code: str, expires_at: datetime) -> None:
        """Store a one-time code (hashed)."""
        ...

    async def bind_cadre(self, address: Address, sender: str, cadre: str) -> None:
        """Bind a private chat to a cadre."""
        ...

    async def bind_group(self, address: Address, unit: str) -> None:
        """Bind a group chat to a unit."""
        ...

    async def chats_for(self, cadres: Sequence[str], unit: str | None) -> list[CadreChat]:
        """Reachable private chats of the cadres, and the unit's group chats."""
        ...

    async def is_reachable(self, cadre: str) -> bool:
        """Whether a cadre has a chat that works, or none at all: then the work page is theirs."""
        ...

    async def move_group_chats(self, units: Mapping[str, str]) -> None:
        """Bind the group chats of some units to the units that took their place."""
        ...

    async def set_reachable(self, address: Address, reachable: bool) -> None:
        """Note that a chat is gone or back."""
        ...

    async def move_chat(self, old: Address, new: Address) -> None:
        """A group chat got a new id: bindings and waiting messages follow."""
        ...
