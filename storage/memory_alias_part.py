"""Names that residents used for a place they then confirmed, on the twin."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.ports import AliasProposal
from storage.memory_part import MemoryPart
from storage.memory_state import MemoryDatabase


class MemoryAliasPart(MemoryPart):
    """Proposed names."""

    async def propose_alias(self, alias: str, code: str, now: datetime) -> None:
        """Count one more resident's use of a name."""
        proposals = self._state.alias_proposals
        known = proposals.get((alias, code), AliasProposal(alias, code, 0, now, now))
        proposals[alias, code] = replace(known, times=known.times + 1, last_at=now)


class MemoryAliasProposals:
    """Reads the proposals of the twin, which has no county to write a decision into."""

    def __init__(self, database: MemoryDatabase) -> None:
        self._database = database

    async def open_proposals(self) -> list[AliasProposal]:
        """What waits for a decision, the most used name first."""
        found = self._database.committed.alias_proposals.values()
        return sorted(found, key=lambda each: (-each.times, each.alias, each.code))
