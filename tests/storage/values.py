"""Invented people, messages and tickets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from services.conversation import About, Option, Question
from services.messages import Address, BotName, Inbound, InboundKind
from services.understanding import Guess, Understanding
from tests.storage.stores import Store
from tickets.clocks import Clock, put, without
from tickets.events import Event, EventName
from tickets.states import STAGE_CLOCK, State
from tickets.ticket import Ticket

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)

RESIDENT = Address("telegram", BotName.RESIDENTS, "700001")
NEIGHBOUR = Address("telegram", BotName.RESIDENTS, "700002")
WEB = Address("web", BotName.RESIDENTS, "x7Gk")
CADRE = Address("telegram", BotName.CADRES, "800001")
GROUP = Address("telegram", BotName.CADRES, "-900001")

UNDERSTANDING = Understanding(
    kind="appeal",
    matter="street_light",
    confidence=0.91,
    ranking=(Guess("street_light", 0.91), Guess("power_cut", 0.05)),
    appeal_type="help",
    urgent=False,
    confidential=False,
    n_matters=1,
    evidence=("路灯",),
    model="m1",
    degraded=False,
    latency_ms=4.5,
)


def inbound(update_id: str = "1", address: Address = RESIDENT, **changes: Any) -> Inbound:
    """A message; `changes` may set any field."""
    values: dict[str, Any] = {
        "kind": InboundKind.TEXT,
        "sender": address.chat,
        "sent_at": NOW,
        "text": "路灯坏了",
        "message_id": f"m{update_id}",
    }
    return Inbound(address, update_id, **(values | changes))


def ticket(number: str = "LD-20261123-0001-0", **changes: Any) -> Ticket:
    """A dispatched ticket; `changes` may set any field."""
    values: dict[str, Any] = {
        "reporter": RESIDENT.key,
        "state": State.DISPATCHED,
        "text": "路灯坏了三天没人管",
        "kind": "appeal",
        "matter": "street_light",
        "matter_name": "路灯",
        "appeal_type": "help",
        "group": "infrastructure",
        "county_unit": None,
        "urgent": False,
        "confidential": False,
        "township": "T1",
        "village": "V1",
        "grid": "G1",
        "villager_group": 3,
        "location_level": "grid",
        "owner": "U1",
        "person": None,
        "created_at": NOW,
        "updated_at": NOW,
    }
    due = changes.pop("due_at", LATER)
    values |= changes
    kinds = STAGE_CLOCK.get(values["state"], ())
    if due is not None and kinds:
        values.setdefault("clocks", (Clock(kinds[0], due, NOW),))
    return Ticket(number, **values)


def due(each: Ticket, at: datetime) -> Ticket:
    """The ticket with its stage's clock set anew."""
    kind = STAGE_CLOCK[each.state][0]
    return replace(each, clocks=put(without(each.clocks, kind), Clock(kind, at, NOW)))


def event(name: EventName = EventName.RECEIVED, **changes: Any) -> Event:
    """A fact; `changes` may set any field."""
    values: dict[str, Any] = {"at": NOW, "actor": "system", "state": State.DISPATCHED}
    return Event(name, **(values | changes))


def question(question_id: str = "q1", **changes: Any) -> Question:
    """An open question; `changes` may set any field."""
    values: dict[str, Any] = {
        "conversation": RESIDENT.key,
        "about": About.NEW_OR_MORE,
        "options": (Option("一组", "G1"), Option("二组", "G2")),
        "asked_at": NOW,
        "due_at": LATER,
    }
    return Question(question_id, **(values | changes))


async def add(store: Store, *tickets: Ticket) -> None:
    """Tickets that are there already."""
    async with store.units_of_work() as work:
        for each in tickets:
            await work.add_ticket(each, [event()])
        await work.commit()
