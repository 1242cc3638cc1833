"""The county that a running service works with, and its renewal when the data change.

An import, a change of divisions or an approved name raises the county's version in the database.
Every process looks for that by itself: nobody has to restart anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from routing.county import County
from routing.county_tables import load_county
from routing.problems import CountyDataError
from services.office import Office
from services.ports import Clock
from storage.county_store import CountyStore, Rows
from storage.database import Database

log = structlog.get_logger()


class PresentOffice:
    """Gives the present office; `renew` replaces it as a whole."""

    def __init__(
        self, database: Database, make: Callable[[County, Clock], Office], clock: Clock
    ) -> None:
        """`make` builds the office of a county; it may take a while."""
        self._store = CountyStore(database)
        self._make = make
        self._clock = clock
        self._version = -1
        self._office: Office | None = None

    def __call__(self) -> Office:
        """The office of now. `renew` must have been called once."""
        if self._office is None:
            raise RuntimeError("the county was not loaded yet")
        return self._office

    async def renew(self) -> int:
        """Load the county when its version rose; 1 when it did. The old one serves meanwhile.

        The first call raises `CountyDataError` for data that cannot be used; later ones keep
        what there is and log it.
        """
        version = await self._store.version()
        if version == self._version:
            return 0
        sheets = await self._store.read()
        try:
            # Building the gazetteer must not hold up the messages that arrive meanwhile.
            self._office = await asyncio.to_thread(self._built, sheets)
        except CountyDataError as exc:
            if self._office is None:
                raise
            log.error("county.not_renewed", version=version, problems=len(exc.problems))
            self._version = version
            return 0
        if self._version >= 0:
            log.info("county.renewed", version=version)
        self._version = version
        return 1

    def _built(self, sheets: dict[str, Rows]) -> Office:
        return self._make(load_county(sheets), self._clock)
