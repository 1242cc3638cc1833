"""The page of the data's health: what there is to learn from, what is confused, what changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.responses import Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.learning.author_names import AuthorNames
from console.learning.health_names import HealthNames
from console.learning.health_view import health_view
from services.console_policy import ConsoleRole
from services.learning.health import DataHealth

IntentNames = Callable[[], Mapping[str, str]]
"""What intents are called now, by code."""


class HealthReport(Protocol):
    """`services.learning.health.Health`."""

    async def report(self) -> DataHealth:
        """As it is now."""
        ...


@dataclass(frozen=True, slots=True)
class HealthPages:
    """The page stands at once; what reads all sentences and twelve weeks follows."""

    console: Console
    health: HealthReport
    names: IntentNames

    async def page(self, visit: Visit) -> Response:
        """The frame."""
        return self.console.page(visit, "learning/health.html")

    async def report(self, visit: Visit) -> Response:
        """Everything in it; a page of its own for whoever has no script."""
        health, now = await self.health.report(), self.console.clock()
        is_admin = ConsoleRole.ADMIN in visit.account.roles
        authors = AuthorNames(self.console.office()) if is_admin else None
        return self.console.page(
            visit,
            "learning/health_report.html" if visit.is_htmx else "learning/health_whole.html",
            health=health_view(health, HealthNames(self.names()), authors, now),
        )
