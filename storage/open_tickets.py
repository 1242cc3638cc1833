"""How many open tickets hang on which places, units and people."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import TICKETS
from tickets.states import FINAL


@dataclass(frozen=True, slots=True)
class OpenTickets:
    """`count` open tickets that are alike in all of this."""

    township: str
    village: str
    grid: str
    owner: str
    person: str
    count: int


async def open_tickets(connection: AsyncConnection) -> tuple[OpenTickets, ...]:
    """All open tickets, counted; an empty string stands for what a ticket does not know."""
    columns = [TICKETS.c[name] for name in ("township", "village", "grid", "owner", "person")]
    found = await connection.execute(
        select(*columns, func.count().label("count"))
        .where(TICKETS.c.state.not_in([str(state) for state in FINAL]))
        .group_by(*columns)
    )
    return tuple(
        OpenTickets(
            township=row["township"] or "",
            village=row["village"] or "",
            grid=row["grid"] or "",
            owner=row["owner"],
            person=row["person"] or "",
            count=row["count"],
        )
        for row in found.mappings()
    )
