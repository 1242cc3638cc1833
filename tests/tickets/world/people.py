"""Who acts, and who else could."""

from __future__ import annotations

from tests.tickets.world.world import ABOVE, World
from tickets.ticket import Ticket


def somebody(ticket: Ticket) -> str:
    """A cadre of the owner."""
    return ticket.person or "cadre@somewhere"


def other(world: World, ticket: Ticket) -> str:
    """Another unit than the owner."""
    return world.rng.choice([unit for unit in ABOVE if unit != ticket.owner])
