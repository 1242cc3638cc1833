"""Accounts in the browser: who there is, a new one, other roles, another password, closing."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import RedirectResponse, Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.problem import Problem
from routing.units import Cadre
from services.accounts import Account
from services.console_policy import ROLE_NAMES, ConsoleRole, Permission, names_of

_DONE = {
    "added": "账号开好了。把账号名和密码分开告诉本人，请本人登录后改密码。",
    "roles": "角色改好了；这个账号要重新登录。",
    "password": "密码换好了；这个账号要重新登录。",
    "closed": "账号停用了，已经退出。",
}


@dataclass(frozen=True, slots=True)
class AccountPages:
    """What administrators do with accounts."""

    console: Console

    def add_to_console(self) -> None:
        """Their addresses and their line of the navigation."""
        console, may = self.console, Permission.MANAGE_ACCOUNTS
        console.section("/console/accounts", "账号", may, "谁能登录、能做什么")
        console.get("/console/accounts", may, self.page)
        console.post("/console/accounts", may, self.add)
        console.post("/console/accounts/{name}/roles", may, self.set_roles)
        console.post("/console/accounts/{name}/password", may, self.set_password)
        console.post("/console/accounts/{name}/close", may, self.close)

    async def page(self, visit: Visit) -> Response:
        """All accounts, the open ones first."""
        accounts = await self.console.accounts.book.accounts()
        return self.console.page(
            visit,
            "desk/accounts.html",
            accounts=sorted(accounts, key=lambda each: not each.is_open),
            roles=list(ROLE_NAMES.items()),
            names_of=names_of,
            cadres=self._cadres(),
            cadre_name=self.console.office().cadre_name,
            done=_DONE.get(visit.query("done"), ""),
        )

    async def add(self, visit: Visit) -> Response:
        """A new account."""
        form = visit.form
        if form.secret("password") != form.secret("again"):
            raise Problem(422, "两次输入的密码不一样，请再输一遍。")
        await self.console.accounts.add(
            visit.account.name,
            form.text("name").lower(),
            form.text("person"),
            _roles(form.all("role")),
            form.text("cadre") or None,
            form.secret("password"),
        )
        return _back("added")

    async def set_roles(self, visit: Visit) -> Response:
        """Other roles, or another cadre."""
        form = visit.form
        account = await self.console.accounts.set_roles(
            visit.account.name, visit.path("name"), _roles(form.all("role")), form.text("cadre")
        )
        return self._still_here(visit, account, "roles")

    async def set_password(self, visit: Visit) -> Response:
        """Another password, for somebody who forgot theirs."""
        form = visit.form
        if form.secret("password") != form.secret("again"):
            raise Problem(422, "两次输入的密码不一样，请再输一遍。")
        account = await self.console.accounts.set_password(
            visit.account.name, visit.path("name"), form.secret("password")
        )
        return self._still_here(visit, account, "password")

    async def close(self, visit: Visit) -> Response:
        """Nobody signs in with it any more."""
        await self.console.accounts.close(visit.account.name, visit.path("name"))
        return _back("closed")

    def _still_here(self, visit: Visit, account: Account, done: str) -> Response:
        """Who changed their own account goes on with it."""
        response = _back(done)
        if account.name == visit.account.name:
            self.console.sessions.go_on(visit.request, response, visit.session, account.epoch)
        return response

    def _cadres(self) -> list[Cadre]:
        org = self.console.office().county.org
        return list(org.staff(org.county_center.code))


def _roles(chosen: tuple[str, ...]) -> frozenset[ConsoleRole]:
    try:
        return frozenset(ConsoleRole(each) for each in chosen)
    except ValueError as exc:
        raise Problem(422, "没有这个角色。") from exc


def _back(done: str) -> Response:
    return RedirectResponse(f"/console/accounts?done={done}", status_code=303)
