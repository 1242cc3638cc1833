"""`liandong account`: who may sign in to the console."""

from __future__ import annotations

import asyncio
import getpass
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, TypeVar

import typer

from liandong.accounts import account_desk
from liandong.bootstrap import load_office, utc_now
from liandong.county_database import county_database
from liandong.prepare import NoCounty
from liandong.settings import Settings
from liandong.terminal import err, plainly
from routing.errors import LiandongError
from services.account_desk import AccountDesk
from services.accounts import Account
from services.console_policy import ConsoleRole, names_of
from services.office import Office
from storage.county_store import CountyStore

app = typer.Typer(help="控制台账号 / accounts of the console", no_args_is_help=True)
BY = "command-line"
"""Who the log says did it."""

T = TypeVar("T")
Name = Annotated[str, typer.Argument(help="账号名：小写字母、数字、点、横线")]
Roles = Annotated[str, typer.Option(help="角色，用逗号隔开：admin,annotator,reviewer,dispatcher")]
CadreId = Annotated[str, typer.Option(help="以哪位县中心干部的身份办单，见 liandong cadre list")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="从标准输入读一行密码，不问")]


class NotTheSame(LiandongError):
    """两次输入的密码不一样，没有改。"""


class NoPassword(LiandongError):
    """没有密码：标准输入是空的。"""


class UnknownRole(LiandongError):
    """没有这个角色：有 admin、annotator、reviewer、dispatcher。"""


@asynccontextmanager
async def _desk() -> AsyncIterator[AccountDesk]:
    async with county_database(Settings()) as database:
        # Without a county there are accounts already, but no cadre to bind one to.
        empty = await CountyStore(database).is_empty()
        office = None if empty else await load_office(database, utc_now)

        def present() -> Office:
            if office is None:
                raise NoCounty(NoCounty.__doc__)
            return office

        yield account_desk(database, present, utc_now)


def _done(act: Callable[[AccountDesk], Awaitable[T]]) -> T:
    async def run() -> T:
        async with _desk() as desk:
            return await act(desk)

    return asyncio.run(run())


def _password(from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise NoPassword
        return password
    password = getpass.getpass("密码（不显示）password: ")
    if getpass.getpass("再输一遍 again: ") != password:
        raise NotTheSame
    return password


def _roles(text: str) -> frozenset[ConsoleRole]:
    try:
        return frozenset(ConsoleRole(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as exc:
        raise UnknownRole from exc


def _say(account: Account) -> None:
    state = names_of(account.roles) if account.is_open else "已停用 closed"
    cadre = f"\t{account.cadre}" if account.cadre else ""
    typer.echo(f"{account.name}\t{account.person}\t{state}{cadre}")  # rich would expand the tabs


@app.command()
@plainly
def add(
    name: Name,
    person: Annotated[str, typer.Option(help="姓名")],
    roles: Roles,
    cadre: CadreId = "",
    password_stdin: FromStdin = False,
) -> None:
    """开一个账号，问两遍密码 / make an account."""
    wanted = _roles(roles)
    password = _password(password_stdin)
    _say(_done(lambda desk: desk.add(BY, name, person, wanted, cadre, password)))


@app.command("list")
@plainly
def list_accounts() -> None:
    """列出账号，停用的也在 / list accounts."""
    found = _done(lambda desk: desk.book.accounts())
    for account in found:
        _say(account)
    if not found:
        err.print("还没有账号；liandong account add 开第一个", highlight=False)


@app.command()
@plainly
def password(name: Name, password_stdin: FromStdin = False) -> None:
    """给账号换密码，在别处登录的都退出 / set a password."""
    typed = _password(password_stdin)
    _say(_done(lambda desk: desk.set_password(BY, name, typed)))


@app.command()
@plainly
def roles(
    name: Name,
    roles: Roles,
    cadre: Annotated[
        str | None, typer.Option(help="换成哪位县中心干部；不写就不变，写空的就没有")
    ] = None,
) -> None:
    """改角色和身份 / set roles and cadre."""
    wanted = _roles(roles)

    async def change(desk: AccountDesk) -> Account:
        before = await desk.book.account(name)
        acts_as = cadre if cadre is not None else before.cadre if before else None
        return await desk.set_roles(BY, name, wanted, acts_as)

    _say(_done(change))


@app.command()
@plainly
def close(name: Name) -> None:
    """停用账号，马上退出 / close an account."""
    _say(_done(lambda desk: desk.close(BY, name)))
