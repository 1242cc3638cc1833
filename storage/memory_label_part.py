"""Labels that come from work on tickets, on the twin, which has no inbox of corrections."""

from __future__ import annotations

from datetime import datetime

from services.learning.drafts import LabelDraft
from storage.memory_part import MemoryPart


class MemoryLabelPart(MemoryPart):
    """Proposed labels."""

    async def propose_label(self, draft: LabelDraft, now: datetime) -> bool:
        """Write a label once."""
        known = {each.key for each, _at in self._state.labels.values()}
        if draft.key is not None and draft.key in known:
            return False
        self._state.labels[len(self._state.labels) + 1] = (draft, now)
        return True

    async def leave_out_of_inbox(self, ticket: str) -> None:
        """Nobody is shown anything here."""
