"""The health of the data in plain sentences: what is good, what is to be done next. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from console.learning.health_names import share_text
from services.learning.drift import WeekDrift
from services.learning.gate_rules import GateRules
from services.learning.health import FEWEST, DataHealth, IntentHealth

ENOUGH = GateRules().examples
"""Sentences with which an intent is learnt well; the gate's own hint."""
_MOST = 3
_FEW_REAL = 0.1
_OFTEN_CONFUSED = 3
_DEGRADED = 0.05
_UNKNOWN = 0.2
Name = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do, and the page where it is done."""

    says: str
    path: str = ""
    link: str = ""

    @property
    def section(self) -> str:
        """The section that the page belongs to, as in the navigation: not everybody may open it."""
        return "/".join(self.path.split("?")[0].split("/")[:3])


def good(health: DataHealth) -> tuple[str, ...]:
    """What needs nobody's care."""
    return tuple(_good(health))


def next_steps(health: DataHealth, name: Name) -> tuple[Advice, ...]:
    """The three most pressing, most pressing first."""
    return tuple(_pressing(health, name))[:_MOST]


def latest(weeks: Sequence[WeekDrift]) -> WeekDrift | None:
    """The last week with enough messages to compare."""
    return next((week for week in reversed(weeks) if week.drift is not None), None)


def _good(health: DataHealth) -> Iterator[str]:
    week, fewest = latest(health.weeks), min((i.count.data for i in health.intents), default=0)
    if fewest >= ENOUGH:
        yield f"{len(health.intents)} 类话，每类都有 {ENOUGH} 句以上例句，最少的也有 {fewest} 句。"
    if week and not week.is_different:
        yield "居民最近说的事，和前几周差不多。"
    if week and not week.degraded:
        yield "模型一直在工作，没有一条是只靠关键词认的。"
    if health.honest:
        found = health.honest
        between = f"{share_text(found.low)} 到 {share_text(found.high)} 之间"
        yield f"随机抽查 {found.drawn} 条，模型认对 {found.right} 条：认对率多半在 {between}。"


def _pressing(health: DataHealth, name: Name) -> Iterator[Advice]:
    yield from _unlearnable(health, name)
    yield from _this_week(health.weeks, name)
    waiting = sum(each.waiting for each in health.intents)
    if waiting:
        yield Advice(f"{waiting} 条标注等第二个人看，看过才拿来学。", "/console/review", "去复核")
    yield from _confused(health, name)
    few = [each for each in health.intents if FEWEST <= each.count.data < ENOUGH]
    if few:
        said = f"{_named(few, name)}不到 {ENOUGH} 句例句，多添几句会认得更好。"
        yield Advice(said, "/console/inbox", "去纠错")
    if health.real.whole and health.real.rate < _FEW_REAL:
        share = f"只占 {share_text(health.real.rate)}" if health.real.part else "一句还没有"
        said = f"居民自己写的例句{share}，其余是编的：多纠错，让模型学真话。"
        yield Advice(said, "/console/inbox", "去纠错")
    if not health.honest:
        said = "还没有随机抽查，不知道模型认对多少：纠错里带“随机抽查”的先标。"
        yield Advice(said, "/console/inbox", "去纠错")


def _unlearnable(health: DataHealth, name: Name) -> Iterator[Advice]:
    few = [each for each in health.intents if each.count.data < FEWEST]
    if few:
        said = (
            f"{_named(few, name)}不到 {FEWEST} 句例句，学不会，训练会停在检查那一步：先给它添例句。"
        )
        yield Advice(said, "/console/inbox", "去纠错")


def _this_week(weeks: Sequence[WeekDrift], name: Name) -> Iterator[Advice]:
    week = latest(weeks)
    if week is None:
        return
    if week.degraded >= _DEGRADED:
        said = f"{share_text(week.degraded)} 的话是模型停着时只靠关键词认的：请看模型为什么停。"
        yield Advice(said, "/console/models", "看模型")
    if week.is_different:
        top = week.moved[0]
        moved = f"“{name(top.intent)}”从 {share_text(top.before)} 到 {share_text(top.now)}"
        said = f"居民说的事变了，{moved}：看看这些话认得对不对。"
        yield Advice(said, f"/console/inbox/all?intent={top.intent}", "看这些话")
    if week.unknown >= _UNKNOWN:
        said = f"{share_text(week.unknown)} 的话没认出是什么事：先纠这些。"
        yield Advice(said, "/console/inbox", "去纠错")


def _confused(health: DataHealth, name: Name) -> Iterator[Advice]:
    pair = health.confusions[0] if health.confusions else None
    if pair and pair.count >= _OFTEN_CONFUSED:
        said = (
            f"“{name(pair.truth)}”常被认成“{name(pair.said)}”（{pair.count} 次）："
            "把两个事项的界线写明白，各添几句说得清的。"
        )
        yield Advice(said, f"/console/inbox/all?intent={pair.said}", "看认成它的话")


def _named(intents: Sequence[IntentHealth], name: Name) -> str:
    shown = "、".join(f"“{name(each.intent)}”" for each in intents[:3])
    return f"{shown}等 {len(intents)} 个" if len(intents) > 3 else shown
