"""A desk with three tickets in memory, on the sample county, for the cadres' page alone."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from fastapi import FastAPI

from console import work_router
from liandong.county_files import read_wording
from liandong.settings import ROOT
from routing.county import County
from routing.county_tables import load_county
from routing.places import PlaceFinder
from services.messages import Address, Inbound, Outbound
from services.office import Office
from services.ports import PredictionRecord, Receipt
from services.understanding import Understanding
from tests.webchat.stand_ins import Chats, Pictures, picture
from tickets.clocks import Clock
from tickets.events import Event, EventName
from tickets.life import received, sign_for
from tickets.number import make
from tickets.states import STAGE_CLOCK, State
from tickets.ticket import Ticket

NOW = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)
UNIT = "group:141026100:infrastructure"
OTHER = "group:141026101:infrastructure"
CODE = "ABC-123"
_DATA = Path(__file__).parents[2] / "data" / "sample_county"


@cache
def county() -> County:
    """The sample county."""
    tables = {}
    for path in _DATA.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as rows:
            tables[path.stem] = list(csv.DictReader(rows))
    return load_county(tables)


@cache
def office() -> Office:
    """The sample county's office."""
    wording = read_wording(ROOT / "domain.yml", county())
    return Office(county(), PlaceFinder.of(county()), wording, lambda: NOW, lambda: "id")


def cadre(unit: str = UNIT) -> str:
    """The id of the first cadre of a unit."""
    return county().org.staff(unit)[0].id


def ticket(sequence: int, minutes: int, **changes: object) -> Ticket:
    """A ticket of the street-lamp kind whose clock runs out in `minutes`."""
    fresh = Ticket(
        number=make(NOW.date(), sequence),
        reporter="web:residents:x",
        state=State.DISPATCHED,
        text="高壁村三组路灯坏了三天没人管，晚上老人出门看不见路。",
        kind="appeal",
        matter="street_lamp",
        matter_name="路灯损坏",
        appeal_type="help",
        group="infrastructure",
        county_unit=None,
        urgent=False,
        confidential=False,
        township="141026100",
        village="141026100206",
        grid=None,
        villager_group=3,
        location_level="village",
        owner=UNIT,
        person=cadre(),
        created_at=NOW - timedelta(minutes=40),
        updated_at=NOW - timedelta(minutes=40),
    )
    changed = replace(fresh, **changes)  # type: ignore[arg-type]  # the tests name the fields
    due = NOW + timedelta(minutes=minutes)
    kinds = STAGE_CLOCK.get(changed.state, ())
    return replace(changed, clocks=tuple(Clock(kind, due, NOW) for kind in kinds[:1]))


@dataclass
class Tickets:
    """`services.ports.Desk` over a list."""

    rows: dict[str, Ticket] = field(default_factory=dict)
    media: dict[str, list[str]] = field(default_factory=dict)

    def add(self, *tickets: Ticket) -> None:
        self.rows.update({one.number: one for one in tickets})

    async def tickets_at(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        return [t for t in self.rows.values() if t.owner in units and t.is_open][:limit]

    async def ticket(self, number: str) -> tuple[Ticket, list[Event], list[str]] | None:
        found = self.rows.get(number)
        if found is None:
            return None
        first = received(found)
        sent = Event(
            EventName.DISPATCHED, found.created_at, "system", found.state, unit=found.owner
        )
        return found, [first, sent], self.media.get(number, [])

    async def waiting_for(self, units: Sequence[str], *, limit: int) -> list[Ticket]:
        return [t for t in self.rows.values() if t.reviewer in units and t.owner not in units]

    async def exclusions_asked(self, *, limit: int) -> list[Ticket]:
        return [t for t in self.rows.values() if t.excluded == "asked"]

    async def to_call_back(self, *, limit: int) -> list[Ticket]:
        return []

    async def merged_into(self, numbers: Sequence[str]) -> list[Ticket]:
        return [t for t in self.rows.values() if t.main in numbers]

    async def proofs(self, numbers: Sequence[str]) -> frozenset[str]:
        return frozenset()

    async def prediction_of(self, number: str) -> PredictionRecord | None:
        if number not in self.rows:
            return None
        heard = Understanding(
            kind="appeal",
            matter="street_lamp",
            confidence=0.93,
            ranking=(),
            appeal_type="help",
            urgent=False,
            confidential=False,
            n_matters=1,
            evidence=("路灯", "坏了"),
            model="m1",
            degraded=False,
            latency_ms=3,
        )
        reasons = (
            ("matter", "事项“路灯损坏”,把握 93%"),
            ("place", "府城镇高壁村（“高壁村”：名称一致；“三组”：村民小组）"),
            ("row", "派单目录：路灯损坏 → 基础设施与环境服务组"),
        )
        return PredictionRecord(1, number, heard, reasons, NOW)


@dataclass
class Desk:
    """Everything behind the page: tickets, what was received, what was told."""

    tickets: Tickets = field(default_factory=Tickets)
    chats: Chats = field(default_factory=Chats)
    pictures: Pictures = field(default_factory=Pictures)
    codes: dict[str, str] = field(default_factory=dict)

    async def redeem(self, code: str) -> str | None:
        return self.codes.pop(code, None)

    async def receive(self, inbound: Inbound) -> Receipt:
        receipt = await self.chats.receive(inbound)
        if receipt.is_new and inbound.data.endswith(":sign"):
            number = inbound.data.split(":")[1]
            ticket = self.tickets.rows[number]
            signed, _ = sign_for(
                ticket, owner=ticket.owner, person=inbound.sender, limits=office().limits, now=NOW
            )
            self.tickets.add(signed)
        self.say(inbound.address, f"〔{inbound.data}〕办好了")
        return receipt

    def say(self, address: Address, text: str) -> None:
        self.chats.say(address, Outbound(text))


def work_app(desk: Desk, demo: Sequence[tuple[str, str]] | None = None) -> FastAPI:
    """The cadres' page alone."""
    app = FastAPI()
    router = work_router(
        desk.receive,
        desk.tickets,
        desk.chats,
        desk.chats,
        desk.pictures,
        office=office,
        redeem=desk.redeem,
        secret="only for tests",
        clock=lambda: NOW,
        demo_cadres=demo,
    )
    app.include_router(router)
    return app


def busy_desk() -> Desk:
    """A desk with an overdue, an urgent and a calm matter, one with a photo."""
    desk = Desk(codes={CODE: cadre()})
    photo = "media:m1"
    desk.pictures.files[photo] = (picture(300, 200), "image/jpeg")
    lamp = ticket(1, -25)
    desk.tickets.media[lamp.number] = [photo]
    desk.tickets.add(
        ticket(
            2,
            80,
            state=State.HANDLING,
            matter_name="自来水停水",
            answer="水管下午修好。",
            text="我们组停水两天了。",
        ),
        lamp,
        ticket(
            3, 12, urgent=True, matter_name="燃气泄漏", text="楼道里有煤气味！", villager_group=None
        ),
    )
    return desk
