"""`liandong county posters`: a sheet for every grid, with a code that knows the place."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from liandong.bootstrap import load_office, utc_now
from liandong.posters.links import bot_name, is_loopback, web_base
from liandong.posters.selection import Wanted, chosen
from liandong.posters.sheet import Links, Sheet, sheet_of
from liandong.settings import Settings
from liandong.terminal import bar, err, out, plainly
from liandong.whole_file import whole_file
from routing.errors import LiandongError
from services.office import Office
from storage.county_store import CountyStore
from storage.database import Database


class NoAddress(LiandongError):
    """不知道网页聊天的网址：请加 --url https://…，或者在设置里写 LIANDONG_PUBLIC_URL。"""


class NoCountyToPrint(LiandongError):
    """数据库里读不到县的数据：先装入县的数据，再用 liandong doctor 看看数据库通不通。"""


def _has_database(settings: Settings) -> bool:
    """False where SQLite would make an empty file just by looking."""
    file = settings.database.removeprefix("sqlite:///")
    return not settings.database.startswith("sqlite") or Path(file).exists()


async def _office(settings: Settings) -> Office:
    if not _has_database(settings):
        raise NoCountyToPrint
    database = Database(settings.database)
    try:
        if await CountyStore(database).is_empty():
            raise NoCountyToPrint
        return await load_office(database, utc_now)
    except DBAPIError as exc:
        raise NoCountyToPrint from exc
    finally:
        await database.close()


def _links(settings: Settings, url: str, bot: str) -> Links:
    address = url or settings.public_url
    if not address:
        raise NoAddress
    return Links(web_base(address), bot_name(bot or settings.residents_bot_name))


def _write(target: Path, sheets: Sequence[Sheet], font: str, now: datetime) -> int:
    """Draw and write; gives the size in bytes. The drawing libraries load only here."""
    from liandong.posters.draw import draw_posters
    from liandong.posters.fonts import find_fonts, lacking

    fonts = find_fonts(font)
    names = "".join(f"{sheet.title}{sheet.leader.name}{sheet.centre}" for sheet in sheets)
    if missing := lacking(fonts.bold, names):
        _warn(f"字体里没有这些字，纸上会是空框：{missing}")
    with whole_file(target) as file, bar() as progress:
        task = progress.add_task("海报 posters", total=len(sheets))
        made = draw_posters(sheets, fonts, now, lambda: progress.advance(task))
        file.write(made)
    return len(made)


def _warn(words: str) -> None:
    err.print(f"[yellow]![/yellow] {words}", highlight=False)


def _caution(sheets: Sequence[Sheet], links: Links) -> None:
    samples = sum(sheet.is_sample for sheet in sheets)
    if samples:
        _warn(f"{samples} 张上是示例人员，印有“示例”水印，请勿张贴")
    if is_loopback(links.base):
        _warn(f"{links.base} 只有本机打得开，手机扫了没用")
    elif links.base.startswith("http:"):
        _warn(f"{links.base} 不是 https，路上的人能偷看和改动群众说的话")


def _readable(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{size / 1e3:.0f} kB"


@plainly
def posters(
    target: Annotated[Path, typer.Option("--out", help="写到哪里 / the PDF to write")] = Path(
        "posters.pdf"
    ),
    grid: Annotated[list[str] | None, typer.Option(help="只印这个网格(14 位编码),可多次")] = None,
    township: Annotated[list[str] | None, typer.Option(help="只印这个乡镇,可多次")] = None,
    village: Annotated[list[str] | None, typer.Option(help="只印这个村(社区),可多次")] = None,
    url: Annotated[str, typer.Option(help="网页聊天的网址;不写用 LIANDONG_PUBLIC_URL")] = "",
    telegram_bot: Annotated[
        str, typer.Option(help="群众机器人的用户名;不写用 LIANDONG_RESIDENTS_BOT_NAME")
    ] = "",
) -> None:
    """每个网格一张海报，扫码就知道在哪 / one A4 sheet for each grid, as a PDF."""
    settings = Settings()
    links = _links(settings, url, telegram_bot)
    office = asyncio.run(_office(settings))
    wanted = Wanted(tuple(grid or ()), tuple(township or ()), tuple(village or ()))
    now = utc_now()
    sheets = [sheet_of(office, each, links, now) for each in chosen(office.county, wanted)]
    size = _write(target, sheets, settings.poster_font, now)
    _caution(sheets, links)
    out.print(f"✓ {len(sheets)} 张写入 {target}（{_readable(size)}）", highlight=False)
