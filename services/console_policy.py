"""Who may do what in the console: one function for its pages, its addresses and the command line.

Tickets themselves are guarded by `services.policy`: somebody who acts on one does so as a cadre.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class ConsoleRole(StrEnum):
    """What somebody is in the console; one person may be several."""

    ADMIN = "admin"
    """管理员: intents, training, models, accounts."""
    ANNOTATOR = "annotator"
    """标注员: says what messages are."""
    REVIEWER = "reviewer"
    """复核员: looks at labels before anything learns from them."""
    DISPATCHER = "dispatcher"
    """派单员: triages tickets that nobody understood, as a cadre of the county centre."""


ROLE_NAMES: dict[ConsoleRole, str] = {
    ConsoleRole.ADMIN: "管理员",
    ConsoleRole.ANNOTATOR: "标注员",
    ConsoleRole.REVIEWER: "复核员",
    ConsoleRole.DISPATCHER: "派单员",
}


def names_of(roles: Collection[ConsoleRole]) -> str:
    """管理员、复核员, always in the same order."""
    return "、".join(name for role, name in ROLE_NAMES.items() if role in roles)


class Permission(StrEnum):
    """One thing that may be done."""

    LABEL = "label"
    REVIEW = "review"
    SEE_LEARNING = "see_learning"
    """Health of the data, jobs, reports, models: no resident's words in clear."""
    EDIT_INTENTS = "edit_intents"
    TRAIN = "train"
    SWITCH_MODELS = "switch_models"
    """Shadow, canary, activate, roll back."""
    OVERRIDE_GATE = "override_gate"
    """Ask for, or agree to, a model that the gate refused; never both by one person."""
    TRIAGE = "triage"
    SEE_TICKETS = "see_tickets"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_LOG = "see_log"


_R, _P = ConsoleRole, Permission
_ALLOWED: dict[Permission, frozenset[ConsoleRole]] = {
    _P.LABEL: frozenset({_R.ADMIN, _R.ANNOTATOR, _R.REVIEWER}),
    _P.REVIEW: frozenset({_R.ADMIN, _R.REVIEWER}),
    _P.SEE_LEARNING: frozenset({_R.ADMIN, _R.ANNOTATOR, _R.REVIEWER}),
    _P.EDIT_INTENTS: frozenset({_R.ADMIN}),
    _P.TRAIN: frozenset({_R.ADMIN}),
    _P.SWITCH_MODELS: frozenset({_R.ADMIN}),
    _P.OVERRIDE_GATE: frozenset({_R.ADMIN, _R.REVIEWER}),
    _P.TRIAGE: frozenset({_R.DISPATCHER}),
    _P.SEE_TICKETS: frozenset({_R.DISPATCHER, _R.ADMIN}),
    _P.MANAGE_ACCOUNTS: frozenset({_R.ADMIN}),
    _P.SEE_LOG: frozenset({_R.ADMIN}),
}


def may(roles: Collection[ConsoleRole], permission: Permission) -> bool:
    """Whether somebody with these roles may do this."""
    return bool(_ALLOWED[permission].intersection(roles))
