"""The inbox as a list: many messages at once, ticked and labelled together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from starlette.responses import Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.learning.appeal_types import APPEAL_TYPES, FIRST_KEY
from console.learning.inbox_acts import answer_of
from console.learning.inbox_news import all_recorded
from console.learning.inbox_view import card
from console.learning.intent_choices import Choices, IntentChoice, by_name, names_of
from console.learning.numbers import numbers
from console.problem import Problem
from services.learning.desks import CorrectionDesk
from services.learning.inbox_items import BulkOutcome
from services.learning.label_errors import UnknownIntent

SHOWN = 60
"""Rows of one page; more than people look through with care."""


@dataclass(frozen=True, slots=True)
class InboxBulk:
    """Many messages of one reading, confirmed or corrected in one go."""

    console: Console
    desk: CorrectionDesk
    choices: Choices

    async def page(self, visit: Visit) -> Response:
        """The messages that the service took for `?intent=`; without it all, most worth first."""
        return await self._show(visit, visit.query("intent"))

    async def act(self, visit: Visit) -> Response:
        """Every ticked one is what the service took it for, or all are the same other thing."""
        ticked = sorted(numbers(visit.form.all("item")))
        if not ticked:
            raise Problem(422, "还没有勾选消息。")
        choices = {each.code: each for each in await self.choices()}
        outcome = await self._done(visit, ticked, choices)
        return await self._show(visit, visit.form.text("only"), all_recorded(outcome))

    async def _done(
        self, visit: Visit, ticked: list[int], choices: dict[str, IntentChoice]
    ) -> BulkOutcome:
        name = visit.account.name
        if visit.form.text("verdict") == "accept":
            return await self.desk.accept_all(name, ticked)
        answer = answer_of(visit.form, choices, visit.form.text("intent"))
        try:
            return await self.desk.correct_all(name, ticked, answer)
        except UnknownIntent as exc:
            raise Problem(422, str(exc)) from exc

    async def _show(self, visit: Visit, intent: str, news: str = "") -> Response:
        found = await self.desk.page(visit.account.name, limit=SHOWN)
        choices = await self.choices()
        names, now = names_of(choices), self.console.clock()
        readings = Counter(item.read_as.intent for item in found.items)
        items = [i for i in found.items if intent in ("", i.read_as.intent)]
        return self.console.page(
            visit,
            "learning/inbox_bulk.html",
            cards=[card(item, names, now) for item in items],
            only=intent,
            readings=[(code, names(code), n) for code, n in readings.most_common() if code],
            open_items=found.open_items,
            open_messages=found.open_messages,
            choices=by_name(choices),
            types=[(key, *each) for key, each in enumerate(APPEAL_TYPES.items(), FIRST_KEY)],
            news=news,
        )
