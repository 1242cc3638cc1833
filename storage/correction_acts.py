"""What annotators do to the inbox of corrections, within a transaction of the caller's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.learning.drafts import LabelDraft
from services.learning.label_errors import AlreadyLabelled, NoSuchItem, NothingToUndo
from services.learning.labels import Label, LabelState, Origin, Verdict
from storage.correction_rows import LABELLED, LEFT_OUT, OPEN
from storage.correction_tables import CORRECTIONS
from storage.label_rows import label_of, values_of
from storage.learning_tables import LABELS

_C = CORRECTIONS.c
_UNDOABLE = (str(LabelState.PROPOSED), str(LabelState.NOTED))


async def settle_group(
    connection: AsyncConnection, head: int, draft: LabelDraft, now: datetime
) -> Label:
    """Mark the open messages of a group with a new label; who comes second is told."""
    claimed = await connection.execute(
        update(CORRECTIONS)
        .where(_C.inbox_id == head, _C.head == head, _C.state == OPEN)
        .values(state=LABELLED, held_by=None, held_until=None)
    )
    if claimed.rowcount != 1:
        raise await _why_not(connection, head)
    alike = await connection.scalar(select(func.count()).where(_C.head == head, _C.state == OPEN))
    label = await write_label(
        connection, replace(draft, inbox_id=head, alike=1 + int(alike or 0)), now
    )
    await connection.execute(
        update(CORRECTIONS).where(_C.head == head, _C.state == OPEN).values(state=LABELLED)
    )
    await connection.execute(
        update(CORRECTIONS)
        .where(_C.head == head, _C.state == LABELLED, _C.label.is_(None))
        .values(label=label.id)
    )
    return label


async def _why_not(connection: AsyncConnection, head: int) -> NoSuchItem | AlreadyLabelled:
    found = await connection.execute(
        select(LABELS.c.author)
        .join(CORRECTIONS, _C.label == LABELS.c.id)
        .where(_C.inbox_id == head)
    )
    author = found.scalar()
    if author is None:
        return NoSuchItem()
    return AlreadyLabelled(f"这条刚才已经由 {author} 标过了，请看下一条。")


async def pass_over_group(
    connection: AsyncConnection, head: int, draft: LabelDraft, now: datetime
) -> Label:
    """One account skips a group that stays open; nobody holds it any more."""
    freed = await connection.execute(
        update(CORRECTIONS)
        .where(_C.inbox_id == head, _C.head == head, _C.state == OPEN)
        .values(held_by=None, held_until=None)
    )
    if freed.rowcount != 1:
        raise await _why_not(connection, head)
    return await write_label(connection, replace(draft, inbox_id=head), now)


async def write_label(connection: AsyncConnection, draft: LabelDraft, now: datetime) -> Label:
    """Insert a label."""
    row = await connection.execute(insert(LABELS).values(**values_of(draft, now)).returning(LABELS))
    return label_of(row.mappings().one())


async def part_group(connection: AsyncConnection, inbox_ids: Sequence[int]) -> set[int]:
    """Take messages out of their groups; the heads of what is left, new ones where a head went."""
    rows = await connection.execute(
        select(_C.inbox_id, _C.head).where(_C.inbox_id.in_(list(inbox_ids)), _C.state == OPEN)
    )
    heads = {int(head) for _, head in rows}
    await connection.execute(
        update(CORRECTIONS)
        .where(_C.inbox_id.in_(list(inbox_ids)), _C.state == OPEN)
        .values(head=_C.inbox_id, count=1)
    )
    return {await _with_head(connection, head, inbox_ids) for head in heads}


async def _with_head(connection: AsyncConnection, head: int, gone: Sequence[int]) -> int:
    if head not in gone:
        return head
    rest = await connection.scalar(
        select(func.min(_C.inbox_id)).where(_C.head == head, _C.state == OPEN, _C.inbox_id != head)
    )
    if rest is None:
        return head
    await connection.execute(
        update(CORRECTIONS)
        .where(_C.head == head, _C.state == OPEN, _C.inbox_id != head)
        .values(head=rest)
    )
    return int(rest)


async def undo_newest(connection: AsyncConnection, account: str) -> Label:
    """Withdraw the account's newest label of the inbox; its messages are open again."""
    newest = await connection.execute(
        select(LABELS)
        .where(
            LABELS.c.author == account,
            LABELS.c.origin == str(Origin.INBOX),
            LABELS.c.state != str(LabelState.WITHDRAWN),
        )
        .order_by(LABELS.c.id.desc())
        .limit(1)
    )
    row = newest.mappings().first()
    if row is None:
        raise NothingToUndo
    withdrawn = await connection.execute(
        update(LABELS)
        .where(
            LABELS.c.id == row["id"],
            LABELS.c.state.in_(_UNDOABLE),
            LABELS.c.reviewer.is_(None),
        )
        .values(state=str(LabelState.WITHDRAWN), key=None)
    )
    if withdrawn.rowcount != 1:
        raise NothingToUndo
    if row["verdict"] != str(Verdict.SKIP):
        await connection.execute(
            update(CORRECTIONS)
            .where(_C.label == row["id"], _C.state == LABELLED)
            .values(state=OPEN, label=None)
        )
    return replace(label_of(row), state=LabelState.WITHDRAWN)


async def settle_alone(connection: AsyncConnection, inbox_id: int, label: int) -> None:
    """One message is labelled apart from its group, which stays open."""
    left = await part_group(connection, [inbox_id])
    await connection.execute(
        update(CORRECTIONS)
        .where(_C.inbox_id == inbox_id, _C.state == OPEN)
        .values(state=LABELLED, label=label)
    )
    await recount(connection, left)


async def leave_out(connection: AsyncConnection, inbox_ids: Sequence[int]) -> None:
    """Messages are not shown any more, and their text goes; their groups stay."""
    left = await part_group(connection, inbox_ids)
    await connection.execute(
        update(CORRECTIONS)
        .where(_C.inbox_id.in_(list(inbox_ids)), _C.state == OPEN)
        .values(state=LEFT_OUT, text="", shape="", count=1)
    )
    await recount(connection, left)


async def recount(connection: AsyncConnection, heads: Collection[int]) -> None:
    """Say how many messages these groups have; what they are worth follows with the next one."""
    others = CORRECTIONS.alias()
    count = (
        select(func.count())
        .where(others.c.head == _C.inbox_id, others.c.state == OPEN)
        .scalar_subquery()
    )
    await connection.execute(
        update(CORRECTIONS)
        .where(_C.inbox_id.in_(list(heads)), _C.state == OPEN)
        .values(count=count)
    )
