"""`liandong metrics`: the figures of the county, each with its formula and its tickets."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from liandong.bootstrap import utc_now
from liandong.county_database import county_database
from liandong.metrics_output import document, write_csv
from liandong.metrics_selection import Wanted, check_metric, names_of, selection_of
from liandong.metrics_tables import NOTES, headline, hidden, metrics_table, tickets_table
from liandong.period import since_of, until_of
from liandong.settings import Settings
from liandong.terminal import bar, err, out, plainly
from routing.county import County
from routing.county_tables import load_county
from routing.errors import LiandongError
from services.measuring import Figures, measure
from services.working_hours import county_hours
from storage.county_store import CountyStore
from storage.histories import SqlHistories
from tickets.metrics import Metric


class NoFigures(LiandongError):
    """数据库里还没有县的数据，没有工单可以统计。"""


async def _measured(
    settings: Settings, wanted: Wanted, since: str, until: str | None
) -> tuple[Figures, County]:
    async with county_database(settings) as database:
        store = CountyStore(database)
        if await store.is_empty():
            raise NoFigures
        county = load_county(await store.read())
        now = utc_now()
        begin = since_of(since, now)
        selection = selection_of(county, wanted, begin, until_of(until, begin, now))
        histories = SqlHistories(database, county.org.discipline_channel.code)
        with bar() as progress:
            task = progress.add_task("统计 measuring", total=await histories.count(selection))
            figures = await measure(
                histories,
                selection,
                county_hours(county),
                now,
                lambda done: progress.advance(task, done),
                current=county.catalogue.current,
            )
    return figures, county


def _show(figures: Figures, county: County, metric: Metric | None) -> None:
    out.print(headline(figures, names_of(county, figures.selection)), highlight=False)
    if metric is None:
        out.print(metrics_table(figures))
        for line in NOTES:
            out.print(f"· {line}", highlight=False)
        return
    out.print(tickets_table(figures, metric, county))
    out.print(f"· {metric.formula}", highlight=False)
    if count := hidden(figures, metric):
        out.print(f"· 还有 {count} 件保密的，只计数，不列出", highlight=False)


@plainly
def metrics(
    since: Annotated[
        str,
        typer.Option("--since", help="从什么时候收到的起：30d 或 2026-10-01 / days back or a day"),
    ] = "30d",
    until: Annotated[
        str | None,
        typer.Option("--until", help="到哪一天为止，含那天；不写就是现在 / the last day"),
    ] = None,
    township: Annotated[
        str | None, typer.Option("--township", help="只看一个乡镇：府城镇 / one township")
    ] = None,
    group: Annotated[
        str | None,
        typer.Option("--group", help="只看一个联动服务组：infrastructure / one linkage group"),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option("--unit", help="只看一个单位经手过的 / what one unit has or had"),
    ] = None,
    tickets: Annotated[
        str | None,
        typer.Option("--tickets", metavar="METRIC", help="列出一个指标的工单 / tickets behind it"),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="只输出一个 JSON / one JSON object")
    ] = False,
    target: Annotated[
        Path | None,
        typer.Option("--csv", dir_okay=False, help="写进一个 CSV 文件 / write a CSV file"),
    ] = None,
) -> None:
    """全县的指标：每个都有算法，点开就是工单 / the county's figures, with formulas and tickets."""
    wanted = Wanted(township, group, unit)
    code = check_metric(tickets) if tickets is not None else None
    figures, county = asyncio.run(_measured(Settings(), wanted, since, until))
    metric = next((each for each in figures.metrics if each.code == code), None)
    if as_json:
        report = document(figures, county, metric)
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _show(figures, county, metric)
    if target is not None:
        write_csv(target, figures, county, metric)
        err.print(f"✓ 写入 {escape(str(target))}", highlight=False)
