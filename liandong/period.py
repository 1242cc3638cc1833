"""How an operator says from when and until when: `30d`, or a day of the county's calendar."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from routing.duty import CHINA_TIME
from routing.errors import LiandongError

_DAYS = re.compile(r"([1-9][0-9]{0,3})d", re.ASCII)
_DAY = timedelta(days=1)


class BadSince(LiandongError):
    """--since 要写成 30d（30 天以来）或 2026-10-01（从那天起），而且不能是以后。"""


class BadUntil(LiandongError):
    """--until 要写成 2026-10-31（到那天为止，含那天）或 7d（到 7 天前），而且要在 --since 以后。"""


def since_of(text: str, now: datetime) -> datetime:
    """The moment that `30d` or `2026-10-01` (midnight in the county) stands for."""
    try:
        since = _moment(text, now)
    except (ValueError, OverflowError) as exc:
        raise BadSince(f"“{text}”看不懂：{BadSince.__doc__}") from exc
    if since > now:
        raise BadSince(f"“{text}”还没有到：{BadSince.__doc__}")
    return since


def until_of(text: str | None, since: datetime, now: datetime) -> datetime:
    """The end of the day that is meant, or so many days ago; now at the latest and when nothing
    is said."""
    if text is None:
        return now
    try:
        found = _moment(text, now)
        until = min(found if _DAYS.fullmatch(text) else found + _DAY, now)
    except (ValueError, OverflowError) as exc:
        raise BadUntil(f"“{text}”看不懂：{BadUntil.__doc__}") from exc
    if until <= since:
        raise BadUntil(f"“{text}”太早：{BadUntil.__doc__}")
    return until


def _moment(text: str, now: datetime) -> datetime:
    if found := _DAYS.fullmatch(text):
        return now - timedelta(days=int(found[1]))
    return datetime.combine(date.fromisoformat(text), time(), CHINA_TIME)
