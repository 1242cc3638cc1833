"""Invented messages of a county about events: who reads `events.csv` gets reports with an event.

Messages of one event name it in different words; other events of the same village and matter
tempt to mix. The first part was at hand while the rules were made; the second and third were
counted at first sight (docs/explanation/hot-spots.md) and learned from afterwards.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from routing.county import County
from routing.hot.report import Report

EVENTS = Path(__file__).with_name("events.csv")
START = datetime(2026, 11, 2, tzinfo=UTC)
PARTS = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Written:
    """A report and the event that it tells of."""

    event: str
    report: Report


def rows() -> list[dict[str, str]]:
    with EVENTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written(county: County, part: str) -> list[Written]:
    """The messages of a part, ten minutes apart, each by another person."""
    return [Written(row["event"], report) for row, report in _reports(county, part)]


def _reports(county: County, part: str) -> Iterator[tuple[dict[str, str], Report]]:
    townships = {each.short_name: each for each in county.tree.townships}
    for index, row in enumerate(rows()):
        if row["part"] != part:
            continue
        township = townships[row["township"]]
        villages = {v.short_name: v.code for v in county.tree.children(township.code)}
        short = row["village"].removesuffix("社区")
        catalogued = county.catalogue.by_matter[row["matter"]]
        yield (
            row,
            Report(
                number=f"T{index:03d}",
                text=row["text"],
                at=START + timedelta(minutes=10 * index),
                matter=row["matter"],
                group=catalogued.group,
                township=township.code,
                village=villages[row["village"]] if row["village"] else None,
                villager_group=int(row["villager_group"]) if row["villager_group"] else None,
                reporter=f"writer-{index}",
                place_words=(f"{short}村", f"{short}小区", short) if short else (township.name,),
                place_name=f"{township.name}{row['village']}",
                matter_name=catalogued.name,
            ),
        )
