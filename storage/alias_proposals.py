"""What an admin decides of the names that residents used: approved ones become aliases."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from routing.errors import LiandongError
from services.ports import AliasProposal
from storage.database import Database
from storage.tables import ALIAS_PROPOSALS, COUNTY_SHEETS, COUNTY_VERSIONS

RESIDENT = "resident"
"""The source of aliases that residents proposed."""
CONFIDENCE = "0.85"
"""Below the county's own aliases: an admin approved it, no list of the county names it."""


class NoSuchProposal(LiandongError):
    """没有这条待定的说法，或者已经有人定过了：用 liandong county aliases list 看看。"""


class AliasProposals:
    """The proposals in SQL, and the decisions on them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open_proposals(self) -> list[AliasProposal]:
        """What waits for a decision, the most used name first."""
        table = ALIAS_PROPOSALS.c
        async with self._database.read() as connection:
            rows = await connection.execute(
                select(table.alias, table.code, table.times, table.first_at, table.last_at)
                .where(table.status == "open")
                .order_by(table.times.desc(), table.alias, table.code)
            )
            return [AliasProposal(**row) for row in rows.mappings()]

    async def decide(self, alias: str, code: str, approve: bool, who: str, now: datetime) -> None:
        """Approve or reject; an approved name and the county's new version come together.

        Raises `NoSuchProposal` when it does not wait for a decision (any more).
        """
        table = ALIAS_PROPOSALS.c
        async with self._database.write() as connection:
            decided = await connection.execute(
                update(ALIAS_PROPOSALS)
                .where(table.alias == alias, table.code == code, table.status == "open")
                .values(
                    status="approved" if approve else "rejected", decided_by=who, decided_at=now
                )
            )
            if decided.rowcount != 1:
                raise NoSuchProposal
            if approve:
                new = sqlite.insert if self._database.is_sqlite else postgresql.insert
                await connection.execute(
                    new(COUNTY_SHEETS["aliases"])
                    .values(alias=alias, code=code, source=RESIDENT, confidence=CONFIDENCE)
                    .on_conflict_do_nothing()
                )
                await connection.execute(
                    insert(COUNTY_VERSIONS),
                    {"at": now, "source": f"aliases: {who}", "summary": f"+ {alias} → {code}"},
                )
            await connection.commit()
