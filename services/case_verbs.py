"""Every action of a cadre by its verb: what a button, a form or a reply to a question carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from services import (
    case_closing,
    case_disputes,
    case_evidence,
    case_handling,
    case_intake,
    case_joint,
    case_limits,
    case_merging,
    case_more,
    case_splitting,
)
from services.case import Case
from services.case_more import parted

Act = Callable[[Case, str], Awaitable[None]]
VERBS: Mapping[str, Act] = {
    "sign": case_handling.sign,
    "reply": case_handling.reply,
    "resolve": case_closing.resolve,
    "return": case_disputes.return_order,
    "dispatch": case_intake.dispatch,
    "accept": case_intake.accept,
    "decline": case_intake.decline,
    "rule": case_disputes.rule,
    "rule_agree": case_disputes.agree,
    "rule_refuse": case_disputes.refuse,
    "note": case_handling.note,
    "called": case_handling.called,
    "photo": case_evidence.photo,
    "ask": case_handling.ask,
    "go_on": case_handling.go_on,
    "extend": case_limits.extend,
    "grant": case_limits.grant,
    "deny": case_limits.deny,
    "shelve": case_limits.shelve,
    "unshelve": case_limits.unshelve,
    "supervise": case_handling.supervise,
    "join": case_joint.join,
    "joint": case_joint.joint,
    "part": case_joint.part,
    "drop": case_joint.drop,
    "approve": case_closing.approve,
    "send_back": case_closing.send_back,
    "solved": case_closing.solved,
    "unsolved": case_closing.unsolved,
    "rate": case_closing.rate,
    "merge": case_merging.merge,
    "unmerge": case_merging.unmerge,
    "split": case_splitting.split,
    "exclude": case_closing.exclude,
    "exclude_yes": case_closing.confirm_exclusion,
    "more": case_more.more,
}
"""What a button, a form or a reply to a question of the bot does."""
_PROMPTS = {"return_reason": "return", "resolve_answer": "resolve"}
"""Purposes of questions that were not the verb itself; such messages may still be replied to."""
GIVES_AWAY = frozenset({"return", "dispatch"})
"""What takes a ticket out of somebody's hands (首接负责)."""


def verb_of(purpose: str) -> str:
    """What a reply to one of our messages does: what it asked for, else it is an answer."""
    verb = _PROMPTS.get(purpose, purpose)
    return verb if parted(verb)[0] in VERBS else "reply"
