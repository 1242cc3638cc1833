"""Labels that come from work on tickets, within a unit of work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, union

from services.learning.drafts import LabelDraft
from storage.correction_acts import leave_out, settle_alone
from storage.label_rows import values_of
from storage.learning_tables import LABELS
from storage.part import Part
from storage.tables import INBOX, PREDICTIONS


class LabelPart(Part):
    """Proposed labels."""

    async def propose_label(self, draft: LabelDraft, now: datetime) -> bool:
        """Write a label once; its message needs nobody in the inbox of corrections any more."""
        connection = await self._connection.raw()
        fresh = self._insert(LABELS).values(**values_of(draft, now))
        once = fresh.on_conflict_do_nothing(index_elements=["key"]).returning(LABELS.c.id)
        label = (await connection.execute(once)).scalar()
        if label is None:
            return False
        if draft.inbox_id is not None and not await self._is_of_several(draft.inbox_id):
            await settle_alone(connection, draft.inbox_id, label)
        return True

    async def leave_out_of_inbox(self, ticket: str) -> None:
        """The messages of a ticket are not shown to annotators."""
        connection = await self._connection.raw()
        read = select(PREDICTIONS.c.inbox_id).where(PREDICTIONS.c.ticket == ticket)
        bound = select(INBOX.c.id).where(INBOX.c.ticket == ticket)
        rows = await connection.execute(union(read, bound))
        await leave_out(connection, [int(each) for each in rows.scalars()])

    async def _is_of_several(self, inbox_id: int) -> bool:
        """A message in parts: its label as a whole is not that of one of its tickets."""
        tickets = func.count(PREDICTIONS.c.ticket.distinct())
        found = await self._connection.scalar(
            select(tickets).where(PREDICTIONS.c.inbox_id == inbox_id)
        )
        return int(found or 0) > 1
