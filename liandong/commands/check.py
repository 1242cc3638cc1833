"""`liandong check`: finds what would fail silently, before a resident does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, datetime

import typer
import yaml

from liandong.bootstrap import utc_now
from liandong.office_at_hand import office_at_hand
from liandong.settings import ROOT, Settings
from liandong.terminal import err, out, plainly
from routing.county import County
from routing.duty import CHINA_TIME, gaps
from services.duty_board import GAP_HOURS, gap_words
from services.office import Office

KINDS = frozenset(
    "benefit_question supplement status_query nudge not_solved withdraw rating thanks greeting "
    "chitchat human abuse out_of_scope".split()
)


def problems_of(office: Office, intents: frozenset[str], now: datetime) -> Iterator[str]:
    """Everything that is wrong with a county's configuration, one sentence each."""
    county = office.county
    matters = frozenset(row.matter for row in county.catalogue.rows)
    for intent in sorted(intents - matters - KINDS):
        yield f"意图 {intent} 在 domain.yml 里有，派单目录里没有"
    for matter in sorted(matters - intents):
        yield f"事项 {matter} 在派单目录里有，domain.yml 里没有这个意图"
    for township in county.tree.townships:
        for group in county.catalogue.groups:
            if group != "discipline" and county.org.linkage_group(township.code, group) is None:
                yield f"{township.short_name}没有{group}联动服务组"
    for unit in county.org.units.values():
        if not county.org.staff(unit.code):
            yield f"{unit.name}一个人都没有"
    for gap in gaps(county, office.live, now, GAP_HOURS):
        if county.org.staff(gap.unit):
            yield f"值班：{gap_words(office, gap)}"
    for village in county.tree.villages:
        if not county.grids.of_village(village.code):
            yield f"{village.spoken_name}没有网格"


def notes_on(county: County, day: date) -> Iterator[str]:
    """What works and is still left to do, one sentence each."""
    entries = county.knowledge.entries
    empty = sum(entry.status == "empty" for entry in entries)
    over = [entry for entry in entries if entry.status == "answered" and entry.is_over(day)]
    if empty:
        answered = len(entries) - empty
        yield f"知识库：{answered} 条已填写，{empty} 条待填写（群众看不到，请在工作簿“知识库”里填）"
    for entry in over:
        yield f"知识库 {entry.code}“{entry.title}”已过有效期，不再答复群众，请更新"


@plainly
def check() -> None:
    """检查配置：目录、组织、值班、意图 / check catalogue, organisation, duty and intents."""
    office = asyncio.run(office_at_hand(Settings()))
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    found = list(problems_of(office, frozenset(domain["intents"]), utc_now()))
    for note in notes_on(office.county, utc_now().astimezone(CHINA_TIME).date()):
        err.print(f"[yellow]![/yellow] {note}", highlight=False)
    for problem in found:
        err.print(f"[red]✗[/red] {problem}", highlight=False)
    if found:
        err.print(f"{len(found)} 处需要改")
        raise typer.Exit(1)
    rows = len(office.county.catalogue.rows)
    grids = len(office.county.grids.grids)
    out.print(
        f"✓ {office.county.name}：{rows} 个事项，{len(office.county.org.units)} 个单位，"
        f"{grids} 个网格，配置没有发现问题",
        highlight=False,
    )
