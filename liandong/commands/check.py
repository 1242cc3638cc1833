"""`liandong check`: finds what would fail silently, before a resident does."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated

import typer
import yaml

from liandong.check_report import document, tables
from liandong.county_database import county_database, is_there
from liandong.county_files import SAMPLE_COUNTY, Sheets, read_sheets
from liandong.settings import ROOT, Settings
from liandong.terminal import err, out, plainly
from nlu.labels import taught_labels, worded_labels
from routing.checks import Finding, Reach, findings
from routing.county import County
from routing.county_tables import load_county


async def _kept(settings: Settings) -> Sheets:
    """The county that the database holds; nothing where it holds none."""
    # Imported here: a check without a database must not wait for its libraries.
    from storage.county_store import CountyStore

    async with county_database(settings) as database:
        store = CountyStore(database)
        return {} if await store.is_empty() else await store.read()


def reach_of_messages() -> Reach:
    """The ways by which messages come to matters, as they are shipped and edited."""
    # The safe loader in C where it is there: the domain file is read at every check.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (ROOT / "domain.yml").read_text(encoding="utf-8")
    domain = yaml.load(text, loader)  # noqa: S506 - a safe loader
    return Reach(
        frozenset(domain["intents"]),
        taught_labels(ROOT / "nlu" / "data"),
        worded_labels(ROOT / "nlu" / "keywords"),
    )


def _show(county: County, found: list[Finding]) -> None:
    for table in tables(found):
        err.print(table)
    problems = sum(each.is_problem for each in found)
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
    as_json: Annotated[bool, typer.Option("--json", help="只输出一个 JSON / one JSON object")] = (
        False
    ),
) -> None:
    """检查配置：目录、组织、值班、派单、提级 / check catalogue, organisation, duty, routing."""
    settings = Settings()
    kept = asyncio.run(_kept(settings)) if is_there(settings) else {}
    county = load_county(kept or read_sheets(SAMPLE_COUNTY))
    found = list(findings(county, reach_of_messages(), datetime.now(UTC)))
    if as_json:
        report = document(county, found, is_sample=not kept)
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        if not kept:
            err.print("[yellow]![/yellow] 数据库里还没有县的数据，查的是样例县", highlight=False)
        _show(county, found)
    if any(each.is_problem for each in found):
        raise typer.Exit(1)
