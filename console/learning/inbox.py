"""The inbox of corrections: one message after the other, by keyboard."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.learning.appeal_types import APPEAL_TYPES, FIRST_KEY
from console.learning.inbox_acts import Act, act_of
from console.learning.inbox_news import recorded, taken_back
from console.learning.inbox_view import InboxCard, card
from console.learning.intent_choices import Choices, IntentChoice, by_name, names_of
from console.learning.numbers import number, numbers
from console.problem import Problem
from services.learning.desks import CorrectionDesk
from services.learning.inbox_items import InboxPage
from services.learning.label_errors import AlreadyLabelled, NoSuchItem, NothingToUndo, UnknownIntent
from services.learning.labels import Label, Verdict

_NONE = "没有这条消息。"
AHEAD = 3
"""Messages that the page holds ready behind the one that is shown."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """One annotator's way through the messages."""

    console: Console
    desk: CorrectionDesk
    choices: Choices

    async def page(self, visit: Visit) -> Response:
        """The message most worth a label, and the next ones behind it."""
        wanted = visit.query("item")
        found = await self.desk.page(visit.account.name, limit=AHEAD + 1)
        choices = await self._choices()
        cards = self._cards(found, choices)
        if wanted:
            cards = [*await self._one(wanted, choices), *(c for c in cards if str(c.id) != wanted)]
        return self.console.page(
            visit, "learning/inbox.html", cards=cards, **self._around(found, choices)
        )

    async def act(self, visit: Visit) -> Response:
        """A label, or that there will be none; then the next message."""
        choices = await self._choices()
        news, settled = await self._settle(visit, number(visit.path("item"), _NONE), choices)
        if not visit.is_htmx:
            return RedirectResponse("/console/inbox", status_code=303)
        found = await self.desk.page(visit.account.name, limit=AHEAD + 1)
        return self.console.page(
            visit,
            "learning/inbox_after.html",
            cards=self._cards(found, choices),
            news=news,
            settled=settled,
            **self._around(found, choices),
        )

    async def undo(self, visit: Visit) -> Response:
        """The newest label back, and its message again."""
        choices = await self._choices()
        try:
            label = await self.desk.undo(visit.account.name)
        except NothingToUndo as exc:
            raise Problem(409, str(exc)) from exc
        if not visit.is_htmx:
            return RedirectResponse(f"/console/inbox?item={label.inbox_id}", status_code=303)
        again = await self._one(str(label.inbox_id), choices) if label.inbox_id else []
        found = await self.desk.page(visit.account.name, limit=AHEAD + 1)
        return self.console.page(
            visit,
            "learning/inbox_again.html",
            cards=again,
            news=taken_back(label, names_of(choices.values())),
            counted=label.verdict is not Verdict.SKIP,
            **self._around(found, choices),
        )

    async def _settle(
        self, visit: Visit, item_id: int, choices: dict[str, IntentChoice]
    ) -> tuple[str, bool]:
        """What to say, and whether a label was recorded."""
        item = await self.desk.item(item_id)
        if item is None:
            return str(AlreadyLabelled()), False
        act = act_of(visit.form, item, choices)
        apart = {each.inbox_id for each in item.alike} & numbers(visit.form.all("apart"))
        try:
            if apart:
                await self.desk.apart(visit.account.name, sorted(apart))
            label = await self._done(visit.account.name, item_id, act)
        except (AlreadyLabelled, NoSuchItem) as exc:
            return str(exc), False
        except UnknownIntent as exc:
            raise Problem(422, str(exc)) from exc
        return recorded(label, names_of(choices.values())), label.verdict is not Verdict.SKIP

    async def _done(self, account: str, item_id: int, act: Act) -> Label:
        match act.verdict:
            case Verdict.SKIP:
                return await self.desk.skip(account, item_id)
            case Verdict.UNCLEAR:
                return await self.desk.unclear(account, item_id)
            case Verdict.TWO_MATTERS:
                return await self.desk.two_matters(account, item_id)
        if act.answer is None:
            return await self.desk.accept(account, item_id)
        return await self.desk.correct(account, item_id, act.answer)

    async def _one(self, wanted: str, choices: dict[str, IntentChoice]) -> list[InboxCard]:
        item = await self.desk.item(number(wanted, _NONE))
        names = names_of(choices.values())
        return [card(item, names, self.console.clock())] if item else []

    def _cards(self, found: InboxPage, choices: dict[str, IntentChoice]) -> list[InboxCard]:
        names, now = names_of(choices.values()), self.console.clock()
        return [card(item, names, now) for item in found.items]

    def _around(self, found: InboxPage, choices: dict[str, IntentChoice]) -> dict[str, object]:
        """What every part of the page needs beside the messages."""
        return {
            "open_items": found.open_items,
            "open_messages": found.open_messages,
            "types": [(key, *each) for key, each in enumerate(APPEAL_TYPES.items(), FIRST_KEY)],
            "choices": by_name(choices.values()),
        }

    async def _choices(self) -> dict[str, IntentChoice]:
        return {each.code: each for each in await self.choices()}
