"""Rows of the inbox of corrections, and the messages behind them."""

from __future__ import annotations

from sqlalchemy import RowMapping

from services.learning.correction_book import Entry
from services.understanding import Understanding
from tickets.ticket import Ticket

DISCIPLINE = "discipline_report"
OPEN, LABELLED, LEFT_OUT = "open", "labelled", "left_out"


def entry_of(row: RowMapping) -> Entry:
    """The entry of one row."""
    return Entry(
        inbox_id=row["inbox_id"],
        head=row["head"],
        at=row["at"],
        text=row["text"],
        shape=row["shape"],
        best=row["best"],
        second=row["second"],
        margin=row["margin"],
        keywords=row["keywords"],
        desk=row["desk"],
        model=row["model"],
        degraded=row["degraded"],
        urgent=row["urgent"],
        lot=row["lot"],
        count=row["count"],
        label=row["label"],
        left_out=row["state"] == LEFT_OUT,
    )


def values_of(entry: Entry, worth: float) -> dict[str, object]:
    """The columns of a message that is taken up."""
    state = LEFT_OUT if entry.left_out else OPEN if entry.label is None else LABELLED
    return {
        "inbox_id": entry.inbox_id,
        "head": entry.head,
        "at": entry.at,
        "text": "" if entry.left_out else entry.text,
        "shape": "" if entry.left_out else entry.shape,
        "best": entry.best,
        "second": entry.second,
        "margin": entry.margin,
        "keywords": entry.keywords,
        "desk": entry.desk,
        "model": entry.model,
        "degraded": entry.degraded,
        "urgent": entry.urgent,
        "count": entry.count,
        "worth": worth,
        "lot": entry.lot,
        "state": state,
        "label": entry.label,
    }


def is_sealed(understanding: Understanding, tickets: list[RowMapping], sealed: str) -> bool:
    """A report for the discipline channel: by where it lies, or by what it was read as."""
    if any(
        ticket["owner"] == sealed or (ticket["confidential"] and ticket["matter"] == DISCIPLINE)
        for ticket in tickets
    ):
        return True
    said = {part.understanding.matter for part in understanding.parts} | {understanding.matter}
    return DISCIPLINE in said


def is_sealed_ticket(ticket: Ticket, sealed: str) -> bool:
    """The same for a ticket at hand."""
    return ticket.owner == sealed or (ticket.confidential and ticket.matter == DISCIPLINE)
