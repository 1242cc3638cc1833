"""One ticket as a cadre's page shows it: a pure translation, nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.remaining import Remaining, local, remaining
from services.notify import siblings_in
from services.office import Office
from services.ports import PredictionRecord
from services.understanding import Understanding
from tickets.events import EVENT_NAMES, Event, EventName
from tickets.states import STATE_NAMES, State
from tickets.ticket import Ticket

_ACTORS = {"resident": "群众", "system": "系统"}
_RULES = {
    "model": "识别模型",
    "keywords": "关键词",
    "wording": "说法（催办、问政策）",
    "danger": "危险的词",
    "no_danger_now": "说的是过去或假设",
    "accusation": "指名干部的词",
    "payload": "不像人话（代码、号码）",
}
_KINDS = {
    "benefit_question": "问政策",
    "supplement": "补充",
    "status_query": "问进度",
    "nudge": "催办",
    "not_solved": "没解决",
    "withdraw": "撤销",
    "rating": "评价",
    "thanks": "感谢",
    "greeting": "问候",
    "chitchat": "闲聊",
    "human": "转人工",
    "abuse": "骂人",
    "out_of_scope": "办不了的事",
}
_VERBS: dict[State, tuple[str, ...]] = {
    State.NEED_INFO: ("dispatch",),
    State.PENDING_INTAKE: ("sign", "dispatch", "reply"),
    State.DISPATCHED: ("sign", "reply", "return"),
    State.SIGNED: ("reply", "resolve", "return"),
    State.HANDLING: ("reply", "resolve", "return"),
}
_WAITS_FOR_RESIDENT = frozenset({State.RESOLVED, State.PENDING_CALLBACK})
_NOBODY_SIGNED = frozenset({State.NEED_INFO, State.PENDING_INTAKE, State.DISPATCHED})


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history."""

    at: str
    what: str
    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that the page shows of one ticket."""

    number: str
    matter: str
    state: str
    place: str
    words: str
    siblings: tuple[str, ...]
    """Tickets made of the same message, as far as this one may know of them."""
    holder: str
    clock: Remaining
    urgent: bool
    confidential: bool
    degraded: bool
    escalations: int
    answer: str
    verbs: tuple[str, ...]
    """What may be done now, the most likely first."""
    media: tuple[str, ...]
    reasons: tuple[str, ...]
    history: tuple[Step, ...]

    @property
    def identity(self) -> str:
        """Changes when anything but the remaining time does."""
        known = (self.state, self.holder, self.clock.until, self.clock.level, self.answer)
        return f"{self.number}|{'|'.join(known)}|{len(self.history)}|{len(self.media)}"


def most_pressing_first(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Urgent before the rest, then by deadline; what waits for the resident comes last."""
    return sorted(tickets, key=_pressure)


def _pressure(ticket: Ticket) -> tuple[bool, bool, float, str]:
    due = ticket.due_at.timestamp() if ticket.due_at else float("inf")
    return (ticket.state in _WAITS_FOR_RESIDENT, not ticket.urgent, due, ticket.number)


def card(
    office: Office,
    ticket: Ticket,
    events: Sequence[Event],
    media: Sequence[str],
    prediction: PredictionRecord | None,
    now: datetime,
) -> Card:
    """The card of `ticket` at `now`."""
    return Card(
        number=ticket.number,
        matter=ticket.matter_name or "还没有认出是什么事",
        state=STATE_NAMES[ticket.state],
        place=office.place_name(ticket),
        words=ticket.text,
        siblings=siblings_in(events),
        holder=_holder(office, ticket),
        clock=_clock(ticket, now),
        urgent=ticket.urgent,
        confidential=ticket.confidential,
        degraded=ticket.degraded,
        escalations=ticket.escalations,
        answer=ticket.answer,
        verbs=_VERBS.get(ticket.state, ()),
        media=tuple(ref.removeprefix("media:") for ref in media if ref.startswith("media:")),
        reasons=_reasons(office, prediction),
        history=tuple(_step(office, event, now) for event in events),
    )


def _clock(ticket: Ticket, now: datetime) -> Remaining:
    clock = remaining(ticket.due_at, now)
    if ticket.state in _WAITS_FOR_RESIDENT:
        return Remaining(clock.until, "等居民确认", "calm")
    return clock


def _holder(office: Office, ticket: Ticket) -> str:
    unit = office.unit_name(ticket.owner)
    person = office.cadre(ticket.person)
    if person is None:
        return unit
    return f"{unit} {person.name}{'（值班）' if ticket.state in _NOBODY_SIGNED else ''}"


def _step(office: Office, event: Event, now: datetime) -> Step:
    person = office.cadre(event.actor)
    who = _ACTORS.get(event.actor) or (person.name if person else event.actor)
    first = event.name is EventName.RECEIVED
    # The resident's first words stand on the card already.
    words = "" if first else event.text
    if event.unit and not first:
        words = f"→ {office.unit_name(event.unit)}" + (f":{words}" if words else "")
    return Step(local(event.at, now), EVENT_NAMES[event.name], who, words)


def _reasons(office: Office, prediction: PredictionRecord | None) -> tuple[str, ...]:
    if prediction is None:
        return ()
    found = prediction.understanding
    heard = ("依据的词：" + "、".join(found.evidence),) if found.evidence else ()
    return (*(sentence for _, sentence in prediction.reasons), *heard, *_weighed(office, found))


def _weighed(office: Office, found: Understanding) -> tuple[str, ...]:
    """The three best readings, how far apart, which rule decided, and which model read it."""
    if not found.ranking:
        return ()
    best = "、".join(f"{_label(office, g.label)} {g.confidence:.0%}" for g in found.ranking)
    rule = _RULES.get(found.rule, found.rule)
    return (f"最像的三种：{best}；领先 {found.margin:.0%}；由{rule}决定；模型 {found.model}",)


def _label(office: Office, label: str) -> str:
    row = office.county.catalogue.get(label)
    return row.name if row else _KINDS.get(label, label)
