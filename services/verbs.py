"""What cadres' buttons, forms and answers stand for in the table, and whether they can be used now.

A verb that cannot be used is refused before anything is asked: nobody writes a reason for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from tickets.actions import Action, Role
from tickets.moves import allowed
from tickets.states import State
from tickets.ticket import Ticket

ACTIONS: Mapping[str, frozenset[Action]] = {
    verb: frozenset(actions)
    for verb, *actions in (
        ("sign", Action.SIGN_FOR),
        ("reply", Action.REPLY),
        ("resolve", Action.RESOLVE, Action.SUBMIT_CLOSING),
        ("return", Action.RETURN_ORDER),
        ("dispatch", Action.DISPATCH, Action.REASSIGN),
        ("accept", Action.ACCEPT),
        ("decline", Action.DECLINE),
        ("rule", Action.RULE_ON_DISPUTE),
        ("rule_agree", Action.RULE_ON_DISPUTE),
        ("rule_refuse", Action.RULE_ON_DISPUTE),
        ("note", Action.INTERNAL_NOTE),
        ("called", Action.INTERNAL_NOTE),
        ("ask", Action.ASK_INFO),
        ("go_on", Action.RESUME),
        ("extend", Action.REQUEST_EXTENSION),
        ("grant", Action.APPROVE_EXTENSION),
        ("deny", Action.REFUSE_EXTENSION),
        ("shelve", Action.SHELVE),
        ("unshelve", Action.UNSHELVE),
        ("supervise", Action.SUPERVISE),
        ("join", Action.ADD_UNIT),
        ("joint", Action.JOINT_HANDLE),
        ("part", Action.ANSWER_SUBTASK),
        ("drop", Action.DROP_UNIT),
        ("approve", Action.APPROVE_CLOSING),
        ("send_back", Action.SEND_BACK),
        ("solved", Action.CONFIRM_SOLVED, Action.RATE),
        ("unsolved", Action.NOT_SOLVED),
        ("merge", Action.MERGE),
        ("unmerge", Action.UNMERGE),
        ("exclude", Action.EXCLUDE_FROM_STATS),
        ("exclude_yes", Action.CONFIRM_EXCLUSION),
    )
}
"""The actions that each verb may lead to."""

SIGNS = frozenset({"reply", "resolve", "called", "ask", "join", "joint"})
"""Who does one of these with an unsigned ticket signs for it by that: no extra tap for cadres."""


def possible(verb: str, ticket: Ticket, roles: Collection[Role]) -> bool:
    """Whether somebody in these capacities can use a verb on the ticket as it stands."""
    if verb == "shelve" and Role.OWNER in roles:
        roles = {*roles, Role.ABOVE}  # the owner's press asks the level above for it
    can, wanted = allowed(ticket.state, *roles), ACTIONS.get(verb, frozenset())
    if can & wanted:
        return True
    # What nobody has understood yet cannot be done: the desk must have signed for it knowingly.
    unread = verb == "resolve" and ticket.state is State.PENDING_INTAKE
    return verb in SIGNS and Action.SIGN_FOR in can and not unread
