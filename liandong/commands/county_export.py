"""`liandong county export`: the county as an Excel workbook, to look at and to edit."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from liandong.county_database import county_database
from liandong.settings import Settings
from liandong.terminal import bar, err, out, plainly
from liandong.whole_file import whole_file
from routing.errors import LiandongError
from storage.county_store import CountyStore, Rows


class NoCountyToExport(LiandongError):
    """数据库里还没有县的数据；可以先运行 liandong db upgrade --sample 装入样例县，照着改。"""


class BadTarget(LiandongError):
    """文件已经有了；换一个文件名，或者加 --force 覆盖它。"""


async def _tables(settings: Settings) -> dict[str, Rows]:
    async with county_database(settings) as database:
        store = CountyStore(database)
        if await store.is_empty():
            raise NoCountyToExport
        return await store.read()


@plainly
def export_workbook(
    file: Annotated[Path, typer.Argument(help="写到哪里 / the .xlsx file to write")],
    force: Annotated[bool, typer.Option("--force", help="覆盖已有的文件 / overwrite")] = False,
) -> None:
    """把县的数据导出为一个 Excel 工作簿 / write the county as one Excel workbook."""
    # Imported here so that the other commands of the group start without it.
    from liandong.workbook.writing import is_sample, row_count, write_book

    if file.suffix.lower() != ".xlsx":
        raise BadTarget(f"{file} 请以 .xlsx 结尾，否则 Excel 打不开")
    if file.exists() and not force:
        raise BadTarget(f"{file}：{BadTarget.__doc__}")
    tables = asyncio.run(_tables(Settings()))
    with whole_file(file) as target, bar() as progress:
        task = progress.add_task("导出 exporting", total=row_count(tables))
        write_book(tables, target, lambda: progress.advance(task))
    if is_sample(tables):
        err.print("[yellow]![/yellow] 这是样例县：人员都是编造的，名字里有“示例”", highlight=False)
    out.print(f"✓ {row_count(tables)} 行写入 {escape(str(file))}", highlight=False)
