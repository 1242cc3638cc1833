"""What every act on intents needs: one look at all there is, one writing of all that changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from routing.catalogue import SHEET
from services.learning.applying import Applied, apply_edits
from services.learning.edits import (
    AddIntent,
    AddSentence,
    Edit,
    Placed,
    SentenceFiles,
    SentenceJournal,
)
from services.learning.intent_view import IntentView, row_of
from services.learning.intents import (
    IntentBook,
    IntentChange,
    IntentRefused,
    IntentState,
    KnownIntent,
    Row,
    StagedLabel,
)
from services.learning.labels import LabelState, Part
from services.learning.sentences import Sentence
from services.ports import Clock
from services.privacy import learnt

NOTHING = Applied()


@dataclass(frozen=True, slots=True)
class Draft:
    """A new intent as an admin fills it in."""

    code: str
    name: str
    row: Mapping[str, str]
    """Its row of the catalogue: group, lead_unit, co_units, min_level, appeal_types, urgency,
    limits, evidence, basis, covers; several values of a cell are joined with `|`."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did, beside what was asked."""

    notes: tuple[str, ...] = ()
    """Sentences for the admin: what would be better, what was dropped."""
    applied: Applied = NOTHING
    """How far the sentence files are."""


class IntentOffice:
    """The parts of `services.learning.intent_desk.Intents` that its acts share."""

    def __init__(
        self,
        book: IntentBook,
        files: SentenceFiles,
        journal: SentenceJournal,
        clock: Clock,
        bare: Callable[[str], str],
    ) -> None:
        """`bare` is what counts as the same sentence, as labels keep it."""
        self._book = book
        self._files = files
        self._journal = journal
        self._clock = clock
        self._bare = bare

    async def _view(self) -> IntentView:
        version, sheets = await self._book.county()
        vocabulary = await self._files.vocabulary()
        return IntentView(version, sheets, tuple(await self._book.known()), vocabulary)

    def _known(
        self,
        code: str,
        name: str,
        state: IntentState,
        by: str,
        *,
        became: str = "",
        row: Row | None = None,
    ) -> KnownIntent:
        return KnownIntent(code, name, state, by, self._clock(), became, row or {})

    async def _drafted(self, view: IntentView, draft: Draft, by: str) -> KnownIntent:
        view.refuse_code(draft.code)
        row = await self._checked_row(view, draft)
        return self._known(draft.code, draft.name, IntentState.DRAFT, by, row=row)

    async def _checked_row(self, view: IntentView, draft: Draft) -> dict[str, str]:
        view.refuse_name(draft.name, draft.code)
        row = row_of(draft.row, draft.code, draft.name)
        view.refuse_group(row)
        await asyncio.to_thread(view.refuse_sheets, {SHEET: view.with_rows([row])})
        return row

    async def _write(self, view: IntentView, change: IntentChange, by: str) -> Applied:
        """Everything at once; the files follow."""
        if change.edits:
            await self._files.refusals([])  # a broken file is mended before anything is changed
        if change.sheets:
            await asyncio.to_thread(view.refuse_sheets, change.sheets)
        await self._book.change(change, by, self._clock())
        if not change.edits:
            return NOTHING
        return await apply_edits(self._journal, self._files, self._clock)

    async def _accepted(self, view: IntentView, code: str) -> list[StagedLabel]:
        """The labels that wait for a draft, under any of its codes; as examples say them."""
        codes = view.codes(code)
        return [
            replace(label, sentence=replace(label.sentence, text=learnt(label.sentence.text)))
            for label in await self._book.staged()
            if label.state is LabelState.ACCEPTED and label.sentence.intent in codes
        ]

    async def _carried(self, edits: Sequence[Edit]) -> tuple[list[Edit], list[str]]:
        """Those of the edits that the files will take, and why they will not take the others."""
        each_once = list(dict.fromkeys(edits))
        told = await self._files.refusals(each_once)
        pairs = zip(each_once, told, strict=True)
        refused = [f"有一句没有写进去：{why}" for why in dict.fromkeys(told) if why]
        return [edit for edit, why in pairs if not why], refused


def change_of(view: IntentView, action: str, code: str, what: str) -> IntentChange:
    """A change of what was looked at; `what` is a Chinese sentence for the records."""
    about = f"intent:{code}"
    return IntentChange(
        view.version, view.known, f"intent.{action}", about, what, detail={"what": what}
    )


def intent_edit(known: KnownIntent) -> AddIntent:
    """What makes the files know a draft."""
    return AddIntent(known.code, known.name, urgent=known.row.get("urgency") == "urgent")


def texts_of(code: str, edits: Sequence[Edit], there: Sequence[Placed], part: Part) -> set[str]:
    """The sentences that an intent has in a part, with those that the edits add."""
    every = [(each.sentence, each.part) for each in there]
    every += [(edit.sentence, edit.part) for edit in edits if isinstance(edit, AddSentence)]
    return {each.text for each, where in every if where is part and each.intent == code}


def under(sentence: Sentence, code: str) -> Sentence:
    """The same sentence under a code of now."""
    return Sentence(
        sentence.text,
        code,
        sentence.appeal_type,
        sentence.urgent,
        sentence.confidential,
        sentence.source,
    )


def refuse_if(known: KnownIntent, missing: Sequence[str]) -> None:
    """Raise `IntentRefused` when something is missing."""
    if missing:
        raise IntentRefused(f"“{known.name}”还不能上线：{'；'.join(missing)}")
