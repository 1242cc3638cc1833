"""The life of a ticket as one table: from where, by which action, by whom, needing what, to where.

Every change of state goes through `move`; what the table does not list cannot happen. Guards that
look at more than the state (a return window, a second return, one extension) are in `life`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from routing.errors import LiandongError
from tickets.actions import Action, Need, Role
from tickets.states import State


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move."""

    to: State
    by: frozenset[Role]
    why: str
    """The rule or practice that allows it."""
    needs: frozenset[Need] = frozenset()


class NotAllowed(LiandongError):
    """This action is not possible in the ticket's present state, or not for this person."""

    def __init__(self, state: State, action: Action, roles: Iterable[Role]) -> None:
        by = ", ".join(sorted(roles)) or "nobody"
        super().__init__(f"{action} by {by} is not possible in state {state}")
        self.state = state
        self.action = action
        self.roles = frozenset(roles)


S, A, R, N = State, Action, Role, Need

_IN_HAND = (S.SIGNED, S.HANDLING, S.EXTENSION_PENDING)
_UNANSWERED = (
    S.PENDING_INTAKE,
    S.NEED_INFO,
    S.DISPATCHED,
    S.SIGNED,
    S.HANDLING,
    S.RETURN_PENDING,
    S.EXTENSION_PENDING,
    S.SHELVED,
    S.PENDING_REVIEW,
    S.REWORK,
)
_ANSWERED = (S.RESOLVED, S.PENDING_CALLBACK, S.CALLED_BACK)


def _rows() -> dict[tuple[State, Action], Move]:
    table: dict[tuple[State, Action], Move] = {}

    def row(
        states: Iterable[State],
        action: Action,
        to: State | None,
        by: Iterable[Role],
        why: str,
        *needs: Need,
    ) -> None:
        """`to` None: it stays where it is."""
        for state in states:
            table[(state, action)] = Move(to or state, frozenset(by), why, frozenset(needs))

    # 受理: what is it, whose is it, is it ours at all
    row(
        (S.PENDING_INTAKE,),
        A.ASK_INFO,
        S.NEED_INFO,
        (R.SYSTEM, R.OWNER, R.ABOVE),
        "something is missing, the resident is asked",
        N.WORDS,
    )
    row(
        (S.SIGNED, S.HANDLING),
        A.ASK_INFO,
        S.NEED_INFO,
        (R.OWNER,),
        "the work waits for the resident: the clock of closing stands still, with a cap",
        N.WORDS,
    )
    row((S.NEED_INFO,), A.ASK_INFO, None, (R.SYSTEM,), "asked once more", N.WORDS)
    row(
        (S.NEED_INFO,),
        A.RESUME,
        S.HANDLING,
        (R.RESIDENT, R.SYSTEM, R.OWNER),
        "answered, or the cap is reached: the clock of closing goes on",
    )
    row(
        (S.NEED_INFO,),
        A.TRIAGE,
        S.PENDING_INTAKE,
        (R.SYSTEM,),
        "asked twice, or no answer in time: a human looks at it",
    )
    row(
        (S.PENDING_INTAKE, S.NEED_INFO),
        A.ACCEPT,
        S.DISPATCHED,
        (R.OWNER, R.ABOVE),
        "a human said what it is; the catalogue says whose it is",
        N.MATTER,
    )
    row(
        (S.PENDING_INTAKE, S.NEED_INFO),
        A.DECLINE,
        S.DECLINED,
        (R.OWNER, R.ABOVE),
        "not a matter of this service: with a reason and where to turn instead",
        N.REASON,
    )
    row(
        (S.DECLINED,),
        A.APPEAL,
        S.PENDING_INTAKE,
        (R.RESIDENT,),
        "the resident does not agree, within 7 days: the level above looks at it",
    )
    row(
        (S.PENDING_INTAKE, S.NEED_INFO),
        A.DISPATCH,
        S.DISPATCHED,
        (R.SYSTEM, R.OWNER, R.ABOVE),
        "its owner was found",
        N.UNIT,
    )
    row(
        (S.PENDING_INTAKE,),
        A.SIGN_FOR,
        S.SIGNED,
        (R.OWNER, R.ABOVE),
        "the desk keeps the matter itself",
    )
    # 预审: an owner has it and must sign for it
    row(
        (S.DISPATCHED,),
        A.DISPATCH,
        None,
        (R.SYSTEM,),
        "read anew before anybody signed for it",
        N.UNIT,
    )
    row(
        (S.DISPATCHED, S.REWORK),
        A.SIGN_FOR,
        S.SIGNED,
        (R.OWNER, R.ABOVE),
        "a named person takes it",
    )
    row(
        (S.DISPATCHED, S.SIGNED, S.HANDLING, S.REWORK),
        A.RETURN_ORDER,
        S.RETURN_PENDING,
        (R.OWNER,),
        "not theirs, within the return window (rule 4)",
        N.REASON,
        N.UNIT,
    )
    row(
        (S.RETURN_PENDING,),
        A.RULE_ON_DISPUTE,
        S.DISPATCHED,
        (R.OWNER, R.ABOVE),
        "whoever arbitrates names the owner; the county centre's ruling is final (rule 4)",
        N.UNIT,
        N.REASON,
    )
    row(
        (S.DISPATCHED, S.SIGNED, S.HANDLING, S.EXTENSION_PENDING, S.SHELVED, S.REWORK),
        A.REASSIGN,
        S.DISPATCHED,
        (R.ABOVE,),
        "the level above gives it to another owner",
        N.UNIT,
        N.REASON,
    )
    # 处置
    row(
        (S.SIGNED,),
        A.REPLY,
        S.HANDLING,
        (R.OWNER, R.ABOVE),
        "first contact with the resident",
        N.WORDS,
    )
    row(
        (
            S.HANDLING,
            S.EXTENSION_PENDING,
            S.SHELVED,
            S.PENDING_REVIEW,
            S.RETURN_PENDING,
            S.NEED_INFO,
            *_ANSWERED,
        ),
        A.REPLY,
        None,
        (R.OWNER, R.ABOVE),
        "words for the resident move no clock (rule 2)",
        N.WORDS,
    )
    row(
        _UNANSWERED + _ANSWERED,
        A.INTERNAL_NOTE,
        None,
        (R.OWNER, R.ABOVE, R.REVIEWER, R.CO_UNIT),
        "words among cadres, never shown to the resident (rule 5)",
        N.WORDS,
    )
    row(
        _IN_HAND,
        A.ADD_UNIT,
        None,
        (R.OWNER, R.ABOVE),
        "another unit helps, with a clock of its own",
        N.UNIT,
        N.WORDS,
    )
    row(
        _IN_HAND,
        A.JOINT_HANDLE,
        None,
        (R.OWNER, R.ABOVE),
        "all co-units of the catalogue help; the lead unit answers",
        N.WORDS,
    )
    row(
        (*_IN_HAND, S.NEED_INFO, S.SHELVED),
        A.ANSWER_SUBTASK,
        None,
        (R.CO_UNIT,),
        "its part is done, for the lead unit; its clock runs while the lead unit's rests",
        N.WORDS,
    )
    row(
        (*_IN_HAND, S.NEED_INFO, S.SHELVED),
        A.DROP_UNIT,
        None,
        (R.OWNER, R.ABOVE),
        "its help is needed no more",
        N.UNIT,
        N.REASON,
    )
    row(_UNANSWERED, A.NUDGE, None, (R.RESIDENT,), "a nudge never moves a clock (rule 2)")
    row(
        _UNANSWERED,
        A.SUPERVISE,
        None,
        (R.ABOVE,),
        "the level above watches it from now on; no clock moves",
        N.WORDS,
    )
    row(
        _UNANSWERED,
        A.ESCALATE,
        None,
        (R.SYSTEM,),
        "a clock ran out or nobody is there: one rung up (rule 1)",
    )
    row(
        (S.SIGNED, S.HANDLING),
        A.REQUEST_EXTENSION,
        S.EXTENSION_PENDING,
        (R.OWNER,),
        "once, before the limit, never for an emergency",
        N.DAYS,
        N.REASON,
    )
    row(
        (S.EXTENSION_PENDING,),
        A.APPROVE_EXTENSION,
        S.HANDLING,
        (R.REVIEWER,),
        "the level above signs for a later limit (rule 2)",
    )
    row(
        (S.EXTENSION_PENDING,),
        A.REFUSE_EXTENSION,
        S.HANDLING,
        (R.REVIEWER,),
        "the limit stays",
        N.REASON,
    )
    row(
        (S.SIGNED, S.HANDLING),
        A.SHELVE,
        S.SHELVED,
        (R.ABOVE,),
        "no present solution: in the register with cause and review date",
        N.REASON,
        N.REVIEW_DATE,
    )
    row(
        (S.SHELVED,),
        A.UNSHELVE,
        S.HANDLING,
        (R.OWNER, R.ABOVE),
        "it can be solved now: the clock goes on",
        N.REASON,
    )
    row(
        (S.SIGNED, S.HANDLING),
        A.RESOLVE,
        S.RESOLVED,
        (R.OWNER, R.ABOVE),
        "the public answer went out",
        N.WORDS,
    )
    row(
        (S.SIGNED, S.HANDLING),
        A.SUBMIT_CLOSING,
        S.PENDING_REVIEW,
        (R.OWNER, R.ABOVE),
        "evidence is missing, or it is a sample: the level above looks first",
        N.WORDS,
    )
    row(
        (S.PENDING_REVIEW,),
        A.APPROVE_CLOSING,
        S.RESOLVED,
        (R.REVIEWER, R.SYSTEM),
        "somebody else looked at it, or the missing evidence was supplied",
    )
    row(
        (S.PENDING_REVIEW,),
        A.SEND_BACK,
        S.HANDLING,
        (R.REVIEWER,),
        "something is missing: the clock goes on",
        N.REASON,
    )
    # 回访
    row(
        (S.RESOLVED,),
        A.CALL_BACK,
        S.PENDING_CALLBACK,
        (R.SYSTEM,),
        "24 h after closing, never at night, the resident is asked once",
    )
    row(
        (S.RESOLVED, S.PENDING_CALLBACK),
        A.CONFIRM_SOLVED,
        S.CALLED_BACK,
        (R.RESIDENT, R.CENTER),
        "the resident says solved, in the chat or to whoever calls",
    )
    row((S.CALLED_BACK,), A.RATE, S.CLOSED, (R.RESIDENT, R.CENTER), "five levels", N.LEVEL)
    row(
        (*_ANSWERED, S.CLOSED),
        A.NOT_SOLVED,
        S.REWORK,
        (R.RESIDENT, R.CENTER),
        "within 7 days: handled again, one level up, with the resident's words on top",
    )
    row(
        (S.PENDING_CALLBACK, S.CALLED_BACK),
        A.CLOSE,
        S.CLOSED,
        (R.SYSTEM,),
        "the reopen window of 7 days is over",
    )
    # 并单, 拆单, 剔除, 撤销
    row(
        (S.PENDING_INTAKE, S.NEED_INFO, S.DISPATCHED, S.SIGNED, S.HANDLING, S.REWORK),
        A.MERGE,
        S.MERGED,
        (R.SYSTEM, R.RESIDENT, R.OWNER, R.ABOVE),
        "the same matter has a main ticket; its reporter gets every answer",
        N.MAIN_TICKET,
    )
    row(
        (S.MERGED,),
        A.UNMERGE,
        S.DISPATCHED,
        (R.RESIDENT, R.OWNER, R.ABOVE),
        "it is another matter after all",
        N.REASON,
    )
    row(
        (S.PENDING_INTAKE, S.NEED_INFO, S.DISPATCHED, S.SIGNED, S.HANDLING),
        A.SPLIT,
        None,
        (R.SYSTEM, R.OWNER, R.ABOVE),
        "the message holds more: each matter has a ticket of its own",
        N.WORDS,
    )
    row(
        (*_ANSWERED, S.CLOSED, S.WITHDRAWN, S.DECLINED),
        A.EXCLUDE_FROM_STATS,
        None,
        (R.OWNER, R.ABOVE),
        "asks to leave it out of the figures",
        N.REASON,
    )
    row(
        (*_ANSWERED, S.CLOSED, S.WITHDRAWN, S.DECLINED),
        A.CONFIRM_EXCLUSION,
        None,
        (R.CENTER,),
        "a second person agrees; the resident is told",
        N.SECOND_PERSON,
    )
    row(_UNANSWERED, A.WITHDRAW, S.WITHDRAWN, (R.RESIDENT,), "the resident took it back")
    return table


MOVES: Mapping[tuple[State, Action], Move] = MappingProxyType(_rows())


def move(state: State, action: Action, *roles: Role) -> Move:
    """The move of `action` by somebody who acts in any of `roles`.

    Raises `NotAllowed` for what the table does not list.
    """
    entry = MOVES.get((state, action))
    if entry is None or not entry.by.intersection(roles):
        raise NotAllowed(state, action, roles)
    return entry


def allowed(state: State, *roles: Role) -> frozenset[Action]:
    """The actions that somebody in any of `roles` may take in `state`."""
    return frozenset(a for (s, a), entry in MOVES.items() if s is state and entry.by & set(roles))
