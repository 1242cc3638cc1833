"""What the twin's outbox and bindings know of a chat, changed in one place."""

from __future__ import annotations

from dataclasses import replace

from services.conversation import Conversation
from services.messages import Address
from storage.memory_state import State
from tickets.states import State as Stage


def set_reachable(state: State, address: Address, reachable: bool) -> None:
    """Note that a chat is gone or back."""
    if bound := state.chats.get(address.key):
        state.chats[address.key] = replace(bound, reachable=reachable)
    known = state.conversations.get(address.key, Conversation(address))
    state.conversations[address.key] = replace(known, reachable=reachable)


def release_tickets(state: State, address: Address) -> None:
    """A cadre cannot be reached any more: what waits for their signature climbs at once."""
    gone = state.chats.get(address.key)
    if gone is None or gone.cadre is None:
        return
    if any(chat.cadre == gone.cadre and chat.reachable for chat in state.chats.values()):
        return
    for ticket in list(state.tickets.values()):
        unsigned = ticket.state in (Stage.DISPATCHED, Stage.PENDING_INTAKE)
        if ticket.person == gone.cadre and unsigned:
            state.tickets[ticket.number] = replace(
                ticket, due_at=ticket.updated_at, version=ticket.version + 1
            )


def move_chat(state: State, old: Address, new: Address) -> None:
    """A group has a new id: what waits for it and who is bound to it follow."""
    for row in list(state.outbox.values()):
        if row.address == old and row.status == "waiting":
            state.outbox[row.id] = replace(row, address=new, lease_until=None)
    bound = state.chats.pop(old.key, None)
    if bound and new.key not in state.chats:
        state.chats[new.key] = replace(bound, address=new, reachable=True)
