"""Every action of a cadre as people meet it: verb, name, what it asks for. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tickets.actions import Action, Role
from tickets.states import ANSWERED, State


class Field(StrEnum):
    """Something to choose before an action; it stands before the words in what is sent."""

    UNIT = "unit"
    CO_UNIT = "co_unit"
    """One of the units whose part is open."""
    MATTER = "matter"
    DAYS = "days"
    """Working days."""
    DATE = "date"
    MAIN = "main"
    """The number of the main ticket."""
    LEVEL = "level"
    """One of the five levels of satisfaction."""


class Words(StrEnum):
    """Whether an action takes words."""

    NONE = "none"
    MAY = "may"
    MUST = "must"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu."""

    verb: str
    """What a button, a form or a reply carries (`services.casework.VERBS`)."""
    action: Action
    words: Words = Words.NONE
    field: Field | None = None
    name: str = ""
    """Under which it is called (`button_<name>`) and has a rule; the verb unless given."""
    public: bool = False
    """The resident reads the words."""
    photo: bool = False
    """A picture may come with it."""
    signs: bool = False
    """Whoever does this to what nobody has signed for signs for it by that."""
    by: frozenset[Role] | None = None
    """Only in one of these capacities, where the table allows more."""
    states: frozenset[State] | None = None
    """Only in these states, where the table allows more."""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.verb)


SIGNED_BY_ACTING = frozenset({State.DISPATCHED, State.PENDING_INTAKE, State.REWORK})
"""Who acts on a ticket here signs for it by that: no extra tap for cadres."""

A, R, W, F = Action, Role, Words, Field
_OWN = frozenset({R.OWNER})
_LEAD = frozenset({R.OWNER, R.ABOVE})
_IN_WORK = frozenset({State.SIGNED, State.HANDLING})

ENTRIES: tuple[Entry, ...] = (
    # 受理
    Entry("accept", A.ACCEPT, field=F.MATTER),
    Entry("dispatch", A.DISPATCH, W.MAY, F.UNIT),
    Entry("decline", A.DECLINE, W.MUST, public=True),
    # 预审
    Entry("sign", A.SIGN_FOR),
    Entry("return", A.RETURN_ORDER, W.MUST, F.UNIT),
    Entry("rule_agree", A.RULE_ON_DISPUTE, W.MAY),
    Entry("rule_refuse", A.RULE_ON_DISPUTE, W.MAY),
    Entry("rule", A.RULE_ON_DISPUTE, W.MUST, F.UNIT),
    # 审批
    Entry("grant", A.APPROVE_EXTENSION),
    Entry("deny", A.REFUSE_EXTENSION, W.MUST),
    Entry("approve", A.APPROVE_CLOSING),
    Entry("send_back", A.SEND_BACK, W.MUST),
    Entry("exclude_yes", A.CONFIRM_EXCLUSION),
    # 处置
    Entry("part", A.ANSWER_SUBTASK, W.MUST, photo=True),
    Entry("reply", A.REPLY, W.MUST, public=True, photo=True, signs=True),
    Entry(
        "resolve",
        A.RESOLVE,
        W.MUST,
        public=True,
        photo=True,
        signs=True,
        # What nobody has understood yet cannot be done: the desk signs for it knowingly first.
        states=frozenset(State) - {State.PENDING_INTAKE},
    ),
    Entry("called", A.INTERNAL_NOTE, W.MUST, signs=True, by=_LEAD),
    Entry("photo", A.INTERNAL_NOTE, W.MAY, photo=True, states=frozenset(State) - ANSWERED),
    Entry("note", A.INTERNAL_NOTE, W.MUST, photo=True),
    Entry("ask", A.ASK_INFO, W.MUST, public=True, signs=True),
    Entry("go_on", A.RESUME),
    Entry("join", A.ADD_UNIT, W.MUST, F.UNIT, signs=True),
    Entry("joint", A.JOINT_HANDLE, W.MUST, signs=True),
    Entry("drop", A.DROP_UNIT, W.MUST, F.CO_UNIT),
    Entry("extend", A.REQUEST_EXTENSION, W.MUST, F.DAYS),
    Entry("shelve", A.SHELVE, W.MUST, F.DATE, public=True),
    Entry("shelve", A.INTERNAL_NOTE, W.MUST, name="shelve_ask", by=_OWN, states=_IN_WORK),
    Entry("unshelve", A.UNSHELVE, W.MUST),
    # 上级
    Entry("supervise", A.SUPERVISE, W.MUST),
    Entry("dispatch", A.REASSIGN, W.MUST, F.UNIT, name="reassign"),
    # 回访
    Entry("solved", A.CONFIRM_SOLVED, name="phone_solved"),
    Entry("unsolved", A.NOT_SOLVED, W.MUST, name="phone_unsolved"),
    Entry("rate", A.RATE, field=F.LEVEL, name="phone_rate"),
    # 并单, 拆单, 剔除
    Entry("merge", A.MERGE, W.MAY, F.MAIN),
    Entry("unmerge", A.UNMERGE, W.MUST),
    Entry("split", A.SPLIT, W.MUST, name="split_off"),
    Entry("exclude", A.EXCLUDE_FROM_STATS, W.MUST),
)
"""In the order in which people look for them; at most one of a verb holds in any situation."""
