"""The product with a virtual clock, and the one loop that lets time pass.

Time jumps from one thing that happens to the next: somebody acts, a deadline runs out, a message
can be delivered again. After every single step the world looks at what changed, has it checked, and
tells those who play residents and cadres.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from pydantic import SecretStr

from liandong.bootstrap import Coordination, Core, bootstrap
from liandong.month.agenda import Agenda
from liandong.month.chance import Chance
from liandong.month.clock import VirtualClock, pass_at
from liandong.month.eyes import Eyes, Happened, Told
from liandong.month.phones import Arrival, Exchange, Phone
from liandong.settings import Settings
from services.messages import Address, Inbound, InboundKind
from services.office import Office
from services.ports import Understander
from storage.database import Database
from storage.memory_coordination import MemoryLocks, MemoryWakeups
from tickets.ticket import Ticket


class Unlimited:
    """`services.ports.RateLimit` without limits: they count real seconds."""

    async def take(self, address: Address) -> float:
        """Never any wait."""
        return 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """What one step changed."""

    at: datetime
    happened: Sequence[Happened]
    told: Sequence[Told]
    arrived: Sequence[Arrival]
    touched: Mapping[str, Ticket]
    """Every ticket whose history grew, as it is now."""
    before: Mapping[str, Ticket]
    """The same tickets before it, those that existed."""
    files: bool
    """Whether files came in."""


class Onlooker(Protocol):
    """Somebody who is told of every step."""

    def see(self, step: Step) -> None:
        """What changed."""
        ...


class Watchman(Onlooker, Protocol):
    """An onlooker who also looks at passes and at what was taken in."""

    def before_pass(self, now: datetime) -> None:
        """Deadlines will be looked at."""
        ...

    def after_pass(self, now: datetime, handled: int) -> None:
        """They were, and so many were handled."""
        ...

    def processed(self, inbounds: Sequence[Inbound], rows: Sequence[int]) -> None:
        """These were acknowledged under these inbox rows, and should be done."""
        ...


class World:
    """Everything that a played person needs: time, the product's doors, and what can be seen."""

    def __init__(self, core: Core, clock: VirtualClock, eyes: Eyes, seed: int) -> None:
        self.core = core
        self.clock = clock
        self.eyes = eyes
        self.seed = seed
        self.agenda = Agenda()
        self.exchange = Exchange(Chance(seed, "exchange"), clock)
        self.phones: defaultdict[str, Phone] = defaultdict(Phone)
        self.tickets: dict[str, Ticket] = {}
        self.onlookers: list[Onlooker] = []
        self.watch: Watchman | None = None
        self._files = False
        self.received = 0
        """Messages, presses and other updates that were acknowledged."""
        self.passes = 0
        self._relay = core.relay(self.exchange.senders)
        self._updates = itertools.count(1)

    @property
    def office(self) -> Office:
        """The county as it is now."""
        return self.core.office()

    @property
    def now(self) -> datetime:
        """The virtual present."""
        return self.clock()

    def inbound(self, address: Address, kind: InboundKind, sender: str = "") -> Inbound:
        """A new update of a chat, to be filled in."""
        return Inbound(
            address=address,
            update_id=f"m{next(self._updates)}",
            kind=kind,
            sender=sender or address.chat,
            sent_at=self.now,
        )

    def again(self, inbound: Inbound) -> Inbound:
        """The same once more, as a second update: a button pressed twice."""
        return replace(inbound, update_id=f"m{next(self._updates)}")

    async def deliver(self, *inbounds: Inbound) -> None:
        """These arrive at one moment; everything that they cause is done when it returns."""
        rows = []
        for inbound in inbounds:
            receipt = await self.core.receive(inbound)
            rows.append(receipt.inbox_id)
            self._files = self._files or inbound.attachment is not None
        await self.core.processor.settle()
        self.received += len(inbounds)
        if self.watch is not None:
            self.watch.processed(inbounds, rows)
        await self.settle()

    async def settle(self) -> None:
        """Deliver what can be delivered, then look at what changed."""
        await self._deliver_outbox()
        self._look()

    async def _deliver_outbox(self) -> None:
        while (due := self.eyes.next_delivery()) is not None and due <= self.now:
            await self._relay.run_once()

    def _look(self) -> None:
        happened = self.eyes.news()
        numbers = dict.fromkeys(each.ticket for each in happened)
        before = {n: self.tickets[n] for n in numbers if n in self.tickets}
        touched = {n: self.eyes.ticket(n)[0] for n in numbers}
        self.tickets.update(touched)
        told = self.eyes.messages()
        # Cadres look at their page, which shows tickets, not messages.
        arrived = [
            Arrival(row.key, f"o{row.id}", row.message)
            for row in told
            if row.is_in_web and not row.is_for_cadres
        ]
        arrived += self.exchange.take_arrived()
        for arrival in arrived:
            self.phones[arrival.key].show(arrival)
        step = Step(self.now, happened, told, arrived, touched, before, self._files)
        self._files = False
        if self.watch is not None:
            self.watch.see(step)
        for onlooker in self.onlookers:
            onlooker.see(step)

    async def look_at_deadlines(self) -> int:
        """One pass of the escalation; how many clocks and questions it handled."""
        self.passes += 1
        if self.watch is not None:
            self.watch.before_pass(self.now)
        handled = await self.core.escalation.run_once()
        if self.watch is not None:
            self.watch.after_pass(self.now, handled)
        await self.settle()
        return handled

    async def run(self, until: datetime, tick: Callable[[datetime], None]) -> None:
        """Let time pass; `tick` hears where it is. What is due at `until` still happens."""
        while True:
            moment, act = self._next()
            if moment is None or moment > until:
                break
            self.clock.move_to(max(moment, self.now))
            tick(self.now)
            await act()
        self.clock.move_to(until)
        await self.settle()

    def _next(self) -> tuple[datetime | None, Callable[[], Awaitable[object]]]:
        """The next thing that happens; deadlines before people at the same moment."""
        wake = self.eyes.next_wake()
        found: list[tuple[datetime, int]] = []
        if wake is not None:
            found.append((pass_at(wake), 0))
        if (delivery := self.eyes.next_delivery()) is not None:
            found.append((delivery, 1))
        if (planned := self.agenda.next_at) is not None:
            found.append((planned, 2))
        if not found:
            return None, self.settle
        moment, what = min(found)
        return moment, (self.look_at_deadlines, self.settle, self._act)[what]

    async def _act(self) -> None:
        await self.agenda.take()()


async def open_world(
    settings: Settings,
    understander: Understander,
    start: datetime,
    seed: int,
) -> World:
    """The product on a prepared SQLite database whose commits wait for no disk."""
    clock = VirtualClock(start)
    ids = Chance(seed, "ids")
    # The share of closings that are called back is drawn by the key.
    settings = settings.model_copy(update={"secret_key": SecretStr(f"month-{seed:026d}")})
    core = await bootstrap(
        settings,
        understander,
        clock=clock,
        coordination=Coordination(MemoryLocks(), MemoryWakeups(), Unlimited()),
        database=Database(settings.database, durable=False),
        new_id=ids.word,
    )
    file = settings.data_dir / "liandong.db"
    return World(core, clock, Eyes(file), seed)
