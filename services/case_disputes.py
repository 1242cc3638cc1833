"""退单 and 裁定: whose a ticket is, when the owner says that it is not theirs."""

from __future__ import annotations

from routing.duty import CHINA_TIME
from routing.ladder import next_rung
from routing.precedents import Precedent
from services.case import Case
from services.case_intake import resealed, why_not_there
from services.case_words import unit_and_rest
from services.learning.labels import Origin
from services.learning.proposals import Decided, propose
from services.placing import settled
from tickets import life
from tickets.states import State
from tickets.ticket import Ticket


async def return_order(case: Case, text: str) -> None:
    """退单, with a reason and the unit whose it is (domain.md §5, rule 4)."""
    if not text:
        await case.prompt("cadre_ask_return", "return")
        return
    unit, reason = unit_and_rest(case.office.county, text, case.ticket.township)
    if unit is None:
        await case.prompt("cadre_return_needs_unit", "return")
        return
    if refusal := why_not_there(case, unit, by_desk=False):
        await case.say(refusal)
        return
    before = case.ticket
    arbiter = _arbiter(case)
    changed, event = life.return_order(
        before,
        by=case.cadre.id,
        reason=reason,
        proposed=unit.code,
        arbiter=arbiter,
        person=case.office.in_charge(arbiter),
        limits=case.office.limits_at(arbiter),
        now=case.now,
        roles=case.roles,
    )
    changed, hops = settled(case.office, changed)
    await case.save(changed, event, *hops)
    await case.say(
        "cadre_returned", unit=case.office.unit_name(case.ticket.owner), proposed=unit.name
    )
    words = case.office.wording.say("why_decide_return")
    await case.announce(rings={case.ticket.owner: words})


def _arbiter(case: Case) -> str:
    """The level above; the county centre for the second return of one ticket."""
    county, ticket = case.office.county, case.ticket
    if ticket.owner == county.org.discipline_channel.code:
        return ticket.owner
    above = next_rung(county, ticket.owner, ticket.matter) if ticket.returns == 0 else None
    return above or county.org.county_center.code


async def rule(case: Case, text: str) -> None:
    """裁定: to the unit that the words name."""
    unit, reason = unit_and_rest(case.office.county, text, case.ticket.township)
    if unit is None:
        await case.prompt("cadre_ask_rule", "rule")
        return
    await _ruled(case, unit.code, reason)


async def agree(case: Case, text: str) -> None:
    """裁定 as the return proposes."""
    asked = case.ticket.request
    if asked is None or asked.unit is None:
        await rule(case, text)
        return
    await _ruled(case, asked.unit, text or case.office.wording.say("word_return_agreed"))


async def refuse(case: Case, text: str) -> None:
    """裁定: it stays with whoever gave it back."""
    asked = case.ticket.request
    if asked is None or asked.from_unit is None:
        await rule(case, text)
        return
    await _ruled(case, asked.from_unit, text or case.office.wording.say("word_return_refused"))


async def _ruled(case: Case, owner: str, reason: str) -> None:
    unit = case.office.county.org.unit(owner)
    refusal = why_not_there(case, unit, by_desk=False)
    if unit is None or refusal:
        await case.say(refusal or "cadre_unit_unknown")
        return
    before = case.ticket
    center = case.office.county.org.county_center.code
    changed, event = life.rule_on_dispute(
        resealed(case, unit) if before.state is State.RETURN_PENDING else before,
        by=case.cadre.id,
        owner=unit.code,
        person=case.office.in_charge(unit.code),
        reason=reason,
        final=case.cadre.unit == center and before.returns > 1,
        limits=case.office.limits_at(unit.code),
        now=case.now,
        roles=case.roles,
    )
    changed, hops = settled(case.office, changed)
    await case.save(changed, event, *hops)
    await _precedent(case, before, unit.code, reason)
    if _was_right(before, unit.code):
        await propose(case, Decided(Origin.RETURN, before, case.ticket))
    await case.say("cadre_ruled", unit=case.office.unit_name(case.ticket.owner))
    await case.announce(rings=case.rings_owner("why_ruled", text=reason))


def _was_right(before: Ticket, owner: str) -> bool:
    """Whoever gave the ticket back does not get it again: it was not what it was taken for."""
    asked = before.request
    returned = before.state is State.RETURN_PENDING and asked is not None
    return returned and asked is not None and owner != asked.from_unit


async def _precedent(case: Case, before: Ticket, owner: str, reason: str) -> None:
    """The county centre's ruling on a second return becomes a precedent of the catalogue."""
    final = case.ticket.ruled and not before.ruled
    if not final or before.matter is None or before.confidential:
        return
    ruling = Precedent(
        matter=case.office.county.catalogue.current(before.matter) or before.matter,
        township_code=before.township or "",
        owner=owner,
        ticket=before.number,
        ruled_on=case.now.astimezone(CHINA_TIME).date(),
        reason=reason,
    )
    await case.work.add_precedent(ruling, case.now)
