"""Deadlines within a unit of work: rows that are set and ended, and claimed when they run out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, and_, bindparam, insert, or_, select, update

from services.ports import DueClock
from storage.batched import Order
from storage.part import Part
from storage.tables import DEADLINES, TICKETS
from storage.ticket_rows import clock_of, clock_values, ticket_of
from tickets.clocks import ClockKind, Clocks
from tickets.events import Event
from tickets.ticket import Ticket

_SET = insert(DEADLINES)
_END = (
    update(DEADLINES)
    .where(
        DEADLINES.c.ticket == bindparam("of_ticket"),
        DEADLINES.c.kind == bindparam("of_kind"),
        DEADLINES.c.of == bindparam("of_unit"),
        DEADLINES.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("at"), ended_by=bindparam("by"))
)
_DUE = (
    select(DEADLINES.c.id, DEADLINES.c.ticket, DEADLINES.c.kind, DEADLINES.c.of)
    .where(DEADLINES.c.ended_at.is_(None), DEADLINES.c.wake_at <= bindparam("now"))
    .order_by(DEADLINES.c.wake_at, DEADLINES.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_CLAIMED = (
    select(TICKETS)
    .where(TICKETS.c.number.in_(bindparam("numbers", expanding=True)))
    .with_for_update(skip_locked=True)
)
_WAITS_FOR_SIGNATURE = tuple(str(k) for k in (ClockKind.SIGN, ClockKind.TRIAGE, ClockKind.RULE))


class DeadlinePart(Part):
    """Deadlines."""

    def _write_clocks(self, number: str, before: Clocks, after: Clocks, event: Event) -> None:
        """End what is gone or set anew, and write what is new; nothing is ever moved."""
        gone = [clock for clock in before if clock not in after]
        new = [clock for clock in after if clock not in before]
        for clock in gone:
            self._connection.defer(
                Order.ENDED,
                _END,
                {
                    "of_ticket": number,
                    "of_kind": str(clock.kind),
                    "of_unit": clock.of,
                    "at": event.at,
                    "by": str(event.name),
                },
            )
        for clock in new:
            self._connection.defer(Order.SET, _SET, clock_values(number, clock, event))

    async def due_clocks(self, now: datetime, limit: int) -> list[DueClock]:
        """Clocks that ran out, or at which nobody is there: the oldest first, with their tickets,
        claimed by this transaction. What another one holds is left to it."""
        rows = await self._connection.execute(_DUE, {"now": now, "most": limit})
        due = list(rows.mappings())
        numbers = {row["ticket"] for row in due}
        if not numbers:
            return []
        found = await self._connection.execute(_CLAIMED, {"numbers": list(numbers)})
        tickets = {ticket.number: ticket for ticket in map(self._read, found.mappings())}
        await self._foresee(tuple(tickets))
        return [
            DueClock(row["id"], tickets[row["ticket"]], ClockKind(row["kind"]), row["of"])
            for row in due
            if row["ticket"] in tickets
        ]

    def _read(self, row: RowMapping) -> Ticket:
        """The ticket of a row; the ticket part keeps what was read."""
        return ticket_of(row)

    async def _foresee(self, numbers: Sequence[str]) -> None:
        """Read at once what telling people of these tickets will ask for."""

    async def look_again(self, clock_id: int, at: datetime | None) -> None:
        """Look at a clock again at `at`; None: when it is due."""
        await self._connection.execute(
            update(DEADLINES)
            .where(DEADLINES.c.id == clock_id, DEADLINES.c.ended_at.is_(None))
            .values(wake_at=DEADLINES.c.due_at if at is None else at)
        )

    async def wake_for(self, now: datetime, known: Sequence[str]) -> int:
        """Look at once at every open ticket whose person is nobody of the `known` cadres."""
        gone = select(TICKETS.c.number).where(
            TICKETS.c.due_at.is_not(None),
            or_(TICKETS.c.person.is_(None), TICKETS.c.person.not_in(list(known))),
        )
        result = await self._connection.execute(
            update(DEADLINES)
            .where(
                and_(
                    DEADLINES.c.ended_at.is_(None),
                    DEADLINES.c.wake_at > now,
                    DEADLINES.c.kind.in_((*_WAITS_FOR_SIGNATURE, "close", "overdue")),
                    DEADLINES.c.ticket.in_(gone),
                )
            )
            .values(wake_at=now)
        )
        return int(result.rowcount)

    async def deadlines_of(self, number: str) -> list[tuple[str, str, str]]:
        """Every deadline that a ticket ever had, oldest first: (kind, set by, ended by)."""
        rows = await self._connection.execute(
            select(DEADLINES).where(DEADLINES.c.ticket == number).order_by(DEADLINES.c.id)
        )
        return [(row["kind"], row["why"], row["ended_by"] or "") for row in rows.mappings()]

    async def standing_clocks(self, number: str) -> Clocks:
        """The clocks of a ticket as the rows tell them."""
        rows = await self._connection.execute(
            select(DEADLINES)
            .where(DEADLINES.c.ticket == number, DEADLINES.c.ended_at.is_(None))
            .order_by(DEADLINES.c.kind, DEADLINES.c.of)
        )
        return tuple(clock_of(row) for row in rows.mappings())

    async def helping_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Tickets in which one of the units has an open part, the most pressing part first."""
        rows = await self._connection.execute(
            select(TICKETS)
            .join(DEADLINES, DEADLINES.c.ticket == TICKETS.c.number)
            .where(
                DEADLINES.c.of.in_(list(units)),
                DEADLINES.c.kind == str(ClockKind.SUBTASK),
                DEADLINES.c.ended_at.is_(None),
            )
            .order_by(DEADLINES.c.due_at)
            .limit(limit)
        )
        return [ticket_of(row) for row in rows.mappings()]
