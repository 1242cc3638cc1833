"""The life of a ticket as one table: from where, by which action, by whom, to where.

Every change of state goes through `move`; what the table does not list cannot happen. States
and actions carry the words of the county's own procedure (受理 → 预审 → 处置 → 回访 → 结案).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from routing.errors import LiandongError


class State(StrEnum):
    """Where a ticket stands."""

    PENDING_INTAKE = "pending_intake"
    NEED_INFO = "need_info"
    DISPATCHED = "dispatched"
    SIGNED = "signed"
    HANDLING = "handling"
    RESOLVED = "resolved"
    PENDING_CALLBACK = "pending_callback"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


STATE_NAMES: dict[State, str] = {
    State.PENDING_INTAKE: "待受理",
    State.NEED_INFO: "待补充",
    State.DISPATCHED: "待签收",
    State.SIGNED: "已签收",
    State.HANDLING: "办理中",
    State.RESOLVED: "已办结",
    State.PENDING_CALLBACK: "待回访",
    State.CLOSED: "已结案",
    State.WITHDRAWN: "已撤销",
}

FINAL = frozenset({State.CLOSED, State.WITHDRAWN})
"""Nothing is owed any more, no clock runs. A closed ticket can be reopened for seven days."""

OPEN = frozenset(State) - FINAL
"""Somebody owns it and a clock runs (domain.md §5, rule 1)."""

IN_HAND = frozenset({State.SIGNED, State.HANDLING})
"""A named person has signed for it."""


class Action(StrEnum):
    """What somebody does to a ticket."""

    TRIAGE = "triage"
    DISPATCH = "dispatch"
    SIGN_FOR = "sign_for"
    REPLY = "reply"
    RESOLVE = "resolve"
    CALL_BACK = "call_back"
    RETURN_ORDER = "return_order"
    ESCALATE = "escalate"
    CONFIRM_SOLVED = "confirm_solved"
    NOT_SOLVED = "not_solved"
    CLOSE = "close"
    WITHDRAW = "withdraw"


class Role(StrEnum):
    """In which capacity somebody acts."""

    SYSTEM = "system"
    RESIDENT = "resident"
    OWNER = "owner"
    """A cadre of the owning unit, or of a unit above it on the ladder."""


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move."""

    to: State
    by: frozenset[Role]
    why: str
    """The rule or practice that allows it."""


class NotAllowed(LiandongError):
    """This action is not possible in the ticket's present state."""

    def __init__(self, state: State, action: Action, role: Role) -> None:
        super().__init__(f"{action} by {role} is not possible in state {state}")
        self.state = state
        self.action = action
        self.role = role


_SYSTEM = frozenset({Role.SYSTEM})
_OWNER = frozenset({Role.OWNER})
_RESIDENT = frozenset({Role.RESIDENT})
_DESK = frozenset({Role.SYSTEM, Role.OWNER})

MOVES: dict[tuple[State, Action], Move] = {
    # 受理: the place becomes known, or a human looks at it
    (State.NEED_INFO, Action.DISPATCH): Move(State.DISPATCHED, _DESK, "place was answered"),
    (State.NEED_INFO, Action.TRIAGE): Move(
        State.PENDING_INTAKE, _SYSTEM, "asked twice, or no answer in time"
    ),
    (State.PENDING_INTAKE, Action.DISPATCH): Move(
        State.DISPATCHED, _DESK, "triage found the owner"
    ),
    (State.PENDING_INTAKE, Action.SIGN_FOR): Move(
        State.SIGNED, _OWNER, "the desk keeps the matter itself"
    ),
    (State.PENDING_INTAKE, Action.ESCALATE): Move(
        State.PENDING_INTAKE, _SYSTEM, "triage did not act in time"
    ),
    # 预审: an owner has it and must sign for it
    (State.DISPATCHED, Action.DISPATCH): Move(
        State.DISPATCHED, _DESK, "given to another owner before signing"
    ),
    (State.DISPATCHED, Action.SIGN_FOR): Move(State.SIGNED, _OWNER, "a named person takes it"),
    (State.DISPATCHED, Action.ESCALATE): Move(State.DISPATCHED, _SYSTEM, "not signed for in time"),
    (State.DISPATCHED, Action.RETURN_ORDER): Move(
        State.PENDING_INTAKE, _OWNER, "not theirs, with a reason"
    ),
    # 处置
    (State.SIGNED, Action.REPLY): Move(State.HANDLING, _OWNER, "first contact with the resident"),
    (State.HANDLING, Action.REPLY): Move(State.HANDLING, _OWNER, "further answers"),
    (State.SIGNED, Action.RESOLVE): Move(State.RESOLVED, _OWNER, "the public answer went out"),
    (State.HANDLING, Action.RESOLVE): Move(State.RESOLVED, _OWNER, "the public answer went out"),
    (State.SIGNED, Action.RETURN_ORDER): Move(
        State.PENDING_INTAKE, _OWNER, "not theirs, with a reason"
    ),
    (State.HANDLING, Action.RETURN_ORDER): Move(
        State.PENDING_INTAKE, _OWNER, "not theirs, with a reason"
    ),
    (State.SIGNED, Action.ESCALATE): Move(
        State.SIGNED, _SYSTEM, "overdue: the level above is told, 首接负责"
    ),
    (State.HANDLING, Action.ESCALATE): Move(
        State.HANDLING, _SYSTEM, "overdue: the level above is told, 首接负责"
    ),
    # 回访
    (State.RESOLVED, Action.CALL_BACK): Move(
        State.PENDING_CALLBACK, _SYSTEM, "the resident is asked"
    ),
    (State.PENDING_CALLBACK, Action.CONFIRM_SOLVED): Move(
        State.CLOSED, _RESIDENT, "the resident says solved"
    ),
    (State.PENDING_CALLBACK, Action.NOT_SOLVED): Move(
        State.DISPATCHED, _RESIDENT, "handled again, one level up"
    ),
    (State.PENDING_CALLBACK, Action.CLOSE): Move(
        State.CLOSED, _SYSTEM, "the reopen window of 7 days is over"
    ),
    (State.PENDING_CALLBACK, Action.REPLY): Move(
        State.PENDING_CALLBACK, _OWNER, "the resident said more after the answer"
    ),
    (State.CLOSED, Action.NOT_SOLVED): Move(
        State.DISPATCHED, _RESIDENT, "within the reopen window of 7 days, one level up"
    ),
    # 撤销
    (State.PENDING_INTAKE, Action.WITHDRAW): Move(
        State.WITHDRAWN, _RESIDENT, "the resident took it back"
    ),
    (State.NEED_INFO, Action.WITHDRAW): Move(
        State.WITHDRAWN, _RESIDENT, "the resident took it back"
    ),
    (State.DISPATCHED, Action.WITHDRAW): Move(
        State.WITHDRAWN, _RESIDENT, "the resident took it back"
    ),
    (State.SIGNED, Action.WITHDRAW): Move(State.WITHDRAWN, _RESIDENT, "the resident took it back"),
    (State.HANDLING, Action.WITHDRAW): Move(
        State.WITHDRAWN, _RESIDENT, "the resident took it back"
    ),
}


def move(state: State, action: Action, role: Role) -> State:
    """The state after `action`; raises `NotAllowed` for what the table does not list."""
    entry = MOVES.get((state, action))
    if entry is None or role not in entry.by:
        raise NotAllowed(state, action, role)
    return entry.to


def allowed(state: State, role: Role) -> frozenset[Action]:
    """The actions that `role` may take in `state`."""
    return frozenset(a for (s, a), entry in MOVES.items() if s is state and role in entry.by)
