"""`liandong county aliases`: what residents call a place, and whether the county takes it over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from rich.markup import escape
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from liandong.bootstrap import load_office, utc_now
from liandong.settings import Settings
from liandong.terminal import out, plainly
from routing.county import County
from routing.duty import CHINA_TIME
from routing.errors import LiandongError
from services.ports import AliasProposal
from storage.alias_proposals import AliasProposals
from storage.county_store import CountyStore
from storage.database import Database

app = typer.Typer(help="群众的说法 / names that residents use", no_args_is_help=True)

R = TypeVar("R")

Alias = Annotated[str, typer.Argument(metavar="说法", help="群众说的名字")]
Code = Annotated[str, typer.Argument(metavar="编码", help="村（社区）的编码")]
Who = Annotated[str, typer.Option("--by", metavar="NAME", help="谁定的")]


class NoSuchPlace(LiandongError):
    """县里现在没有这个编码的村（社区）：批准不了，可以驳回（reject）。"""


class NoCountyYet(LiandongError):
    """数据库里读不到县的数据：先用 liandong db upgrade，再装入县的数据。"""


class NobodyDecides(LiandongError):
    """谁定的要留名：请加 --by 姓名。"""


def _run(use: Callable[[Database], Awaitable[R]]) -> R:
    async def used() -> R:
        database = Database(Settings().database)
        try:
            if await CountyStore(database).is_empty():
                raise NoCountyYet
            return await use(database)
        except DBAPIError as exc:
            raise NoCountyYet from exc
        finally:
            await database.close()

    return asyncio.run(used())


@app.command("list")
@plainly
def list_aliases() -> None:
    """待定的说法 / names that wait for a decision."""

    async def read(database: Database) -> tuple[County, list[AliasProposal]]:
        office = await load_office(database, utc_now)
        return office.county, await AliasProposals(database).open_proposals()

    county, proposals = _run(read)
    if not proposals:
        out.print("没有待定的说法")
        return
    table = Table("说法", "指哪里", "编码", "几次", "最近")
    for each in proposals:
        last = each.last_at.astimezone(CHINA_TIME)
        table.add_row(
            escape(each.alias),
            _place(county, each.code),
            each.code,
            str(each.times),
            f"{last:%Y-%m-%d %H:%M}",
        )
    out.print(table)


@app.command()
@plainly
def approve(alias: Alias, code: Code, by: Who) -> None:
    """批准：以后这样说就是那里 / the name counts from now on."""

    async def decided(database: Database) -> str:
        county = (await load_office(database, utc_now)).county
        division = county.tree.get(code)
        if division is None or not division.is_present:
            raise NoSuchPlace
        await _decide(database, alias, code, by, approve=True)
        return _place(county, code)

    place = _run(decided)
    out.print(f"✓ {escape(alias)} = {place}，重启 liandong run 后生效", highlight=False)


@app.command()
@plainly
def reject(alias: Alias, code: Code, by: Who) -> None:
    """驳回：以后不再提 / the name is not proposed again."""
    _run(lambda database: _decide(database, alias, code, by, approve=False))
    out.print(f"✓ 不采用 {escape(alias)}", highlight=False)


async def _decide(database: Database, alias: str, code: str, by: str, *, approve: bool) -> None:
    if not by.strip():
        raise NobodyDecides
    await AliasProposals(database).decide(alias, code, approve, by.strip(), utc_now())


def _place(county: County, code: str) -> str:
    division, township = county.tree.get(code), county.tree.township_of(code)
    if division is None:
        return code
    return (township.spoken_name if township else "") + division.spoken_name
