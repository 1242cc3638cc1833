"""The journal of edits of the sentence files, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import RowMapping, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.learning.edits import (
    AddIntent,
    AddSentence,
    Edit,
    EditState,
    MergeIntent,
    RecordedEdit,
    RemoveIntent,
    RemoveSentence,
    RenameIntent,
    ReplaceSentence,
)
from storage.database import Database
from storage.learning_tables import SENTENCE_EDITS

_KINDS: dict[str, type[Edit]] = {
    "add": AddSentence,
    "remove": RemoveSentence,
    "replace": ReplaceSentence,
    "add_intent": AddIntent,
    "rename_intent": RenameIntent,
    "merge_intent": MergeIntent,
    "remove_intent": RemoveIntent,
}
_KIND_OF = {made: kind for kind, made in _KINDS.items()}
_ADAPTERS: dict[str, TypeAdapter[Edit]] = {kind: TypeAdapter(made) for kind, made in _KINDS.items()}


async def record_edits(
    connection: AsyncConnection, edits: Sequence[Edit], account: str, now: datetime
) -> tuple[int, ...]:
    """Write edits down within a transaction of the caller's: they come with their reason or not
    at all. Their numbers, in order."""
    numbers = []
    for edit in edits:
        kind = _KIND_OF[type(edit)]
        values = {
            "at": now,
            "account": account,
            "kind": kind,
            "payload": _ADAPTERS[kind].dump_json(edit).decode(),
            "state": EditState.PENDING.value,
            "problem": "",
        }
        numbers.append(await connection.scalar(_INSERT, values))
    return tuple(int(number) for number in numbers)


_INSERT = insert(SENTENCE_EDITS).returning(SENTENCE_EDITS.c.id)


class SqlSentenceJournal:
    """`services.learning.edits.SentenceJournal`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, edits: Sequence[Edit], account: str, now: datetime) -> tuple[int, ...]:
        """Write edits down, in a transaction of their own; their numbers."""
        async with self._database.write() as connection:
            numbers = await record_edits(connection, edits, account, now)
            await connection.commit()
        return numbers

    async def pending(self) -> list[RecordedEdit]:
        """What is not in the files yet, the oldest first."""
        table = SENTENCE_EDITS
        async with self._database.read() as connection:
            rows = await connection.execute(
                select(table).where(table.c.state == EditState.PENDING.value).order_by(table.c.id)
            )
            return [_edit(row) for row in rows.mappings()]

    async def applied(self, number: int, now: datetime) -> None:
        """The files say what this edit wants."""
        await self._mark(number, state=EditState.APPLIED.value, problem="", applied_at=now)

    async def refused(self, number: int, problem: str, now: datetime) -> None:
        """The files contradict this edit; nothing was changed."""
        await self._mark(number, state=EditState.REFUSED.value, problem=problem, applied_at=now)

    async def waiting(self, number: int, problem: str) -> None:
        """A file cannot be changed now; it stays pending, and says why."""
        await self._mark(number, problem=problem)

    async def recent(self, limit: int) -> list[RecordedEdit]:
        """The newest edits, newest first."""
        table = SENTENCE_EDITS
        async with self._database.read() as connection:
            rows = await connection.execute(select(table).order_by(table.c.id.desc()).limit(limit))
            return [_edit(row) for row in rows.mappings()]

    async def _mark(self, number: int, **values: object) -> None:
        """Only what is pending: whoever came second finds it done."""
        table = SENTENCE_EDITS
        async with self._database.write() as connection:
            await connection.execute(
                update(table)
                .where(table.c.id == number, table.c.state == EditState.PENDING.value)
                .values(**values)
            )
            await connection.commit()


def _edit(row: RowMapping) -> RecordedEdit:
    return RecordedEdit(
        id=row["id"],
        at=row["at"],
        account=row["account"],
        edit=_ADAPTERS[row["kind"]].validate_json(row["payload"]),
        state=EditState(row["state"]),
        problem=row["problem"],
        applied_at=row["applied_at"],
    )
