"""What the twin's reads and its units of work find in common."""

from __future__ import annotations

from collections.abc import Collection

from services.ports import PredictionRecord
from storage.memory_state import State
from storage.waiting import DECIDED
from tickets.clocks import next_due
from tickets.states import ANSWERED
from tickets.ticket import Ticket


def tickets_waiting_for(state: State, units: Collection[str], limit: int) -> list[Ticket]:
    """Open tickets of other owners that wait for one of the units."""
    found = [ticket for ticket in state.tickets.values() if _waits(ticket, units)]
    found.sort(key=lambda t: (not t.urgent, t.due_at or next_due(t.clocks), t.number))
    return found[:limit]


def _waits(ticket: Ticket, units: Collection[str]) -> bool:
    if ticket.owner in units or not ticket.is_open:
        return False
    asked = ticket.reviewer in units and ticket.state in DECIDED
    late = ticket.told_up in units and ticket.state not in ANSWERED
    return asked or late or any(unit in units for unit in ticket.co_units)


def newest_prediction(state: State, number: str) -> PredictionRecord | None:
    """The newest prediction and decision behind a ticket."""
    for prediction in reversed(state.predictions.values()):
        if prediction.ticket == number:
            return prediction
    return None
