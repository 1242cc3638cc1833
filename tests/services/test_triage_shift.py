"""Who has a case of the queue, and how one's own day went."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.console_log import LogEntry, Logged
from services.triage_shift import holder, looked_since, passed_over, shift_of
from tests.services.town import MONDAY


def log(*entries: tuple[str, str, int], **detail: str) -> list[Logged]:
    """(account, action, seconds after MONDAY), oldest first; given back newest first."""
    made = [
        Logged(number, LogEntry(at(seconds), who, f"triage.{what}", "ticket:A", detail))
        for number, (who, what, seconds) in enumerate(entries, 1)
    ]
    return made[::-1]


def at(seconds: int) -> datetime:
    return MONDAY + timedelta(seconds=seconds)


def test_holder__whoever_looked_first() -> None:
    assert holder(log(("li", "read", 0), ("wang", "read", 1)), at(10)) == "li"


def test_holder__nobody_after_a_while_or_when_they_went_on() -> None:
    assert holder(log(("li", "read", 0)), at(301)) is None
    assert holder(log(("li", "read", 0), ("li", "skip", 5)), at(10)) is None
    assert holder([], at(0)) is None


def test_holder__the_next_one_once_the_first_went_on() -> None:
    entries = log(("li", "read", 0), ("wang", "read", 1), ("li", "accept", 5))
    assert holder(entries, at(10)) == "wang"


def test_looked_since__until_one_acted() -> None:
    assert looked_since(log(("li", "read", 3), ("wang", "read", 4)), "li") == at(3)
    assert looked_since(log(("li", "read", 3), ("li", "accept", 9)), "li") is None


def test_passed_over__for_a_quarter_of_an_hour() -> None:
    assert passed_over(log(("li", "skip", 0)), at(60)) == {"ticket:A"}
    assert passed_over(log(("li", "skip", 0)), at(901)) == frozenset()


def test_shift__counts_what_was_done_not_what_was_refused() -> None:
    done = log(("li", "accept", 0), ("li", "ask", 9), seconds="12", outcome="done")
    refused = log(("li", "accept", 20), seconds="50", outcome="refused")
    shift = shift_of([*refused, *done, *log(("li", "read", 0))])
    assert (shift.cases, shift.seconds, shift.per_case) == (2, 24, 12)
    assert shift_of([]).per_case == 0
