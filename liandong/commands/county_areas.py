"""`liandong county areas`: centres and boundaries of divisions and grids, as GeoJSON."""

from __future__ import annotations

import asyncio
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from liandong.bootstrap import utc_now
from liandong.commands.county_export import BadTarget
from liandong.commands.county_import import confirm
from liandong.county_database import county_database
from liandong.settings import Settings
from liandong.terminal import err, out, plainly
from liandong.whole_file import whole_file
from routing.errors import LiandongError
from storage.county_store import CountyStore, Rows, Sheets

_FIRST = 20

areas = typer.Typer(help="区域的中心点和边界 / centres and boundaries", no_args_is_help=True)


class NoCountyForAreas(LiandongError):
    """数据库里还没有县的数据；请先用 liandong county import 导入。"""


class NoAreas(LiandongError):
    """县里还没有中心点和边界，没有可以导出的。"""


async def _present(settings: Settings) -> tuple[int, dict[str, Rows]]:
    """The version is read first: what changes while the rest is read is noticed when writing."""
    async with county_database(settings) as database:
        store = CountyStore(database)
        if await store.is_empty():
            raise NoCountyForAreas
        return await store.version(), await store.read()


async def _apply(settings: Settings, sheets: Sheets, source: str, what: str, since: int) -> None:
    async with county_database(settings) as database:
        await CountyStore(database).replace(sheets, source, utc_now(), what, since=since)


@areas.command("import")
@plainly
def import_areas(
    file: Annotated[Path, typer.Argument(help="要导入的 GeoJSON 文件 / the areas")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看会改什么，不改 / change nothing")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="有删除也不再问 / do not ask before removals")
    ] = False,
) -> None:
    """用一个 GeoJSON 文件换掉全部中心点和边界 / put a file's areas in place of all areas."""
    # Imported here so that the other commands of the group start without geometry.
    from liandong.area_file import area_changes, problems_table, read_area_file

    settings = Settings()
    version, tables = asyncio.run(_present(settings))
    rows, problems = read_area_file(file, tables)
    if problems:
        err.print(problems_table(problems))
        err.print(f"[red]✗[/red] {len(problems)} 处要改，什么都没有导入", highlight=False)
        raise typer.Exit(1)
    changes = area_changes(tables, rows)
    if not changes:
        out.print("没有变化", highlight=False)
        return
    lines = list(changes.lines)
    for line in islice(lines, _FIRST):
        out.print(escape(line), highlight=False, soft_wrap=True)
    if len(lines) > _FIRST:
        out.print(f"  …… 还有 {len(lines) - _FIRST} 处；一共 {changes.summary}", highlight=False)
    if dry_run:
        out.print("只是看看，什么都没有改；去掉 --dry-run 就导入", highlight=False)
        return
    if changes.removed:
        message = f"{len(changes.removed)} 个中心点或边界不在文件里，将被删除"
        err.print(f"[yellow]![/yellow] {message}", highlight=False)
        confirm(yes=yes)
    what = changes.summary
    asyncio.run(_apply(settings, {"areas": rows}, f"areas {file.name}", what, version))
    out.print(f"✓ 已导入 {escape(file.name)}：{what}", highlight=False, soft_wrap=True)
    out.print("正在运行的服务几秒钟后自己换上", highlight=False)


@areas.command("export")
@plainly
def export_areas(
    file: Annotated[Path, typer.Argument(help="写到哪里 / the .geojson file to write")],
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 / overwrite")] = False,
) -> None:
    """把中心点和边界导出为 GeoJSON / write all areas as GeoJSON."""
    from liandong.area_file import write_area_file

    if file.exists() and not force:
        raise BadTarget(f"{file}：{BadTarget.__doc__}")
    _, tables = asyncio.run(_present(Settings()))
    if not tables["areas"]:
        raise NoAreas
    with whole_file(file) as target:
        count = write_area_file(tables, target)
    out.print(f"✓ {count} 个中心点和边界写入 {escape(str(file))}", highlight=False)
