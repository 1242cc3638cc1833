"""How quick hot spots are found among thousands of invented reports of one week.

.venv/bin/python -m benchmarks.hot_spots_speed [--reports 5000]
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from datetime import UTC, datetime, timedelta

from benchmarks.whole_way import percentile
from liandong.county_files import read_sheets
from liandong.settings import ROOT
from liandong.terminal import out
from routing.county import County
from routing.county_tables import load_county
from routing.hot.offer import same_open
from routing.hot.report import Report
from routing.hot.spots import hot_spots, joined

EVENTS = ROOT / "tests" / "routing" / "hot" / "events.csv"
WEEK = 7 * 24 * 60
NO_VILLAGE = 0.15


def reports_of(county: County, count: int, seed: int) -> list[Report]:
    """Invented messages at random villages and times; no two are the same."""
    chosen = random.Random(seed)
    with EVENTS.open(encoding="utf-8", newline="") as file:
        texts = [(row["matter"], row["text"]) for row in csv.DictReader(file)]
    villages = [(village.parent_code, village.code) for village in county.tree.villages]
    start = datetime(2026, 11, 2, tzinfo=UTC)
    found = []
    for number in range(count):
        (matter, text), (township, village) = chosen.choice(texts), chosen.choice(villages)
        found.append(
            Report(
                number=str(number),
                text=text + "".join(chosen.sample("天地风雨山河树木花草日月", 4)),
                at=start + timedelta(minutes=chosen.randrange(WEEK)),
                matter=matter,
                group=county.catalogue.by_matter[matter].group,
                township=township,
                village=None if chosen.random() < NO_VILLAGE else village,
            )
        )
    return found


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hot_spots_speed")
    parser.add_argument("--reports", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    county = load_county(read_sheets(ROOT / "data" / "sample_county"))
    reports = reports_of(county, asked.reports, asked.seed)
    began = time.perf_counter()
    spots = hot_spots(reports)
    took = time.perf_counter() - began
    out.print(f"{len(reports)} reports of a week at once: {len(spots)} hot spots, {took:.2f} s")
    joins, offers = [], []
    for new in random.Random(asked.seed).sample(reports, min(500, len(reports))):
        recent = [each for each in reports if each.township == new.township]
        began = time.perf_counter()
        joined(new, recent)
        middle = time.perf_counter()
        same_open(new, recent)
        joins.append((middle - began) * 1e3)
        offers.append((time.perf_counter() - middle) * 1e3)
    for what, times in (("joined", joins), ("same_open", offers)):
        p50, p99 = percentile(times, 0.5), percentile(times, 0.99)
        out.print(f"{what}, one more in its township: p50 {p50:.1f} ms, p99 {p99:.1f} ms")


if __name__ == "__main__":
    main()
