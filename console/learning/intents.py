"""The pages of intents: the list, one of them, the form of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.forms import NO_FORM, Form
from console.learning.appeal_types import APPEAL_TYPES
from console.learning.intents_edits import EditLine, edit_lines
from console.learning.intents_form import DraftFields, fields_of, parts_of
from console.learning.intents_news import news
from console.learning.intents_view import (
    SHOWN_NAMES,
    Shown,
    counts_of,
    county_units,
    facts_of,
    group_names,
    intent_row,
    shown_rows,
)
from console.learning.intents_words import EVIDENCE, LEVELS, URGENCIES
from console.problem import Problem
from routing.decide import DISCIPLINE
from services.console_policy import Permission
from services.learning.edits import FilesBroken, SentenceFiles, SentenceJournal
from services.learning.intent_desk import Intents
from services.learning.intent_listing import ListedIntent
from services.learning.intents import IntentState

_NONE = "没有这个事项。"
_LATELY = 50
"""Edits that are looked through for refused ones."""


@dataclass(frozen=True, slots=True)
class IntentPages:
    """What is to be seen of intents; `console.learning.intents_acts` changes them."""

    console: Console
    intents: Intents
    files: SentenceFiles
    journal: SentenceJournal

    async def page(self, visit: Visit) -> Response:
        """The list."""
        shown, typed = _shown(visit.query("state")), visit.query("q")
        every, broken = list[ListedIntent](), ""
        try:
            every = await self.intents.listed()
            await self.files.refusals([])
        except FilesBroken as exc:
            broken = str(exc)
        return self.console.page(
            visit,
            "learning/intents.html",
            rows=shown_rows(every, self._groups(), shown, typed),
            counts=counts_of(every),
            filters=SHOWN_NAMES,
            shown=shown,
            typed=typed,
            broken=broken,
            edits=await self._edits(),
            news=news(self.console, visit),
            may_edit=visit.may(Permission.EDIT_INTENTS),
        )

    async def one(self, visit: Visit) -> Response:
        """One intent, with what may be done with it."""
        return await self.show(visit, visit.path("code"))

    async def show(
        self, visit: Visit, code: str, problem: str = "", opened: str = "", form: Form = NO_FORM
    ) -> Response:
        """The same; after a refusal with its sentence, and what was typed into the form
        `opened`."""
        every = await self._listed()
        listed = _found(every, code)
        row = intent_row(listed, self._groups())
        return self.console.page(
            visit,
            "learning/intents_one.html",
            422 if problem else 200,
            intent=row,
            facts=facts_of(listed.row, self._groups()),
            parent=_parent(every, code),
            names={each.code: each.name for each in every},
            others=_others(every, listed),
            files=[] if row.gone else await self._files(code),
            tickets=0 if row.gone else await self.intents.open_tickets(code),
            problem=problem,
            opened=opened,
            typed=form,
            parts=parts_of(form),
            news=news(self.console, visit),
            may_edit=visit.may(Permission.EDIT_INTENTS),
        )

    async def new(self, visit: Visit) -> Response:
        """The empty form of a draft."""
        return self.draft_form(visit, DraftFields(row={"urgency": "normal"}))

    async def draft(self, visit: Visit) -> Response:
        """The form of a draft that is there."""
        listed = _found(await self._listed(), visit.path("code"))
        if listed.state is not IntentState.DRAFT:
            raise Problem(422, "这个事项已经不是草稿了。")
        fields = fields_of(listed.code, listed.name, listed.row)
        return self.draft_form(visit, fields, there=listed.code)

    def draft_form(
        self, visit: Visit, fields: DraftFields, problem: str = "", there: str = ""
    ) -> Response:
        """With what stands in it; `there` is the code of a draft that is there."""
        return self.console.page(
            visit,
            "learning/intents_draft.html",
            422 if problem else 200,
            fields=fields,
            there=there,
            problem=problem,
            groups=self._groups(),
            units=county_units(self.console.office().county),
            levels=LEVELS,
            urgencies=URGENCIES,
            appeal_types=APPEAL_TYPES,
            evidence={**{kind: kind for kind in fields.several("evidence")}, **EVIDENCE},
        )

    async def _listed(self) -> list[ListedIntent]:
        """Raises `Problem` while a file cannot be read."""
        try:
            return await self.intents.listed()
        except FilesBroken as exc:
            raise Problem(422, str(exc)) from exc

    async def _files(self, code: str) -> list[str]:
        """The files that hold the examples of an intent: `nlu/data/road.yml`."""
        placed = await self.files.sentences(code)
        return list(dict.fromkeys(_path(each.file) for each in placed))

    async def _edits(self) -> list[EditLine]:
        pending, recent = await self.journal.pending(), await self.journal.recent(_LATELY)
        return edit_lines(pending, recent, self.console.clock())

    def _groups(self) -> dict[str, str]:
        return group_names(self.console.office().county)


def _path(file: str) -> str:
    return file if file.startswith("nlu/") else f"nlu/{file}"


def _shown(value: str) -> Shown:
    return Shown(value) if value in {*Shown} else Shown.ALL


def _found(every: Sequence[ListedIntent], code: str) -> ListedIntent:
    found = next((each for each in every if each.code == code), None)
    if found is None:
        raise Problem(404, _NONE)
    return found


def _parent(every: Sequence[ListedIntent], code: str) -> ListedIntent | None:
    """The matter that is being split into this draft."""
    splits = (each for each in every if each.state is IntentState.SPLITTING)
    return next((each for each in splits if code in each.became.split("|")), None)


def _others(every: Sequence[ListedIntent], one: ListedIntent) -> list[ListedIntent]:
    """What an intent may be merged into: as urgent as it is."""
    return [
        each
        for each in every
        if each.state is IntentState.LIVE
        and each.code != one.code
        and (each.row.get("urgency") == "urgent") == (one.row.get("urgency") == "urgent")
        and each.row.get("group") != DISCIPLINE
    ]
