"""Where a ticket can stand (domain.md §5), and what holds in each state.

States carry the words of the county's own procedure: 受理 → 预审 → 处置 → 回访 → 结案.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tickets.clocks import ClockKind


class State(StrEnum):
    """Where a ticket stands."""

    PENDING_INTAKE = "pending_intake"
    NEED_INFO = "need_info"
    DECLINED = "declined"
    DISPATCHED = "dispatched"
    SIGNED = "signed"
    HANDLING = "handling"
    RETURN_PENDING = "return_pending"
    EXTENSION_PENDING = "extension_pending"
    SHELVED = "shelved"
    PENDING_REVIEW = "pending_review"
    RESOLVED = "resolved"
    PENDING_CALLBACK = "pending_callback"
    CALLED_BACK = "called_back"
    REWORK = "rework"
    CLOSED = "closed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


STATE_NAMES: dict[State, str] = {
    State.PENDING_INTAKE: "待受理",
    State.NEED_INFO: "待补充",
    State.DECLINED: "不予受理",
    State.DISPATCHED: "待签收",
    State.SIGNED: "已签收",
    State.HANDLING: "办理中",
    State.RETURN_PENDING: "退单待审",
    State.EXTENSION_PENDING: "延期待批",
    State.SHELVED: "挂账",
    State.PENDING_REVIEW: "待审核",
    State.RESOLVED: "已办结",
    State.PENDING_CALLBACK: "待回访",
    State.CALLED_BACK: "已回访",
    State.REWORK: "重办",
    State.CLOSED: "已结案",
    State.MERGED: "已并单",
    State.WITHDRAWN: "已撤销",
}

STAGES: dict[State, str] = {
    State.PENDING_INTAKE: "受理",
    State.NEED_INFO: "受理",
    State.DECLINED: "受理",
    State.DISPATCHED: "预审",
    State.SIGNED: "处置",
    State.HANDLING: "处置",
    State.RETURN_PENDING: "处置",
    State.EXTENSION_PENDING: "处置",
    State.SHELVED: "处置",
    State.PENDING_REVIEW: "处置",
    State.RESOLVED: "处置",
    State.PENDING_CALLBACK: "回访",
    State.CALLED_BACK: "回访",
    State.REWORK: "处置",
    State.CLOSED: "结案",
    State.MERGED: "–",
    State.WITHDRAWN: "–",
}
"""The official stage of each state."""

FINAL = frozenset({State.DECLINED, State.CLOSED, State.MERGED, State.WITHDRAWN})
"""Nothing is owed any more, no clock runs. What was closed can be reopened and what was declined
can be appealed for seven days; what was merged follows its main ticket, or is unmerged."""

OPEN = frozenset(State) - FINAL
"""Somebody owns it and a clock runs (domain.md §5, rule 1)."""

IN_HAND = frozenset({State.SIGNED, State.HANDLING, State.EXTENSION_PENDING})
"""A named person has signed for it and works on it."""

UNSIGNED = frozenset({State.PENDING_INTAKE, State.NEED_INFO, State.DISPATCHED, State.REWORK})
"""Nobody has signed for it (anew). A ticket in hand may wait in `need_info` too: then its
`signed_by` is set and its clock of closing is paused."""

ANSWERED = frozenset({State.RESOLVED, State.PENDING_CALLBACK, State.CALLED_BACK})
"""The public answer went out, the resident has the word."""

_IN_HAND_CLOCKS = (ClockKind.CLOSE, ClockKind.OVERDUE, ClockKind.CONTACT, ClockKind.SUBTASK)

STAGE_CLOCK: dict[State, tuple[ClockKind, ...]] = {
    State.PENDING_INTAKE: (ClockKind.TRIAGE,),
    State.NEED_INFO: (ClockKind.ANSWER,),
    State.DISPATCHED: (ClockKind.SIGN,),
    State.SIGNED: (ClockKind.CLOSE, ClockKind.OVERDUE),
    State.HANDLING: (ClockKind.CLOSE, ClockKind.OVERDUE),
    State.RETURN_PENDING: (ClockKind.RULE,),
    State.EXTENSION_PENDING: (ClockKind.APPROVE,),
    State.SHELVED: (ClockKind.SHELF,),
    State.PENDING_REVIEW: (ClockKind.CHECK,),
    State.RESOLVED: (ClockKind.FEEDBACK,),
    State.PENDING_CALLBACK: (ClockKind.REOPEN,),
    State.CALLED_BACK: (ClockKind.REOPEN,),
    State.REWORK: (ClockKind.SIGN,),
}
"""The clock of a state's own: exactly one of these runs in every open state."""

CLOCKS: Mapping[State, frozenset[ClockKind]] = {
    state: frozenset(
        (
            *STAGE_CLOCK.get(state, ()),
            *(
                _IN_HAND_CLOCKS
                if state in (*IN_HAND, State.NEED_INFO, State.SHELVED, State.PENDING_REVIEW)
                else ()
            ),
        )
    )
    for state in State
}
"""Which clocks may stand in a state, running or paused. All others end when it is entered."""
