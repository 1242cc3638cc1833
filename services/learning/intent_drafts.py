"""Makes drafts, and lets them go live."""

from __future__ import annotations

from dataclasses import replace

from routing.catalogue import SHEET
from services.learning.edits import AddSentence
from services.learning.intent_listing import lacks, tips
from services.learning.intent_office import (
    Draft,
    Outcome,
    change_of,
    intent_edit,
    refuse_if,
    texts_of,
    under,
)
from services.learning.intent_splits import IntentSplits
from services.learning.intent_view import IntentView
from services.learning.intents import IntentRefused, IntentState, KnownIntent
from services.learning.labels import Part


class IntentDrafts(IntentSplits):
    """From a draft that is labelled for to a matter that messages are read as."""

    async def add_draft(self, draft: Draft, by: str) -> Outcome:
        """An intent that may be labelled for; no message is read as it yet."""
        view = await self._view()
        made = await self._drafted(view, draft, by)
        change = change_of(view, "draft", draft.code, f"草稿“{draft.name}”")
        await self._write(view, replace(change, intents=[made]), by)
        return Outcome(tips(0, draft.code in await self._files.worded()))

    async def change_draft(self, draft: Draft, by: str) -> Outcome:
        """Another name, or another row, of a draft."""
        view = await self._view()
        _draft_of(view, draft.code)
        row = await self._checked_row(view, draft)
        made = self._known(draft.code, draft.name, IntentState.DRAFT, by, row=row)
        change = change_of(view, "draft", draft.code, f"草稿“{draft.name}”")
        await self._write(view, replace(change, intents=[made]), by)
        return Outcome()

    async def go_live(self, code: str, by: str) -> Outcome:
        """From a draft to a matter: its row into the catalogue, its labels into the files.

        A part of a split goes live with all other parts.
        """
        view = await self._view()
        parent = view.splitting(code)
        if parent is not None:
            return await self._finish_split(view, parent, by)
        known = _draft_of(view, code)
        labels = await self._accepted(view, code)
        adding = {each.id: AddSentence(under(each.sentence, code), each.part) for each in labels}
        edits, refused = await self._carried([intent_edit(known), *adding.values()])
        there = await self._files.sentences(code)
        refuse_if(known, lacks(len(texts_of(code, edits, there, Part.DATA)), 0))
        what = f"新事项“{known.name}”（{code}）上线"
        change = replace(
            change_of(view, "live", code, what),
            intents=[self._known(code, known.name, IntentState.LIVE, by, row=known.row)],
            sheets={SHEET: view.with_rows([known.row])},
            edits=edits,
            written=[number for number, edit in adding.items() if edit in edits],
        )
        applied = await self._write(view, change, by)
        golden = len(texts_of(code, edits, there, Part.GOLDEN))
        return Outcome((*tips(golden, code in await self._files.worded()), *refused), applied)


def _draft_of(view: IntentView, code: str) -> KnownIntent:
    known = view.get(code)
    if known is None or known.state is not IntentState.DRAFT:
        raise IntentRefused(f"“{code}”不是草稿")
    return known
