"""The inbox of corrections on SQLite and PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import RowMapping, Select, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from services.learning.correction_book import Detail, Entry, RawMessage, Weigh
from services.learning.drafts import LabelDraft
from services.learning.labels import Label
from services.messages import BotName
from services.understanding import Understanding
from storage.codec import INBOUND, UNDERSTANDING
from storage.correction_acts import (
    leave_out,
    part_group,
    pass_over_group,
    settle_group,
    undo_newest,
)
from storage.correction_rows import LEFT_OUT, OPEN, entry_of, is_sealed, values_of
from storage.correction_tables import CORRECTION_BANDS, CORRECTIONS
from storage.database import Database
from storage.learning_tables import LABELS
from storage.tables import INBOX, PREDICTIONS, TICKET_EVENTS, TICKETS
from tickets.events import EventName

_C = CORRECTIONS.c
_OPEN_HEAD = and_(_C.state == OPEN, _C.inbox_id == _C.head)
_AT_ONCE = 500
"""Values in one list of a query."""


class SqlCorrectionBook:
    """`services.learning.correction_book.CorrectionBook`; `sealed` is the code of the county's
    discipline channel."""

    def __init__(self, database: Database, sealed: str = "discipline") -> None:
        self._database = database
        self._sealed = sealed
        self._insert = sqlite.insert if database.is_sqlite else postgresql.insert

    async def unread(self, since: datetime, limit: int) -> list[RawMessage]:
        """Messages of residents since then that were not taken up and have no label."""
        known = select(_C.inbox_id).where(_C.inbox_id == PREDICTIONS.c.inbox_id)
        labelled = select(LABELS.c.id).where(
            LABELS.c.inbox_id == PREDICTIONS.c.inbox_id, LABELS.c.state != "withdrawn"
        )
        fresh = (
            select(PREDICTIONS.c.inbox_id)
            .join(INBOX, INBOX.c.id == PREDICTIONS.c.inbox_id)
            .where(
                PREDICTIONS.c.at >= since,
                INBOX.c.bot == str(BotName.RESIDENTS),
                ~known.exists(),
                ~labelled.exists(),
            )
            .distinct()
            .order_by(PREDICTIONS.c.inbox_id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            ids = [int(each) for each in (await connection.execute(fresh)).scalars()]
            rows = (await connection.execute(_messages(ids))).mappings().all()
            readings, tickets = await _behind(connection, ids, rows)
        return [
            RawMessage(
                inbox_id=row["id"],
                at=row["received_at"],
                text=INBOUND.validate_json(row["payload"]).text,
                understanding=readings[row["id"]],
                desk=_desk(row["id"], tickets[row["id"]]),
                sealed=is_sealed(readings[row["id"]], tickets[row["id"]], self._sealed),
            )
            for row in rows
        ]

    async def likely(self, bands: Sequence[int], since: datetime) -> list[tuple[int, Entry]]:
        """(band, head) of groups since then that share one of the bands."""
        found: list[tuple[int, Entry]] = []
        async with self._database.read() as connection:
            for some in _slices(bands):
                rows = await connection.execute(
                    select(CORRECTION_BANDS.c.band, CORRECTIONS)
                    .join(CORRECTIONS, _C.inbox_id == CORRECTION_BANDS.c.head)
                    .where(CORRECTION_BANDS.c.band.in_(some), _C.at >= since)
                    .order_by(_C.inbox_id)
                )
                found += [(row["band"], entry_of(row)) for row in rows.mappings()]
        return found

    async def take_up(
        self, entries: Sequence[Entry], bands: Sequence[tuple[int, int]], weigh: Weigh
    ) -> int:
        """Keep messages and the bands of new groups; count and weigh the groups they join."""
        if not entries:
            return 0
        async with self._database.write() as connection:
            kept = self._insert(CORRECTIONS).on_conflict_do_nothing().returning(_C.inbox_id)
            rows = [values_of(each, weigh(each)) for each in entries]
            new = set((await connection.execute(kept, rows)).scalars())
            if bands:
                await connection.execute(
                    self._insert(CORRECTION_BANDS).on_conflict_do_nothing(),
                    [{"band": band, "head": head} for band, head in bands if head in new],
                )
            joined = {each.head for each in entries if each.head != each.inbox_id}
            await count_again(connection, joined, weigh)
            await connection.commit()
        return len(new)

    async def forget(self, before: datetime) -> int:
        """Groups whose newest message is older go, as far as nobody labelled them."""
        old = select(_C.inbox_id).where(_C.inbox_id == _C.head, _C.at < before)
        gone = delete(CORRECTIONS).where(_C.head.in_(old), _C.state.in_((OPEN, LEFT_OUT)))
        async with self._database.write() as connection:
            await connection.execute(
                delete(CORRECTION_BANDS).where(CORRECTION_BANDS.c.head.in_(old))
            )
            forgotten = await connection.execute(gone)
            await connection.commit()
        return int(forgotten.rowcount)

    async def worthiest(
        self, account: str, now: datetime, since: datetime, by_worth: int, by_lot: int
    ) -> list[Entry]:
        """Open heads that are free for this account: the worthiest, and the lowest lots."""
        skipped = select(LABELS.c.id).where(
            LABELS.c.inbox_id == _C.inbox_id,
            LABELS.c.author == account,
            LABELS.c.verdict == "skip",
            LABELS.c.state != "withdrawn",
        )
        free = or_(_C.held_until.is_(None), _C.held_until <= now, _C.held_by == account)
        wanted = select(CORRECTIONS).where(_OPEN_HEAD, _C.at >= since, free, ~skipped.exists())
        async with self._database.read() as connection:
            best = await connection.execute(wanted.order_by(_C.worth.desc()).limit(by_worth))
            lowest = await connection.execute(wanted.order_by(_C.lot).limit(by_lot))
            rows = [*best.mappings(), *lowest.mappings()]
        return list({row["inbox_id"]: entry_of(row) for row in rows}.values())

    async def open_counts(self, since: datetime) -> tuple[int, int]:
        """(groups, messages) that wait."""
        query = select(func.count(), func.coalesce(func.sum(_C.count), 0))
        async with self._database.read() as connection:
            found = await connection.execute(query.where(_OPEN_HEAD, _C.at >= since))
            groups, messages = found.one()
        return int(groups), int(messages)

    async def details(self, heads: Sequence[int], most_alike: int) -> list[Detail]:
        """These heads, in the order asked for; what is settled is left away."""
        query = select(CORRECTIONS).where(_C.inbox_id.in_(list(heads)), _OPEN_HEAD)
        async with self._database.read() as connection:
            found = {
                row["inbox_id"]: entry_of(row)
                for row in (await connection.execute(query)).mappings()
            }
            others = await _alike(connection, [*found.values()], most_alike)
            every = [*found, *(each for some in others.values() for each, _ in some)]
            rows = (await connection.execute(_messages(every))).mappings().all()
            readings, tickets = await _behind(connection, every, rows)
        secret = {each for each in every if is_sealed(readings[each], tickets[each], self._sealed)}
        return [
            Detail(
                entry=found[head],
                understanding=readings[head],
                ticket=next((t["number"] for t in tickets[head]), None),
                desk=_desk(head, tickets[head]),
                sealed=head in secret,
                alike=tuple(each for each in others[head] if each[0] not in secret),
            )
            for head in heads
            if head in found and head in readings
        ]

    async def leave_out(self, inbox_ids: Sequence[int]) -> None:
        """What was sealed since goes, with its text; a group loses its head to the next one."""
        async with self._database.write() as connection:
            await leave_out(connection, inbox_ids)
            await connection.commit()

    async def hold(self, heads: Sequence[int], account: str, until: datetime) -> None:
        """Show others something else until then."""
        async with self._database.write() as connection:
            await connection.execute(
                update(CORRECTIONS)
                .where(_C.inbox_id.in_(list(heads)), _C.state == OPEN)
                .values(held_by=account, held_until=until)
            )
            await connection.commit()

    async def settle(self, head: int, draft: LabelDraft, now: datetime) -> Label:
        """Write the label and mark everything of the group with it."""
        async with self._database.write() as connection:
            label = await settle_group(connection, head, draft, now)
            await connection.commit()
        return label

    async def pass_over(self, head: int, draft: LabelDraft, now: datetime) -> Label:
        """Write that one account skipped it."""
        async with self._database.write() as connection:
            label = await pass_over_group(connection, head, draft, now)
            await connection.commit()
        return label

    async def part(self, inbox_ids: Sequence[int], weigh: Weigh) -> None:
        """Each of these becomes an item of its own."""
        async with self._database.write() as connection:
            left = await part_group(connection, inbox_ids)
            await count_again(connection, {*left, *inbox_ids}, weigh)
            await connection.commit()

    async def undo(self, account: str) -> Label:
        """Withdraw the newest label of the inbox by this account."""
        async with self._database.write() as connection:
            label = await undo_newest(connection, account)
            await connection.commit()
        return label


async def count_again(connection: AsyncConnection, heads: Iterable[int], weigh: Weigh) -> None:
    """Bring count, time and worth of groups up to date."""
    for some in _slices([*heads]):
        counts = await connection.execute(
            select(_C.head, func.count(), func.max(_C.at))
            .where(_C.head.in_(some), _C.state == OPEN)
            .group_by(_C.head)
        )
        known = {head: (count, at) for head, count, at in counts}
        rows = await connection.execute(select(CORRECTIONS).where(_C.inbox_id.in_([*known])))
        for entry in [entry_of(row) for row in rows.mappings()]:
            count, newest = known[entry.inbox_id]
            changed = replace(entry, count=int(count))
            await connection.execute(
                update(CORRECTIONS)
                .where(_C.inbox_id == entry.inbox_id)
                .values(count=count, at=max(newest, entry.at), worth=weigh(changed))
            )


def _messages(ids: Sequence[int]) -> Select[tuple[int, str, datetime, str | None]]:
    return (
        select(INBOX.c.id, INBOX.c.payload, INBOX.c.received_at, INBOX.c.ticket)
        .where(INBOX.c.id.in_(list(ids)))
        .order_by(INBOX.c.id)
    )


async def _behind(
    connection: AsyncConnection, ids: Sequence[int], messages: Sequence[RowMapping]
) -> tuple[dict[int, Understanding], Mapping[int, list[RowMapping]]]:
    """The reading of each message as a whole, and its tickets."""
    rows = await connection.execute(
        select(
            PREDICTIONS.c.inbox_id,
            PREDICTIONS.c.ticket,
            PREDICTIONS.c.degraded,
            PREDICTIONS.c.payload,
        )
        .where(PREDICTIONS.c.inbox_id.in_(list(ids)))
        .order_by(PREDICTIONS.c.id)
    )
    read: dict[int, list[RowMapping]] = defaultdict(list)
    for row in rows.mappings():
        read[row["inbox_id"]].append(row)
    numbers = {each["id"]: [each["ticket"]] for each in messages}
    for inbox_id, some in read.items():
        numbers[inbox_id] = [*numbers.get(inbox_id, []), *(row["ticket"] for row in some)]
    wanted = {number for some in numbers.values() for number in some if number}
    opener = select(func.min(PREDICTIONS.c.inbox_id)).where(
        PREDICTIONS.c.ticket == TICKETS.c.number
    )
    accepted = select(TICKET_EVENTS.c.id).where(
        TICKET_EVENTS.c.ticket == TICKETS.c.number,
        TICKET_EVENTS.c.name == str(EventName.ACCEPTED),
    )
    found = await connection.execute(
        select(
            TICKETS.c.number,
            TICKETS.c.owner,
            TICKETS.c.confidential,
            TICKETS.c.matter,
            opener.scalar_subquery().label("opener"),
            accepted.exists().label("accepted"),
        ).where(TICKETS.c.number.in_(wanted))
    )
    by_number = {row["number"]: row for row in found.mappings()}
    tickets = defaultdict(
        list,
        {
            inbox_id: [by_number[n] for n in dict.fromkeys(some) if n in by_number]
            for inbox_id, some in numbers.items()
        },
    )
    return {inbox_id: _whole(some) for inbox_id, some in read.items()}, tickets


def _whole(rows: Sequence[RowMapping]) -> Understanding:
    """The newest reading by a model; of a message in parts that of the whole, which came first."""
    parts = len({row["ticket"] for row in rows if row["ticket"]}) > 1
    by_model = [row for row in rows if not row["degraded"]] or rows
    row = by_model[0 if parts else -1]
    return UNDERSTANDING.validate_json(row["payload"])


def _desk(inbox_id: int, tickets: Sequence[RowMapping]) -> str:
    """The matter that a person gave the ticket which this message opened.

    Otherwise the matter is the model's own reading, which agrees with itself, or that of a ticket
    to which the message only adds something.
    """
    if len(tickets) != 1 or tickets[0]["opener"] != inbox_id or not tickets[0]["accepted"]:
        return ""
    return str(tickets[0]["matter"] or "")


async def _alike(
    connection: AsyncConnection, heads: Sequence[Entry], most: int
) -> Mapping[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    groups = [head.inbox_id for head in heads if head.count > 1]
    place = func.row_number().over(partition_by=_C.head, order_by=_C.inbox_id).label("place")
    members = (
        select(_C.inbox_id, _C.head, _C.text, place)
        .where(_C.head.in_(groups), _C.state == OPEN, _C.inbox_id != _C.head)
        .subquery()
    )
    rows = await connection.execute(
        select(members.c.inbox_id, members.c.head, members.c.text)
        .where(members.c.place <= most)
        .order_by(members.c.inbox_id)
    )
    for inbox_id, head, text in rows:
        found[head].append((int(inbox_id), str(text)))
    return found


def _slices(values: Sequence[int]) -> Iterable[list[int]]:
    ordered = [*values]
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))
