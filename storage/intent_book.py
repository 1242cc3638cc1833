"""What is known of intents, with the county that they belong to, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.console_log import LogEntry
from services.learning.intents import (
    IntentChange,
    IntentChanged,
    IntentState,
    KnownIntent,
    StagedLabel,
)
from services.learning.labels import LabelState, Origin, Part, Verdict
from services.learning.sentences import REAL, Sentence
from storage.console_log import append
from storage.county_store import CountyStore, county_version, lock_county, write_county
from storage.database import Database
from storage.learning_tables import INTENTS, LABELS
from storage.sentence_journal import record_edits
from storage.tables import TICKETS
from tickets.states import FINAL

_WAITING = (LabelState.PROPOSED.value, LabelState.ACCEPTED.value)
_SORTED = (*_WAITING, LabelState.REJECTED.value)


class SqlIntentBook:
    """`services.learning.intents.IntentBook`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._store = CountyStore(database)

    async def county(self) -> tuple[int, dict[str, list[dict[str, str]]]]:
        """The version and the sheets of the county; a version that rose meanwhile is noticed when
        a change is written."""
        version = await self._store.version()
        return version, await self._store.read()

    async def known(self) -> list[KnownIntent]:
        """Every intent that the console ever touched, by code."""
        async with self._database.read() as connection:
            return await _every(connection)

    async def staged(self) -> list[StagedLabel]:
        """Every label that is proposed or accepted, those of splits aside, in order."""
        table = LABELS.c
        wanted = select(LABELS).where(
            table.state.in_(_WAITING), table.origin != Origin.SPLIT.value, table.intent != ""
        )
        return await self._labels(wanted.order_by(table.id))

    async def sorting(self, code: str) -> list[StagedLabel]:
        """The examples of an intent that is being split: sorted, not sorted yet, or rejected."""
        table = LABELS.c
        wanted = select(LABELS).where(
            table.state.in_(_SORTED), table.origin == Origin.SPLIT.value, table.said == code
        )
        return await self._labels(wanted.order_by(table.id))

    async def open_tickets(self, codes: Sequence[str]) -> int:
        """How many open tickets are of these matters."""
        final = [str(state) for state in FINAL]
        wanted = select(func.count()).where(
            TICKETS.c.matter.in_(codes), TICKETS.c.state.not_in(final)
        )
        async with self._database.read() as connection:
            return int(await connection.scalar(wanted) or 0)

    async def change(self, change: IntentChange, account: str, now: datetime) -> None:
        """Write a change. Raises `IntentChanged` when it is no longer what was looked at."""
        async with self._database.write() as connection:
            await lock_county(connection)
            seen = await county_version(connection), await _every(connection)
            if seen != (change.since, list(change.seen)):
                raise IntentChanged
            if change.sheets:
                source = f"console: {account}"
                await write_county(connection, change.sheets, source, now, change.summary)
            for intent in change.intents:
                await self._upsert(connection, intent)
            await record_edits(connection, change.edits, account, now)
            await _mark(connection, change.written, LabelState.WRITTEN)
            await _mark(connection, change.dropped, LabelState.REJECTED)
            await _queue(connection, change, account, now)
            entry = LogEntry(now, account, change.action, change.about, change.detail)
            await append(connection, entry)
            await connection.commit()

    async def _upsert(self, connection: AsyncConnection, intent: KnownIntent) -> None:
        new = sqlite.insert if self._database.is_sqlite else postgresql.insert
        values = {
            "code": intent.code,
            "name": intent.name,
            "state": intent.state.value,
            "became": intent.became,
            "row": json.dumps(dict(intent.row), ensure_ascii=False),
            "changed_by": intent.changed_by,
            "changed_at": intent.changed_at,
        }
        await connection.execute(
            new(INTENTS).values(values).on_conflict_do_update(index_elements=["code"], set_=values)
        )

    async def _labels(self, wanted: object) -> list[StagedLabel]:
        async with self._database.read() as connection:
            rows = await connection.execute(wanted)  # type: ignore[call-overload]  # a select
            return [_staged(row) for row in rows.mappings()]


async def _every(connection: AsyncConnection) -> list[KnownIntent]:
    rows = await connection.execute(select(INTENTS).order_by(INTENTS.c.code))
    return [_known(row) for row in rows.mappings()]


async def _mark(connection: AsyncConnection, numbers: Sequence[int], state: LabelState) -> None:
    if numbers:
        await connection.execute(
            update(LABELS).where(LABELS.c.id.in_(numbers)).values(state=state.value)
        )


async def _queue(
    connection: AsyncConnection, change: IntentChange, account: str, now: datetime
) -> None:
    """A label for each old example: what it was stands in `said`, what it is nobody said yet."""
    rows = [
        {
            "text": each.sentence.text,
            "bare": each.bare,
            "origin": Origin.SPLIT.value,
            "author": account,
            "proposed_at": now,
            "verdict": Verdict.LABEL.value,
            "intent": "",
            "appeal_type": each.sentence.appeal_type,
            "urgent": each.sentence.urgent,
            "confidential": each.sentence.confidential,
            "said": each.sentence.intent,
            "said_by": "",
            "alike": 1,
            "state": LabelState.PROPOSED.value,
            "proposed_intent": "",
            "part": "",
            "why": "",
        }
        for each in change.to_sort
    ]
    if rows:
        await connection.execute(insert(LABELS), rows)


def _known(row: RowMapping) -> KnownIntent:
    return KnownIntent(
        code=row["code"],
        name=row["name"],
        state=IntentState(row["state"]),
        changed_by=row["changed_by"],
        changed_at=row["changed_at"],
        became=row["became"],
        row=json.loads(row["row"]),
    )


def _staged(row: RowMapping) -> StagedLabel:
    sentence = Sentence(
        text=row["text"],
        intent=row["intent"],
        appeal_type=row["appeal_type"],
        urgent=row["urgent"],
        confidential=row["confidential"],
        source=REAL,
    )
    return StagedLabel(
        id=row["id"],
        sentence=sentence,
        part=Part(row["part"]) if row["part"] else Part.DATA,
        state=LabelState(row["state"]),
        is_sorting=row["origin"] == Origin.SPLIT.value,
    )
