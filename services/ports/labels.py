"""Labels that decisions propose."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.learning.drafts import LabelDraft


class LabelWork(Protocol):
    """What decisions teach a model."""

    async def propose_label(self, draft: LabelDraft, now: datetime) -> bool:
        """Write a label that waits for review; its message does not come in the inbox of
        corrections any more. False when the act with its key proposed one already."""
        ...

    async def leave_out_of_inbox(self, ticket: str) -> None:
        """The messages of a ticket are not shown to annotators, nor kept for them."""
        ...
