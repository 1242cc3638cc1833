"""The county that a running service works with, and its renewal when the data change.

An import, a change of divisions or an approved name raises the county's version in the database, a
leave or a swap that of the duty. Every process looks for both by itself: nobody has to restart
anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import structlog

from routing.county import County
from routing.county_tables import load_county
from routing.duty import NO_CHANGES, STILL_MATTERS
from routing.errors import LiandongError
from routing.problems import CountyDataError
from services.office import Office
from services.ports import Clock
from storage.county_store import CountyStore, Rows
from storage.database import Database
from storage.duty_book import SqlDutyBook
from storage.intent_successors import SqlIntentSuccessors

log = structlog.get_logger()

Speak = Callable[[County, Mapping[str, str]], Awaitable[Callable[[], None]]]
"""Takes a county and what its matters were called before."""


class PresentOffice:
    """Gives the present office; `renew` replaces it as a whole."""

    def __init__(
        self,
        database: Database,
        make: Callable[[County, Clock], Office],
        clock: Clock,
        speak: Speak | None = None,
    ) -> None:
        """`make` builds the office of a county; it may take a while.

        `speak` gets whoever reads messages ready for its words; what it returns is called in the
        moment in which the county changes, so that what is read is what is decided about.
        """
        self._speak = speak
        self._names = SqlIntentSuccessors(database)
        self._store = CountyStore(database)
        self._book = SqlDutyBook(database)
        self._make = make
        self._clock = clock
        self._version = -1
        self._duty_version = 0
        self._live = NO_CHANGES
        self._office: Office | None = None

    def __call__(self) -> Office:
        """The office of now. `renew` must have been called once."""
        if self._office is None:
            raise RuntimeError("the county was not loaded yet")
        return self._office

    async def renew(self) -> int:
        """Load the county and the duty when their versions rose; 1 when the county's did.

        The old one serves meanwhile. The first call raises `CountyDataError` for data that cannot
        be used; later ones keep what there is and log it.
        """
        await self._renew_duty()
        version = await self._store.version()
        if version == self._version:
            return 0
        sheets = await self._store.read()
        try:
            # Building the gazetteer must not hold up the messages that arrive meanwhile.
            office = await asyncio.to_thread(self._built, sheets)
        except CountyDataError as exc:
            if self._office is None:
                raise
            log.error("county.not_renewed", version=version, problems=len(exc.problems))
            self._version = version
            return 0
        spoken = await self._spoken(office.county)
        # Whoever went on leave while it was built is on leave in it.
        self._office = replace(office, live=self._live)
        spoken()
        if self._version >= 0:
            log.info("county.renewed", version=version)
        self._version = version
        return 1

    async def _spoken(self, county: County) -> Callable[[], None]:
        if self._speak is None:
            return lambda: None
        return await self._speak(county, await self._names.became())

    async def duty_changed(self) -> None:
        """Take up a leave or a swap that this process has just written.

        Never raises: the message is saved, and the next `renew` looks again.
        """
        try:
            await self._renew_duty()
        except LiandongError as exc:
            log.warning("duty.not_renewed", error=type(exc).__name__)

    async def _renew_duty(self) -> None:
        if await self._book.version() == self._duty_version:
            return
        version, live = await self._book.live(self._clock() - STILL_MATTERS)
        if version <= self._duty_version:
            return  # another look was quicker
        self._duty_version, self._live = version, live
        if self._office is not None:
            self._office = replace(self._office, live=live)

    def _built(self, sheets: dict[str, Rows]) -> Office:
        return self._make(load_county(sheets), self._clock)
