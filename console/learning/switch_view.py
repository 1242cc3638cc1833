"""The way of a model to all messages, and which of its steps can be taken now. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from services.learning.models import Serving, TrainedModel
from services.learning.overrides import Override, may_go_live


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What may be done with a model."""

    shadow: bool
    canary: bool
    activate: bool
    rollback: bool
    """To this one: it is the one that is kept warm."""
    stop: bool
    """It reads along or is on trial."""
    barred: str
    """Why it may not read residents' messages; empty: it may."""
    ask_override: bool
    agree_override: bool


def next_steps(
    model: TrainedModel,
    serving: Serving,
    override: Override | None,
    account: str,
    *,
    served: bool = False,
) -> NextSteps:
    """The steps that `services.learning.serving` would take now, for the buttons of a page.

    `served`: all messages were read by it once, before there was a gate.
    """
    here = model.removed_at is None
    active = model.name == serving.active
    fit = may_go_live(model.passed, override) or (model.passed is None and served)
    free = here and not active
    refused = model.passed is False and not fit and here
    return NextSteps(
        shadow=free and model.name != serving.shadow,
        canary=free and fit,
        activate=free and fit,
        rollback=here and model.name == serving.previous and bool(serving.previous),
        stop=model.name in (serving.shadow, serving.canary) and bool(model.name),
        barred=_barred(model, fit=fit),
        ask_override=refused and (override is None or not override.granted),
        agree_override=refused and _waits_for(override, account),
    )


def _waits_for(override: Override | None, account: str) -> bool:
    return override is not None and not override.granted and override.asked_by != account


def _barred(model: TrainedModel, *, fit: bool) -> str:
    if model.removed_at is not None:
        return "它的文件已经按保留规则清理了，只能看，不能再用。"
    if fit:
        return ""
    if model.passed is None:
        return "它还没有考过试，只能让它试读，不能换上。"
    return "它没有过关，只能让它试读；确有必要，由一个人写明理由申请、另一个人同意，才能换上。"
