"""Takes up messages for the inbox of corrections: masks, groups and weighs them, once each."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from routing.county import County
from services.learning.correction_book import CorrectionBook, Entry, RawMessage
from services.learning.likeness import Shaper, alike, bands
from services.learning.lots import lot
from services.learning.worth import worth_of
from services.office import Office
from services.privacy import masker_of

log = structlog.get_logger()

BATCH = 200
WINDOW = timedelta(days=30)
"""So long a message stays in the inbox of corrections."""
FRESH = timedelta(minutes=10)
"""So long a message that only keywords could read waits for the model to read it again."""


class Keywords(Protocol):
    """What the word lists say of a text; empty where they know no word of it."""

    def __call__(self, text: str, /) -> str:
        """The best label."""
        ...


class Gathering:
    """Looks for messages that nobody took up, some at a time."""

    def __init__(
        self,
        book: CorrectionBook,
        keywords: Keywords,
        office: Callable[[], Office],
        *,
        window: timedelta = WINDOW,
        seed: str = "",
    ) -> None:
        """`seed` draws the random sample; the county's code where it is empty."""
        self._book = book
        self._keywords = keywords
        self._office = office
        self._window = window
        self._seed = seed

    async def run_once(self) -> int:
        """One batch; how many messages there were."""
        office = self._office()
        now = office.clock()
        since = now - self._window
        fresh = await self._book.unread(since, BATCH)
        ready = [each for each in fresh if not _may_be_read_again(each, now)]
        if ready:
            await self._take_up(office.county, ready, since)
            log.info("corrections.taken_up", messages=len(ready))
        elif not fresh:
            await self._book.forget(since)
        return len(ready)

    async def _take_up(
        self, county: County, messages: Sequence[RawMessage], since: datetime
    ) -> None:
        # Reading sentences takes whole milliseconds each: the loop answers chats meanwhile.
        entries, shown = await asyncio.to_thread(self._read, county, messages)
        every = sorted({band for some in shown.values() for band in some})
        groups: dict[int, list[Entry]] = defaultdict(list)
        for band, known in await self._book.likely(every, since):
            groups[band].append(known)
        grouped: list[Entry] = []
        new: list[tuple[int, int]] = []
        for entry in entries:
            mine = shown.get(entry.inbox_id, ())
            head = _head_of(entry, [each for band in mine for each in groups[band]])
            grouped.append(_joined(entry, head))
            if head is None and mine:
                new += [(band, entry.inbox_id) for band in mine]
                for band in mine:
                    groups[band].append(entry)
        await self._book.take_up(grouped, new, weigh)

    def _read(
        self, county: County, messages: Sequence[RawMessage]
    ) -> tuple[list[Entry], dict[int, tuple[int, ...]]]:
        """The messages as entries, and the bands of those that are shown."""
        shaper = Shaper(places_of(county))
        entries = [self._entry(county, shaper, each) for each in messages]
        return entries, {each.inbox_id: bands(each.shape) for each in entries if not each.left_out}

    def _entry(self, county: County, shaper: Shaper, message: RawMessage) -> Entry:
        reading = message.understanding
        ranked = [guess.label for guess in reading.ranking]
        best = read_label(reading.kind, reading.matter) or next(iter(ranked), "")
        masked = "" if message.sealed else masker_of(county).mask(message.text).strip()
        return Entry(
            inbox_id=message.inbox_id,
            head=message.inbox_id,
            at=message.at,
            text=masked,
            shape=shaper.shape(masked) if masked else "",
            best=best,
            second=next((label for label in ranked if label != best), ""),
            margin=reading.margin,
            keywords=self._keywords(message.text),
            desk=message.desk,
            model=reading.model,
            degraded=reading.degraded,
            urgent=reading.urgent,
            lot=lot(str(message.inbox_id), self._seed or county.code),
            left_out=message.sealed or not masked,
        )


def places_of(county: County) -> set[str]:
    """What its villages and townships are called."""
    return {
        name
        for division in county.tree.by_code.values()
        if division.level in ("township", "village")
        for name in (division.short_name, division.stem)
    }


def read_label(kind: str, matter: str | None) -> str:
    """The label that a reading comes to: the matter of an appeal, the kind of anything else."""
    return (matter or "") if kind == "appeal" else kind


def weigh(entry: Entry) -> float:
    """What a label for a group is worth."""
    return worth_of(entry.candidate).score


def _may_be_read_again(message: RawMessage, now: datetime) -> bool:
    return message.understanding.degraded and now - message.at < FRESH


def _head_of(entry: Entry, candidates: Sequence[Entry]) -> Entry | None:
    """The first group that says the same and was taken for the same."""
    for head in dict.fromkeys(candidates):
        same = head.best == entry.best and head.urgent == entry.urgent
        if same and alike(head.shape, entry.shape):
            return head
    return None


def _joined(entry: Entry, head: Entry | None) -> Entry:
    """As a member of that group: what is labelled already need not be asked again."""
    if head is None:
        return entry
    return replace(entry, head=head.inbox_id, label=head.label)
