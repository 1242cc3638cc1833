"""The figures of the county for programs: one JSON object, or a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from liandong.metrics_tables import NOTES, listed
from liandong.whole_file import whole_file
from routing.county import County
from routing.duty import CHINA_TIME
from services.measuring import Figures
from tickets.metrics import Kind, Metric

METRIC_COLUMNS = (
    "code",
    "name",
    "kind",
    "value",
    "numerator",
    "denominator",
    "low",
    "high",
    "may_rank",
    "formula",
)
TICKET_COLUMNS = (
    "number",
    "counts",
    "minutes",
    "state",
    "matter_name",
    "unit",
    "unit_name",
    "received",
)


def document(figures: Figures, county: County, metric: Metric | None) -> dict[str, object]:
    """The JSON of `metrics --json`; its keys are documented and stay. `metric` is listed."""
    chosen = figures.selection
    found: dict[str, object] = {
        "since": chosen.since.isoformat(timespec="seconds"),
        "until": chosen.until.isoformat(timespec="seconds"),
        "now": figures.now.isoformat(timespec="seconds"),
        "township": chosen.township,
        "group": chosen.group,
        "unit": chosen.unit,
        "tickets": len(figures.facts),
        "metrics": [
            dict(zip(METRIC_COLUMNS, _metric(each), strict=True)) for each in figures.metrics
        ],
        "notes": list(NOTES),
    }
    if metric is not None:
        rows = _tickets(figures, metric, county)
        found["listed"] = metric.code
        found["list"] = [dict(zip(TICKET_COLUMNS, row, strict=True)) for row in rows]
    return found


def write_csv(path: Path, figures: Figures, county: County, metric: Metric | None) -> None:
    """A line for each metric, or for each ticket of one; with the mark that Excel wants."""
    if metric is None:
        _write(path, METRIC_COLUMNS, map(_metric, figures.metrics))
    else:
        _write(path, TICKET_COLUMNS, _tickets(figures, metric, county))


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with whole_file(path) as binary:
        text = io.TextIOWrapper(binary, encoding="utf-8-sig", newline="")
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows(rows)
        text.flush()
        text.detach()


def _metric(metric: Metric) -> tuple[object, ...]:
    low, high = metric.interval or (None, None)
    return (
        metric.code,
        metric.name,
        str(metric.kind),
        metric.value,
        metric.numerator,
        metric.denominator,
        low,
        high,
        metric.may_rank,
        metric.formula,
    )


def _tickets(figures: Figures, metric: Metric, county: County) -> Iterator[tuple[object, ...]]:
    of_time = metric.kind is Kind.MINUTES
    for facts, brought in listed(figures, metric):
        unit = county.org.unit(facts.owner)
        yield (
            facts.number,
            int(of_time or brought > 0),
            brought if of_time else None,
            str(facts.state),
            facts.matter_name,
            facts.owner,
            unit.name if unit else "",
            facts.received_at.astimezone(CHINA_TIME).isoformat(timespec="seconds"),
        )
