"""The triage queue: one case after the other, by keyboard, with what will happen shown before it
happens. What is done goes the way of every cadre's press, so that rules, events and messages are
the same as on the cadres' page and in the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from starlette.responses import RedirectResponse, Response

from console.acts import Act, acts
from console.desk.console import Console
from console.desk.ticket_pages import Cases
from console.desk.triage_choices import (
    Choice,
    Opinion,
    matter_choices,
    matters_found,
    place_choices,
    places_found,
)
from console.desk.visit import Visit
from console.handing import notices, told
from console.press import NUMBER, Press
from console.problem import Problem
from console.remaining import Remaining, local, remaining
from console.uploads import Sent
from routing.duty import CHINA_TIME
from routing.units import Cadre
from services.acceptance import AT
from services.case_files import most_urgent_first
from services.case_menu import Seat
from services.console_log import LogFilter, Logged
from services.console_policy import Permission
from services.errors import Refused
from services.ports import Mailbox
from services.triage import VERBS, Plan, may_triage, plan, queue_units
from services.triage_shift import (
    OUTCOME,
    READ,
    SECONDS,
    SKIP,
    holder,
    looked_since,
    passed_over,
    shift_of,
)
from tickets.clocks import ClockKind
from tickets.ticket import Ticket

_QUEUE = 200
_NO_CADRE = "您的账号没有绑定县中心的干部，不能分诊。请找管理员。"
_CHANGED = "这一件刚被别人动过。下面是它现在的样子，请再看一眼。"
_MOST_SECONDS = 1800


@dataclass(frozen=True, slots=True)
class TriagePages:
    """The queue of one dispatcher at a time."""

    console: Console
    cases: Cases
    press: Press
    mailbox: Mailbox
    keywords: Opinion | None = None

    def add_to_console(self) -> None:
        """Its addresses and its line of the navigation."""
        console, may = self.console, Permission.TRIAGE
        console.section("/console/triage", "待分诊", may, "没认出来的话，由人来定是什么事、在哪里")
        console.get("/console/triage", may, self.next)
        console.get("/console/triage/{number}", may, self.one)
        console.get("/console/triage/{number}/plan", may, self.plan)
        console.get("/console/triage/{number}/matters", may, self.matters)
        console.get("/console/triage/{number}/places", may, self.places)
        console.post("/console/triage/{number}/skip", may, self.skip)
        console.post("/console/triage/{number}/{verb}", may, self.act)

    async def next(self, visit: Visit) -> Response:
        """The first case that nobody else looks at."""
        cadre = self._cadre(visit)
        queue = await self._queue(visit, cadre)
        for ticket in queue[:20]:
            if await self._taken(visit, ticket) is None:
                return await self._show(visit, cadre, ticket, len(queue))
        return await self._nothing(visit, cadre, len(queue))

    async def one(self, visit: Visit) -> Response:
        """This case, whoever else looks at it."""
        cadre = self._cadre(visit)
        ticket = await self._case(visit, cadre)
        await self._taken(visit, ticket)
        waiting = len(await self._queue(visit, cadre))
        return await self._show(visit, cadre, ticket, waiting)

    async def plan(self, visit: Visit) -> Response:
        """What Enter would do, for the chosen matter and place."""
        cadre = self._cadre(visit)
        ticket = await self._case(visit, cadre)
        values = self._planned(cadre, ticket, visit.query("matter"), visit.query("place"))
        return self.console.page(visit, "desk/triage_plan.html", ticket=ticket, **values)

    async def matters(self, visit: Visit) -> Response:
        """Matters by what was typed."""
        found = matters_found(self.console.office(), visit.query("typed"))
        return self._found(visit, "matter", found)

    async def places(self, visit: Visit) -> Response:
        """Places by what was typed, or one level of the tree."""
        office = self.console.office()
        found = places_found(office, visit.query("where"), visit.query("below"))
        return self._found(visit, "place", found)

    async def skip(self, visit: Visit) -> Response:
        """Later, or never: the case stays as it is."""
        number = visit.path("number")
        if not NUMBER.fullmatch(number):
            raise Problem(404, "没有这个单号。")
        await self.console.note(visit, SKIP, f"ticket:{number}")
        return await self._go_on(visit)

    async def act(self, visit: Visit) -> Response:
        """Do it: handed over like a press on the cadres' page; then the next case."""
        cadre = self._cadre(visit)
        verb, form = visit.path("verb"), visit.form
        if verb not in VERBS:
            raise Problem(400, "没有这个操作。")
        before = await self._case(visit, cadre)
        if form.text("version") != str(before.version):
            return await self._again(visit, cadre, before, _CHANGED)
        entries = await self._entries(before.number)
        fields = {name: form.text(name) for name in ("id", "text", "matter", "unit")}
        if verb == "accept":
            fields["text"] = f"{AT}{form.text('place')}" if form.text("place") else ""
        await self.press.take(cadre, before.number, verb, Sent(fields, None))
        after = await self.cases.desk.ticket(before.number)
        is_done = after is not None and after[0].version != before.version
        await self._written(visit, verb, before, entries, is_done)
        if not is_done:
            return await self._again(visit, cadre, before, "")
        return await self._go_on(visit)

    async def _go_on(self, visit: Visit) -> Response:
        if visit.is_htmx:
            return await self.next(visit)
        return RedirectResponse("/console/triage", status_code=303)

    async def _again(self, visit: Visit, cadre: Cadre, ticket: Ticket, problem: str) -> Response:
        waiting = len(await self._queue(visit, cadre))
        return await self._show(visit, cadre, ticket, waiting, problem)

    async def _written(
        self, visit: Visit, verb: str, ticket: Ticket, entries: Sequence[Logged], is_done: bool
    ) -> None:
        since = looked_since(entries, visit.account.name) or self.console.clock()
        seconds = min(int((self.console.clock() - since).total_seconds()), _MOST_SECONDS)
        detail = {OUTCOME: "done" if is_done else "refused", SECONDS: str(seconds)}
        if verb == "accept":
            detail |= {"matter": visit.form.text("matter")[:60]}
        await self.console.note(visit, f"triage.{verb}", f"ticket:{ticket.number}", **detail)

    def _cadre(self, visit: Visit) -> Cadre:
        cadre = self.console.cadre(visit)
        if cadre is None:
            raise Problem(403, _NO_CADRE)
        return cadre

    async def _case(self, visit: Visit, cadre: Cadre) -> Ticket:
        """The case of the address, while it waits. Raises `Problem`."""
        ticket = (await self.cases.read(visit, visit.path("number")))[0]
        if not may_triage(self.console.office(), cadre, ticket, self.console.clock()):
            state = self.console.office().state_name(ticket)
            raise Problem(409, f"{ticket.number} 已经不用分诊了（{state}）。按 N 看下一件。")
        return ticket

    async def _queue(self, visit: Visit, cadre: Cadre) -> list[Ticket]:
        office, now = self.console.office(), self.console.clock()
        units = queue_units(office, cadre)
        found = await self.cases.files.pending_intake(units, limit=_QUEUE)
        mine = [ticket for ticket in found if may_triage(office, cadre, ticket, now)]
        skips = await self.console.log.page(LogFilter(visit.account.name, SKIP), limit=_QUEUE)
        later = passed_over(skips, now)
        ordered = most_urgent_first(mine)
        return sorted(ordered, key=lambda ticket: f"ticket:{ticket.number}" in later)

    async def _entries(self, number: str) -> list[Logged]:
        return await self.console.log.page(LogFilter("", "triage", f"ticket:{number}"), limit=30)

    async def _taken(self, visit: Visit, ticket: Ticket) -> str | None:
        """Take the case; the name of the account that has it already, if another one has."""
        now, me = self.console.clock(), visit.account.name
        has = holder(await self._entries(ticket.number), now)
        if has is None:
            await self.console.note(visit, READ, f"ticket:{ticket.number}")
            # Of two who opened it at once the first entry counts, for both of them.
            has = holder(await self._entries(ticket.number), now)
        elif has != me:
            await self.console.note(visit, READ, f"ticket:{ticket.number}")
        return has if has != me else None

    def _planned(self, cadre: Cadre, ticket: Ticket, matter: str, place: str) -> dict[str, object]:
        office, now = self.console.office(), self.console.clock()
        found: Plan | None = None
        problem = "先选是什么事。"
        if matter:
            try:
                found = plan(office, cadre, ticket, matter, place, now)
            except Refused as exc:
                problem = office.wording.say(exc.say, exc.slots)
        until = local(found.sign_by, now) if found and found.sign_by else ""
        return {"plan": found, "until": until, "problem": problem, "place": place}

    async def _show(
        self,
        visit: Visit,
        cadre: Cadre,
        ticket: Ticket,
        waiting: int,
        problem: str = "",
    ) -> Response:
        office, now = self.console.office(), self.console.clock()
        known = await self.cases.read(visit, ticket.number)
        record = await self.cases.desk.prediction_of(ticket.number)
        read = record.understanding if record else None
        matters = matter_choices(office, ticket, read, self.keywords)
        # Nothing is chosen beforehand: a second Enter must not send away the next case unread.
        matter = visit.query("matter")
        place = visit.query("place")
        other = [act for act in self._acts(cadre, ticket, now) if act.verb in VERBS[1:]]
        entries = await self._entries(ticket.number)
        has = holder(entries, now)
        return self._page(
            visit,
            # The script swaps in what is no error.
            409 if problem and not visit.is_htmx else 200,
            problem=problem,
            ticket=ticket,
            card=await self.cases.card(visit, known),
            read=read,
            clock=_clock(ticket, now),
            matters=matters,
            found_matters=matters_found(office, visit.query("typed")),
            places=place_choices(office, ticket),
            found_places=places_found(office, visit.query("where"), "")
            if visit.query("where")
            else [],
            matter=matter,
            place=place,
            planned=self._planned(cadre, ticket, matter, place),
            other=other,
            taken=await self._person(has) if has not in (None, visit.account.name) else "",
            **await self._around(visit, cadre, waiting),
        )

    def _acts(self, cadre: Cadre, ticket: Ticket, now: datetime) -> tuple[Act, ...]:
        offered = acts(self.console.office(), Seat(cadre.unit, cadre.id), ticket, now)
        return (*offered.first, *offered.rest)

    async def _nothing(self, visit: Visit, cadre: Cadre, waiting: int) -> Response:
        around = await self._around(visit, cadre, waiting)
        return self._page(visit, 200, problem="", ticket=None, **around)

    def _page(self, visit: Visit, status: int, /, **values: object) -> Response:
        template = "desk/triage_case.html" if visit.is_htmx else "desk/triage.html"
        return self.console.page(visit, template, status, **values)

    def _found(self, visit: Visit, name: str, found: list[Choice]) -> Response:
        return self.console.page(
            visit, "desk/triage_found.html", name=name, found=found, number=visit.path("number")
        )

    async def _around(self, visit: Visit, cadre: Cadre, waiting: int) -> dict[str, object]:
        """How many wait, what came of the last press, and one's own day."""
        now = self.console.clock()
        midnight = datetime.combine(now.astimezone(CHINA_TIME).date(), time(), CHINA_TIME)
        wanted = LogFilter(visit.account.name, "triage", since=midnight)
        mine = await self.console.log.page(wanted, limit=2000)
        lines = await told(self.mailbox, cadre, now)
        just = [text for _, text, is_new in notices(lines, now) if is_new][:1]
        return {"waiting": waiting, "shift": shift_of(mine), "just": just[0] if just else ""}

    async def _person(self, account: str | None) -> str:
        found = await self.console.accounts.book.account(account or "")
        return found.person if found else ""


def _clock(ticket: Ticket, now: datetime) -> Remaining:
    clock = ticket.clock(ClockKind.TRIAGE)
    return remaining(clock.due_at if clock else None, now)
