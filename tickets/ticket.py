"""A ticket (工单): frozen, a change is a new value. What each action makes of it is in `life`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tickets.clocks import Clock, ClockKind, Clocks, find
from tickets.deadlines import Urgency
from tickets.states import FINAL, STAGE_CLOCK, State


class SubTaskState(StrEnum):
    """How far a co-unit's part is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class SubTask:
    """A co-unit's part of a ticket (协办): its own words, person and clock; no answer of its own
    goes to the resident."""

    unit: str
    asked: str
    by: str
    """Cadre who asked for it."""
    person: str | None = None
    state: SubTaskState = SubTaskState.OPEN
    answer: str = ""
    told_up: str | None = None
    """The highest unit that was told of its lateness."""


@dataclass(frozen=True, slots=True)
class Request:
    """Something that waits for somebody's decision."""

    by: str
    reason: str
    unit: str | None = None
    """The owner that a return proposes."""
    days: int = 0
    """The working days that an extension asks for."""
    limit: datetime | None = None
    """The limit of closing that it asks to move."""
    from_unit: str | None = None
    """Who owned the ticket when it was asked."""
    missing: tuple[str, ...] = ()
    """The evidence that a closing lacks; empty for one that is looked at as a sample."""


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
    created_at: datetime
    updated_at: datetime
    clocks: Clocks = ()
    complex: bool = False
    """复杂疑难: the catalogue's longer limits hold."""
    degraded: bool = False
    places_asked: int = 0
    escalations: int = 0
    returns: int = 0
    rung: int = 0
    """Climbs since it was last given to an owner: which step of the ladder's limits holds."""
    answer: str = ""
    """The last public answer."""
    signed_by: str | None = None
    """首接负责: the cadre who signed last stays answerable until somebody else has (rule 3)."""
    signed_at: datetime | None = None
    dispatched_at: datetime | None = None
    contacted_at: datetime | None = None
    """When the resident first heard from the person in charge."""
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    reviewer: str | None = None
    """The unit that has to decide on an extension, or on a closing."""
    told_up: str | None = None
    """The highest unit that was told that it is late."""
    request: Request | None = None
    """The return, extension or shelving that waits or was granted last."""
    extensions: int = 0
    ruled: bool = False
    """The county centre has ruled whose it is: it cannot be returned any more."""
    supervised: bool = False
    subtasks: tuple[SubTask, ...] = ()
    main: str | None = None
    """The number of the main ticket, while merged."""
    reworks: int = 0
    solved: bool | None = None
    satisfaction: int | None = None
    """5 非常满意 … 1 非常不满意."""
    why_not: str = ""
    """Why it is not solved, in the resident's words or a button's."""
    excluded: str = ""
    """剔除: empty, `asked`, or `done`."""
    excluded_by: str | None = None
    """Who asked for it; the second person must be another one."""
    suspicion: str = ""
    """Why its closing goes to the human call-back sample, in words; empty: it does not."""
    hot_spot: str | None = None
    """The event card of a township that it belongs to (热点)."""
    version: int = 0

    @property
    def is_open(self) -> bool:
        """Somebody owes something."""
        return self.state not in FINAL

    @property
    def urgency(self) -> Urgency:
        """Which column of the limits holds."""
        return "urgent" if self.urgent else "complex" if self.complex else "normal"

    @property
    def due_at(self) -> datetime | None:
        """When the present stage is over: what people are told. None for final states."""
        for kind in STAGE_CLOCK.get(self.state, ()):
            clock = find(self.clocks, kind)
            if clock is not None:
                return clock.due_at
        return None

    @property
    def close_due(self) -> datetime | None:
        """Until when the public answer is due; None before signing, while paused or when late."""
        clock = find(self.clocks, ClockKind.CLOSE)
        return clock.due_at if clock else None

    @property
    def is_late(self) -> bool:
        """It is in hand and past its limit of closing."""
        return find(self.clocks, ClockKind.OVERDUE) is not None

    @property
    def waits_in_hand(self) -> bool:
        """Somebody has signed for it and waits for the resident; the clock of closing rests."""
        closing = find(self.clocks, ClockKind.CLOSE) or find(self.clocks, ClockKind.OVERDUE)
        return self.state is State.NEED_INFO and closing is not None

    @property
    def co_units(self) -> tuple[str, ...]:
        """The units whose part is not done."""
        return tuple(task.unit for task in self.subtasks if task.state is SubTaskState.OPEN)

    def clock(self, kind: ClockKind, of: str = "") -> Clock | None:
        """A clock of the ticket, running or paused."""
        return find(self.clocks, kind, of)

    @property
    def short_text(self) -> str:
        """The first words, for lists and buttons."""
        flat = " ".join(self.text.split())
        return flat if len(flat) <= 14 else flat[:13] + "…"
