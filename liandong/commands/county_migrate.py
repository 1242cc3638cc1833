"""`liandong county migrate`: a merger, a split, a renumbering or a renaming of divisions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from liandong.bootstrap import office_of, utc_now
from liandong.migration.plan_file import read_plan_file
from liandong.migration.report import (
    Counts,
    summary_of,
    townships_table,
    villages_table,
    warnings,
)
from liandong.settings import Settings
from liandong.terminal import bar, err, out, plainly
from routing.county import County
from routing.county_tables import load_county
from routing.duty import CHINA_TIME
from routing.errors import LiandongError
from routing.migration import AlreadyMigrated, Migration
from routing.migration import migrate as plan_migration
from services.migrate import NewCounty, Survey, change_county, move_tickets, survey_tickets
from services.office import Office
from storage.county_store import CountyStore, Rows
from storage.database import Database
from storage.memory_coordination import MemoryWakeups
from storage.unit_of_work import SqlUnitOfWorkFactory


class NoCountyToChange(LiandongError):
    """数据库里读不到县的数据：先装入县的数据，再用 liandong doctor 看看数据库通不通。"""


class NotYet(LiandongError):
    """调整日期还没到：区划一执行就生效，请到那天再执行。"""


class DatabaseRefused(LiandongError):
    """数据库没有接受，什么都没有动；请看看数据库，再运行一次。"""


@dataclass(slots=True)
class Desk:
    """The database with the county that it holds."""

    units_of_work: SqlUnitOfWorkFactory
    version: int
    sheets: dict[str, Rows]
    county: County


def _has_database(settings: Settings) -> bool:
    """False where SQLite would make an empty file just by looking."""
    file = settings.database.removeprefix("sqlite:///")
    return not settings.database.startswith("sqlite") or Path(file).exists()


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Desk]:
    if not _has_database(settings):
        raise NoCountyToChange
    database = Database(settings.database)
    try:
        store = CountyStore(database)
        try:
            if await store.is_empty():
                raise NoCountyToChange
            # The version first: a change between the two looks like an older one, and is refused.
            version = await store.version()
            sheets = await store.read()
        except DBAPIError as exc:
            raise NoCountyToChange from exc
        # What is sent wakes the running service's relay at its next look.
        units_of_work = SqlUnitOfWorkFactory(database, MemoryWakeups())
        yield Desk(units_of_work, version, sheets, load_county(sheets))
    except DBAPIError as exc:
        raise DatabaseRefused from exc
    finally:
        await database.close()


def _show(desk: Desk, migration: Migration, survey: Survey) -> None:
    counts = Counts.of(migration, survey)
    for table in (townships_table(migration, counts), villages_table(migration, counts)):
        if table.row_count:
            out.print(table)
    out.print(summary_of(desk.county, migration), highlight=False)
    out.print(f"未办结工单 {survey.open} 件，其中 {survey.moving} 件要移", highlight=False)
    for sentence in warnings(migration, survey):
        err.print(f"[yellow]![/yellow] {sentence}", highlight=False)


async def _apply(desk: Desk, office: Office, new: NewCounty, total: int) -> int:
    with bar() as progress:
        task = progress.add_task("工单 tickets", total=total)
        return await change_county(
            desk.units_of_work, office, new, lambda looked_at: progress.advance(task, looked_at)
        )


async def _left_over(desk: Desk, *, dry_run: bool, yes: bool) -> None:
    """The plan was applied before; a service that ran on with the old county filed since."""
    office = office_of(desk.county, utc_now)
    out.print("这份方案已经执行过，没有要改的。", highlight=False)
    async with desk.units_of_work() as work:
        left = (await survey_tickets(work, office)).moving
    if not left:
        return
    out.print(f"有 {left} 件未办结工单还在旧区划名下", highlight=False)
    if dry_run or not (yes or typer.confirm("现在移到新区划吗？")):
        return
    async with desk.units_of_work() as work:
        moved = await move_tickets(work, office)
        await work.commit()
    out.print(f"✓ 移了 {moved} 件", highlight=False)


async def _migrate(plan: Path, day: date, *, dry_run: bool, yes: bool) -> None:
    rows = read_plan_file(plan)
    async with _opened(Settings()) as desk:
        try:
            migration = plan_migration(desk.sheets, rows, day)
        except AlreadyMigrated:
            await _left_over(desk, dry_run=dry_run, yes=yes)
            return
        office = office_of(migration.county, utc_now)
        async with desk.units_of_work() as work:
            survey = await survey_tickets(work, office)
        _show(desk, migration, survey)
        if dry_run:
            out.print("这是预演，什么都没有改。", highlight=False)
            return
        if not yes and not typer.confirm("按上面的表执行吗？"):
            out.print("没有执行，什么都没有改。", highlight=False)
            raise typer.Exit(1)
        new = NewCounty(
            migration.tables,
            migration.moves.units,
            f"migrate {plan.name}",
            summary_of(desk.county, migration),
            desk.version,
        )
        moved = await _apply(desk, office, new, survey.open)
        out.print(f"✓ 已执行，移了 {moved} 件工单", highlight=False)
        out.print(
            "正在运行的服务几秒钟后自己换上新区划；再运行一次同一个方案，把这几秒里新来的工单也移过去",
            highlight=False,
        )


@plainly
def migrate(
    plan: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="方案 / the plan, a CSV file")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看会动什么，什么都不改 / change nothing")
    ] = False,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="新区划的第一天；不写就是今天 / the first day"),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 / do not ask")] = False,
) -> None:
    """区划合并、拆分、更名、换编码，工单和人员一起走 / merge, split, rename, renumber divisions."""
    today = utc_now().astimezone(CHINA_TIME).date()
    day = on.date() if on else today
    if day > today:
        raise NotYet
    asyncio.run(_migrate(plan, day, dry_run=dry_run, yes=yes))
