"""`liandong check`: finds what would fail silently, before a resident does."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
import yaml

from liandong.check_report import document, tables
from liandong.commands.check_calendar import calendar_notes
from liandong.county_database import county_database, is_there
from liandong.county_files import SAMPLE_COUNTY, Sheets, read_sheets
from liandong.settings import Settings
from liandong.terminal import err, out, plainly
from nlu.labels import taught_labels, worded_labels
from routing.checks import Finding, Reach, findings
from routing.county import County
from routing.county_tables import load_county
from routing.duty import CHINA_TIME, NO_CHANGES, STILL_MATTERS, LiveDuty

if TYPE_CHECKING:
    from liandong.workbook.mistakes import Mistake


async def _kept(settings: Settings, now: datetime) -> tuple[Sheets, LiveDuty]:
    """The county that the database holds, with leaves and swaps; nothing where it holds none."""
    # Imported here: a check without a database must not wait for its libraries.
    from storage.county_store import CountyStore
    from storage.duty_book import SqlDutyBook

    async with county_database(settings) as database:
        store = CountyStore(database)
        if await store.is_empty():
            return {}, NO_CHANGES
        _, live = await SqlDutyBook(database).live(now - STILL_MATTERS)
        return await store.read(), live


def reach_of_messages(project: Path) -> Reach:
    """The ways by which messages come to matters, as they are shipped and edited in `project`."""
    # The safe loader in C where it is there: the domain file is read at every check.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (project / "domain.yml").read_text(encoding="utf-8")
    domain = yaml.load(text, loader)  # noqa: S506 - a safe loader
    return Reach(
        frozenset(domain["intents"]),
        taught_labels(project / "nlu" / "data"),
        worded_labels(project / "nlu" / "keywords"),
    )


def _proposed(county: County, file: Path) -> tuple[County, list[Mistake]]:
    """The county with the catalogue of a file, and what an import would refuse of it."""
    # Imported here: most checks are of what is in force, and read no workbook.
    from liandong.catalogue_file import read_proposal
    from liandong.catalogue_mistakes import mistakes_shown

    with mistakes_shown():
        proposal, missing = read_proposal(file, county)
    return proposal.county, missing


def _show(county: County, found: list[Finding], missing: list[Mistake]) -> None:
    if missing:
        from liandong.workbook.report import mistakes_table

        err.print("导入时会被拒绝，要先登记：", highlight=False)
        err.print(mistakes_table(missing))
    for table in tables(found):
        err.print(table)
    problems = sum(each.is_problem for each in found) + len(missing)
    if problems:
        err.print(f"[red]✗[/red] {problems} 处需要改", highlight=False)
        return
    out.print(
        f"✓ {county.name}：{len(county.catalogue.rows)} 个事项，{len(county.org.units)} 个单位，"
        f"{len(county.grids.grids)} 个网格，配置没有发现问题",
        highlight=False,
    )


@plainly
def check(
    catalogue: Annotated[
        Path | None,
        typer.Option(
            "--catalogue",
            exists=True,
            dir_okay=False,
            help="查一份还没导入的派单目录：CSV 或县工作簿 .xlsx / a catalogue not yet imported",
        ),
    ] = None,
    history: Annotated[
        bool,
        typer.Option("--history", help="改查工单：历史、期限有没有被改过 / look for tampering"),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="只输出一个 JSON / one JSON object")
    ] = False,
) -> None:
    """检查配置：目录、组织、值班、派单、提级 / check catalogue, organisation, duty, routing."""
    settings = Settings()
    if history:
        # Imported here: only this looks into the tickets, and it needs a database for that.
        from liandong.history_check import check_history

        check_history(settings, as_json=as_json)
        return
    now = datetime.now(UTC)
    empty: tuple[Sheets, LiveDuty] = ({}, NO_CHANGES)
    kept, live = asyncio.run(_kept(settings, now)) if is_there(settings) else empty
    county = load_county(kept or read_sheets(SAMPLE_COUNTY))
    missing: list[Mistake] = []
    if catalogue is not None:
        county, missing = _proposed(county, catalogue)
    found = [
        *findings(county, reach_of_messages(settings.project_dir), now, live),
        *calendar_notes(county, now.astimezone(CHINA_TIME).date()),
    ]
    if as_json:
        refused = [each.mend for each in missing]
        report = document(county, found, refused, is_sample=not kept)
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        if not kept:
            err.print("[yellow]![/yellow] 数据库里还没有县的数据，查的是样例县", highlight=False)
        _show(county, found, missing)
    if missing or any(each.is_problem for each in found):
        raise typer.Exit(1)
