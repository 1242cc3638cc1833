"""Histories of many tickets on the twin."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

from services.measuring import SEALED, Selection
from storage.memory_state import MemoryDatabase, State
from tickets.metrics import Arrival, History, owners
from tickets.ticket import Ticket


class MemoryHistories:
    """`services.measuring.Histories` without a database."""

    def __init__(self, database: MemoryDatabase, sealed: str) -> None:
        """`sealed` is the code of the discipline channel: what it owns is nobody's figure."""
        self._database = database
        self._sealed = sealed

    async def count(self, selection: Selection) -> int:
        """How many tickets there are."""
        return len(self._selected(selection))

    async def pages(self, selection: Selection, size: int) -> AsyncIterator[list[History]]:
        """Their histories in the order of the numbers, at most `size` at a time."""
        state = self._database.committed
        found = [_history(state, number) for number in self._selected(selection)]
        for start in range(0, len(found), size):
            yield found[start : start + size]

    async def arrivals(self, since: datetime, until: datetime) -> list[Arrival]:
        """All tickets received from `since` up to `until`, wherever they are."""
        return [
            Arrival(each.number, each.reporter, each.matter, each.village, each.created_at)
            for each in self._received(since, until)
        ]

    def _received(self, since: datetime, until: datetime) -> list[Ticket]:
        return [
            each
            for each in self._database.committed.tickets.values()
            if since <= each.created_at < until
            and each.group != SEALED
            and each.owner != self._sealed
        ]

    def _selected(self, selection: Selection) -> list[str]:
        state = self._database.committed
        return sorted(
            each.number
            for each in self._received(selection.since, selection.until)
            if selection.township in (None, each.township)
            and selection.group in (None, each.group)
            and _has_or_had(state, each, selection.unit)
        )


def _history(state: State, number: str) -> History:
    return History(number, tuple(record.event for record in state.records.get(number, ())))


def _has_or_had(state: State, ticket: Ticket, unit: str | None) -> bool:
    if unit is None or ticket.owner == unit:
        return True
    return unit in owners(_history(state, ticket.number).events)
