"""The pages' reads on the twin: the web chat's mailbox and the cadres' desk."""

from __future__ import annotations

from collections.abc import Sequence

from services.messages import Address, BotName, InboundKind, Outbound
from services.ports import Line, PredictionRecord
from storage.mailbox import SHOWN, in_order
from storage.memory_state import Arrived, MemoryDatabase, Waiting
from storage.memory_ticket_part import open_tickets_at
from storage.memory_waiting import newest_prediction, tickets_waiting_for
from tickets.events import Event
from tickets.states import State
from tickets.ticket import Ticket


def _ours(row: Waiting) -> Line:
    return Line(row.id, False, row.created_at, row.message)


def _theirs(row: Arrived) -> Line:
    inbound = row.inbound
    text = "📍" if inbound.kind is InboundKind.LOCATION else inbound.text
    media = inbound.attachment.ref if inbound.attachment else None
    return Line(row.id, True, row.received_at, Outbound(text, media=media))


class MemoryMailbox:
    """`services.ports.Mailbox` without a database."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    def _sent_to(self, address: Address) -> list[Waiting]:
        return [row for row in self._database.committed.outbox.values() if row.address == address]

    async def history(self, address: Address, limit: int) -> list[Line]:
        """The newest lines of both sides, oldest first; of each card only its newest form."""
        sent = self._sent_to(address)
        newest = {row.message.slot: row.id for row in sent}
        ours = [
            _ours(row)
            for row in sent
            if row.message.slot is None or newest[row.message.slot] == row.id
        ]
        theirs = [
            _theirs(row)
            for row in self._database.committed.inbox.values()
            if row.inbound.address == address and str(row.inbound.kind) in SHOWN
        ]
        first = {row.message.slot: row.created_at for row in reversed(sent) if row.message.slot}
        return in_order([*ours[-limit:], *theirs[-limit:]], first)[-limit:]

    async def since(self, address: Address, after: int, limit: int) -> list[Line]:
        """Our messages with an id above `after`, oldest first."""
        return [_ours(row) for row in self._sent_to(address) if row.id > after][:limit]


class MemoryDesk:
    """`services.ports.Desk` without a database."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def tickets_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets owned by any of the units, the most pressing first."""
        return open_tickets_at(self._database.committed, units, limit)

    async def ticket(self, number: str) -> tuple[Ticket, list[Event], list[str]] | None:
        """A ticket with its history and the media refs of its files."""
        state = self._database.committed
        if number not in state.tickets:
            return None
        files = [
            row.file.ref
            for row in state.files.values()
            if row.ticket == number and row.file.ref.startswith("media:")
        ]
        return state.tickets[number], [each.event for each in state.records.get(number, ())], files

    async def to_call_back(self, *, limit: int) -> list[Ticket]:
        """Closed tickets that a human has to call back, the oldest first."""
        found = [
            (ticket.resolved_at or ticket.updated_at, ticket.number, ticket)
            for ticket in self._database.committed.tickets.values()
            if ticket.suspicion and ticket.state in (State.RESOLVED, State.PENDING_CALLBACK)
        ]
        return [ticket for _, _, ticket in sorted(found, key=lambda each: each[:2])][:limit]

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        """The newest prediction and decision behind a ticket."""
        return newest_prediction(self._database.committed, number)

    async def waiting_for(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        """Open tickets of other owners that wait for one of the units."""
        return tickets_waiting_for(self._database.committed, units, limit)

    async def exclusions_asked(self, *, limit: int) -> list[Ticket]:
        """Tickets that somebody wants out of the figures, the longest waiting first."""
        tickets = self._database.committed.tickets.values()
        asked = [ticket for ticket in tickets if ticket.excluded == "asked"]
        return sorted(asked, key=lambda ticket: ticket.updated_at)[:limit]

    async def merged_into(self, numbers: Sequence[str]) -> list[Ticket]:
        """The tickets that are merged into one of these, in the order of their numbers."""
        tickets = self._database.committed.tickets
        return [tickets[number] for number in sorted(tickets) if tickets[number].main in numbers]

    async def proofs(self, numbers: Sequence[str]) -> frozenset[str]:
        """The refs of the files that cadres sent for these tickets."""
        files = self._database.committed.files.values()
        return frozenset(
            row.file.ref
            for row in files
            if row.ticket in numbers and row.address.bot is BotName.CADRES
        )
