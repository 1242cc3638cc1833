"""Replays past tickets with another dispatch catalogue: reads, compares, adds up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from routing.proposal import Proposal
from routing.replay import Comparison, compare
from routing.replay_report import ReplayReport
from services.office import Office
from services.past_tickets import PastTickets, past_ticket

PAGE = 500
"""Tickets that are in memory at a time."""


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
    report = ReplayReport(since, now)
    async for records in past_tickets.pages(since, now, PAGE):
        for record in records:
            past = past_ticket(office.county, record)
            found = compare(office.county, proposal.county, office.limits, past, now)
            report.add(found)
            each(found)
        progress(len(records))
    return report
