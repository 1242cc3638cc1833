"""The cadres' page about duty: who is there now, my shifts, leave, swaps, and what is lacking."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from console.forms import fields
from console.handing import UPDATE_ID, Receive, address_of, hand_over, notices, told
from console.pages import Pages
from console.session import Session, Sessions
from routing.duty import CHINA_TIME, Swap, colleagues
from routing.units import Cadre
from services.duty_board import board_of, desk_words, gap_words, gaps_around, line_words, swap_words
from services.duty_text import leave_words
from services.messages import Inbound, InboundKind
from services.office import Office
from services.ports import Clock, Mailbox, Wakeups

_TOKEN = re.compile(r"[\w@:.-]{1,64}")
_WORDS = ("yes", "no", "off")
_LONGEST_PHONE = 40


class BadForm(ValueError):
    """A sentence for the cadre: what to fill in."""


@dataclass(frozen=True, slots=True)
class DutyPage:
    """The page of one signed-in cadre at a time; every press goes through the inbox."""

    receive: Receive
    mailbox: Mailbox
    wakeups: Wakeups
    office: Callable[[], Office]
    clock: Clock
    sessions: Sessions
    pages: Pages

    async def page(self, request: Request) -> Response:
        """The whole page."""
        found = self._signed_in(request)
        if found is None:
            return RedirectResponse("/work/sign-in", status_code=303)
        return await self._show(*found)

    async def act(self, request: Request) -> Response:
        """A sent form: handed over, then back to the page, which shows the outcome."""
        found = self._signed_in(request)
        if found is None:
            return RedirectResponse("/work/sign-in", status_code=303)
        session, cadre = found
        form = await fields(request)
        if form is None or not session.owns_form(form.get("csrf")):
            return await self._show(session, cadre, "请刷新页面，再试一次。", 403)
        if not UPDATE_ID.fullmatch(form.get("id", "")):
            return await self._show(session, cadre, "没有这个操作。", 400)
        try:
            data = button_data(request.path_params["what"], form)
        except BadForm as exc:
            return await self._show(session, cadre, str(exc), 422)
        inbound = Inbound(
            address=address_of(cadre),
            # The cadre is part of it, so that nobody can take another one's id away.
            update_id=f"{cadre.id}:{form['id']}",
            kind=InboundKind.PRESS,
            sender=cadre.id,
            sent_at=self.clock(),
            text=form.get("phone", "").strip()[:_LONGEST_PHONE],
            data=data,
        )
        if not await hand_over(self.receive, self.wakeups, inbound):
            return await self._show(session, cadre, "没有收下来，请再按一次。", 503)
        return RedirectResponse("/work/duty", status_code=303)

    async def _show(
        self, session: Session, cadre: Cadre, problem: str = "", status: int = 200
    ) -> Response:
        office, now = self.office(), self.clock()
        board = board_of(office, cadre)
        return self.pages.show(
            "duty.html",
            status,
            problem=problem,
            notices=notices(await told(self.mailbox, cadre, now), now),
            csrf=session.csrf,
            cadre=cadre,
            unit=office.unit_name(cadre.unit),
            county=office.county.name,
            around=[line_words(office, each) for each in (board.own, board.above) if each],
            below=[line_words(office, each) for each in board.below],
            desks=[
                (f"{d.day:%Y%m%d}:{d.clock:%H%M}", desk_words(office, d), d.start > now)
                for d in board.desks
            ],
            leaves=[(each.id, leave_words(each)) for each in board.leaves],
            wanted=[_swap(office, each, each.giver) for each in board.wanted],
            offered=[_swap(office, each, each.taker) for each in board.offered],
            gaps=[gap_words(office, each) for each in gaps_around(office, cadre)],
            people=[(each.id, each.name) for each in colleagues(office.county, cadre)],
            today=now.astimezone(CHINA_TIME).date().isoformat(),
        )

    def _signed_in(self, request: Request) -> tuple[Session, Cadre] | None:
        session = self.sessions.read(request)
        cadre = self.office().cadre(session.cadre) if session else None
        return (session, cadre) if session and cadre else None


def _swap(office: Office, swap: Swap, other: str) -> tuple[str, str, str]:
    return swap.id, swap_words(swap), office.cadre_name(other)


def button_data(what: str, form: Mapping[str, str]) -> str:
    """A form as the data of the button that means the same. Raises `BadForm`."""
    if what == "leave":
        first, last = _day(form.get("first", "")), form.get("last", "")
        who = _token(form, "who", "请选谁替班。")
        if who == "@leader" and form.get("phone", "").strip():
            who = "@phone"
        return f"d:leave:{first:%Y%m%d}-{_day(last) if last else first:%Y%m%d}:{who}"
    if what == "swap":
        shift = _token(form, "shift", "请选一个班。")
        return f"d:swap:{shift}:{_token(form, 'who', '请选一位同事。')}"
    if what == "back":
        return f"d:back:{_token(form, 'leave', '请选一次请假。')}"
    if what == "answer" and form.get("word") in _WORDS:
        return f"d:ask:{_token(form, 'swap', '没有这个操作。')}:{form['word']}"
    raise BadForm("没有这个操作。")


def _token(form: Mapping[str, str], name: str, problem: str) -> str:
    value = form.get(name, "")
    if not _TOKEN.fullmatch(value):
        raise BadForm(problem)
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as exc:
        raise BadForm("请选日子。") from exc
