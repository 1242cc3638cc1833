"""Cadres' bindings and replies within a unit of work."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.messages import Address, Outbound
from services.ports import CadreChat
from storage.batched import Order
from storage.chats import move_chat, set_reachable
from storage.codec import OUTBOUND, dump
from storage.part import Part
from storage.tables import CADRE_CHATS, CADRE_CODES, OUTBOX


def code_digest(code: str) -> str:
    """What is stored of a one-time code: never the code itself."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


_CHATS_FOR = (
    select(CADRE_CHATS)
    .where(
        CADRE_CHATS.c.reachable,
        or_(
            CADRE_CHATS.c.cadre.in_(bindparam("cadres", expanding=True)),
            CADRE_CHATS.c.unit == bindparam("unit"),
        ),
    )
    .order_by(CADRE_CHATS.c.key)
)
_HOLDERS = (
    select(OUTBOX.c.slot, OUTBOX.c.key)
    .where(OUTBOX.c.slot.in_(bindparam("cards", expanding=True)))
    .distinct()
)
_SEND = insert(OUTBOX)


class CadrePart(Part):
    """Who is bound to which chat, and what is sent."""

    sent: set[str]
    """Conversation keys that have new messages; woken after the commit."""

    def __init__(self, connection: AsyncConnection) -> None:
        super().__init__(connection)
        self._chats: dict[tuple[tuple[str, ...], str | None], list[CadreChat]] = {}
        self._holders: dict[str, dict[str, None]] = {}
        self._looked_up: set[str] = set()

    async def cadre_of(self, address: Address, sender: str) -> str | None:
        """The cadre behind a person's account, whichever chat they write from."""
        found = await self._connection.scalar(
            select(CADRE_CHATS.c.cadre).where(
                CADRE_CHATS.c.key.startswith(f"{address.channel}:{address.bot}:", autoescape=True),
                CADRE_CHATS.c.sender == sender,
                CADRE_CHATS.c.cadre.is_not(None),
            )
        )
        return None if found is None else str(found)

    async def issue_code(self, cadre: str, code: str, expires_at: datetime) -> None:
        """Store a one-time code, hashed."""
        await self._connection.execute(
            insert(CADRE_CODES).values(digest=code_digest(code), cadre=cadre, expires_at=expires_at)
        )

    async def redeem_code(self, code: str, now: datetime) -> str | None:
        """Use up a one-time code; the cadre it was made for, or None."""
        result = await self._connection.execute(
            update(CADRE_CODES)
            .where(
                CADRE_CODES.c.digest == code_digest(code),
                CADRE_CODES.c.used_at.is_(None),
                CADRE_CODES.c.expires_at > now,
            )
            .values(used_at=now)
            .returning(CADRE_CODES.c.cadre)
        )
        found = result.scalar()
        return None if found is None else str(found)

    async def _bind(
        self, address: Address, sender: str, cadre: str | None, unit: str | None
    ) -> None:
        self._chats.clear()
        values = {"sender": sender, "cadre": cadre, "unit": unit, "reachable": True}
        await self._connection.execute(
            self._insert(CADRE_CHATS)
            .values(key=address.key, **values)
            .on_conflict_do_update(index_elements=["key"], set_=values)
        )

    async def bind_cadre(self, address: Address, sender: str, cadre: str) -> None:
        """Bind a private chat to a cadre."""
        await self._bind(address, sender, cadre, None)

    async def bind_group(self, address: Address, unit: str) -> None:
        """Bind a group chat to a unit."""
        await self._bind(address, "", None, unit)

    async def chats_for(self, cadres: Sequence[str], unit: str | None) -> list[CadreChat]:
        """Reachable private chats of the cadres, and the unit's group chats."""
        asked = (tuple(cadres), unit)
        if asked not in self._chats:
            # Compared with NULL a unit would match every private chat: none has an empty code.
            wanted = {"cadres": list(cadres), "unit": unit or ""}
            rows = await self._connection.look(_CHATS_FOR, wanted)
            self._chats[asked] = [
                CadreChat(Address.from_key(row["key"]), row["cadre"], row["unit"])
                for row in rows.mappings()
            ]
        return list(self._chats[asked])

    async def is_reachable(self, cadre: str) -> bool:
        """Whether a cadre has a chat that works, or none at all: then the work page is theirs."""
        rows = await self._connection.execute(
            select(CADRE_CHATS.c.reachable).where(CADRE_CHATS.c.cadre == cadre)
        )
        chats = list(rows.scalars())
        return not chats or any(chats)

    async def card_holders(self, slot: str) -> list[Address]:
        """The chats that hold a card of this slot."""
        if slot not in self._looked_up:
            await self._look_up([slot])
        return [Address.from_key(key) for key in self._holders.get(slot, {})]

    async def _look_up(self, slots: Sequence[str]) -> None:
        """Who holds cards of these slots, besides what this transaction sends itself."""
        for row in (await self._connection.look(_HOLDERS, {"cards": list(slots)})).mappings():
            self._holders.setdefault(row["slot"], {})[row["key"]] = None
        self._looked_up.update(slots)

    async def move_group_chats(self, units: Mapping[str, str]) -> None:
        """Bind the group chats of some units to the units that took their place."""
        bound = await self._connection.execute(
            select(CADRE_CHATS.c.key, CADRE_CHATS.c.unit).where(CADRE_CHATS.c.unit.is_not(None))
        )
        self._chats.clear()
        # Looked up first: a unit may be both somebody's successor and succeeded itself.
        moving = [(str(r["key"]), units[r["unit"]]) for r in bound.mappings() if r["unit"] in units]
        for key, unit in moving:
            await self._connection.execute(
                update(CADRE_CHATS).where(CADRE_CHATS.c.key == key).values(unit=unit)
            )

    async def set_reachable(self, address: Address, reachable: bool) -> None:
        """Note that a chat is gone or back."""
        self._chats.clear()
        await set_reachable(await self._connection.raw(), address, reachable)

    async def move_chat(self, old: Address, new: Address) -> None:
        """A group chat got a new id."""
        self._chats.clear()
        await move_chat(await self._connection.raw(), old, new)

    async def send(self, address: Address, message: Outbound, now: datetime) -> None:
        """Put a message into the outbox; for web chats that is the delivery."""
        is_mailbox = address.channel == "web"
        if is_mailbox:
            self._connection.chats.add(address.key)
        self._connection.defer(
            Order.OUTBOX,
            _SEND,
            {
                "key": address.key,
                "slot": message.slot,
                "ticket": message.ticket,
                "purpose": message.purpose,
                "payload": dump(OUTBOUND, message),
                "status": "sent" if is_mailbox else "waiting",
                "not_before": now,
                "created_at": now,
                "sent_at": now if is_mailbox else None,
                "attempts": 0,
            },
        )
        if message.slot is not None:
            self._holders.setdefault(message.slot, {})[address.key] = None
        self.sent.add(address.key if is_mailbox else "outbox")
