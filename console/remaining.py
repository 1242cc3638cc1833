"""How much time an owner has left, in words. Pure: `now` is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from routing.duty import CHINA_TIME

SOON = timedelta(minutes=30)
"""From here on a card is amber."""


@dataclass(frozen=True, slots=True)
class Remaining:
    """The clock of one card."""

    until: str
    """`今天 17:30` or `11月24日 09:00`, local; empty when no clock runs."""
    words: str
    """`还剩 1 小时 20 分` or `已超时 25 分`."""
    level: str
    """`late`, `soon` or `calm`."""


def remaining(due: datetime | None, now: datetime) -> Remaining:
    """What is left until `due`, cut to whole minutes."""
    if due is None:
        return Remaining("", "", "calm")
    left = due - now
    if left <= timedelta(0):
        return Remaining(local(due, now), f"已超时 {_span(-left)}", "late")
    level = "soon" if left < SOON else "calm"
    return Remaining(local(due, now), f"还剩 {_span(left)}", level)


def local(at: datetime, now: datetime) -> str:
    """A moment as people say it: 今天 17:30, 明天 09:00, 11月30日 09:00."""
    there, here = at.astimezone(CHINA_TIME), now.astimezone(CHINA_TIME)
    days = (there.date() - here.date()).days
    day = {-1: "昨天", 0: "今天", 1: "明天"}.get(days, f"{there.month}月{there.day}日")
    return f"{day} {there:%H:%M}"


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} 天" + (f" {hours} 小时" if hours else "")
    if hours:
        return f"{hours} 小时" + (f" {minutes} 分" if minutes else "")
    return f"{minutes} 分" if minutes else "不到 1 分"
