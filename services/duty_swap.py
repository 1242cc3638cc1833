"""Swaps (换班): a shift on a date is offered to a colleague, who alone makes it theirs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from routing.duty import CHINA_TIME, LiveDuty, Swap, SwapState, shifts_of
from routing.units import Cadre
from services.duty_board import AHEAD, desk_words, swap_words
from services.duty_case import Buttons, DutyCase, duty_button, in_rows
from services.duty_days import Days
from services.duty_person import refuse_away, refuse_busy, taker_of
from services.duty_text import Desk, day_words, desks, span_words
from services.errors import Refused

_DAY = timedelta(days=1)
_MOST_PEOPLE = 8
_MOST_DESKS = 6


def swap_slot(swap_id: str) -> str:
    """The card of a swap, the same for both sides."""
    return f"d:{swap_id}"


async def swap(case: DutyCase, text: str) -> None:
    """换班 12月3日 李示例; what is left out is asked for. Raises `Refused`."""
    days = case.days(text)
    if days is None:
        await _ask_which(case)
        return
    if days.first != days.last:
        raise Refused("duty_one_day")
    await _find(case, days, taker_of(case, days.rest))


async def swap_pressed(case: DutyCase, day: date, clock: time, who: str) -> None:
    """A pressed shift, with or without a colleague. Raises `Refused`."""
    days = Days(day, day, "", clock, "")
    case.refuse_days(days)
    await _find(case, days, case.colleague(who) if who else None)


async def _find(case: DutyCase, days: Days, taker: Cadre | None) -> None:
    live = await case.live()
    found = _desks_on(case, live, case.cadre.id, days.first)
    if not found:
        raise Refused("duty_no_shift", day=day_words(days.first), mine=_mine(case, live))
    desk = _meant(found, days)
    if desk is None:
        who = taker.id if taker else ""
        await case.say("duty_swap_clock", None, _desk_buttons(found, who), purpose="duty_swap")
        return
    await _offer(case, live, desk, taker)


async def _ask_which(case: DutyCase) -> None:
    live = await case.live()
    end = case.now + AHEAD
    mine = shifts_of(case.office.county, live, case.cadre.id, case.now, end)
    found = [desk for desk in desks(mine) if desk.start > case.now][:_MOST_DESKS]
    if not found:
        raise Refused("duty_no_shifts")
    await case.say("duty_swap_which", None, _desk_buttons(found, ""), purpose="duty_swap")


def _desk_buttons(found: list[Desk], who: str) -> Buttons:
    behind = f":{who}" if who else ""
    return in_rows(
        [
            duty_button(
                span_words(desk.start, desk.end),
                f"d:swap:{desk.day:%Y%m%d}:{desk.clock:%H%M}{behind}",
            )
            for desk in found
        ],
        1,
    )


def _desks_on(case: DutyCase, live: LiveDuty, cadre: str, day: date) -> list[Desk]:
    start = datetime.combine(day, time(0), CHINA_TIME)
    found = shifts_of(case.office.county, live, cadre, start, start + _DAY)
    return desks(shift for shift in found if shift.day == day)


def _meant(found: list[Desk], days: Days) -> Desk | None:
    """The shift of the day that is meant; None when there are several and none is named."""
    if len({desk.clock for desk in found}) == 1 and days.clock in (None, found[0].clock):
        return found[0]
    return next((desk for desk in found if desk.clock == days.clock), None)


def _mine(case: DutyCase, live: LiveDuty) -> str:
    ahead = shifts_of(case.office.county, live, case.cadre.id, case.now, case.now + AHEAD)
    lines = [desk_words(case.office, desk) for desk in desks(ahead)[:_MOST_DESKS]]
    return "\n".join(lines) or case.office.wording.say("duty_mine_none")


async def _offer(case: DutyCase, live: LiveDuty, desk: Desk, taker: Cadre | None) -> None:
    if desk.start <= case.now:
        raise Refused("duty_shift_begun", shift=span_words(desk.start, desk.end))
    for waiting in live.asked_by(case.cadre.id):
        if (waiting.day, waiting.start) == (desk.day, desk.clock):
            person = case.office.cadre_name(waiting.taker)
            raise Refused("duty_swap_waiting", person=person, shift=swap_words(waiting))
    if taker is None:
        await case.say("duty_swap_with", _slots(case, desk), _people_buttons(case, desk))
        return
    refuse_away(live, taker, desk.start, desk.end)
    refuse_busy(case, live, taker, desk.start, desk.end)
    asked = Swap(case.office.new_id(), desk.day, desk.clock, case.cadre.id, taker.id, case.now)
    await case.work.ask_swap(asked)
    slots = _slots(case, desk) | {"giver": case.cadre.name, "taker": taker.name}
    say, data, card = case.office.wording.say, f"d:ask:{asked.id}", swap_slot(asked.id)
    yes = duty_button(say("button_duty_yes"), f"{data}:yes")
    no = duty_button(say("button_duty_no"), f"{data}:no")
    off = duty_button(say("button_duty_off"), f"{data}:off")
    rang = await case.tell_cadre(
        taker.id, "duty_swap_card", slots, in_rows([yes, no], 2), card=card
    )
    key = "duty_swap_asked" if rang else "duty_swap_asked_page"
    await case.say(key, slots, in_rows([off], 1), card=card)


def _people_buttons(case: DutyCase, desk: Desk) -> Buttons:
    data = f"d:swap:{desk.day:%Y%m%d}:{desk.clock:%H%M}"
    people = case.colleagues[:_MOST_PEOPLE]
    if not people:
        raise Refused("duty_alone")
    return in_rows([duty_button(p.name, f"{data}:{p.id}") for p in people], 2)


def _slots(case: DutyCase, desk: Desk) -> dict[str, str]:
    return {"shift": desk_words(case.office, desk)}


async def answer(case: DutyCase, swap_id: str, word: str) -> None:
    """同意, 不行 or 撤回 on a swap; the first answer counts. Raises `Refused`."""
    live = await case.live()
    asked = live.swap(swap_id)
    if asked is None:
        raise Refused("duty_button_old")
    mine = asked.giver if word == "off" else asked.taker
    if case.cadre.id != mine:
        raise Refused("duty_swap_not_yours")
    if asked.state is not SwapState.ASKED:
        raise _answered(asked)
    if word == "yes":
        _refuse_late(case, live, asked)
    states = {"yes": SwapState.AGREED, "no": SwapState.REFUSED, "off": SwapState.WITHDRAWN}
    if word not in states:
        raise Refused("duty_button_old")
    if not await case.work.answer_swap(asked.id, states[word], case.now):
        raise _answered(asked)
    await _tell_both(case, asked, word)


def _answered(asked: Swap) -> Refused:
    shift = swap_words(asked)
    if asked.state is SwapState.AGREED:
        return Refused("duty_swap_agreed_before", shift=shift)
    if asked.state is SwapState.WITHDRAWN:
        return Refused("duty_swap_withdrawn_before", shift=shift)
    return Refused("duty_swap_refused_before", shift=shift)


def _refuse_late(case: DutyCase, live: LiveDuty, asked: Swap) -> None:
    """Raise `Refused` when the shift is not the giver's any more, has begun, or cannot be taken."""
    if datetime.combine(asked.day, asked.start, CHINA_TIME) <= case.now:
        raise Refused("duty_shift_begun", shift=swap_words(asked))
    held = _desks_on(case, live, asked.giver, asked.day)
    desk = next((each for each in held if each.clock == asked.start), None)
    if desk is None:
        person = case.office.cadre_name(asked.giver)
        raise Refused("duty_swap_gone", person=person, shift=swap_words(asked))
    refuse_away(live, case.cadre, desk.start, desk.end)
    refuse_busy(case, live, case.cadre, desk.start, desk.end)


async def _tell_both(case: DutyCase, asked: Swap, word: str) -> None:
    slots = {
        "shift": swap_words(asked),
        "giver": case.office.cadre_name(asked.giver),
        "taker": case.office.cadre_name(asked.taker),
    }
    other = asked.taker if word == "off" else asked.giver
    card = swap_slot(asked.id)
    if word == "off":
        key = "duty_swap_withdrawn"
    else:
        key = "duty_swap_agreed" if word == "yes" else "duty_swap_refused"
    await case.say(key, slots, card=card)
    await case.close_card(card, key, slots)
    # An edit in place rings no bell.
    await case.tell_cadre(other, key, slots)
