"""The console with the pages of the loop over stand-ins, and somebody signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from console.learning.models import Models
from console.learning.router import (
    add_health,
    add_inbox,
    add_intents,
    add_models,
    add_review,
    add_training,
)
from console.learning.shadow import Shadow
from services.console_policy import ConsoleRole
from tests.console.desk_office import DeskOffice, browser, csrf_of, sign_in
from tests.console.learning.choices import choices, names_by_code
from tests.console.learning.corrections import Corrections
from tests.console.learning.fleet import Fleet, Readings, pdf
from tests.console.learning.healths import Healths
from tests.console.learning.matters import Matters
from tests.console.learning.reviews import Reviews
from tests.console.learning.trainings import Trainings


@dataclass
class Loop(DeskOffice):
    """The console's base and all pages of the loop."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.corrections = Corrections()
        self.reviews = Reviews()
        add_inbox(self.console, self.corrections, choices)
        add_review(self.console, self.reviews, choices)
        self.healths = Healths()
        add_health(self.console, self.healths, names_by_code)
        self.matters = Matters()
        add_intents(self.console, self.matters.pages(self.console))
        self.trainings = Trainings()
        add_training(self.console, self.trainings, self.trainings.log_tail, self.trainings.changes)
        self.fleet = Fleet()
        self.readings = Readings()
        along = Shadow(self.console, self.fleet, self.readings, self.readings.texts, choices)
        add_models(self.console, self._models(self.fleet), along)

    def _models(self, fleet: Fleet) -> Models:
        return Models(self.console, fleet, fleet, fleet, fleet, fleet.switching(), pdf)


@dataclass
class Visitor:
    """A browser of somebody who is signed in; `htmx` as the page's script asks."""

    web: httpx.AsyncClient
    csrf: str

    async def get(self, path: str) -> httpx.Response:
        return await self.web.get(path)

    async def post(self, path: str, **data: str | list[str]) -> httpx.Response:
        return await self.web.post(path, data={"csrf": self.csrf, **data})

    async def htmx(self, path: str, **data: str | list[str]) -> httpx.Response:
        sent = {"csrf": self.csrf, **data}
        return await self.web.post(path, data=sent, headers={"HX-Request": "true"})


@asynccontextmanager
async def visitor(loop: Loop, role: ConsoleRole = ConsoleRole.ADMIN) -> AsyncIterator[Visitor]:
    await loop.people()
    async with browser(loop) as web:
        await sign_in(web, role)
        yield Visitor(web, await csrf_of(web))
