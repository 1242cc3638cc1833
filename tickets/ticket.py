"""A ticket (工单) and what each action makes of it. Frozen: a change is a new value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from tickets.events import Event, EventName
from tickets.states import FINAL, Action, Role, State, move


@dataclass(frozen=True, slots=True)
class Ticket:
    """One tracked matter."""

    number: str
    reporter: str
    """Key of the conversation that gets the answers."""
    state: State
    text: str
    """The resident's first words."""
    kind: str
    matter: str | None
    matter_name: str
    appeal_type: str
    group: str | None
    county_unit: str | None
    urgent: bool
    confidential: bool
    township: str | None
    """Division code."""
    village: str | None
    grid: str | None
    villager_group: int | None
    location_level: str
    owner: str
    """Unit code; an open ticket always has one (domain.md §5, rule 1)."""
    person: str | None
    """Cadre id of the named person in charge."""
    due_at: datetime | None
    """When the present owner is late; None only for final states."""
    created_at: datetime
    updated_at: datetime
    degraded: bool = False
    places_asked: int = 0
    escalations: int = 0
    returns: int = 0
    answer: str = ""
    """The last public answer."""
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Somebody owes something."""
        return self.state not in FINAL

    @property
    def short_text(self) -> str:
        """The first words, for lists and buttons."""
        flat = " ".join(self.text.split())
        return flat if len(flat) <= 14 else flat[:13] + "…"


Change = tuple[Ticket, Event]


def _event(
    ticket: Ticket,
    name: EventName,
    actor: str,
    now: datetime,
    *,
    text: str = "",
    owner_changed: bool = False,
    clock_set: bool = False,
) -> Event:
    return Event(
        name=name,
        at=now,
        actor=actor,
        state=ticket.state,
        text=text,
        unit=ticket.owner if owner_changed else None,
        person=ticket.person if owner_changed else None,
        due_at=ticket.due_at if clock_set else None,
    )


def received(ticket: Ticket, now: datetime) -> Event:
    """The first event of every ticket."""
    return _event(
        ticket,
        EventName.RECEIVED,
        "resident",
        now,
        text=ticket.text,
        owner_changed=True,
        clock_set=True,
    )


def dispatch(
    ticket: Ticket,
    *,
    owner: str,
    person: str | None,
    due_at: datetime,
    now: datetime,
    actor: str = "system",
    reason: str = "",
) -> Change:
    """派单 / 改派: give it to an owner, who must sign for it by `due_at`."""
    role = Role.SYSTEM if actor == "system" else Role.OWNER
    state = move(ticket.state, Action.DISPATCH, role)
    changed = replace(
        ticket, state=state, owner=owner, person=person, due_at=due_at, updated_at=now
    )
    return changed, _event(
        changed, EventName.DISPATCHED, actor, now, text=reason, owner_changed=True, clock_set=True
    )


def triage(
    ticket: Ticket, *, owner: str, person: str | None, due_at: datetime, now: datetime, reason: str
) -> Change:
    """转人工受理: a human of `owner` must find out where it belongs."""
    state = move(ticket.state, Action.TRIAGE, Role.SYSTEM)
    changed = replace(
        ticket, state=state, owner=owner, person=person, due_at=due_at, updated_at=now
    )
    return changed, _event(
        changed, EventName.TRIAGED, "system", now, text=reason, owner_changed=True, clock_set=True
    )


def sign_for(ticket: Ticket, *, person: str, owner: str, due_at: datetime, now: datetime) -> Change:
    """签收: `person` of `owner` is in charge from now on and must answer by `due_at`.

    A level above may take what a unit below has not signed for; then it owns it.
    """
    state = move(ticket.state, Action.SIGN_FOR, Role.OWNER)
    changed = replace(
        ticket, state=state, person=person, owner=owner, due_at=due_at, updated_at=now
    )
    return changed, _event(
        changed, EventName.SIGNED, person, now, owner_changed=True, clock_set=True
    )


def reply(ticket: Ticket, *, person: str, text: str, now: datetime) -> Change:
    """公开答复: words for the resident. Never moves the clock (rule 2)."""
    state = move(ticket.state, Action.REPLY, Role.OWNER)
    changed = replace(ticket, state=state, answer=text, updated_at=now)
    return changed, _event(changed, EventName.REPLIED, person, now, text=text)


def resolve(
    ticket: Ticket, *, person: str, text: str, callback_due: datetime, now: datetime
) -> tuple[Ticket, list[Event]]:
    """办结 with the public answer; the resident is asked at once and has until `callback_due`."""
    state = move(ticket.state, Action.RESOLVE, Role.OWNER)
    resolved = replace(ticket, state=state, answer=text, updated_at=now)
    state = move(resolved.state, Action.CALL_BACK, Role.SYSTEM)
    asked = replace(resolved, state=state, due_at=callback_due)
    return asked, [
        _event(resolved, EventName.RESOLVED, person, now, text=text),
        _event(asked, EventName.CALLED_BACK, "system", now, clock_set=True),
    ]


def return_order(
    ticket: Ticket,
    *,
    by: str,
    reason: str,
    owner: str,
    person: str | None,
    due_at: datetime,
    now: datetime,
) -> Change:
    """退单: not theirs, for `reason`; `owner` decides where it goes (rule 4)."""
    state = move(ticket.state, Action.RETURN_ORDER, Role.OWNER)
    changed = replace(
        ticket,
        state=state,
        owner=owner,
        person=person,
        due_at=due_at,
        returns=ticket.returns + 1,
        updated_at=now,
    )
    return changed, _event(
        changed, EventName.RETURNED, by, now, text=reason, owner_changed=True, clock_set=True
    )


def escalate(
    ticket: Ticket,
    *,
    owner: str,
    person: str | None,
    due_at: datetime,
    now: datetime,
    reason: str,
    climbed: bool,
) -> Change:
    """提级: the deadline passed. Signed tickets keep their owner (首接负责).

    `climbed` is False at the top rung: there the owner is reminded and nothing is counted.
    """
    state = move(ticket.state, Action.ESCALATE, Role.SYSTEM)
    changed = replace(
        ticket,
        state=state,
        owner=owner,
        person=person,
        due_at=due_at,
        escalations=ticket.escalations + climbed,
        updated_at=now,
    )
    name = EventName.ESCALATED if climbed else EventName.REMINDED
    return changed, _event(
        changed, name, "system", now, text=reason, owner_changed=True, clock_set=True
    )


def confirm_solved(ticket: Ticket, now: datetime) -> Change:
    """The resident says it is solved: closed."""
    state = move(ticket.state, Action.CONFIRM_SOLVED, Role.RESIDENT)
    changed = replace(ticket, state=state, due_at=None, updated_at=now)
    return changed, _event(changed, EventName.CONFIRMED, "resident", now, clock_set=True)


def not_solved(
    ticket: Ticket, *, owner: str, person: str | None, due_at: datetime, text: str, now: datetime
) -> Change:
    """The resident says it is not solved: dispatched anew, one level up, owing a new answer."""
    state = move(ticket.state, Action.NOT_SOLVED, Role.RESIDENT)
    changed = replace(
        ticket,
        state=state,
        answer="",
        owner=owner,
        person=person,
        due_at=due_at,
        escalations=ticket.escalations + 1,
        updated_at=now,
    )
    return changed, _event(
        changed,
        EventName.NOT_SOLVED,
        "resident",
        now,
        text=text,
        owner_changed=True,
        clock_set=True,
    )


def close(ticket: Ticket, now: datetime) -> Change:
    """The reopen window is over."""
    state = move(ticket.state, Action.CLOSE, Role.SYSTEM)
    changed = replace(ticket, state=state, due_at=None, updated_at=now)
    return changed, _event(changed, EventName.CLOSED, "system", now, clock_set=True)


def withdraw(ticket: Ticket, now: datetime, text: str = "") -> Change:
    """The resident took it back."""
    state = move(ticket.state, Action.WITHDRAW, Role.RESIDENT)
    changed = replace(ticket, state=state, due_at=None, updated_at=now)
    return changed, _event(changed, EventName.WITHDRAWN, "resident", now, text=text, clock_set=True)


def moved(
    ticket: Ticket,
    *,
    township: str | None,
    village: str | None,
    grid: str | None,
    owner: str,
    person: str | None,
    reason: str,
    now: datetime,
) -> Change:
    """区划调整: its place has another code, maybe another owner. Never moves the clock (rule 2)."""
    changed = replace(
        ticket,
        township=township,
        village=village,
        grid=grid,
        owner=owner,
        person=person,
        updated_at=now,
    )
    given_on = (owner, person) != (ticket.owner, ticket.person)
    return changed, _event(
        changed, EventName.MOVED, "system", now, text=reason, owner_changed=given_on
    )


def remark(ticket: Ticket, name: EventName, actor: str, text: str, now: datetime) -> Event:
    """A fact that changes nothing of the ticket: a supplement, a nudge, a rating, an edit."""
    return _event(ticket, name, actor, now, text=text)
