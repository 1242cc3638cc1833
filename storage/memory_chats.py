"""What the twin's outbox and bindings know of a chat, changed in one place."""

from __future__ import annotations

from dataclasses import replace

from services.conversation import Conversation
from services.messages import Address
from storage.memory_state import State
from tickets.life.ladder import GIVEN_UP


def set_reachable(state: State, address: Address, reachable: bool) -> None:
    """Note that a chat is gone or back; what waits for a cadre who is gone climbs at once."""
    if bound := state.chats.get(address.key):
        state.chats[address.key] = replace(bound, reachable=reachable)
    known = state.conversations.get(address.key, Conversation(address))
    state.conversations[address.key] = replace(known, reachable=reachable)
    if not reachable:
        _release_tickets(state, address)


def _release_tickets(state: State, address: Address) -> None:
    """A cadre cannot be reached any more: what waits for their signature climbs at once."""
    gone = state.chats.get(address.key)
    if gone is None or gone.cadre is None:
        return
    if any(chat.cadre == gone.cadre and chat.reachable for chat in state.chats.values()):
        return
    for row in list(state.deadlines.values()):
        theirs = state.tickets[row.ticket].person == gone.cadre
        if theirs and row.ended_by is None and row.clock.kind in GIVEN_UP:
            state.deadlines[row.id] = replace(row, wake_at=row.clock.set_at)


def move_chat(state: State, old: Address, new: Address) -> None:
    """A group has a new id: what waits for it and who is bound to it follow."""
    for row in list(state.outbox.values()):
        if row.address == old and row.status == "waiting":
            state.outbox[row.id] = replace(row, address=new, lease_until=None)
    bound = state.chats.pop(old.key, None)
    if bound and new.key not in state.chats:
        state.chats[new.key] = replace(bound, address=new, reachable=True)
