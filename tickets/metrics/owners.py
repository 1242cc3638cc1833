"""Which units ever had a ticket: what climbed away from somebody is still in their figures."""

from __future__ import annotations

from collections.abc import Iterable

from tickets.events import Event, EventName
from tickets.life.ladder import GIVEN_UP

NAME_OWNER = frozenset(
    {
        EventName.RECEIVED,
        EventName.TRIAGED,
        EventName.ACCEPTED,
        EventName.APPEALED,
        EventName.DISPATCHED,
        EventName.SIGNED,
        EventName.RETURNED,
        EventName.RULED,
        EventName.REASSIGNED,
        EventName.NOT_SOLVED,
        EventName.UNMERGED,
        EventName.MOVED,
    }
)
"""The unit of these events is the owner after them. So it is of a climb by one of the clocks of
`GIVEN_UP`; of other climbs it is only told that somebody below is late."""


def owners(events: Iterable[Event]) -> frozenset[str]:
    """The units that had a ticket at any time, as its history names them."""
    return frozenset(
        event.unit
        for event in events
        if event.unit is not None
        and (
            event.name in NAME_OWNER
            or (event.name is EventName.ESCALATED and event.clock in GIVEN_UP)
        )
    )
