"""Names that residents used for a place they then confirmed, within a unit of work."""

from __future__ import annotations

from datetime import datetime

from storage.part import Part
from storage.tables import ALIAS_PROPOSALS


class AliasPart(Part):
    """Proposed names."""

    async def propose_alias(self, alias: str, code: str, now: datetime) -> None:
        """Count one more resident's use of a name; a decided one stays as it is."""
        fresh = self._insert(ALIAS_PROPOSALS).values(
            alias=alias, code=code, times=1, first_at=now, last_at=now, status="open"
        )
        await self._connection.execute(
            fresh.on_conflict_do_update(
                index_elements=["alias", "code"],
                set_={"times": ALIAS_PROPOSALS.c.times + 1, "last_at": now},
                where=ALIAS_PROPOSALS.c.status == "open",
            )
        )
