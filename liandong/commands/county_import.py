"""`liandong county import`: an Excel workbook becomes the county, as a whole or not at all."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from liandong.county_database import county_database, is_there
from liandong.settings import Settings
from liandong.terminal import err, out, plainly, steps
from routing.errors import LiandongError
from storage.county_store import CountyStore, Rows
from storage.open_tickets import OpenTickets

# What takes long to load is imported where it is used: a look at the changes must not wait for it,
# nor the other commands of the group for the library of workbooks.
if TYPE_CHECKING:
    from liandong.workbook.reading import Book


class NotConfirmed(LiandongError):
    """没有导入。上面这些确实要这样改的，加 --yes 再运行一次。"""


@dataclass(frozen=True, slots=True)
class Present:
    """The county as it is, and what hangs on it."""

    version: int = 0
    tables: dict[str, Rows] | None = None
    tickets: tuple[OpenTickets, ...] = ()


def _read(file: Path) -> Book:
    """The workbook's content; exit code 1 after showing everything that is wrong with it."""
    from liandong.workbook.checking import mistakes_of
    from liandong.workbook.opening import OpenedFile
    from liandong.workbook.reading import read_book
    from liandong.workbook.report import mistakes_table

    with steps() as progress:
        task = progress.add_task("读取 reading", total=None)
        say = partial(progress.update, task)
        book = read_book(OpenedFile(file), lambda title: say(description=f"读取 {title}"))
        say(description="核对 checking")
        mistakes = mistakes_of(book)
        say(description="读取并核对 read and checked", total=1, completed=1)
    for title in book.unread:
        err.print(f"[yellow]![/yellow] 没有读工作表“{escape(title)}”", highlight=False)
    if mistakes:
        err.print(mistakes_table(mistakes))
        more = "" if book.is_whole else "；这些改好以后，再核对各表之间的关系"
        err.print(f"[red]✗[/red] {len(mistakes)} 处要改，什么都没有导入{more}", highlight=False)
        raise typer.Exit(1)
    return book


def _upgrade(settings: Settings) -> None:
    from liandong.prepare import NoCounty, prepare

    with suppress(NoCounty):
        asyncio.run(prepare(settings, sample=False))


async def _present(settings: Settings) -> Present:
    """The version is read first: what changes while the rest is read is noticed when writing."""
    if not is_there(settings):
        return Present()
    async with county_database(settings) as database:
        store = CountyStore(database)
        version = await store.version()
        return Present(version, await store.read(), await store.open_tickets())


async def _apply(settings: Settings, book: Book, present: Present, file: Path, what: str) -> None:
    from liandong.bootstrap import utc_now
    from liandong.workbook.losses import refuse_losses

    async with county_database(settings) as database:
        await CountyStore(database).replace(
            book.tables,
            f"workbook {file.name}",
            utc_now(),
            what,
            since=present.version,
            refusal=partial(refuse_losses, present.tables or {}, book.tables),
        )


def confirm(*, yes: bool) -> None:
    """Go on only when somebody said so. Raises `NotConfirmed`, also where nobody can be asked."""
    if yes:
        return
    if not (sys.stdin.isatty() and typer.confirm("确实要这样改吗", err=True)):
        raise NotConfirmed


@plainly
def import_workbook(
    file: Annotated[Path, typer.Argument(help="要导入的 .xlsx 文件 / the workbook")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看会改什么，不改 / change nothing")
    ] = False,
    show_all: Annotated[
        bool, typer.Option("--all", help="列出每一处改动，不只前 20 处 / list every change")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="有删除也不再问 / do not ask before removals")
    ] = False,
) -> None:
    """用 Excel 工作簿更新县的数据 / bring the county up to a workbook."""
    from liandong.workbook.changes import changes_between
    from liandong.workbook.losses import StillNeeded, losses
    from liandong.workbook.report import change_lines, counts_table, loss_lines, summary

    settings = Settings()
    book = _read(file)
    if not dry_run:
        _upgrade(settings)
    present = asyncio.run(_present(settings))
    old = present.tables or {}
    changes = changes_between(old, book.tables)
    if not changes:
        out.print("没有变化", highlight=False)
        return
    out.print(counts_table(changes))
    for line in change_lines(changes, show_all=show_all):
        out.print(line, highlight=False, soft_wrap=True)
    lost = losses(old, book.tables, present.tickets)
    for line in loss_lines(lost, show_all=show_all):
        err.print(line, highlight=False, soft_wrap=True)
    if lost.refused:
        raise StillNeeded(lost.refused)
    if dry_run:
        out.print("只是看看，什么都没有改；去掉 --dry-run 就导入", highlight=False)
        return
    if lost.doubtful:
        confirm(yes=yes)
    asyncio.run(_apply(settings, book, present, file, summary(changes)))
    out.print(f"✓ 已导入 {escape(file.name)}：{summary(changes)}", highlight=False, soft_wrap=True)
    out.print("正在运行的服务几秒钟后自己换上；请再运行 liandong check", highlight=False)
