"""The metrics of domain.md §7 over a month that was played."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.measuring import Figures, Selection, measure
from services.office import Office
from storage.database import Database
from storage.histories import SqlHistories

_SOON = timedelta(seconds=1)


async def measured(database: Database, office: Office, since: datetime, until: datetime) -> Figures:
    """All figures of the tickets that were made in the month, as they stand at its end."""
    histories = SqlHistories(database, office.county.org.discipline_channel.code)
    selection = Selection(since, until + _SOON)
    return await measure(histories, selection, office.limits.hours, until, lambda _done: None)
