"""办结, 审核, 电话回访 and 剔除."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from routing.ladder import next_rung
from services.case import Case
from services.case_evidence import PHOTO, missing_evidence, needed
from services.case_handling import above, in_hand
from services.case_request import evidence_names
from services.levels import level_in
from services.notify import tell_merged
from services.placing import settled
from tickets import life
from tickets.actions import Role
from tickets.events import EventName
from tickets.states import State


async def resolve(case: Case, text: str) -> None:
    """办结 with the public answer; without the evidence that the matter needs it is looked at."""
    if not text:
        # An interim answer (下周三派人去看) is no result: the result is always asked for.
        key = "cadre_ask_resolve_photo" if PHOTO in needed(case) else "cadre_ask_resolve"
        await case.prompt(key, "resolve")
        return
    await in_hand(case)
    missing = await missing_evidence(case)
    # The picture reaches the resident together with the words, or not at all.
    await case.keep_file(internal=bool(missing))
    if missing:
        await _submit(case, text, missing)
        return
    changed, event = life.resolve(
        case.ticket,
        person=case.cadre.id,
        text=text,
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    await case.say("cadre_resolved")
    await resolved(case, text)


async def _submit(case: Case, text: str, missing: tuple[str, ...]) -> None:
    reviewer = above(case)
    changed, event = life.submit_closing(
        case.ticket,
        person=case.cadre.id,
        text=text,
        missing=missing,
        reviewer=reviewer,
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    names = evidence_names(case.office, missing)
    await case.say("cadre_evidence_missing", missing=names, unit=case.office.unit_name(reviewer))
    await case.announce(rings={reviewer: case.office.wording.say("why_decide_closing")})


async def supplied(case: Case) -> None:
    """The evidence that was missing may be complete now: then the answer goes out at once."""
    asked = case.ticket.request
    waits = case.ticket.state is State.PENDING_REVIEW and asked is not None and asked.missing
    if not waits or await missing_evidence(case):
        return
    await _approved(case, "system", life.BY_SYSTEM)
    await case.say("cadre_resolved")


async def approve(case: Case, _text: str) -> None:
    """审核通过, by somebody else than who closed it."""
    await _approved(case, case.cadre.id, case.roles)
    await case.say("cadre_closing_approved")


async def _approved(case: Case, by: str, roles: Collection[Role]) -> None:
    changed, event = life.approve_closing(
        case.ticket, by=by, limits=case.limits, now=case.now, roles=roles
    )
    await case.save(changed, event)
    rings = case.rings_owner("why_closing_approved") if by != "system" else None
    await resolved(case, event.text, rings)


async def resolved(case: Case, answer: str, rings: Mapping[str, str] | None = None) -> None:
    """Everybody hears the public answer: the reporter, and who is merged into the ticket."""
    person = case.office.cadre(case.ticket.person) or case.cadre
    unit = case.office.unit_name(case.ticket.owner)
    name = person.name
    await case.announce("resolved", rings=rings, answer=answer, person=name, unit=unit)
    slots = {"answer": answer, "person": name, "unit": unit}
    await tell_merged(case.work, case.office, case.ticket, "resolved", **slots)


async def send_back(case: Case, text: str) -> None:
    """审核退回, with the reason."""
    if not text:
        await case.prompt("cadre_ask_send_back", "send_back")
        return
    changed, event = life.send_back(
        case.ticket,
        by=case.cadre.id,
        reason=text,
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    await case.say("cadre_sent_back")
    await case.announce(rings=case.rings_owner("why_sent_back", text=text))


async def solved(case: Case, text: str) -> None:
    """电话回访: solved, the resident said on the phone, and maybe how content they are."""
    level = level_in(text)
    if level is None or case.ticket.state is not State.CALLED_BACK:
        changed, event = life.confirm_solved(
            case.ticket, limits=case.limits, now=case.now, by=case.cadre.id, roles=case.roles
        )
        await case.save(changed, event)
    if level is not None:
        changed, event = life.rate(
            case.ticket, level=level, now=case.now, by=case.cadre.id, roles=case.roles
        )
        await case.save(changed, event)
    await case.say("cadre_called_back")
    await case.announce()


async def rate(case: Case, text: str) -> None:
    """电话回访: how content the resident is, as they said on the phone; it is closed with it."""
    level = next((n for n in life.LEVELS if text.startswith((str(n), _level_name(case, n)))), None)
    if level is None:
        await case.prompt("cadre_ask_rate", "rate")
        return
    changed, event = life.rate(
        case.ticket, level=level, now=case.now, by=case.cadre.id, roles=case.roles
    )
    await case.save(changed, event)
    await case.say("cadre_rating_noted", level=_level_name(case, level))
    await case.announce("closed_solved")


def _level_name(case: Case, level: int) -> str:
    return case.office.wording.say(f"button_rate{level}")


async def unsolved(case: Case, text: str) -> None:
    """电话回访: the resident said on the phone that it is not solved."""
    if not text:
        await case.prompt("cadre_ask_unsolved", "unsolved")
        return
    county, ticket = case.office.county, case.ticket
    owner = next_rung(county, ticket.owner, ticket.matter) or ticket.owner
    changed, event = life.not_solved(
        ticket,
        owner=owner,
        person=case.office.in_charge(owner),
        text=text,
        limits=case.office.limits_at(owner),
        now=case.now,
        by=case.cadre.id,
        roles=case.roles,
    )
    changed, hops = settled(case.office, changed)
    await case.save(changed, event, *hops)
    await case.say("cadre_reworked", unit=case.office.unit_name(case.ticket.owner))
    key = "reopened" if case.ticket.owner != ticket.owner else "reopened_same"
    unit, person = case.office.unit_name(case.ticket.owner), case.ticket.person
    await case.announce(
        key, why=text, new_owner=True, unit=unit, person=case.office.cadre_name(person)
    )


async def exclude(case: Case, text: str) -> None:
    """申请剔除, with a reason."""
    if not text:
        await case.prompt("cadre_ask_exclude", "exclude")
        return
    changed, event = life.ask_exclusion(
        case.ticket, by=case.cadre.id, reason=text, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    await case.say("cadre_exclusion_asked")
    center = case.office.county.org.county_center.code
    words = case.office.wording.say("why_decide_exclusion", {"text": text})
    await case.announce(rings={center: words})


async def confirm_exclusion(case: Case, _text: str) -> None:
    """剔除: the second person, of the county centre, agrees; the resident is told."""
    reason = await _exclusion_reason(case)
    changed, event = life.confirm_exclusion(
        case.ticket, by=case.cadre.id, now=case.now, roles=case.roles
    )
    await case.save(changed, event)
    await case.say("cadre_excluded")
    await case.announce("excluded", reason=reason)


async def _exclusion_reason(case: Case) -> str:
    history = await case.work.events(case.ticket.number)
    asked = [event.text for event in history if event.name is EventName.EXCLUSION_ASKED]
    return asked[-1] if asked else ""
