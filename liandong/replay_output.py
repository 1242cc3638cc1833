"""What a replay found, for programs: one JSON object, and a CSV line for each ticket."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from liandong.replay_tables import ASSUMPTIONS
from liandong.replay_words import Words
from liandong.whole_file import whole_file
from liandong.workbook.mistakes import Mistake
from routing.duty import CHINA_TIME
from routing.replay import Comparison, Outcome
from routing.replay_report import Limit, Measure, ReplayReport

COLUMNS = (
    "number",
    "created",
    "matter",
    "matter_name",
    "appeal_type",
    "township",
    "changed",
    "from_unit",
    "from_name",
    "to_unit",
    "to_name",
    "triage_before",
    "triage_after",
    "limit_before",
    "limit_after",
    "due_before",
    "due_after",
    "rungs_before",
    "rungs_after",
    "overdue_before",
    "overdue_after",
)


@contextmanager
def ticket_file(path: Path, words: Words) -> Iterator[Callable[[Comparison], None]]:
    """Writes a line for each ticket that is not confidential; the file appears when complete."""
    with whole_file(path) as binary:
        text = io.TextIOWrapper(binary, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow(COLUMNS)

        def write(found: Comparison) -> None:
            if not found.is_confidential:
                writer.writerow(_line(found, words))

        yield write
        text.flush()
        text.detach()


def _line(found: Comparison, words: Words) -> tuple[object, ...]:
    past, before, after = found.past, found.before, found.after
    township = words.county.tree.get(past.township or "")
    matter = past.request.matter
    return (
        past.number,
        past.created_at.astimezone(CHINA_TIME).date().isoformat(),
        matter or "",
        words.matter(matter) if matter else "",
        past.appeal_type,
        township.short_name if township else "",
        int(found.is_changed),
        before.owner,
        words.unit(before.owner),
        after.owner,
        words.unit(after.owner),
        int(before.triaged),
        int(after.triaged),
        _limit_of(before),
        _limit_of(after),
        before.limit.due_at.isoformat(timespec="seconds"),
        after.limit.due_at.isoformat(timespec="seconds"),
        len(before.rungs),
        len(after.rungs),
        int(before.overdue),
        int(after.overdue),
    )


def _limit_of(outcome: Outcome) -> str:
    return _limit((outcome.limit.urgency, outcome.limit.days))


def _limit(limit: Limit) -> str:
    """The county's limit for an urgency by its name, or a matter's own working days."""
    urgency, days = limit
    return urgency if days is None else str(days)


def document(report: ReplayReport, words: Words, missing: list[Mistake]) -> dict[str, object]:
    """The JSON of `replay --json`; its keys are documented and stay."""
    proposal = words.proposal
    return {
        "since": report.since.isoformat(timespec="seconds"),
        "until": report.until.isoformat(timespec="seconds"),
        "tickets": report.tickets,
        "confidential": report.confidential,
        "without_understanding": report.guessed,
        "same_unit_as_then": report.as_then,
        "changed": report.changed,
        "moved": report.moved,
        "moved_confidential": report.moved_confidential,
        "other_limits": report.other_limits,
        "triaged": _pair(report.triaged),
        "climbing": _pair(report.climbing),
        "rungs": _pair(report.rungs),
        "overdue": _pair(report.overdue),
        "steps": [
            {"rungs": rungs, "before": report.steps[0][rungs], "after": report.steps[1][rungs]}
            for rungs in sorted({*report.steps[0], *report.steps[1]})
        ],
        "flows": [
            {
                "from": source,
                "from_name": words.unit(source),
                "to": target,
                "to_name": words.unit(target),
                "tickets": matters.total(),
                "matters": {matter or "": count for matter, count in matters.most_common()},
            }
            for source, target, matters in report.biggest_flows()
        ],
        "units": [
            {"unit": code, "name": words.unit(code), **_pair(report.units[code])}
            for code in sorted(report.units)
        ],
        "matters": [
            {
                "matter": matter or "",
                "name": words.matter(matter),
                "tickets": counts.tickets,
                "changed": counts.changed,
                "moved": counts.moved,
                "other_limits": counts.other_limits,
                "climbing": _pair(counts.climbing),
                "rungs": _pair(counts.rungs),
                "overdue": _pair(counts.overdue),
            }
            for matter, counts in sorted(report.matters.items(), key=lambda each: each[0] or "")
        ],
        "limits": [
            {
                "matter": matter or "",
                "appeal_type": appeal_type,
                "before": _limit(before),
                "after": _limit(after),
                "tickets": count,
            }
            for (matter, appeal_type, before, after), count in report.limits.most_common()
        ],
        "matters_gone": [row.matter for row in proposal.gone],
        "matters_added": [row.matter for row in proposal.added],
        "units_planned": sorted(proposal.planned),
        "import_would_refuse": [each.mend for each in missing],
        "assumptions": list(ASSUMPTIONS),
    }


def _pair(measure: Measure) -> dict[str, int]:
    return {"before": measure.before, "after": measure.after}
