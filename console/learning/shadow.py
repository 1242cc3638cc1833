"""The page of a model that reads along: where it would have done otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.learning.intent_choices import Choices, IntentNames, names_of
from console.learning.numbers import number
from console.learning.shadow_view import difference_rows, shadow_page
from console.problem import Problem
from services.learning.books import ModelBook
from services.learning.shadow import ShadowBook

SHOWN = 30
Texts = Callable[[Sequence[int]], Awaitable[Mapping[int, str]]]
"""The masked words of messages, as far as they may be read here."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """Rates, pairs, and examples of a pair."""

    console: Console
    models: ModelBook
    readings: ShadowBook
    texts: Texts
    choices: Choices

    async def page(self, visit: Visit) -> Response:
        """All differences of one model, or those of `?live=` and `?shadow=`."""
        model = await self.models.model(visit.path("name"))
        if model is None:
            raise Problem(404, "没有这个模型。")
        names, now = names_of(await self.choices()), self.console.clock()
        pair = self._pair(visit)
        before = number(visit.query("before")) if visit.query("before") else None
        found = await self.readings.differences(model.name, labels=pair, before=before, limit=SHOWN)
        texts = await self.texts([reading.inbox_id for reading in found])
        await self.console.note(visit, "model.differences", f"model:{model.name}")
        return self.console.page(
            visit,
            "learning/shadow.html",
            name=model.name,
            summary=shadow_page(await self.readings.summary(model.name), names, now),
            rows=difference_rows(found, texts, names, now),
            pair=self._said(pair, names),
            live=pair[0] if pair else "",
            shadow=pair[1] if pair else "",
            more=found[-1].id if len(found) == SHOWN else 0,
        )

    def _pair(self, visit: Visit) -> tuple[str, str] | None:
        live, shadow = visit.query("live"), visit.query("shadow")
        return (live, shadow) if live and shadow else None

    def _said(self, pair: tuple[str, str] | None, names: IntentNames) -> str:
        return f"现用的说“{names(pair[0])}”，它说“{names(pair[1])}”" if pair else ""
