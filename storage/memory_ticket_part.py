"""Tickets, their history and predictions within the twin's unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from services.errors import Conflict
from services.ports import NOTHING_KNOWN, PredictionRecord
from services.understanding import Understanding
from storage.memory_closing_part import MemoryClosingPart
from storage.memory_state import State
from storage.memory_waiting import newest_prediction, tickets_waiting_for
from tickets.events import Event, EventName
from tickets.history import GENESIS, chained, with_changes
from tickets.ticket import Ticket


def open_tickets_at(state: State, units: Sequence[str], limit: int) -> list[Ticket]:
    """Open tickets of some units: emergencies first, then by deadline."""
    pressing = [
        (not ticket.urgent, ticket.due_at, ticket)
        for ticket in state.tickets.values()
        if ticket.owner in units and ticket.due_at is not None
    ]
    pressing.sort(key=lambda each: each[:2])
    return [ticket for _, _, ticket in pressing[:limit]]


class MemoryTicketPart(MemoryClosingPart):
    """Tickets."""

    async def next_sequence(self, day: date) -> int:
        """The next sequence number of a local day."""
        self._state.counters[day] = self._state.counters.get(day, 0) + 1
        return self._state.counters[day]

    async def add_ticket(self, ticket: Ticket, events: Sequence[Event]) -> None:
        """Write a new ticket with its first events and its deadlines."""
        if ticket.number in self._state.tickets:
            raise Conflict(f"ticket {ticket.number} exists already")
        told = with_changes(None, ticket, events)
        self._state.tickets[ticket.number] = ticket
        await self.append_events(ticket.number, told)
        self._write_clocks(ticket.number, (), ticket.clocks, told[-1])

    async def save_ticket(self, ticket: Ticket, events: Sequence[Event]) -> Ticket:
        """Write a changed ticket; its `version` must be the one that was read."""
        known = self._state.tickets.get(ticket.number)
        if known is None or known.version != ticket.version:
            raise Conflict(f"ticket {ticket.number} was changed meanwhile")
        saved = replace(ticket, version=ticket.version + 1)
        self._state.tickets[ticket.number] = saved
        told = with_changes(known, ticket, events)
        await self.append_events(ticket.number, told)
        if told:
            self._write_clocks(ticket.number, known.clocks, ticket.clocks, told[-1])
        return saved

    async def append_events(self, number: str, events: Sequence[Event]) -> None:
        """Append to the history."""
        known = self._state.records.get(number, ())
        head = known[-1].hash if known else GENESIS
        self._state.records[number] = (*known, *chained(number, head, events))

    async def ticket(self, number: str) -> Ticket | None:
        """A ticket by its number."""
        return self._state.tickets.get(number)

    async def present(self, number: str) -> Ticket | None:
        """A ticket as it is now."""
        return self._state.tickets.get(number)

    async def split_notes(self, number: str) -> list[str]:
        """What was noted of other tickets of the same message (拆单), oldest first."""
        told = self._state.records.get(number, ())
        return [record.event.text for record in told if record.event.name is EventName.SPLIT]

    async def events(self, number: str) -> list[Event]:
        """The history, oldest first."""
        return [record.event for record in self._state.records.get(number, ())]

    async def tickets_of(self, reporter: str, *, limit: int) -> list[Ticket]:
        """The newest tickets of one conversation."""
        theirs = [each for each in self._state.tickets.values() if each.reporter == reporter]
        theirs.sort(key=lambda ticket: (ticket.created_at, ticket.number), reverse=True)
        return theirs[:limit]

    async def open_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        return open_tickets_at(self._state, units, limit)

    async def waiting_for(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets of other owners that wait for one of the units."""
        return tickets_waiting_for(self._state, units, limit)

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        """The newest prediction and decision behind a ticket."""
        return newest_prediction(self._state, number)

    async def merged_into(self, number: str) -> list[Ticket]:
        """The tickets that are merged into this one, in the order of their numbers."""
        merged = [each for each in self._state.tickets.values() if each.main == number]
        return sorted(merged, key=lambda ticket: ticket.number)

    async def open_in(self, village: str, *, limit: int) -> list[Ticket]:
        """Open tickets of one village that are not confidential, the oldest first."""
        found = [
            each
            for each in self._state.tickets.values()
            if each.village == village and each.is_open and not each.confidential
        ]
        return sorted(found, key=lambda ticket: (ticket.created_at, ticket.number))[:limit]

    async def recent(
        self,
        township: str | None,
        since: datetime,
        *,
        limit: int,
        known: Mapping[str, Ticket] = NOTHING_KNOWN,
    ) -> list[Ticket]:
        """Tickets of one township (of all for None) since then, newest first; none confidential."""
        found = [
            each
            for each in self._state.tickets.values()
            if (township is None or each.township == township)
            and each.created_at >= since
            and not each.confidential
        ]
        found.sort(key=lambda ticket: (ticket.created_at, ticket.number), reverse=True)
        return found[:limit]

    async def open_tickets(self, after: str, limit: int) -> list[Ticket]:
        """Open tickets with a number above `after`, in the order of their numbers."""
        tickets = self._state.tickets
        numbers = sorted(number for number in tickets if number > after)
        return [tickets[n] for n in numbers if tickets[n].due_at is not None][:limit]

    async def add_prediction(self, prediction: PredictionRecord) -> None:
        """Keep what the classifier said."""
        self._state.predictions[len(self._state.predictions) + 1] = prediction

    async def understanding_of(self, inbox_id: int) -> Understanding | None:
        """What the classifier said of a message, at the last reading of the whole."""
        of_message = [
            prediction
            for prediction in reversed(self._state.predictions.values())
            if prediction.inbox_id == inbox_id
        ]
        whole = [prediction for prediction in of_message if prediction.ticket is None]
        found = (whole or of_message)[:1]
        return found[0].understanding if found else None

    async def degraded_tickets(self, limit: int) -> list[tuple[Ticket, str, int]]:
        """Open tickets that were understood by keywords only, with their first message."""
        first: dict[str, int] = {}
        for prediction in self._state.predictions.values():
            if prediction.ticket is not None:
                first.setdefault(prediction.ticket, prediction.inbox_id)
        degraded = [
            ticket for ticket in self._state.tickets.values() if ticket.degraded and ticket.is_open
        ]
        degraded.sort(key=lambda ticket: ticket.created_at)
        return [(ticket, ticket.text, first.get(ticket.number, 0)) for ticket in degraded[:limit]]
