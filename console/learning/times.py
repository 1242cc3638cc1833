"""Moments as the office reads them: county time, no year where it is this one. Pure."""

from __future__ import annotations

from datetime import datetime

from tickets.working_time import COUNTY_ZONE


def moment_text(at: datetime, now: datetime) -> str:
    """今天 09:05, 11月23日 09:05, 2025年11月23日."""
    there, today = at.astimezone(COUNTY_ZONE), now.astimezone(COUNTY_ZONE)
    if there.date() == today.date():
        return f"今天 {there:%H:%M}"
    if there.year == today.year:
        return f"{there.month}月{there.day}日 {there:%H:%M}"
    return f"{there.year}年{there.month}月{there.day}日"


def seconds_text(seconds: float) -> str:
    """8 秒, 3 分 20 秒, 1 小时 5 分: as somebody says it who waits."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} 秒"
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return f"{minutes} 分 {rest} 秒" if rest else f"{minutes} 分钟"
    hours, rest = divmod(whole, 3600)
    return f"{hours} 小时 {rest // 60} 分"
