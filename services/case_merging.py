"""并单 and 撤销并单, by a cadre."""

from __future__ import annotations

from services.case import Case
from services.case_words import number_in
from services.notify import tell_cadres
from tickets import life


async def merge(case: Case, text: str) -> None:
    """并单: the words hold the number of the main ticket."""
    number = number_in(text)
    if number is None:
        await case.prompt("cadre_ask_merge", "merge")
        return
    main = await case.work.ticket(number)
    main_number = main.main if main is not None and main.main else number
    if main_number != number:
        main = await case.work.ticket(main_number)
    if main is None:
        await case.say("cadre_no_ticket")
        return
    changed, event = life.merge(
        case.ticket,
        into=main,
        by=case.cadre.id,
        reason=text.replace(number, "").strip("，。 "),
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    # Whatever was merged into this one follows to the same main ticket.
    for follower in await case.work.merged_into(case.ticket.number):
        moved = life.follow(follower, main=main.number, now=case.now)
        await case.work.save_ticket(*moved)
    await case.say("cadre_merged", main=main.number)
    await case.announce("merged", main=main.number)
    words = case.office.wording.say("why_merged_into", {"number": case.ticket.number})
    await tell_cadres(case.work, case.office, main, rings={main.owner: words}, actor=case.cadre.id)


async def unmerge(case: Case, text: str) -> None:
    """撤销并单, with the reason."""
    if not text:
        await case.prompt("cadre_ask_unmerge", "unmerge")
        return
    changed, event = life.unmerge(
        case.ticket,
        by=case.cadre.id,
        reason=text,
        person=case.office.in_charge(case.ticket.owner),
        limits=case.limits,
        now=case.now,
        roles=case.roles,
    )
    await case.save(changed, event)
    await case.say("cadre_unmerged")
    await case.announce("unmerged", new_owner=True)
