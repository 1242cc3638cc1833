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

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def count(self, selection: Selection) -> int:
        """How many tickets there are."""
        return len(_selected(self._database.committed, selection))

    async def pages(self, selection: Selection, size: int) -> AsyncIterator[list[History]]:
        """Their histories in the order of the numbers, at most `size` at a time."""
        state = self._database.committed
        found = [_history(state, number) for number in _selected(state, selection)]
        for start in range(0, len(found), size):
            yield found[start : start + size]

    async def arrivals(self, since: datetime, until: datetime) -> list[Arrival]:
        """All tickets received from `since` up to `until`, wherever they are."""
        return [
            Arrival(each.number, each.reporter, each.matter, each.village, each.created_at)
            for each in _received(self._database.committed, since, until)
        ]


def _history(state: State, number: str) -> History:
    return History(number, tuple(record.event for record in state.records.get(number, ())))


def _received(state: State, since: datetime, until: datetime) -> list[Ticket]:
    return [
        each
        for each in state.tickets.values()
        if since <= each.created_at < until and each.group != SEALED
    ]


def _selected(state: State, selection: Selection) -> list[str]:
    return sorted(
        each.number
        for each in _received(state, selection.since, selection.until)
        if selection.township in (None, each.township)
        and selection.group in (None, each.group)
        and _has_or_had(state, each, selection.unit)
    )


def _has_or_had(state: State, ticket: Ticket, unit: str | None) -> bool:
    if unit is None or ticket.owner == unit:
        return True
    return unit in owners(_history(state, ticket.number).events)
