"""高壁村三组路灯已有 1 件在办 — 我也遇到 (+1): offered before a second ticket is opened."""

from __future__ import annotations

from routing.hot.offer import same_open
from services.alike_reports import report_of, report_of_matter
from services.dialogue import MATTERS
from services.intake import Matter
from services.notify import remark_to_cadres, tell_resident
from services.office import Office
from services.opening import announce, write_ticket
from services.ports import UnitOfWork
from tickets import life
from tickets.events import EventName
from tickets.ticket import Ticket

MOST = 200
"""Open tickets of one village that are looked at."""


async def open_one_of(work: UnitOfWork, office: Office, matter: Matter) -> Ticket | None:
    """The open ticket of a neighbour that a message seems to be about."""
    village, understanding = matter.place.village_code, matter.understanding
    if village is None or understanding.kind not in MATTERS or understanding.matter is None:
        return None
    if understanding.urgent or understanding.confidential or matter.place.ambiguous:
        return None
    there = {ticket.number: ticket for ticket in await work.open_in(village, limit=MOST)}
    reports = [report_of(office, ticket) for ticket in there.values()]
    offer = same_open(report_of_matter(office, matter), reports)
    return there[offer.report.number] if offer else None


async def open_merged(
    work: UnitOfWork, office: Office, matter: Matter, number: str
) -> Ticket | None:
    """我也遇到: a ticket of one's own that hangs on the main one, so that every answer comes here.

    None, and nothing written, when the main ticket is over meanwhile.
    """
    main = await work.ticket(number)
    if main is not None and main.main is not None:
        main = await work.ticket(main.main)
    if main is None or not main.is_open or main.confidential:
        return None
    opened = await write_ticket(work, office, matter)
    if opened.decision.action != "dispatch":
        await announce(work, office, opened)
        return opened.ticket
    reason = office.wording.say("reason_me_too")
    changed, event = life.merge(
        opened.ticket,
        into=main,
        by="resident",
        reason=reason,
        now=office.clock(),
        roles=life.BY_RESIDENT,
    )
    saved = await work.save_ticket(changed, [event])
    heard = life.remark(main, EventName.SUPPLEMENTED, "resident", matter.text, office.clock())
    await work.append_events(main.number, [heard])
    await remark_to_cadres(work, office, main, "cadre_me_too", matter.text)
    await tell_resident(work, office, saved, "merged", main=main.number)
    return saved
