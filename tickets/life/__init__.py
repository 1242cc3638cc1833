"""What each action makes of a ticket: pure functions, each giving the new ticket and its event.

Every one goes through the table of `tickets.moves`, refuses with `NotAllowed` (the state, or who
acts) or `GuardFailed` (a rule that looks at more), and sets the clocks of the stage it enters.
"""

from tickets.life.base import BY_RESIDENT, BY_SYSTEM, Change, GuardFailed
from tickets.life.closing import (
    LEVELS,
    approve_closing,
    ask_exclusion,
    call_back,
    close,
    confirm_exclusion,
    confirm_solved,
    not_solved,
    rate,
    resolve,
    send_back,
    submit_closing,
)
from tickets.life.disputes import reassign, return_order, rule_on_dispute
from tickets.life.handling import (
    approve_extension,
    note,
    pause,
    refuse_extension,
    reply,
    request_extension,
    resume,
    shelve,
    sign_for,
    supervise,
    unshelve,
)
from tickets.life.intake import (
    accept,
    appeal,
    ask_place,
    decline,
    dispatch,
    in_intake,
    received,
    triage,
)
from tickets.life.joint import add_units, answer_subtask, drop_unit
from tickets.life.ladder import DECIDED_ABOVE, GIVEN_UP, TOLD_UP, climb, holder
from tickets.life.merging import follow, merge, nudge, remark, unmerge, withdraw
from tickets.life.moving import relocated

__all__ = [
    "BY_RESIDENT",
    "BY_SYSTEM",
    "DECIDED_ABOVE",
    "GIVEN_UP",
    "LEVELS",
    "TOLD_UP",
    "Change",
    "GuardFailed",
    "accept",
    "add_units",
    "answer_subtask",
    "appeal",
    "approve_closing",
    "approve_extension",
    "ask_exclusion",
    "ask_place",
    "call_back",
    "climb",
    "close",
    "confirm_exclusion",
    "confirm_solved",
    "decline",
    "dispatch",
    "drop_unit",
    "follow",
    "holder",
    "in_intake",
    "merge",
    "not_solved",
    "note",
    "nudge",
    "pause",
    "rate",
    "reassign",
    "received",
    "refuse_extension",
    "relocated",
    "remark",
    "reply",
    "request_extension",
    "resolve",
    "resume",
    "return_order",
    "rule_on_dispute",
    "send_back",
    "shelve",
    "sign_for",
    "submit_closing",
    "supervise",
    "triage",
    "unmerge",
    "unshelve",
    "withdraw",
]
