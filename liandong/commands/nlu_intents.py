"""`liandong nlu intents`: every intent with its examples, and what drafts still lack."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from liandong.bootstrap import utc_now
from liandong.county_database import NoDatabase, county_database, is_there
from liandong.intent_editing import intent_editing
from liandong.settings import Settings
from liandong.terminal import out, plainly
from services.learning.edits import RecordedEdit
from services.learning.intent_listing import ListedIntent
from services.learning.intents import IntentState

STATE_NAMES = {
    IntentState.DRAFT: "草稿",
    IntentState.LIVE: "在用",
    IntentState.SPLITTING: "正在拆分",
    IntentState.RENAMED: "改了代码",
    IntentState.MERGED: "并掉了",
    IntentState.REMOVED: "删掉了",
}


@plainly
def intents(
    changed: Annotated[
        bool, typer.Option("--changed", help="只列草稿和改动过的 / only drafts and what changed")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="只输出一个 JSON / one JSON object")
    ] = False,
) -> None:
    """列出意图、例句数、草稿还差什么 / intents, their examples, what drafts still lack."""
    found, waiting = asyncio.run(_look(Settings()))
    shown = [each for each in found if not changed or each.state is not IntentState.LIVE]
    if as_json:
        typer.echo(json.dumps(_document(shown, waiting), ensure_ascii=False, indent=2))
        return
    out.print(_table(shown))
    for each in shown:
        for line in (*each.missing, *(each.notes if each.state is IntentState.DRAFT else ())):
            out.print(f"{escape(each.name)}：{escape(line)}", highlight=False)
    for edit in waiting:
        why = edit.problem or "马上就写"
        out.print(f"[yellow]![/yellow] 改动 {edit.id} 还没写进例句文件：{escape(why)}")


async def _look(settings: Settings) -> tuple[list[ListedIntent], list[RecordedEdit]]:
    if not is_there(settings):
        raise NoDatabase
    async with county_database(settings) as database:
        editing = intent_editing(settings, database, utc_now)
        return await editing.intents.listed(), await editing.journal.pending()


def _document(
    shown: Sequence[ListedIntent], waiting: Sequence[RecordedEdit]
) -> dict[str, list[dict[str, object]]]:
    return {
        "intents": [asdict(each) for each in shown],
        "waiting": [{"id": each.id, "problem": each.problem} for each in waiting],
    }


def _table(shown: Sequence[ListedIntent]) -> Table:
    table = Table("代码", "名称", "状态")
    for heading in ("例句", "其中真实", "考题", "等上线"):
        table.add_column(heading, justify="right")
    for each in shown:
        state = STATE_NAMES[each.state]
        if each.became:
            state += f" → {each.became.replace('|', '、')}"
        table.add_row(
            each.code,
            escape(each.name),
            state,
            str(each.count.data),
            str(each.count.data_real),
            str(each.count.golden),
            str(each.staged.data + each.staged.golden),
        )
    return table
