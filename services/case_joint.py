"""加派, 联办 and 协办答复: co-units with clocks of their own, one answer by the lead unit."""

from __future__ import annotations

from collections.abc import Sequence

from services.cards import local
from services.case import Case
from services.case_entries import SIGNED_BY_ACTING
from services.case_handling import in_hand
from services.case_units import catalogue_co_units
from services.case_words import unit_and_rest
from services.notify import tell_unit
from tickets import life


async def join(case: Case, text: str) -> None:
    """加派: one unit, and what it is to do."""
    unit, asked = unit_and_rest(case.office.county, text, case.ticket.township)
    if not text or unit is None:
        await case.prompt("cadre_ask_join" if not text else "cadre_unit_unknown", "join")
        return
    await _add(case, [unit.code], asked or unit.name, joint=False)


async def joint(case: Case, text: str) -> None:
    """联办: all co-units of the matter's row in the catalogue."""
    # Who acts on what nobody has signed for is the lead unit from then on.
    lead = case.cadre.unit if case.ticket.state in SIGNED_BY_ACTING else case.ticket.owner
    codes = catalogue_co_units(case.office.county, case.ticket, lead)
    if not codes:
        await case.say("cadre_no_co_units")
        return
    if not text:
        await case.prompt("cadre_ask_joint", "joint", units=case.names(codes))
        return
    await _add(case, codes, text, joint=True)


async def _add(case: Case, units: Sequence[str], text: str, *, joint: bool) -> None:
    await in_hand(case)
    people = [(unit, case.office.in_charge(unit)) for unit in units]
    changed, event = life.add_units(
        case.ticket,
        by=case.cadre.id,
        units=people,
        text=text,
        limits=case.limits,
        now=case.now,
        joint=joint,
        roles=case.roles,
    )
    await case.save(changed, event)
    added = (event.unit or "").split("|")
    slots = {
        "unit": case.office.unit_name(case.ticket.owner),
        "person": case.cadre.name,
        "text": text,
        "due": local(event.due_at) if event.due_at else "",
    }
    words = case.office.wording.say("why_part_wanted", slots)
    names = case.names(added)
    await case.say("cadre_joined", units=names)
    await case.announce("joined", units=names, rings=dict.fromkeys(added, words))


async def part(case: Case, text: str) -> None:
    """协办答复, for the lead unit."""
    if not text:
        await case.prompt("cadre_ask_part", "part")
        return
    unit = case.cadre.unit
    changed, event = life.answer_subtask(
        case.ticket, unit=unit, person=case.cadre.id, text=text, now=case.now
    )
    await case.save(changed, event)
    await case.keep_file(internal=True)
    await case.say("cadre_part_done", unit=case.office.unit_name(case.ticket.owner))
    await case.announce(rings=case.rings_owner("why_part_done", text=text))


async def drop(case: Case, text: str) -> None:
    """撤销协办, with a reason."""
    unit, reason = unit_and_rest(case.office.county, text, case.ticket.township)
    if not text or unit is None:
        await case.prompt("cadre_ask_drop", "drop")
        return
    changed, event = life.drop_unit(
        case.ticket,
        unit=unit.code,
        by=case.cadre.id,
        reason=reason,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    slots = {"number": case.ticket.number, "text": reason}
    words = case.office.wording.say("cadre_part_dropped", slots)
    await tell_unit(case.work, case.office, unit.code, words, case.ticket)
    await case.say("cadre_dropped", unit=unit.name)
    await case.announce()
