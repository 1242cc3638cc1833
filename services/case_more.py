"""更多: everything that this cadre may do now, as buttons; and the choices before an action."""

from __future__ import annotations

from dataclasses import replace

from services.cadre_cards import menu_message
from services.case import Case
from services.case_choices import choices
from services.case_entries import Entry, Field, Words
from services.case_menu import entry_of

CHOSEN = "."
"""Between a verb and what was chosen for it, in buttons and in purposes: `join.unit:water`."""


async def more(case: Case, _text: str) -> None:
    """更多."""
    message = menu_message(case.office, case.seat, case.ticket, case.now)
    message = replace(message, reply_to=case.inbound.message_id)
    await case.work.send(case.inbound.address, message, case.now)


def parted(verb: str) -> tuple[str, str]:
    """The verb and what was chosen for it."""
    verb, _, choice = verb.partition(CHOSEN)
    return verb, choice


async def asked_for_the_rest(case: Case, verb: str, choice: str) -> bool:
    """After a choice by button the words are asked for, where the action needs any."""
    entry = entry_of(case.office, case.seat, case.ticket, case.now, verb)
    if entry is None or entry.words is not Words.MUST:
        return False
    say = case.office.wording.say
    key = "cadre_ask_task" if entry.field is Field.UNIT and verb == "join" else "cadre_ask_reason"
    slots = {"action": say(f"button_{entry.name}"), "choice": _chosen(case, entry, choice)}
    await case.prompt(key, f"{verb}{CHOSEN}{choice}", **slots)
    return True


def _chosen(case: Case, entry: Entry, choice: str) -> str:
    """What was chosen, as people read it."""
    listed = choices(case.office, case.seat, case.ticket, entry)
    labels = (o.label for group in listed for o in group.options if o.value == choice)
    return next(labels, choice)
