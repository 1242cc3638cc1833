"""The web chat's view: outbox rows are the mailbox, inbox rows the person's own lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, func, select

from services.messages import Address, InboundKind, Outbound
from services.ports import Line
from storage.codec import INBOUND, OUTBOUND
from storage.database import Database
from storage.tables import INBOX, OUTBOX

SHOWN = tuple(
    str(kind)
    for kind in (
        InboundKind.TEXT,
        InboundKind.PHOTO,
        InboundKind.VOICE,
        InboundKind.DOCUMENT,
        InboundKind.LOCATION,
    )
)


def _ours(row: RowMapping) -> Line:
    return Line(row["id"], False, row["created_at"], OUTBOUND.validate_json(row["payload"]))


def _theirs(row: RowMapping) -> Line:
    inbound = INBOUND.validate_json(row["payload"])
    text = inbound.text
    if inbound.kind is InboundKind.LOCATION:
        text = "📍"
    media = inbound.attachment.ref if inbound.attachment else None
    return Line(row["id"], True, row["received_at"], Outbound(text, media=media))


_SINCE = (
    select(OUTBOX.c.id, OUTBOX.c.created_at, OUTBOX.c.payload)
    .where(OUTBOX.c.key == bindparam("chat"), OUTBOX.c.id > bindparam("after"))
    .order_by(OUTBOX.c.id)
    .limit(bindparam("most"))
)


def in_order(lines: list[Line], first: Mapping[str, datetime]) -> list[Line]:
    """As the live page shows them: a card stays where its slot began, however often edited.

    `first` says when each slot began.
    """

    def place(line: Line) -> tuple[datetime, bool, int]:
        slot = line.message.slot
        at = first.get(slot, line.at) if slot and not line.mine else line.at
        return at, not line.mine, line.id

    return sorted(lines, key=place)


class SqlMailbox:
    """`services.ports.Mailbox` on SQLite and PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def history(self, address: Address, limit: int) -> list[Line]:
        """The newest lines of both sides, oldest first; of each card only its newest form."""
        newest_of_slot = (
            select(func.max(OUTBOX.c.id))
            .where(OUTBOX.c.key == address.key, OUTBOX.c.slot.is_not(None))
            .group_by(OUTBOX.c.slot)
        )
        ours = (
            select(OUTBOX)
            .where(
                OUTBOX.c.key == address.key,
                OUTBOX.c.slot.is_(None) | OUTBOX.c.id.in_(newest_of_slot),
            )
            .order_by(OUTBOX.c.id.desc())
            .limit(limit)
        )
        theirs = (
            select(INBOX)
            .where(INBOX.c.key == address.key, INBOX.c.kind.in_(SHOWN))
            .order_by(INBOX.c.id.desc())
            .limit(limit)
        )
        began = (
            select(OUTBOX.c.slot, func.min(OUTBOX.c.created_at))
            .where(OUTBOX.c.key == address.key, OUTBOX.c.slot.is_not(None))
            .group_by(OUTBOX.c.slot)
        )
        async with self._database.read() as connection:
            lines = [_ours(row) for row in (await connection.execute(ours)).mappings()]
            lines += [_theirs(row) for row in (await connection.execute(theirs)).mappings()]
            first = {str(slot): at for slot, at in await connection.execute(began)}
        return in_order(lines, first)[-limit:]

    async def since(self, address: Address, after: int, limit: int) -> list[Line]:
        """Our messages with an id above `after`, oldest first."""
        asked = {"chat": address.key, "after": after, "most": limit}
        async with self._database.read() as connection:
            return [_ours(row) for row in (await connection.execute(_SINCE, asked)).mappings()]
