"""Splits a matter: new drafts, the old examples sorted again, all parts live together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from routing.catalogue import SHEET
from services.learning.edits import AddSentence, Edit
from services.learning.intent_listing import lacks
from services.learning.intent_office import (
    Draft,
    IntentOffice,
    Outcome,
    change_of,
    intent_edit,
    refuse_if,
    texts_of,
    under,
)
from services.learning.intent_split import Sorting, sort_out
from services.learning.intent_view import IntentView
from services.learning.intents import IntentRefused, IntentState, KnownIntent, ToSort
from services.learning.labels import Part
from services.learning.sentences import Sentence


class IntentSplits(IntentOffice):
    """Until all examples are sorted and each part has enough, the matter works as before."""

    async def split(self, code: str, parts: Sequence[Draft], by: str) -> Outcome:
        """New drafts beside a matter, whose old examples get a label each, to be sorted again.

        `go_live` of any part ends it.
        """
        view = await self._view()
        row = view.whole(code)
        codes = [part.code for part in parts]
        if not codes or len(set(codes)) < len(codes):
            raise IntentRefused("拆分至少要有一个新事项，代码不能重复")
        made = [await self._drafted(view, part, by) for part in parts]
        old = [each.sentence for each in await self._files.sentences(code)]
        state, joined = IntentState.SPLITTING, "|".join(codes)
        change = replace(
            change_of(view, "split", code, f"拆分“{row['name']}”"),
            intents=[self._known(code, row["name"], state, by, became=joined), *made],
            to_sort=self._to_sort(old),
        )
        await self._write(view, change, by)
        return Outcome((f"“{row['name']}”的 {len(old)} 句例句已排进复核，全部分好再上线",))

    async def cancel_split(self, code: str, by: str) -> Outcome:
        """All stays one matter; the drafts of the parts stay drafts."""
        view = await self._view()
        parent = view.splitting(code)
        if parent is None or parent.code != code:
            raise IntentRefused(f"“{code}”没有在拆分")
        change = replace(
            change_of(view, "cancel_split", code, f"不拆分“{parent.name}”了"),
            intents=[self._known(code, parent.name, IntentState.LIVE, by)],
            dropped=[label.id for label in await self._book.sorting(code)],
        )
        await self._write(view, change, by)
        return Outcome()

    async def _sorting(self, view: IntentView, code: str) -> Sorting:
        placed = await self._files.sentences(code)
        return sort_out(placed, await self._book.sorting(code), view.current)

    def _to_sort(self, sentences: Sequence[Sentence]) -> list[ToSort]:
        return [ToSort(each, self._bare(each.text)) for each in sentences]

    async def _finish_split(self, view: IntentView, parent: KnownIntent, by: str) -> Outcome:
        sorting = await self._sorting(view, parent.code)
        await self._queue_new(view, parent, sorting, by)
        parts = [known for code in parent.parts if (known := view.get(code))]
        adding = {
            label.id: AddSentence(under(label.sentence, part.code), label.part)
            for part in parts
            for label in await self._accepted(view, part.code)
        }
        wanted: list[Edit] = [*map(intent_edit, parts), *sorting.edits, *adding.values()]
        edits, refused = await self._carried(wanted)
        refuse_if(parent, lacks(sorting.data[parent.code], sorting.unsorted))
        for part in parts:
            there = await self._files.sentences(part.code)
            new = len(texts_of(part.code, edits, there, Part.DATA))
            refuse_if(part, lacks(sorting.data[part.code] + new, 0))
        names = "、".join(part.name for part in parts)
        live = [self._known(p.code, p.name, IntentState.LIVE, by, row=p.row) for p in parts]
        change = replace(
            change_of(view, "live", parent.code, f"“{parent.name}”拆出“{names}”"),
            intents=[self._known(parent.code, parent.name, IntentState.LIVE, by), *live],
            sheets={SHEET: view.with_rows([part.row for part in parts])},
            edits=edits,
            written=[*sorting.labels, *(n for n, edit in adding.items() if edit in edits)],
        )
        return Outcome(tuple(refused), await self._write(view, change, by))

    async def _queue_new(
        self, view: IntentView, parent: KnownIntent, sorting: Sorting, by: str
    ) -> None:
        """Examples that came into the files after the split began are sorted as well."""
        if sorting.unlabelled:
            change = change_of(view, "split", parent.code, f"补排“{parent.name}”的例句")
            to_sort = self._to_sort([each.sentence for each in sorting.unlabelled])
            await self._write(view, replace(change, to_sort=to_sort), by)
