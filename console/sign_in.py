"""Signing in with a one-time code, as the administrator or the bot hands it out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import RateLimiter, SlidingWindowCounterRateLimiter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.forms import fields, from_our_page
from console.pages import Pages
from console.session import Sessions
from services.office import Office

Redeem = Callable[[str], Awaitable[str | None]]
"""Uses up a one-time code; gives the cadre's id, or None."""

_TEN_A_MINUTE = RateLimitItemPerMinute(10)
_LONGEST_CODE = 64


def in_memory_limiter() -> RateLimiter:
    """For one process: each counts for itself.

    Counts, no list of moments: while the storage tidies up such a list, clearing one breaks it.
    """
    return SlidingWindowCounterRateLimiter(MemoryStorage())


@dataclass(frozen=True, slots=True)
class SignIn:
    """The door of the work page."""

    redeem: Redeem
    sessions: Sessions
    office: Callable[[], Office]
    pages: Pages
    demo: Sequence[tuple[str, str]]
    """Sample cadres (id, label) that anybody may be; empty outside of a demonstration."""
    limiter: RateLimiter
    limit: RateLimitItem = _TEN_A_MINUTE

    async def show(self, _request: Request) -> Response:
        """The form."""
        return self._page()

    async def submit(self, request: Request) -> Response:
        """A code, or a sample cadre's button."""
        form = await fields(request)
        if form is None or not from_our_page(request):
            return self._page("请刷新页面，再试一次。", 400)
        client = request.client.host if request.client else ""
        if not await self.limiter.hit(self.limit, "sign-in", client):
            return self._page("试得太多了，请过一分钟再试。", 429)
        cadre = await self._who(form.get("demo", ""), form.get("code", "").strip())
        if cadre is None or self.office().cadre(cadre) is None:
            return self._page("登录码不对，或者已经用过、过期了。请再要一个。", 403)
        await self.limiter.clear(self.limit, "sign-in", client)
        response = RedirectResponse("/work", status_code=303)
        self.sessions.begin(request, response, cadre)
        return response

    async def leave(self, request: Request) -> Response:
        """Sign out."""
        response = RedirectResponse("/work/sign-in", status_code=303)
        session = self.sessions.read(request)
        form = await fields(request)
        if session is not None and form is not None and session.owns_form(form.get("csrf")):
            self.sessions.end(response)
        return response

    async def _who(self, demo: str, code: str) -> str | None:
        if demo:
            return demo if any(demo == cadre for cadre, _ in self.demo) else None
        if not code or len(code) > _LONGEST_CODE or not code.isprintable():
            return None
        return await self.redeem(code)

    def _page(self, problem: str = "", status: int = 200) -> Response:
        county = self.office().county.name
        return self.pages.show(
            "sign_in.html", status, problem=problem, demo=self.demo, county=county
        )
