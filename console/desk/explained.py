"""Why a ticket is where it is: each reading, the place, the row, the rungs, who answers. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.reasons import label_name, rule_name
from console.remaining import local
from routing.duty import Presence
from routing.explain import candidate_text
from routing.ladder import next_rung
from services.case_request import evidence_names
from services.office import Office
from services.ports import PredictionRecord
from tickets.ticket import Ticket

_HOW = {
    "shift": "正在值班",
    "deputy": "替不在的人值班",
    "leader": "没有排班的人，由负责人接",
    "nobody": "现在没有人，工单会马上提级",
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """One label of a ranking."""

    label: str
    percent: int


@dataclass(frozen=True, slots=True)
class Read:
    """One reading of the words, and the decision that followed."""

    at: str
    model: str
    ranking: tuple[Weighed, ...]
    evidence: tuple[str, ...]
    rule: str
    margin: int
    threshold: int | None
    destination: int | None
    degraded: bool
    milliseconds: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything behind a ticket's way."""

    reads: tuple[Read, ...]
    """The newest first."""
    places: tuple[tuple[str, int], ...]
    """(a place with its evidence, its score in percent), as the words are read today."""
    row: tuple[tuple[str, str], ...]
    """The catalogue's row: (column, value)."""
    precedent: str
    rungs: tuple[str, ...]
    """The unit that has it, and those above it."""
    duty: str


def explained(
    office: Office, ticket: Ticket, predictions: Sequence[PredictionRecord], now: datetime
) -> Explained:
    """The explanation of a ticket as it is at `now`."""
    places = office.finder.find(ticket.text).candidates[:6]
    return Explained(
        reads=tuple(_read(office, each, now) for each in reversed(predictions)),
        places=tuple(
            (candidate_text(office.county, each), _percent(each.score)) for each in places
        ),
        row=_row(office, ticket),
        precedent=_precedent(office, ticket),
        rungs=_rungs(office, ticket),
        duty=duty_words(office, office.presence(ticket.owner), now) if ticket.is_open else "",
    )


def _read(office: Office, record: PredictionRecord, now: datetime) -> Read:
    found = record.understanding
    return Read(
        at=local(record.at, now),
        model=found.model,
        ranking=tuple(
            Weighed(label_name(office, each.label), _percent(each.confidence))
            for each in found.ranking
        ),
        evidence=found.evidence,
        rule=rule_name(found.rule),
        margin=_percent(found.margin),
        threshold=_percent(found.threshold) if found.threshold is not None else None,
        destination=(
            _percent(found.destination_confidence)
            if found.destination_confidence is not None
            else None
        ),
        degraded=found.degraded,
        milliseconds=round(found.latency_ms),
        reasons=tuple(sentence for _, sentence in record.reasons),
    )


def _row(office: Office, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    row = office.county.catalogue.get(ticket.matter)
    if row is None:
        return ()
    lowest = {"village": "村", "township": "乡镇", "county": "县"}[row.min_level]
    told = (
        ("事项", f"{row.name}（{row.matter}）"),
        ("牵头单位", row.lead_unit),
        ("协办单位", "、".join(row.co_units)),
        ("最低由哪级办", lowest),
        ("办结要的材料", evidence_names(office, row.evidence)),
        ("办结期限", f"{office.close_days(ticket)} 个工作日"),
        ("包括什么", row.covers),
        ("依据", "；".join(row.basis)),
    )
    return tuple((name, value) for name, value in told if value)


def _precedent(office: Office, ticket: Ticket) -> str:
    if ticket.matter is None:
        return ""
    found = office.county.precedents.find(ticket.matter, ticket.township)
    if found is None:
        return ""
    day = f"{found.ruled_on.month}月{found.ruled_on.day}日" if found.ruled_on else ""
    return f"{day}裁定由{office.unit_name(found.owner)}办：{found.reason or '没有写理由'}"


def _rungs(office: Office, ticket: Ticket) -> tuple[str, ...]:
    units: list[str] = [ticket.owner]
    while (above := next_rung(office.county, units[-1], ticket.matter)) is not None:
        units.append(above)
    return tuple(office.unit_name(unit) for unit in units)


def duty_words(office: Office, here: Presence, now: datetime) -> str:
    """王示例（正在值班，到今天 17:30）."""
    if here.cadre is None:
        return _HOW["nobody"]
    until = f"，到{local(here.until, now)}" if here.until else ""
    return f"{here.cadre.name}（{_HOW[here.how]}{until}）"


def _percent(share: float) -> int:
    return round(100 * share)
