"""The history of one ticket, told step by step through the real rules of its life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from inspect import signature
from typing import Any, Self

from tests.tickets.world import HOURS
from tickets import life
from tickets.actions import Role
from tickets.clocks import ClockKind
from tickets.deadlines import Limits
from tickets.events import Event
from tickets.history import with_changes
from tickets.metrics import Facts, History, facts_of
from tickets.states import State
from tickets.ticket import Ticket

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in the county, a working day
LIMITS = Limits(hours=HOURS)
ABOVE, REVIEWER = (Role.ABOVE,), (Role.REVIEWER,)
_NEW = Ticket(
    number="LD-20261123-0001-0",
    reporter="web:residents:anna",
    state=State.PENDING_INTAKE,
    text="路灯坏了",
    kind="appeal",
    matter="street_lamp",
    matter_name="路灯",
    appeal_type="help",
    group="infrastructure",
    county_unit=None,
    urgent=False,
    confidential=False,
    township="T1",
    village="V1",
    grid=None,
    villager_group=None,
    location_level="village",
    owner="desk",
    person="desk-1",
    created_at=MONDAY,
    updated_at=MONDAY,
)


@dataclass
class Story:
    """A ticket, dispatched to `group` on Monday at nine unless it is told otherwise."""

    dispatched: bool = True
    urgent: bool = False
    now: datetime = MONDAY
    ticket: Ticket = field(init=False)
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        fresh = life.in_intake(replace(_NEW, urgent=self.urgent), LIMITS, self.now)
        told = [life.received(fresh)]
        if self.dispatched:
            fresh, event = life.dispatch(
                fresh, owner="group", person="p1", limits=LIMITS, now=self.now
            )
            told.append(event)
        self.ticket = fresh
        self.events += with_changes(None, fresh, told)

    def after(self, minutes: float) -> Self:
        """Time passes, by the clock on the wall."""
        self.now += timedelta(minutes=minutes)
        return self

    def step(self, act: Callable[..., life.Change], **how: Any) -> Self:
        """One action; the limits and the moment are filled in."""
        if "limits" in signature(act).parameters:
            how["limits"] = LIMITS
        changed, event = act(self.ticket, now=self.now, **how)
        self.events += with_changes(self.ticket, changed, [event])
        self.ticket = changed
        return self

    def sign(self, owner: str = "group") -> Self:
        """签收."""
        return self.step(life.sign_for, person="p1", owner=owner)

    def resolve(self) -> Self:
        """办结."""
        return self.step(life.resolve, person="p1", text="修好了")

    def climb(self, kind: ClockKind) -> Self:
        """The pass finds that a clock ran out."""
        return self.step(life.climb, kind=kind, to="township", person="p2", reason="超时")

    def give_back(self) -> Self:
        """退单."""
        return self.step(
            life.return_order,
            by="p1",
            reason="不归我们",
            proposed="other",
            arbiter="township",
            person="p2",
        )

    def rule(self, owner: str) -> Self:
        """裁定."""
        return self.step(
            life.rule_on_dispute, by="p2", owner=owner, person="p3", reason="按目录", final=False
        )

    def reassign(self, owner: str) -> Self:
        """改派."""
        return self.step(
            life.reassign, by="p2", owner=owner, person="p3", reason="换人", roles=ABOVE
        )

    def not_solved(self) -> Self:
        """没解决."""
        return self.step(life.not_solved, owner="township", person="p2", text="没修")

    @property
    def facts(self) -> Facts:
        """Its facts now."""
        return facts_of(History(self.ticket.number, tuple(self.events)), HOURS, self.now)
