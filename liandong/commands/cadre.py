"""`liandong cadre`: one-time codes with which a cadre binds a chat or signs in."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta
from typing import Annotated

import typer

from liandong.bootstrap import load_office, utc_now
from liandong.settings import Settings
from liandong.terminal import out, plainly
from routing.errors import LiandongError
from storage.database import Database
from storage.memory_coordination import MemoryWakeups
from storage.unit_of_work import SqlUnitOfWorkFactory

app = typer.Typer(help="干部 / cadres", no_args_is_help=True)

# No letters that are taken for digits when they are read out.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 8
_LIFE = timedelta(hours=24)


class UnknownCadre(LiandongError):
    """There is no such cadre; `liandong cadre list` shows who there is."""


def new_code() -> str:
    """39 random bits, easy to read out."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


async def _issue(settings: Settings, cadre: str) -> tuple[str, str]:
    database = Database(settings.database)
    try:
        office = await load_office(database, utc_now)
        found = office.cadre(cadre)
        if found is None:
            raise UnknownCadre(UnknownCadre.__doc__)
        code = new_code()
        async with SqlUnitOfWorkFactory(database, MemoryWakeups())() as work:
            await work.issue_code(found.id, code, utc_now() + _LIFE)
            await work.commit()
        return code, f"{found.name}（{office.unit_name(found.unit)}）"
    finally:
        await database.close()


@app.command()
@plainly
def code(cadre: Annotated[str, typer.Argument(help="干部编号，见 liandong cadre list")]) -> None:
    """给干部一个一次性绑定码，24 小时有效 / make a one-time code."""
    made, name = asyncio.run(_issue(Settings(), cadre))
    out.print(f"{name} 的一次性码：[bold]{made}[/bold]（24 小时内用一次）", highlight=False)
    out.print("Telegram：给干部机器人发 /bind 加这个码；网页：在 /work 登录", highlight=False)


@app.command("list")
@plainly
def list_cadres(
    unit: Annotated[str, typer.Option(help="只看名称里有这几个字的单位")] = "",
) -> None:
    """列出干部 / list cadres."""

    async def read() -> None:
        database = Database(Settings().database)
        try:
            office = await load_office(database, utc_now)
        finally:
            await database.close()
        for found in office.county.org.cadres.values():
            name = office.unit_name(found.unit)
            if unit in name:
                out.print(f"{found.id}\t{found.name}\t{name}", highlight=False)

    asyncio.run(read())
