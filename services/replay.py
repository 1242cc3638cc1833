"""Replays past tickets with another dispatch catalogue: reads, compares, adds up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from routing.catalogue import Urgency
from routing.proposal import Proposal
from routing.replay import Comparison, compare
from routing.replay_report import ReplayReport
from services.office import Office
from services.past_tickets import PastTickets, past_ticket
from tickets.deadlines import Limits

PAGE = 500
"""Tickets that are in memory at a time."""


class OfficeLimits:
    """The county's time limits as `routing.replay` asks for them, in each unit's own hours."""

    def __init__(self, at: Callable[[str], Limits]) -> None:
        self._at = at

    def sign_by(self, unit: str, urgency: Urgency, now: datetime, rung: int) -> datetime:
        """Until when a unit that gets a ticket at `now`, after `rung` climbs, must sign for it."""
        return self._at(unit).sign_by(urgency, now, rung)

    def close_by(
        self, unit: str, urgency: Urgency, appeal_type: str, now: datetime, days: int | None
    ) -> datetime:
        """Until when a unit that signs for a ticket at `now` must answer."""
        return self._at(unit).close_by(urgency, appeal_type, now, days=days)


async def replay(
    past_tickets: PastTickets,
    office: Office,
    proposal: Proposal,
    since: datetime,
    *,
    each: Callable[[Comparison], None] = lambda found: None,
    progress: Callable[[int], None] = lambda looked_at: None,
) -> ReplayReport:
    """What the new catalogue would have done with the tickets made since then (aware).

    Each comparison is handed to `each` and forgotten. `progress` is told how many tickets are
    done since it was last told.
    """
    now = office.clock()
    limits, report = OfficeLimits(office.limits_at), ReplayReport(since, now)
    async for records in past_tickets.pages(since, now, PAGE):
        for record in records:
            past = past_ticket(office.county, record)
            found = compare(office.county, proposal.county, limits, past, now)
            report.add(found)
            each(found)
        progress(len(records))
    return report
