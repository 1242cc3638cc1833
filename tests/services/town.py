"""A small town for tests of the use cases: the real county and services on the in-memory twin."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from liandong.bootstrap import short_id
from liandong.county_files import read_sheets, read_wording
from liandong.settings import ROOT
from routing.county import County
from routing.county_tables import load_county
from routing.duty import STILL_MATTERS
from routing.places import PlaceFinder
from services.escalate import Escalation
from services.messages import Address, Attachment, BotName, Inbound, InboundKind
from services.office import Office
from services.ports import Line
from services.process import Processor
from services.receive import Receiver
from services.reparse import Reparse
from services.understanding import Guess, Part, Understanding
from storage.memory import MemoryStore
from storage.memory_coordination import MemoryLocks
from tests.storage.stores import Store
from tickets.events import Event
from tickets.ticket import Ticket

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 09:00 in the county, a working day

MATTERS = {
    "着火": "fire",
    "贪": "discipline_report",
    "路灯": "street_lamp",
    "停水": "water_supply",
    "低保": "low_income",
    "全县": "bus_service",
    "诈骗": "public_order",
    "垃圾": "garbage",
}
KINDS = {
    "还是没修": "not_solved",
    "谢谢": "thanks",
    "催": "nudge",
    "到哪": "status_query",
    "你好": "greeting",
    "不办了": "withdraw",
    "补充": "supplement",
    "满意": "rating",
    "人工": "human",
    "免费": "benefit_question",
    "天气": "out_of_scope",
}


@dataclass
class Reader:
    """Understands by the words above, like a classifier would; can be degraded.

    另外 parts the matters of a message.
    """

    degraded: bool = False
    seen: list[str] = field(default_factory=list)

    async def understand(self, text: str, township: str | None = None) -> Understanding:
        self.seen.append(text)
        whole = self._of(text)
        told = [piece.strip("，。 ") for piece in text.split("另外")]
        if len(told) < 2 or whole.kind not in ("appeal", "benefit_question"):
            return whole
        parts = tuple(Part(piece, self._of(piece)) for piece in told)
        return replace(
            whole,
            n_matters=len(parts),
            parts=parts,
            urgent=any(part.understanding.urgent for part in parts),
            confidential=any(part.understanding.confidential for part in parts),
        )

    def _of(self, text: str) -> Understanding:
        kind = next((kind for word, kind in KINDS.items() if word in text), "appeal")
        matter = next((matter for word, matter in MATTERS.items() if word in text), None)
        if self.degraded and matter == "low_income":
            matter = "street_lamp"  # keywords get it wrong
        sure = 0.9 if matter or kind != "appeal" else 0.1
        return Understanding(
            kind=kind,
            matter=matter if kind in ("appeal", "benefit_question") else None,
            confidence=sure,
            ranking=(Guess(matter or kind, sure),),
            appeal_type="help",
            urgent=matter == "fire",
            confidential=matter == "discipline_report" or "保密" in text,
            n_matters=1,
            evidence=(),
            model="keywords" if self.degraded else "test",
            degraded=self.degraded,
            latency_ms=1.0,
        )


def sample_county() -> County:
    return load_county(read_sheets(ROOT / "data" / "sample_county"))


_COUNTY = sample_county()
_FINDER = PlaceFinder.of(_COUNTY)
_WORDING = read_wording(ROOT / "domain.yml", _COUNTY)


class Town:
    """One county with its services, a clock that tests turn, and chats that are read."""

    def __init__(self, store: MemoryStore | Store | None = None) -> None:
        """On the in-memory twin, or on any other store."""
        self.now = MONDAY
        self.store = store or MemoryStore()
        self.reader = Reader()
        self.office = Office(_COUNTY, _FINDER, _WORDING, lambda: self.now, short_id)
        self.processor = Processor(
            self.store.inbox,
            self.store.units_of_work,
            MemoryLocks(),
            self.reader,
            lambda: self.office,
        )
        self.receive = Receiver(self.store.inbox, lambda: self.now, self.processor.submit)
        self.escalation = Escalation(self.store.units_of_work, lambda: self.office)
        self.reparse = Reparse(self.store.units_of_work, self.reader, lambda: self.office)
        self.store.units_of_work.on_duty = self._duty_changed
        self._ids = itertools.count(1)
        self._read: dict[str, int] = {}

    async def _duty_changed(self) -> None:
        _version, live = await self.store.duty.live(self.now - STILL_MATTERS)
        self.office = replace(self.office, live=live)

    def chat(self, name: str = "anna") -> Address:
        return Address("web", BotName.RESIDENTS, name)

    def desk_of(self, cadre: str) -> Address:
        return Address("web", BotName.CADRES, cadre)

    async def send(self, address: Address, kind: InboundKind, **fields: object) -> list[Line]:
        """Deliver one thing and return what the chat gets for it."""
        fields.setdefault("update_id", f"u{next(self._ids)}")
        fields.setdefault("sender", address.chat)
        inbound = Inbound(address=address, kind=kind, sent_at=self.now, **fields)  # type: ignore[arg-type]
        self.now += timedelta(seconds=1)
        await self.receive(inbound)
        await self.processor.settle()
        return await self.news(address)

    async def news(self, address: Address) -> list[Line]:
        """What came into a chat since the last look."""
        lines = await self.store.mailbox.since(address, self._read.get(address.key, 0), 100)
        if lines:
            self._read[address.key] = lines[-1].id
        return lines

    async def say(self, text: str, who: str = "anna", **fields: object) -> list[Line]:
        return await self.send(self.chat(who), InboundKind.TEXT, text=text, **fields)

    async def press(self, data: str, who: str = "anna") -> list[Line]:
        return await self.send(self.chat(who), InboundKind.PRESS, data=data)

    async def photo(self, who: str = "anna", text: str = "") -> list[Line]:
        file = Attachment("media:x.jpg", "image/jpeg", 10)
        return await self.send(self.chat(who), InboundKind.PHOTO, text=text, attachment=file)

    async def cadre(
        self, cadre: str | None, number: str, verb: str, text: str = "", *, photo: bool = False
    ) -> list[Line]:
        """A cadre's form on the work page, maybe with a picture."""
        assert cadre is not None
        data = f"c:{number}:{verb}"
        file = Attachment(f"media:{number}.jpg", "image/jpeg", 10) if photo else None
        desk = self.desk_of(cadre)
        return await self.send(desk, InboundKind.PRESS, data=data, text=text, attachment=file)

    def in_charge(self, unit: str) -> str:
        """Whoever answers for a unit now."""
        cadre = self.office.in_charge(unit)
        assert cadre is not None
        return cadre

    async def resolve(self, ticket: Ticket, text: str = "换了新灯") -> Ticket:
        """办结 by whoever has it, with all the evidence that a matter may need."""
        await self.cadre(ticket.person, ticket.number, "called", "打电话说过了")
        await self.cadre(ticket.person, ticket.number, "resolve", text, photo=True)
        return await self.ticket_numbered(ticket.number)

    async def wait_for_feedback(self, ticket: Ticket) -> Ticket:
        """A day later the resident is asked whether it is solved."""
        assert ticket.due_at is not None
        self.now = ticket.due_at
        await self.escalation.run_once()
        return await self.ticket_numbered(ticket.number)

    async def write(self, cadre: str, text: str, **fields: object) -> list[Line]:
        """A cadre's words on the work page."""
        return await self.send(self.desk_of(cadre), InboundKind.TEXT, text=text, **fields)

    async def push(self, cadre: str, data: str, text: str = "") -> list[Line]:
        """A cadre's button of another kind than those of a ticket."""
        return await self.send(self.desk_of(cadre), InboundKind.PRESS, data=data, text=text)

    async def tickets(self, who: str = "anna") -> list[Ticket]:
        """A resident's tickets, oldest first."""
        async with self.store.units_of_work() as work:
            found = await work.tickets_of(self.chat(who).key, limit=50)
        return list(reversed(found))

    async def ticket_numbered(self, number: str) -> Ticket:
        """A ticket by its number."""
        async with self.store.units_of_work() as work:
            found = await work.ticket(number)
        assert found is not None
        return found

    async def history(self, number: str) -> list[Event]:
        """What happened to a ticket, oldest first."""
        async with self.store.units_of_work() as work:
            return await work.events(number)

    async def ticket(self, who: str = "anna") -> Ticket:
        """A resident's newest ticket."""
        return (await self.tickets(who))[-1]

    async def open_lamp(self, who: str = "anna") -> Ticket:
        """A ticket that a linkage group has to sign for."""
        await self.say("府城镇高壁村三组路灯坏了三天没人管", who)
        return await self.ticket(who)

    async def resolved_lamp(self, who: str = "anna") -> Ticket:
        """Such a ticket with its public answer; the resident has not said whether it is solved."""
        return await self.resolve(await self.open_lamp(who))


def texts(lines: list[Line]) -> str:
    return "\n".join(line.message.text for line in lines)


def button(lines: list[Line], label: str) -> str:
    """The data of the newest button with this label."""
    for line in reversed(lines):
        for row in line.message.buttons:
            for found in row:
                if label in found.label:
                    return found.data
    raise AssertionError(f"no button {label} in {texts(lines)}")
