"""The +1 offer: 高壁村三组路灯已有 1 件在办 — 我也遇到. Before a second ticket is opened. Pure.

A wrong offer annoys and may hide a second trouble, so it asks for more than a hot spot does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from routing.hot.likeness import Likeness, alike
from routing.hot.reach import Reach, reach_of
from routing.hot.report import Report

OFFER = 0.6
"""Score from which an open ticket is offered; a hot spot needs `likeness.ALIKE`."""


@dataclass(frozen=True, slots=True)
class Offer:
    """The open ticket that a message seems to be about, and why."""

    report: Report
    likeness: Likeness


def same_open(report: Report, open_reports: Iterable[Report]) -> Offer | None:
    """The open ticket of somebody else that a message is about, or None.

    Nothing is offered to or from a confidential report, between an urgent and another one, where
    the village is not known, or to a person whose own ticket it is; and nothing personal, because
    the offer would tell a neighbour's business. Of several the likest is taken, then the oldest.
    """
    if report.confidential or report.village is None or _is_personal(report):
        return None
    found = [
        Offer(each, likeness)
        for each in open_reports
        if _may_be_offered(report, each)
        for likeness in (alike(report, each),)
        if likeness.score >= OFFER
    ]
    return min(found, key=lambda o: (-o.likeness.score, o.report.at, o.report.number), default=None)


def _may_be_offered(report: Report, other: Report) -> bool:
    return (
        not other.confidential
        and not _is_personal(other)
        and other.urgent == report.urgent
        and other.village == report.village
        and other.voice != report.voice
        and other.number != report.number
    )


def _is_personal(report: Report) -> bool:
    return reach_of(report.matter) is Reach.PERSONAL
