"""What a running service does beside the messages, at the moments at which it would find work.

A service looks every few seconds; here a look is planned when something happened that it waits
for, and once an hour for everything else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from liandong.month.pictures import Pictures
from liandong.month.world import Step, World
from tickets.events import EventName

_HOT_SPOTS_AFTER = timedelta(seconds=10)
_FILES_AFTER = timedelta(seconds=2)
_HOUR = timedelta(hours=1)


class Background:
    """`liandong.month.world.Onlooker`: plans the looks."""

    def __init__(self, world: World, pictures: Pictures) -> None:
        self._world = world
        self._files = world.core.files(pictures.sources)
        self._planned: set[str] = set()

    def see(self, step: Step) -> None:
        """A new ticket may make a hot spot, a file is fetched."""
        names = {happened.event.name for happened in step.happened}
        if EventName.RECEIVED in names:
            self._soon("hot spots", _HOT_SPOTS_AFTER, self._world.core.hot_watch.run_once)
        if step.files:
            self._soon("files", _FILES_AFTER, self._files.run_once)

    def start(self) -> None:
        """Begin the hourly round."""
        self._world.agenda.plan(self._world.now + _HOUR, self._hourly)

    def _soon(self, what: str, after: timedelta, look: Callable[[], Awaitable[int]]) -> None:
        if what in self._planned:
            return
        self._planned.add(what)

        async def done() -> None:
            self._planned.discard(what)
            await look()
            await self._world.settle()

        self._world.agenda.plan(self._world.now + after, done)

    async def _hourly(self) -> None:
        core = self._world.core
        await core.processor.sweep()
        await core.processor.settle()
        for look in (
            core.reparse.run_once,
            self._files.run_once,
            core.closing_watch.run_once,
            core.duty_watch.run_once,
        ):
            await look()
        await self._world.settle()
        self._world.agenda.plan(self._world.now + _HOUR, self._hourly)
