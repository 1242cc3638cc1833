"""What the twin's outbox and bindings know of a chat, changed in one place."""

from __future__ import annotations

from dataclasses import replace

from services.conversation import Conversation
from services.messages import Address
from storage.memory_state import State


def set_reachable(state: State, address: Address, reachable: bool) -> None:
    """Note that a chat is gone or back."""
    if bound := state.chats.get(address.key):
        state.chats[address.key] = replace(bound, reachable=reachable)
    known = state.conversations.get(address.key, Conversation(address))
    state.conversations[address.key] = replace(known, reachable=reachable)


def move_chat(state: State, old: Address, new: Address) -> None:
    """A group has a new id: what waits for it and who is bound to it follow."""
    for row in list(state.outbox.values()):
        if row.address == old and row.status == "waiting":
            state.outbox[row.id] = replace(row, address=new, lease_until=None)
    bound = state.chats.pop(old.key, None)
    if bound and new.key not in state.chats:
        state.chats[new.key] = replace(bound, address=new, reachable=True)
