"""Which clocks a ticket has, and how much is left on each, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.remaining import Remaining, remaining
from services.office import Office
from services.policy import roles_at
from tickets.actions import Role
from tickets.clocks import CLOCK_NAMES, Clock, ClockKind
from tickets.states import STAGE_CLOCK, State
from tickets.ticket import Ticket

_WAITS_FOR_RESIDENT = frozenset({State.RESOLVED, State.PENDING_CALLBACK, State.CALLED_BACK})


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock of a card."""

    name: str
    """签收期限, 办结期限 …, with the co-unit of a sub-task."""
    left: Remaining
    paused: bool = False


def main_clock(ticket: Ticket, unit: str, roles: frozenset[Role]) -> Clock | None:
    """The clock that this unit has to keep: its part's, else that of the stage."""
    if Role.OWNER not in roles:
        part = ticket.clock(ClockKind.SUBTASK, unit)
        if part is not None:
            return part
    kinds = STAGE_CLOCK.get(ticket.state, ())
    return next((found for kind in kinds if (found := ticket.clock(kind)) is not None), None)


def clock_lines(
    office: Office, ticket: Ticket, unit: str, now: datetime
) -> tuple[ClockLine, tuple[ClockLine, ...]]:
    """The clock that counts here, and the others, those that stand still last."""
    main = main_clock(ticket, unit, roles_at(office.county, unit, ticket))
    first = ClockLine("", Remaining("", "", "calm"))
    if main is not None:
        first = _line(office, main, unit, now)
    if ticket.state in _WAITS_FOR_RESIDENT:
        first = ClockLine(first.name, Remaining(first.left.until, "等居民确认", "calm"))
    others = [_line(office, clock, unit, now) for clock in ticket.clocks if clock != main]
    return first, tuple(sorted(others, key=lambda line: line.paused))


def _line(office: Office, clock: Clock, unit: str, now: datetime) -> ClockLine:
    name = CLOCK_NAMES[clock.kind]
    if clock.of and clock.of != unit:
        name = f"{office.unit_name(clock.of)} {name}"
    if clock.due_at is None:
        rests = f"停着，还剩 {_spared(clock.left or 0)}"
        return ClockLine(name, Remaining("", rests, "calm"), paused=True)
    return ClockLine(name, remaining(clock.due_at, now))


def _spared(minutes: float) -> str:
    """What is left of a clock that stands still, in office hours."""
    hours, rest = divmod(int(minutes), 60)
    if not hours:
        return f"{rest} 分"
    return f"{hours} 小时" + (f" {rest} 分" if rest else "")
