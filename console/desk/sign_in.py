"""The console's door: name and password, and the way out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.strategies import RateLimiter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.desk.console import Console
from console.desk.visit import Visit
from console.forms import Form, from_our_page, read_form
from routing.errors import LiandongError
from services.accounts import NAME, Account
from services.console_log import LogEntry

_BY_ADDRESS = RateLimitItemPerMinute(20)
BY_NAME = RateLimitItemPerMinute(10, multiples=10)
_BACK = re.compile(r"/console(/[\w.-]+)*/?")
_WRONG = "账号名或密码不对。"
_TOO_OFTEN = "试得太多了，请过一会儿再试。"


@dataclass(frozen=True, slots=True)
class DeskDoor:
    """Signing in and out."""

    console: Console
    limiter: RateLimiter
    demo: Sequence[tuple[str, str]]
    """Sample accounts (name, label) that anybody may be; empty outside of a demonstration."""
    by_address: RateLimitItem = _BY_ADDRESS
    by_name: RateLimitItem = BY_NAME

    async def show(self, request: Request) -> Response:
        """The form."""
        return self._page(request.query_params.get("next", ""))

    async def submit(self, request: Request) -> Response:
        """A name with its password, or a sample account's button."""
        form = await read_form(request, most=8)
        if form is None or not from_our_page(request):
            return self._page("", "请刷新页面，再试一次。", 403)
        back = form.text("next")
        name = form.text("name").lower()
        client = request.client.host if request.client else ""
        if not await self._may_try(client, name):
            return self._page(back, _TOO_OFTEN, 429)
        try:
            account = await self._who(form, name)
        except LiandongError as exc:
            return self._page(back, str(exc), 503)
        if account is None:
            return self._page(back, _WRONG, 403)
        await self.limiter.clear(self.by_name, "console", name)
        response = RedirectResponse(back if _BACK.fullmatch(back) else "/console", 303)
        self.console.sessions.begin(request, response, account.name, account.epoch)
        return response

    async def leave(self, visit: Visit) -> Response:
        """Sign out on this browser, or everywhere."""
        if visit.form.text("everywhere"):
            await self.console.accounts.end_sessions(visit.account.name)
        else:
            await self.console.note(visit, "sign_out", f"account:{visit.account.name}")
        response = RedirectResponse("/console/sign-in", status_code=303)
        self.console.sessions.end(response)
        return response

    async def _may_try(self, client: str, name: str) -> bool:
        if not await self.limiter.hit(self.by_address, "console-from", client):
            return False
        if not NAME.fullmatch(name):
            return True
        return await self.limiter.hit(self.by_name, "console", name)

    async def _who(self, form: Form, name: str) -> Account | None:
        if sample := form.text("demo"):
            return await self._sample(sample)
        return await self.console.accounts.sign_in(name, form.secret("password"))

    async def _sample(self, name: str) -> Account | None:
        account = await self.console.accounts.book.account(name)
        if account is None or not account.is_open or name not in dict(self.demo):
            return None
        now, detail = self.console.clock(), {"demo": "yes"}
        await self.console.log.note(LogEntry(now, name, "sign_in", f"account:{name}", detail))
        return account

    def _page(self, back: str, problem: str = "", status: int = 200) -> Response:
        return self.console.pages.show(
            "desk/sign_in.html",
            status,
            problem=problem,
            demo=self.demo,
            back=back if _BACK.fullmatch(back) else "",
            county=self.console.office().county.name,
        )
