"""The reports that a report need be compared with at all: by place and time. Pure.

Comparing words costs ten times what a look at the place costs, and a week of a county holds
thousands of reports; a village holds few.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from routing.hot.reach import Reach, reach_of
from routing.hot.report import Report

_Block = tuple[str | None, str | None, bool]
"""Township, village, and whether it is of those that do not end at the village."""


class Pool:
    """Reports in blocks of one place each, in the order of time; each can be taken out once."""

    def __init__(self, reports: Iterable[Report]) -> None:
        """Later reports of one number are left out."""
        self._left: dict[str, Report] = {}
        self._blocks: dict[_Block, list[Report]] = defaultdict(list)
        self._villages: dict[str | None, dict[str | None, None]] = defaultdict(dict)
        for report in sorted(reports, key=when):
            if report.number not in self._left:
                self._left[report.number] = report
                self._blocks[_block(report)].append(report)
                self._villages[report.township].setdefault(report.village)
        self._times = {
            block: [report.at for report in reports] for block, reports in self._blocks.items()
        }

    def take_first(self) -> Report | None:
        """The first report that is left, taken out."""
        number = next(iter(self._left), None)
        return None if number is None else self._left.pop(number)

    def take(self, reports: Iterable[Report]) -> None:
        """They are not compared any more."""
        for report in reports:
            self._left.pop(report.number, None)

    def near(self, report: Report, window: timedelta) -> Iterator[Report]:
        """What is left within a window before or after, at places that may be the same."""
        for block in self._blocks_near(report):
            times = self._times.get(block, [])
            start = bisect_left(times, report.at - window)
            end = bisect_right(times, report.at + window)
            for other in self._blocks[block][start:end] if end > start else ():
                if other.number in self._left:
                    yield other

    def _blocks_near(self, report: Report) -> Iterator[_Block]:
        township, village, wide = _block(report)
        yield township, village, False
        for other in self._villages.get(township, ()):
            if wide or other == village:
                yield township, other, True


def when(report: Report) -> tuple[datetime, str]:
    """The order of messages."""
    return report.at, report.number


def _block(report: Report) -> _Block:
    return report.township, report.village, reach_of(report.matter) is Reach.WIDE
