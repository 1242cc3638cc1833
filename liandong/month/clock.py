"""Time that passes only when the month says so."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from routing.duty import CHINA_TIME

PASS = timedelta(seconds=5)
"""How often a running service looks at deadlines: a clock that ran out since the last look is
"just expired"."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


class VirtualClock:
    """`services.ports.Clock` that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        """The virtual present, UTC."""
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Let time pass. Raises ValueError for a moment that is over."""
        if moment < self._now:
            raise ValueError(f"{moment} is before {self._now}")
        self._now = moment


def pass_at(wake: datetime) -> datetime:
    """The first look at or after `wake`, when looks are `PASS` apart."""
    late = (wake - _EPOCH) % PASS
    return wake + (PASS - late) if late else wake


def local(moment: datetime) -> datetime:
    """The moment on the county's clocks."""
    return moment.astimezone(CHINA_TIME)


def at_local(day: date, clock: time) -> datetime:
    """A local time of a day, in UTC."""
    return datetime.combine(day, clock, CHINA_TIME).astimezone(UTC)
