"""Cadres' bindings and replies within the twin's unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from services.messages import Address, Outbound
from services.ports import CadreChat
from storage.cadre_part import code_digest
from storage.memory_chats import move_chat, set_reachable
from storage.memory_part import MemoryPart
from storage.memory_state import BoundChat, Code, Waiting


class MemoryCadrePart(MemoryPart):
    """Who is bound to which chat, and what is sent."""

    sent: set[str]
    """Topics to wake after the commit."""

    async def cadre_of(self, address: Address, sender: str) -> str | None:
        """The cadre behind a person's account, whichever chat they write from."""
        for bound in self._state.chats.values():
            same_bot = (bound.address.channel, bound.address.bot) == (address.channel, address.bot)
            if same_bot and bound.sender == sender and bound.cadre is not None:
                return bound.cadre
        return None

    async def issue_code(self, cadre: str, code: str, expires_at: datetime) -> None:
        """Store a one-time code, hashed."""
        self._state.codes[code_digest(code)] = Code(cadre, expires_at)

    async def redeem_code(self, code: str, now: datetime) -> str | None:
        """Use up a one-time code; the cadre it was made for, or None."""
        digest = code_digest(code)
        known = self._state.codes.get(digest)
        if known is None or known.used_at is not None or known.expires_at <= now:
            return None
        self._state.codes[digest] = replace(known, used_at=now)
        return known.cadre

    async def bind_cadre(self, address: Address, sender: str, cadre: str) -> None:
        """Bind a private chat to a cadre."""
        self._state.chats[address.key] = BoundChat(address, sender, cadre, None)

    async def bind_group(self, address: Address, unit: str) -> None:
        """Bind a group chat to a unit."""
        self._state.chats[address.key] = BoundChat(address, "", None, unit)

    async def chats_for(self, cadres: Sequence[str], unit: str | None) -> list[CadreChat]:
        """Reachable private chats of the cadres, and the unit's group chats."""
        return [
            CadreChat(bound.address, bound.cadre, bound.unit)
            for _, bound in sorted(self._state.chats.items())
            if bound.reachable
            and (bound.cadre in cadres or (unit is not None and bound.unit == unit))
        ]

    async def is_reachable(self, cadre: str) -> bool:
        """Whether a cadre has a chat that works, or none at all: then the work page is theirs."""
        chats = [bound for bound in self._state.chats.values() if bound.cadre == cadre]
        return not chats or any(chat.reachable for chat in chats)

    async def card_holders(self, slot: str) -> list[Address]:
        """The chats that hold a card of this slot."""
        holders = [row.address for row in self._state.outbox.values() if row.message.slot == slot]
        return list(dict.fromkeys(holders))

    async def move_group_chats(self, units: Mapping[str, str]) -> None:
        """Bind the group chats of some units to the units that took their place."""
        for key, bound in list(self._state.chats.items()):
            if bound.unit is not None and bound.unit in units:
                self._state.chats[key] = replace(bound, unit=units[bound.unit])

    async def set_reachable(self, address: Address, reachable: bool) -> None:
        """Note that a chat is gone or back."""
        set_reachable(self._state, address, reachable)

    async def move_chat(self, old: Address, new: Address) -> None:
        """A group chat got a new id."""
        move_chat(self._state, old, new)

    async def send(self, address: Address, message: Outbound, now: datetime) -> None:
        """Put a message into the outbox; for web chats that is the delivery."""
        is_mailbox = address.channel == "web"
        row_id = len(self._state.outbox) + 1
        self._state.outbox[row_id] = Waiting(
            id=row_id,
            address=address,
            message=message,
            status="sent" if is_mailbox else "waiting",
            not_before=now,
            created_at=now,
            sent_at=now if is_mailbox else None,
        )
        self.sent.add(address.key if is_mailbox else "outbox")
