"""Processes recorded messages, one conversation at a time and in order, exactly once each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from services.casework import CadreDesk
from services.dialogue import cleaned, wants_understanding
from services.errors import Conflict
from services.messages import BotName, Inbound
from services.office import Office
from services.ports import Inbox, InboxItem, Locks, Understander, UnitOfWorkFactory
from services.residents import ResidentDesk
from services.understanding import Understanding

log = structlog.get_logger()

TownshipOf = Callable[[Inbound], Awaitable[str | None]]
"""Which township a message speaks of, where anybody wants to know that before it is read."""
ReadAlong = Callable[[int, str, Understanding], None]
"""Told of every message that was read and settled: its number, its words, what was read."""

MOST_ATTEMPTS = 8
_CONFLICT_TRIES = 3


def retry_delay(attempts: int) -> timedelta:
    """How long a message that could not be processed waits: 1 s, 2 s, 4 s, … 2 min."""
    return timedelta(seconds=min(2.0**attempts, 120.0))


class Processor:
    """Turns inbox rows into tickets and replies."""

    def __init__(
        self,
        inbox: Inbox,
        units_of_work: UnitOfWorkFactory,
        locks: Locks,
        understander: Understander,
        office: Callable[[], Office],
        *,
        parallel: int = 32,
        township_of: TownshipOf | None = None,
        read_along: ReadAlong | None = None,
    ) -> None:
        """`office` gives the present county; `parallel` bounds conversations at work at once.

        `read_along` must neither wait nor raise.
        """
        self._inbox = inbox
        self._units_of_work = units_of_work
        self._locks = locks
        self._understander = understander
        self._office = office
        self._township_of = township_of
        self._read_along = read_along
        self._slots = asyncio.Semaphore(parallel)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    def submit(self, key: str, item: InboxItem | None = None) -> None:
        """Process a conversation in the background; repeated calls are joined.

        `item` is the only message that waits, when the caller knows that: it saves looking.
        """
        if key in self._running:
            self._again.add(key)
            return
        self._start(key, item)

    def _start(self, key: str, item: InboxItem | None = None) -> None:
        task = asyncio.create_task(self._safely(key, item))
        self._running[key] = task
        task.add_done_callback(lambda _task: self._finished(key))

    def _finished(self, key: str) -> None:
        self._running.pop(key, None)
        if key in self._again:
            self._again.discard(key)
            self._start(key)

    async def _safely(self, key: str, item: InboxItem | None) -> None:
        try:
            async with self._slots:
                await self.drain(key, item)
        except Exception as exc:
            # Outermost loop: the rows are still there, the sweep tries again. No traceback: the
            # values in it are residents' words.
            log.error("process.interrupted", error=type(exc).__name__)

    async def drain(self, key: str, item: InboxItem | None = None) -> None:
        """Process everything of one conversation that may be tried now, or just `item`."""
        async with self._locks.hold(key):
            if item is not None:
                # What arrived meanwhile was submitted too and is taken up after this.
                await self._one(item)
                return
            while (item := await self._inbox.next_of(key, self._office().clock())) is not None:
                await self._one(item)

    async def sweep(self, limit: int = 200) -> int:
        """Take up what was left over by a crash, a lost lock or a failure."""
        keys = await self._inbox.left_over(self._office().clock(), limit)
        for key in keys:
            self.submit(key)
        return len(keys)

    async def settle(self) -> None:
        """Wait until nothing runs in the background any more (for shutdown and tests)."""
        while self._running:
            await asyncio.gather(*self._running.values(), return_exceptions=True)
            await asyncio.sleep(0)

    async def _one(self, item: InboxItem) -> None:
        for attempt in range(_CONFLICT_TRIES):
            try:
                await self._apply(item)
                return
            except Conflict:
                if attempt == _CONFLICT_TRIES - 1:
                    await self._failed(item, "Conflict")
            except Exception as exc:
                # Outermost loop: noted with its id, tried again later. The message of the
                # exception may hold a resident's words and stays out of the log.
                log.error("process.failed", inbox_id=item.id, error=type(exc).__name__)
                await self._failed(item, type(exc).__name__)
                return

    async def _failed(self, item: InboxItem, error: str) -> None:
        if item.attempts + 1 < MOST_ATTEMPTS:
            retry_at = self._office().clock() + retry_delay(item.attempts)
            await self._inbox.failed(item.id, error, retry_at)
        elif not await self._given_to_a_human(item):
            log.error("process.set_aside", inbox_id=item.id, error=error)
            await self._inbox.failed(item.id, error, None)

    async def _given_to_a_human(self, item: InboxItem) -> bool:
        """The last resort for what cannot be processed: somebody at the county reads it."""
        if item.inbound.address.bot is not BotName.RESIDENTS:
            return False
        try:
            async with self._units_of_work() as work:
                if await work.settle(item.id):
                    await ResidentDesk(work, self._office(), item).unread()
                    await work.commit()
            return True
        except Exception as exc:
            # Outermost: the caller sets the message aside and says so.
            log.error("process.last_resort_failed", inbox_id=item.id, error=type(exc).__name__)
            return False

    async def _apply(self, item: InboxItem) -> None:
        office = self._office()
        understanding: Understanding | None = None
        residents = item.inbound.address.bot is BotName.RESIDENTS
        if residents and wants_understanding(item.inbound):
            understanding = await self._understood(item.inbound)
        async with self._units_of_work() as work:
            if not await work.settle(item.id):
                return
            if residents:
                await ResidentDesk(work, office, item).handle(understanding)
            else:
                await CadreDesk(work, office, item).handle()
            await work.commit()
        if understanding is not None and self._read_along is not None:
            self._read_along(item.id, cleaned(item.inbound.text), understanding)
        log.info("process.done", inbox_id=item.id, kind=str(item.inbound.kind))

    async def _understood(self, inbound: Inbound) -> Understanding:
        """One reading by one model; the place is looked up only for a model on trial somewhere."""
        township = await self._township_of(inbound) if self._township_of is not None else None
        return await self._understander.understand(cleaned(inbound.text), township)
