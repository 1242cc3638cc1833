"""What the inbox, the outbox and the bindings know of a chat, changed in one place."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.messages import Address
from storage.tables import CADRE_CHATS, CONVERSATIONS, OUTBOX


async def set_reachable(connection: AsyncConnection, address: Address, reachable: bool) -> None:
    """Note that a chat is gone or back."""
    await connection.execute(
        update(CADRE_CHATS).where(CADRE_CHATS.c.key == address.key).values(reachable=reachable)
    )
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    await connection.execute(
        insert(CONVERSATIONS)
        .values(key=address.key, reachable=reachable)
        .on_conflict_do_update(index_elements=["key"], set_={"reachable": reachable})
    )


async def move_chat(connection: AsyncConnection, old: Address, new: Address) -> None:
    """A group has a new id: what waits for it and who is bound to it follow."""
    await connection.execute(
        update(OUTBOX)
        .where(OUTBOX.c.key == old.key, OUTBOX.c.status == "waiting")
        .values(key=new.key, lease_until=None)
    )
    known = await connection.execute(select(CADRE_CHATS.c.key).where(CADRE_CHATS.c.key == new.key))
    if known.scalar() is None:
        await connection.execute(
            update(CADRE_CHATS)
            .where(CADRE_CHATS.c.key == old.key)
            .values(key=new.key, reachable=True)
        )
    else:
        await connection.execute(delete(CADRE_CHATS).where(CADRE_CHATS.c.key == old.key))
