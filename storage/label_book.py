"""The labels for whoever reviews them, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.learning.drafts import LabelDraft
from services.learning.label_errors import AlreadyReviewed, OwnLabel
from services.learning.labels import UNIT_ONLY, Label, LabelState, Origin, Verdict
from services.learning.review import is_own
from services.learning.review_book import Reviewed, Ruling
from storage.console_tables import ACCOUNTS
from storage.database import Database
from storage.label_rows import label_of, values_of
from storage.learning_tables import LABELS
from storage.sentence_journal import record_edits

_L = LABELS.c
_PROPOSED = _L.state == str(LabelState.PROPOSED)
_KEPT = tuple(map(str, (LabelState.PROPOSED, LabelState.ACCEPTED, LabelState.WRITTEN)))

_AT_ONCE = 500
"""Labels that one statement writes."""


class SqlLabelBook:
    """`services.learning.review_book.LabelBook`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(
        self, limit: int, after: int = 0, origin: Origin | None = None
    ) -> list[Label]:
        """Labels that wait for a second person, oldest first."""
        query = select(LABELS).where(_PROPOSED, _L.id > after).order_by(_L.id).limit(limit)
        async with self._database.read() as connection:
            rows = await connection.execute(_of(query, origin))
            return [label_of(row) for row in rows.mappings()]

    async def waiting_count(self, origin: Origin | None = None) -> int:
        """How many wait."""
        query = select(func.count()).select_from(LABELS).where(_PROPOSED)
        async with self._database.read() as connection:
            return int(await connection.scalar(_of(query, origin)) or 0)

    async def label(self, label_id: int) -> Label | None:
        """One label."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(LABELS).where(_L.id == label_id))
            row = rows.mappings().first()
            return label_of(row) if row else None

    async def same_sentence(self, digests: Collection[str]) -> list[Label]:
        """Labels of these sentences that wait, are accepted or written, oldest first."""
        query = (
            select(LABELS).where(_L.bare.in_(list(digests)), _L.state.in_(_KEPT)).order_by(_L.id)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return [label_of(row) for row in rows.mappings()]

    async def cadres_of(self, accounts: Collection[str]) -> Mapping[str, str]:
        """The cadres that accounts are bound to."""
        async with self._database.read() as connection:
            return await _cadres_of(connection, accounts)

    async def rule(self, ruling: Ruling, now: datetime) -> Label:
        """Write what was decided, with the edits of the files."""
        async with self._database.write() as connection:
            label = await _rule(connection, ruling, now)
            await record_edits(connection, ruling.edits, ruling.reviewer, now)
            await connection.commit()
        return label

    async def propose_all(self, drafts: Sequence[LabelDraft], now: datetime) -> int:
        """Write labels that wait for review, all or none."""
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        once = insert(LABELS).on_conflict_do_nothing(index_elements=["key"]).returning(_L.id)
        new = 0
        async with self._database.write() as connection:
            for at in range(0, len(drafts), _AT_ONCE):
                rows = [values_of(draft, now) for draft in drafts[at : at + _AT_ONCE]]
                new += len((await connection.execute(once, rows)).all())
            await connection.commit()
        return new

    async def reviewed(self, since: datetime) -> list[Reviewed]:
        """What was reviewed since then, oldest first."""
        query = (
            select(LABELS)
            .where(_L.reviewed_at >= since, _L.verdict == str(Verdict.LABEL))
            .order_by(_L.reviewed_at, _L.id)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return [_reviewed(label_of(row)) for row in rows.mappings()]


Query = TypeVar("Query", bound=Select[Any])
"""A query of any columns: the same comes out."""


def _of(query: Query, origin: Origin | None) -> Query:
    return query if origin is None else query.where(_L.origin == str(origin))


async def _cadres_of(connection: AsyncConnection, accounts: Collection[str]) -> dict[str, str]:
    rows = await connection.execute(
        select(ACCOUNTS.c.name, ACCOUNTS.c.cadre).where(
            ACCOUNTS.c.name.in_(list(accounts)), ACCOUNTS.c.cadre.is_not(None)
        )
    )
    return {str(name): str(cadre) for name, cadre in rows}


async def _rule(connection: AsyncConnection, ruling: Ruling, now: datetime) -> Label:
    rows = await connection.execute(
        select(LABELS).where(_L.id == ruling.label, _PROPOSED).with_for_update()
    )
    row = rows.mappings().first()
    if row is None:
        raise AlreadyReviewed
    before = label_of(row)
    cadres = await _cadres_of(connection, {before.author, ruling.reviewer})
    if is_own(before.author, ruling.reviewer, cadres.get):
        raise OwnLabel
    if ruling.outranked:
        await connection.execute(
            update(LABELS)
            .where(_L.id.in_(ruling.outranked))
            .values(state=str(LabelState.REJECTED), why=f"标注 {ruling.label} 取代了它")
        )
    changed = ruling.said.intent != before.intent
    written = await connection.execute(
        update(LABELS)
        .where(and_(_L.id == ruling.label, _PROPOSED))
        .values(
            state=str(ruling.state),
            intent=ruling.said.intent,
            appeal_type=ruling.said.appeal_type,
            urgent=ruling.said.urgent,
            confidential=ruling.said.confidential,
            proposed_intent=before.intent if changed else "",
            part=str(ruling.part or ""),
            reviewer=ruling.reviewer,
            reviewed_at=now,
            why=ruling.why or before.why,
        )
        .returning(LABELS)
    )
    return label_of(written.mappings().one())


def _reviewed(label: Label) -> Reviewed:
    rejected = label.state is LabelState.REJECTED
    return Reviewed(
        author=label.author,
        origin=label.origin,
        proposed=label.proposed_intent or ("" if label.why == UNIT_ONLY else label.intent),
        stands="" if rejected else label.intent,
        said=label.said,
        said_by=label.said_by,
        at=label.reviewed_at or label.proposed_at,
    )
