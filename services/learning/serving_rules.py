"""What the row that says what serves becomes by each switch. Pure."""

from __future__ import annotations

from dataclasses import replace

from routing.errors import LiandongError
from services.learning.models import Serving


class NothingToDo(LiandongError):
    """不用换：现在已经是这样了。"""


class NothingToGoBackTo(LiandongError):
    """没有可以退回的模型：换上现在这个之前没有别的模型，或者已经退回过一次。"""


class AlreadyServesAll(LiandongError):
    """这个模型已经在读所有消息，不能再拿它试读或者试用。"""


def activated(now: Serving, model: str) -> Serving:
    """`model` reads all messages; what did so is kept warm, to go back to."""
    if now.active == model:
        raise NothingToDo(f"模型 {model} 已经在用。")
    return replace(_without_part(now, model), active=model, previous=now.active)


def rolled_back(now: Serving) -> Serving:
    """The previous one reads all messages again.

    What was left is not kept for going back to: a second click must not bring it back, nor must
    anything fall back on it.
    """
    if not now.previous:
        raise NothingToGoBackTo
    return replace(_without_part(now, now.previous), active=now.previous, previous="")


def shadowed(now: Serving, model: str) -> Serving:
    """`model` reads along."""
    if now.active == model:
        raise AlreadyServesAll
    if now.shadow == model:
        raise NothingToDo(f"模型 {model} 已经在试读。")
    return replace(now, shadow=model)


def on_trial(now: Serving, model: str, townships: tuple[str, ...]) -> Serving:
    """`model` reads the messages of these townships."""
    if now.active == model:
        raise AlreadyServesAll
    wanted = tuple(sorted(set(townships)))
    if (now.canary, now.townships) == (model, wanted):
        raise NothingToDo(f"模型 {model} 已经在这些乡镇试用。")
    return replace(now, canary=model, townships=wanted)


def stopped(now: Serving) -> Serving:
    """Neither shadow nor canary."""
    if not now.shadow and not now.canary:
        raise NothingToDo("现在没有试读，也没有试用。")
    return replace(now, shadow="", canary="", townships=())


def _without_part(now: Serving, model: str) -> Serving:
    """What reads everything neither reads along nor is on trial."""
    if now.shadow == model:
        now = replace(now, shadow="")
    if now.canary == model:
        now = replace(now, canary="", townships=())
    return now
