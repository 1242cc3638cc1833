"""The console's log for administrators: page by page, by who, what, and about what."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from console.desk.action_names import DETAIL_NAMES, action_name, detail_value, families
from console.desk.console import Console
from console.desk.visit import Visit
from console.remaining import local
from services.console_log import LogFilter, Logged
from services.console_policy import Permission

_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as people read it."""

    at: str
    account: str
    action: str
    about: str
    detail: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """What was done in the console."""

    console: Console

    def add_to_console(self) -> None:
        """Its address and its line of the navigation."""
        says = "谁在什么时候做了什么、看了什么"
        self.console.section("/console/log", "记录", Permission.SEE_LOG, says)
        self.console.get("/console/log", Permission.SEE_LOG, self.page)

    async def page(self, visit: Visit) -> Response:
        """The newest entries, or those before one."""
        wanted = LogFilter(visit.query("account"), visit.query("action"), visit.query("about"))
        before = visit.query("before")
        found = await self.console.log.page(
            wanted, before=int(before) if before.isdecimal() else None, limit=_A_PAGE + 1
        )
        shown = found[:_A_PAGE]
        return self.console.page(
            visit,
            "desk/log.html",
            lines=[self._line(each) for each in shown],
            wanted=wanted,
            families=families(),
            older=_address(wanted, shown[-1].id) if len(found) > _A_PAGE else "",
            newest=_address(wanted) if before else "",
        )

    def _line(self, logged: Logged) -> Line:
        entry = logged.entry
        detail = [
            f"{DETAIL_NAMES.get(key, key)}：{detail_value(key, value)}"
            for key, value in entry.detail.items()
            if value
        ]
        return Line(
            local(entry.at, self.console.clock()),
            entry.account or "（没有这个账号）",
            action_name(entry.action),
            entry.about,
            "；".join(detail),
        )


def _address(wanted: LogFilter, before: int | None = None) -> str:
    values = {"account": wanted.account, "action": wanted.action, "about": wanted.about}
    kept = {name: value for name, value in values.items() if value}
    if before is not None:
        kept["before"] = str(before)
    return f"/console/log?{urlencode(kept)}"
