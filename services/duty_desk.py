"""Cadres' words and presses about duty: 值班, 请假, 换班, 销假. A refusal is a sentence."""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import date, datetime, time

from routing.units import Cadre
from services.dialogue import cleaned
from services.duty_board import board_of, board_words
from services.duty_case import Buttons, DutyCase, duty_button, in_rows
from services.duty_days import Days
from services.duty_leave import ask_deputy, back, leave, leave_pressed
from services.duty_swap import answer, swap, swap_pressed
from services.duty_words import Ask, Verb, read_ask
from services.errors import Refused
from services.messages import Inbound, InboundKind
from services.office import Office
from services.ports import UnitOfWork

PREFIX = "d:"
"""How the data of every button about duty begin."""
_PURPOSES = {"duty_leave": Verb.LEAVE, "duty_swap": Verb.SWAP}


async def take_duty(work: UnitOfWork, office: Office, inbound: Inbound, cadre: Cadre) -> bool:
    """Do what a cadre's message asks, if it is about duty; False when it is not.

    In a group only the board is shown: 请假 there is said to colleagues, not to us.
    """
    case = DutyCase(work, office, inbound, cadre, office.clock())
    if inbound.kind is InboundKind.PRESS and inbound.data.startswith(PREFIX):
        await _guarded(case, _press(case, inbound.data.removeprefix(PREFIX)))
        return True
    ask = await _asked(case)
    if ask is None or (inbound.in_group and ask.verb is not Verb.BOARD):
        return False
    await _guarded(case, _do(case, ask))
    return True


async def _guarded(case: DutyCase, step: Awaitable[None]) -> None:
    try:
        await step
    except Refused as no:
        await case.say(no.say, no.slots)


async def _asked(case: DutyCase) -> Ask | None:
    inbound = case.inbound
    if inbound.kind is InboundKind.DUTY:
        return Ask(Verb.BOARD, "")
    if inbound.kind is not InboundKind.TEXT:
        return None
    text = cleaned(inbound.text)
    if inbound.reply_to is not None:
        sent = await case.work.ticket_of_sent(inbound.address, inbound.reply_to)
        if sent is not None and sent.ticket is not None:
            return None  # an answer to a resident may begin with any word
        if sent is not None and sent.purpose in _PURPOSES:
            return read_ask(text) or Ask(_PURPOSES[sent.purpose], text)
    return read_ask(text)


async def _do(case: DutyCase, ask: Ask) -> None:
    if ask.verb is Verb.LEAVE:
        await leave(case, ask.rest)
    elif ask.verb is Verb.SWAP:
        await swap(case, ask.rest)
    elif ask.verb is Verb.BACK:
        await back(case)
    else:
        await _board(case)


async def _board(case: DutyCase) -> None:
    board = board_of(case.office, case.cadre)
    buttons = _verb_buttons(case, with_back=bool(board.leaves))
    await case.answer(board_words(case.office, board), buttons)


def _verb_buttons(case: DutyCase, *, with_back: bool) -> Buttons:
    say = case.office.wording.say
    buttons = [
        duty_button(say("button_duty_leave"), "d:leave"),
        duty_button(say("button_duty_swap"), "d:swap"),
    ]
    if with_back:
        buttons.append(duty_button(say("button_duty_back"), "d:back"))
    return in_rows(buttons, 3)


async def _press(case: DutyCase, data: str) -> None:
    """One button; data that no button of ours carries are refused."""
    match data.split(":", 3):
        case ["leave"]:
            await leave(case, "")
        case ["leave", days]:
            await ask_deputy(case, _days(days).first)
        case ["leave", days, *who]:
            await leave_pressed(case, _days(days), ":".join(who), cleaned(case.inbound.text))
        case ["swap"]:
            await swap(case, "")
        case ["swap", day, clock]:
            await swap_pressed(case, _day(day), _clock(clock), "")
        case ["swap", day, clock, who]:
            await swap_pressed(case, _day(day), _clock(clock), who)
        case ["back"]:
            await back(case)
        case ["back", absence]:
            await back(case, absence)
        case ["ask", swap_id, word]:
            await answer(case, swap_id, word)
        case _:
            raise Refused("duty_button_old")


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  # a local day
    except ValueError as exc:
        raise Refused("duty_button_old") from exc


def _days(text: str) -> Days:
    """20261203 or 20261203-20261205."""
    first, _, last = text.partition("-")
    return Days(_day(first), _day(last or first), "", None, "")


def _clock(text: str) -> time:
    try:
        return datetime.strptime(text, "%H%M").time()  # noqa: DTZ007  # a local time
    except ValueError as exc:
        raise Refused("duty_button_old") from exc
