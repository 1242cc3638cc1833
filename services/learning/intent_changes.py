"""Renames, merges and removes intents."""

from __future__ import annotations

from dataclasses import replace

from routing.catalogue import SHEET
from services.learning.edits import MergeIntent, RemoveIntent, RenameIntent
from services.learning.intent_drafts import IntentDrafts
from services.learning.intent_listing import staged_for
from services.learning.intent_office import Outcome, change_of, under
from services.learning.intent_sheets import dropped_rulings, merged_sheets, renamed_sheets
from services.learning.intent_view import IntentView
from services.learning.intents import IntentRefused, IntentState, KnownIntent, Row


class IntentChanges(IntentDrafts):
    """What happens to intents that have a history: it is kept."""

    async def rename(self, code: str, new_code: str, new_name: str, by: str) -> Outcome:
        """Another Chinese name, another code, or both. What was written with the old code leads
        to the new one for ever."""
        view = await self._view()
        known = view.get(code)
        is_draft = known is not None and known.state is IntentState.DRAFT
        row = known.row if known is not None and is_draft else view.live(code)
        old_name = view.name(code)
        if new_code != code:
            self._refuse_new_code(view, code, new_code, is_draft)
        view.refuse_name(new_name, code)
        if (new_code, new_name) == (code, old_name):
            return Outcome()
        new_row = {**row, "matter": new_code, "name": new_name}
        what = f"事项“{old_name}”（{code}）改为“{new_name}”（{new_code}）"
        change = replace(
            change_of(view, "rename", code, what),
            intents=self._renamed(view, code, new_code, new_name, new_row, by),
        )
        if not is_draft:
            change = replace(
                change,
                sheets=renamed_sheets(view, code, new_row),
                edits=[RenameIntent(code, new_code, old_name, new_name)],
            )
        return Outcome((), await self._write(view, change, by))

    async def merge(self, code: str, into: str, by: str) -> Outcome:
        """The examples, words, rulings and tickets of a matter become another's."""
        view = await self._view()
        row, target = view.whole(code), view.whole(into)
        if code == into:
            raise IntentRefused("不能并到自己")
        if (row["urgency"] == "urgent") != (target["urgency"] == "urgent"):
            raise IntentRefused("一个是紧急事项，一个不是，不能合并：急事会被当成平常事")
        notes = await self._merge_notes(view, code, into)
        what = f"事项“{row['name']}”（{code}）并入“{target['name']}”（{into}）"
        change = replace(
            change_of(view, "merge", code, what),
            intents=[self._known(code, row["name"], IntentState.MERGED, by, became=into)],
            sheets=merged_sheets(view, code, into),
            edits=[MergeIntent(code, into)],
        )
        return Outcome(notes, await self._write(view, change, by))

    async def remove(self, code: str, by: str) -> Outcome:
        """A matter, or a draft, that nothing refers to any more."""
        view = await self._view()
        is_draft = view.state(code) is IntentState.DRAFT
        if is_draft and view.splitting(code):
            raise IntentRefused("它是正在拆分的一部分，先取消拆分")
        name = view.name(code) if is_draft else view.whole(code)["name"]
        if reasons := await self._references(view, code):
            raise IntentRefused(f"“{name}”还不能删：{'；'.join(reasons)}")
        change = replace(
            change_of(view, "remove", code, f"删去事项“{name}”（{code}）"),
            intents=[self._known(code, name, IntentState.REMOVED, by)],
        )
        if not is_draft:
            sheets = {SHEET: view.with_rows([], without=[code])}
            change = replace(change, sheets=sheets, edits=[RemoveIntent(code)])
        return Outcome((), await self._write(view, change, by))

    def _refuse_new_code(self, view: IntentView, code: str, new_code: str, is_draft: bool) -> None:
        if not is_draft:
            view.whole(code)
        elif view.splitting(code):
            raise IntentRefused("正在拆分的草稿不能改代码，改名称可以")
        view.refuse_code(new_code)

    def _renamed(
        self, view: IntentView, code: str, new_code: str, name: str, row: Row, by: str
    ) -> list[KnownIntent]:
        known = view.get(code)
        state = known.state if known else IntentState.LIVE
        parts = known.became if known and known.parts else ""
        intents = [self._known(new_code, name, state, by, became=parts, row=row)]
        if new_code != code:
            old = self._known(code, view.name(code), IntentState.RENAMED, by, became=new_code)
            intents.append(old)
        return intents

    async def _merge_notes(self, view: IntentView, code: str, into: str) -> tuple[str, ...]:
        """What is dropped, and where the two said different things of one sentence."""
        theirs = {
            (self._bare(each.sentence.text), each.part): each
            for each in await self._files.sentences(into)
        }
        notes, moved = list[str](), 0
        for each in await self._files.sentences(code):
            twin = theirs.get((self._bare(each.sentence.text), each.part))
            moved += twin is None
            if twin is not None and under(twin.sentence, code) != each.sentence:
                notes.append(
                    f"{each.file} 第{each.line}行和 {twin.file} 第{twin.line}行是同一句，"
                    "说法不一样，留下后一处"
                )
        rulings = len(dropped_rulings(view, code, into))
        if rulings:
            notes.append(f"{rulings} 条先例和“{view.name(into)}”的重了，留下后者的")
        return (f"{moved} 句例句并过去了", *notes)

    async def _references(self, view: IntentView, code: str) -> list[str]:
        """What keeps an intent from being removed, in Chinese."""
        codes = view.codes(code)
        found = []
        if count := await self._book.open_tickets(codes):
            found.append(f"还有 {count} 件没办完的工单是它")
        for sheet, what in (("precedents", "条先例"), ("knowledge", "条知识库的答复")):
            if rows := [r for r in view.sheets.get(sheet, ()) if r["matter"] == code]:
                found.append(f"有 {len(rows)} {what}写着它")
        staged = staged_for(view, code, await self._book.staged())
        if count := staged.proposed + staged.data + staged.golden:
            found.append(f"有 {count} 条标注在等它")
        return found + await self._files.mentions(code)
