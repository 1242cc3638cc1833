"""`liandong replay`: what another dispatch catalogue would have done with past tickets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from liandong.bootstrap import office_of, utc_now
from liandong.catalogue_file import read_proposal
from liandong.catalogue_mistakes import mistakes_shown
from liandong.county_database import county_database
from liandong.period import since_of
from liandong.replay_output import document, ticket_file
from liandong.replay_tables import ASSUMPTIONS, MOST_LINES, headlines, tables, tickets_table
from liandong.replay_words import Words
from liandong.settings import Settings
from liandong.terminal import bar, err, out, plainly
from liandong.workbook.mistakes import Mistake
from liandong.workbook.report import mistakes_table
from routing.county_tables import load_county
from routing.errors import LiandongError
from routing.replay import Comparison
from routing.replay_report import ReplayReport
from services.replay import replay as replayed
from storage.county_store import CountyStore
from storage.past_tickets import SqlPastTickets


class NoCounty(LiandongError):
    """数据库里还没有县的数据，没有过去的工单可以重放。"""


class SameFile(LiandongError):
    """--csv 指到了新派单目录自己，会把它覆盖掉；请换一个文件名。"""


@dataclass(slots=True)
class _Listed:
    """The first tickets of which something is different and that may be listed."""

    first: list[Comparison]
    more: int = 0

    def add(self, found: Comparison) -> None:
        if not found.is_changed or found.is_confidential:
            return
        if len(self.first) < MOST_LINES:
            self.first.append(found)
        else:
            self.more += 1


@dataclass(frozen=True, slots=True)
class _Result:
    report: ReplayReport
    words: Words
    missing: list[Mistake]
    listed: _Listed


async def _replay(settings: Settings, catalogue: Path, since: str, target: Path | None) -> _Result:
    async with county_database(settings) as database:
        store = CountyStore(database)
        if await store.is_empty():
            raise NoCounty
        office = office_of(load_county(await store.read()), utc_now)
        begin = since_of(since, office.clock())
        proposal, missing = read_proposal(catalogue, office.county)
        words, listed = Words(office.county, proposal), _Listed([])
        past_tickets = SqlPastTickets(database)
        total = await past_tickets.count(begin, office.clock())
        file = ticket_file(target, words) if target else nullcontext(lambda found: None)
        with file as write, bar() as progress:
            task = progress.add_task("重放 replaying", total=total)

            def each(found: Comparison) -> None:
                listed.add(found)
                write(found)

            report = await replayed(
                past_tickets,
                office,
                proposal,
                begin,
                each=each,
                progress=lambda done: progress.advance(task, done),
            )
    return _Result(report, words, missing, listed)


def _notes(result: _Result) -> Iterator[str]:
    """What the new catalogue lacks, and what it has that no past ticket can show."""
    matters, proposal = result.report.matters, result.words.proposal
    for row in proposal.gone:
        count = matters[row.matter].tickets if row.matter in matters else 0
        what = f"这段时间有 {count} 件，转人工研判" if count else "这段时间没有"
        yield f"新目录里没有“{row.name}”（{row.matter}）了：{what}"
    for row in proposal.added:
        if row.matter not in matters:
            yield f"新目录多了“{row.name}”（{row.matter}）：过去的工单没有归到它的"
    if result.missing:
        yield "下面这些，导入时会被拒绝，要先登记："


def _show(result: _Result) -> None:
    for line in headlines(result.report):
        out.print(line, highlight=False)
    for table in tables(result.report, result.words):
        out.print(table)
    if result.listed.first:
        out.print(tickets_table(result.listed.first, result.words))
    if result.listed.more:
        out.print(f"…… 还有 {result.listed.more} 件，用 --csv 全部写进文件", highlight=False)
    for note in _notes(result):
        err.print(f"[yellow]![/yellow] {escape(note)}", highlight=False)
    if result.missing:
        err.print(mistakes_table(result.missing))
    if result.report.tickets:
        for line in ASSUMPTIONS:
            out.print(f"· {line}", highlight=False)


@plainly
def replay(
    catalogue: Annotated[
        Path,
        typer.Option(
            "--catalogue",
            exists=True,
            dir_okay=False,
            help="新派单目录：CSV 或县工作簿 .xlsx / the new catalogue",
        ),
    ],
    since: Annotated[
        str, typer.Option("--since", help="从什么时候起：30d 或 2026-10-01 / days back or a day")
    ] = "30d",
    as_json: Annotated[
        bool, typer.Option("--json", help="只输出一个 JSON / one JSON object")
    ] = False,
    target: Annotated[
        Path | None,
        typer.Option("--csv", dir_okay=False, help="每件工单一行写到哪里 / a line for each ticket"),
    ] = None,
) -> None:
    """拿过去的工单试新派单目录：谁会接到什么，什么会提级 / try a catalogue on past tickets."""
    if target is not None and target.resolve() == catalogue.resolve():
        raise SameFile
    with mistakes_shown():
        result = asyncio.run(_replay(Settings(), catalogue, since, target))
    if as_json:
        report = document(result.report, result.words, result.missing)
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _show(result)
    if target is not None:
        err.print(f"✓ 写入 {escape(str(target))}", highlight=False)
