"""What every page of the console stands on: who may open it, how it looks, what is written down.

A page is registered with the permission that it needs, and gets its visitor checked: signed in,
allowed, and for a change with this session's token from one of our own pages.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.desk.session import DeskSessions
from console.desk.visit import Section, Visit
from console.forms import NO_FORM, from_our_page, read_form
from console.pages import Pages
from console.problem import Problem
from routing.units import Cadre
from services.account_desk import AccountDesk
from services.accounts import AccountProblem
from services.console_log import ConsoleLog, LogEntry
from services.console_policy import Permission
from services.office import Office
from services.password_rules import WeakPassword
from services.ports import Clock

Handler = Callable[[Visit], Awaitable[Response]]

_NOT_OURS = "页面放得太久了，或者不是从这里打开的。请刷新页面，再试一次。"
_NOT_ALLOWED = "您的账号没有这一项权限。需要的话请找管理员。"


@dataclass(frozen=True, slots=True)
class Guarded:
    """An address and who may ask for it; None: everybody who is signed in."""

    method: str
    path: str
    permission: Permission | None


@dataclass(frozen=True, slots=True)
class Console:
    """The base of all pages; `get` and `post` register one, `section` puts it into the menu."""

    accounts: AccountDesk
    log: ConsoleLog
    office: Callable[[], Office]
    clock: Clock
    sessions: DeskSessions
    pages: Pages
    router: APIRouter
    sections: list[Section] = field(default_factory=list)
    guarded: list[Guarded] = field(default_factory=list)

    def section(self, path: str, title: str, permission: Permission, says: str = "") -> None:
        """One more line of the navigation, in the order of the calls."""
        self.sections.append(Section(path, title, permission, says))

    def get(self, path: str, permission: Permission | None, handler: Handler) -> None:
        """A page or a part of one."""
        self._route("GET", path, permission, handler)

    def post(self, path: str, permission: Permission | None, handler: Handler) -> None:
        """A change; `visit.form` is what was sent."""
        self._route("POST", path, permission, handler)

    def page(self, visit: Visit, template: str, status: int = 200, /, **values: object) -> Response:
        """A page that extends `desk/base.html`, or a part of one."""
        return self.pages.show(
            template,
            status,
            visit=visit,
            csrf=visit.csrf,
            sections=[each for each in self.sections if visit.may(each.permission)],
            county=self.office().county.name,
            **values,
        )

    def cadre(self, visit: Visit) -> Cadre | None:
        """The cadre as whom the visitor sees and acts on tickets."""
        return self.office().cadre(visit.account.cadre)

    async def note(self, visit: Visit, action: str, about: str, **detail: str) -> None:
        """Write down what the visitor looked at or asked for. No resident's words."""
        entry = LogEntry(self.clock(), visit.account.name, action, about, detail)
        await self.log.note(entry)

    async def signed_in(self, request: Request) -> Visit | None:
        """The visitor; None when nobody is signed in (any more)."""
        session = self.sessions.read(request)
        if session is None:
            return None
        account = await self.accounts.present(session.account, session.epoch)
        return Visit(request, account, session) if account else None

    def problem(self, visit: Visit, status: int, sentence: str) -> Response:
        """A sentence in place of a page; for the script, the sentence alone."""
        if visit.is_htmx:
            answer = self.page(visit, "desk/problem_line.html", status, problem=sentence)
            answer.headers.update({"HX-Retarget": "#problem", "HX-Reswap": "innerHTML"})
            return answer
        return self.page(visit, "desk/problem.html", status, problem=sentence)

    def _route(
        self, method: str, path: str, permission: Permission | None, handler: Handler
    ) -> None:
        self.guarded.append(Guarded(method, path, permission))
        endpoint = self._checked(permission, handler)
        self.router.add_route(path, endpoint, methods=[method])

    def _checked(
        self, permission: Permission | None, handler: Handler
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            visit = await self.signed_in(request)
            if visit is None:
                return to_the_door(request)
            try:
                response = await handler(await self._admitted(visit, permission))
            except Problem as exc:
                response = self.problem(visit, exc.status, exc.sentence)
            except (AccountProblem, WeakPassword) as exc:
                response = self.problem(visit, 422, str(exc))
            if "set-cookie" not in response.headers:
                self.sessions.go_on(request, response, visit.session)
            return response

        return endpoint

    async def _admitted(self, visit: Visit, permission: Permission | None) -> Visit:
        """The visit with its form. Raises `Problem`."""
        if permission is not None and not visit.may(permission):
            raise Problem(403, _NOT_ALLOWED)
        if visit.request.method == "GET":
            return visit
        # The body is read in any case: the token may stand in it.
        form = await read_form(visit.request) or NO_FORM
        token = form.text("csrf") or visit.request.headers.get("x-csrf", "")
        if not from_our_page(visit.request) or not visit.session.owns(token):
            raise Problem(403, _NOT_OURS)
        return replace(visit, form=form)


def to_the_door(request: Request) -> Response:
    """To the sign-in page, and back to this one afterwards."""
    back = request.url.path if request.method == "GET" else "/console"
    door = f"/console/sign-in?next={quote(back)}"
    if request.headers.get("hx-request") == "true":
        return Response(status_code=401, headers={"HX-Redirect": "/console/sign-in"})
    return RedirectResponse(door, status_code=303)
