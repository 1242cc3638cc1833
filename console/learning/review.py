"""The review: a second person looks at each label before anything learns from it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.learning.appeal_types import APPEAL_TYPES, FIRST_KEY
from console.learning.author_names import AuthorNames
from console.learning.intent_choices import Choices, IntentChoice, by_name, names_of
from console.learning.numbers import number, numbers
from console.learning.review_acts import Decision, all_decided, decided, decision_of
from console.learning.review_view import ORIGIN_NAMES, groups
from console.problem import Problem
from services.learning.desks import ReviewDesk
from services.learning.label_errors import (
    AlreadyReviewed,
    Contradiction,
    NoSuchItem,
    NotAnExample,
    NothingSaid,
    OwnLabel,
    UnknownIntent,
)
from services.learning.labels import Label, Origin

SHOWN = 60
"""Labels of one page."""
_NONE = "没有这条标注，或者已经复核过了。"


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's way through the labels."""

    console: Console
    desk: ReviewDesk
    choices: Choices

    async def page(self, visit: Visit) -> Response:
        """Labels that wait, by intent and origin; `?origin=` and `?after=` choose among them."""
        return await self._show(visit)

    async def act(self, visit: Visit) -> Response:
        """One label is right, is something else, or is not to be learnt from."""
        label_id = number(visit.path("label"), _NONE)
        choices = await self._choices()
        item = await self.desk.item(visit.account.name, label_id)
        if item is None:
            return self._settled(visit, label_id, str(AlreadyReviewed()))
        decision = decision_of(visit.form, item.label, choices)
        try:
            label = await self._done(visit.account.name, label_id, decision)
        except (AlreadyReviewed, NoSuchItem) as exc:
            return self._settled(visit, label_id, str(exc))
        except (OwnLabel, Contradiction, NotAnExample, NothingSaid, UnknownIntent) as exc:
            raise Problem(422, str(exc)) from exc
        return self._settled(visit, label_id, decided(label, names_of(choices.values())))

    async def act_on_all(self, visit: Visit) -> Response:
        """Every label of a group is right."""
        wanted = sorted(numbers(visit.form.all("label")))
        if not wanted:
            raise Problem(422, "还没有勾选标注。")
        outcome = await self.desk.accept_all(visit.account.name, wanted)
        return await self._show(visit, all_decided(outcome))

    async def _done(self, reviewer: str, label_id: int, decision: Decision) -> Label:
        if not decision.accepted:
            return await self.desk.reject(reviewer, label_id, decision.why)
        if decision.answer is None:
            return await self.desk.accept(reviewer, label_id, stands=decision.stands)
        return await self.desk.change(reviewer, label_id, decision.answer, stands=decision.stands)

    async def _show(self, visit: Visit, news: str = "") -> Response:
        origin = _origin(visit.query("origin"))
        after = number(visit.query("after") or "0")
        choices, name = await self._choices(), visit.account.name
        found = await self.desk.page(name, limit=SHOWN, after=after, origin=origin)
        names, now = names_of(choices.values()), self.console.clock()
        authors = AuthorNames(self.console.office())
        return self.console.page(
            visit,
            "learning/review.html",
            groups=groups(found.items, names, authors, now),
            waiting=found.waiting,
            own=sum(item.own for item in found.items),
            more=found.items[-1].label.id if len(found.items) == SHOWN else 0,
            origin=origin.value if origin else "",
            origins=[(each.value, says) for each, says in ORIGIN_NAMES.items()],
            disagreement=await self.desk.disagreement(),
            names=names,
            origin_names={each.value: says for each, says in ORIGIN_NAMES.items()},
            types=[(key, *each) for key, each in enumerate(APPEAL_TYPES.items(), FIRST_KEY)],
            choices=by_name(choices.values()),
            news=news,
        )

    def _settled(self, visit: Visit, label_id: int, news: str) -> Response:
        if not visit.is_htmx:
            return RedirectResponse("/console/review", status_code=303)
        return self.console.page(
            visit, "learning/review_settled.html", label_id=label_id, news=news
        )

    async def _choices(self) -> dict[str, IntentChoice]:
        return {each.code: each for each in await self.choices()}


def _origin(text: str) -> Origin | None:
    try:
        return Origin(text) if text else None
    except ValueError as exc:
        raise Problem(404, "没有这种来源。") from exc
