"""What the inbox, the outbox and the bindings know of a chat, changed in one place."""

from __future__ import annotations

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.messages import Address
from storage.tables import CADRE_CHATS, CONVERSATIONS, DEADLINES, OUTBOX, TICKETS
from tickets.life.ladder import GIVEN_UP


async def set_reachable(connection: AsyncConnection, address: Address, reachable: bool) -> None:
    """Note that a chat is gone or back; what waits for a cadre who is gone climbs at once."""
    await connection.execute(
        update(CADRE_CHATS).where(CADRE_CHATS.c.key == address.key).values(reachable=reachable)
    )
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    await connection.execute(
        insert(CONVERSATIONS)
        .values(key=address.key, reachable=reachable)
        .on_conflict_do_update(index_elements=["key"], set_={"reachable": reachable})
    )
    if not reachable:
        await _release_tickets(connection, address)


async def _release_tickets(connection: AsyncConnection, address: Address) -> None:
    """A cadre cannot be reached any more: what waits for their signature climbs at once."""
    reached = CADRE_CHATS.alias("reached")
    cadre = select(CADRE_CHATS.c.cadre).where(
        CADRE_CHATS.c.key == address.key,
        CADRE_CHATS.c.cadre.is_not(None),
        ~exists().where(reached.c.cadre == CADRE_CHATS.c.cadre, reached.c.reachable),
    )
    theirs = select(TICKETS.c.number).where(
        TICKETS.c.person.in_(cadre), TICKETS.c.due_at.is_not(None)
    )
    await connection.execute(
        update(DEADLINES)
        .where(
            DEADLINES.c.ended_at.is_(None),
            DEADLINES.c.ticket.in_(theirs),
            DEADLINES.c.kind.in_([str(kind) for kind in GIVEN_UP]),
        )
        .values(wake_at=DEADLINES.c.set_at)
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
