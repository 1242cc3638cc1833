"""Tickets as the twin holds them, for looking whether they agree with their histories."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence

from storage.memory_state import MemoryDatabase, State
from tickets.clocks import ordered
from tickets.integrity import Break, Fault, Kept


class MemoryKeptTickets:
    """`services.verifying.KeptTickets` without a database."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def count(self) -> int:
        """How many tickets there are."""
        return len(self._database.committed.tickets)

    async def pages(self, size: int) -> AsyncIterator[Sequence[Kept]]:
        """Tickets in the order of their numbers, at most `size` at a time."""
        state = self._database.committed
        numbers = sorted(state.tickets)
        for start in range(0, len(numbers), size):
            yield [_kept(state, number) for number in numbers[start : start + size]]

    async def astray(self) -> Sequence[Break]:
        """Events and deadlines without a ticket, and days on which a ticket is missing."""
        state = self._database.committed
        named = {*state.records, *(row.ticket for row in state.deadlines.values())}
        lost = [Break(number, Fault.NO_TICKET) for number in sorted(named - {*state.tickets})]
        there = Counter(number[3:11] for number in state.tickets)
        gone = {day: last - there[f"{day:%Y%m%d}"] for day, last in sorted(state.counters.items())}
        missing = [
            Break(day.isoformat(), Fault.MISSING, str(count))
            for day, count in gone.items()
            if count > 0
        ]
        return [*lost, *missing]


def _kept(state: State, number: str) -> Kept:
    ticket, records = state.tickets[number], state.records.get(number, ())
    rows = (row for row in state.deadlines.values() if row.ticket == number)
    return Kept(
        number=number,
        ticket=ticket,
        listed_due_at=ticket.due_at,
        head=records[-1].hash if records else "",
        records=records,
        standing=ordered(row.clock for row in rows if row.ended_by is None),
    )
