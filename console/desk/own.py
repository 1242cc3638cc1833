"""One's own account: the first page, the password."""

from __future__ import annotations

from dataclasses import dataclass

from limits.aio.strategies import RateLimiter
from starlette.responses import RedirectResponse, Response

from console.desk.console import Console
from console.desk.sign_in import BY_NAME
from console.desk.visit import Visit
from console.problem import Problem
from services.console_policy import names_of


@dataclass(frozen=True, slots=True)
class Own:
    """What everybody finds who is signed in."""

    console: Console
    limiter: RateLimiter

    async def home(self, visit: Visit) -> Response:
        """The sections that one may open."""
        return self.console.page(visit, "desk/home.html")

    async def me(self, visit: Visit) -> Response:
        """Who one is here, and the form for another password."""
        return self.console.page(
            visit,
            "desk/me.html",
            roles=names_of(visit.account.roles),
            cadre=self.console.cadre(visit),
            done=visit.query("done"),
        )

    async def change_password(self, visit: Visit) -> Response:
        """Another password; all other sessions of this account are over."""
        form, name = visit.form, visit.account.name
        # Who sits down at somebody's open page must not find out the password there.
        if not await self.limiter.hit(BY_NAME, "console-own", name):
            raise Problem(429, "试得太多了，请过一会儿再试。")
        if form.secret("new") != form.secret("again"):
            raise Problem(422, "两次输入的新密码不一样，请再输一遍。")
        account = await self.console.accounts.change_own_password(
            name, form.secret("old"), form.secret("new")
        )
        response = RedirectResponse("/console/me?done=1", status_code=303)
        self.console.sessions.go_on(visit.request, response, visit.session, account.epoch)
        return response
