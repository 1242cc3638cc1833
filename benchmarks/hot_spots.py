"""Hot spots in real messages without labels, for reading and counting.

    .venv/bin/python -m benchmarks.hot_spots --file FILE.csv [--event PLACE:MATTER …] [--read 100]

FILE.csv has `msg_id,subject,time,details`. Its messages have no places and no matters: those are
guessed here, places by their endings (`street_names.py`) and matters by the word lists. An event is
two patterns that a message of it has in its text: how many of those are in hot spots is counted.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

from rich.table import Table

from benchmarks.street_names import StreetNames, folded
from liandong.county_files import read_sheets
from liandong.settings import ROOT
from liandong.terminal import out
from nlu.keywords import KeywordClassifier
from routing.county import County
from routing.county_tables import load_county
from routing.hot.likeness import ALIKE, alike
from routing.hot.report import Report
from routing.hot.spots import LEAST, HotSpot, hot_spots

_DISTRICT = re.compile(r"[A-Z]\d*[区县市]")
NEAR_MISS = 0.3
SHOWN = 25


def reports_of(file: Path, county: County) -> list[Report]:
    """The messages as reports; equal details count as one writer."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    texts = [(row["subject"].strip(), row["details"].strip()) for row in rows]
    names = StreetNames(texts)
    words = KeywordClassifier.load(ROOT / "nlu" / "keywords", county.catalogue.by_matter)
    writers: dict[str, str] = {}
    found = []
    for index, (row, (subject, details)) in enumerate(zip(rows, texts, strict=True)):
        text, place = f"{subject}。{details}", names.place(index)
        ranking = words.classify(text).ranking
        matter = next((g.label for g in ranking if g.label in county.catalogue.by_matter), None)
        catalogued = county.catalogue.get(matter)
        found.append(
            Report(
                number=f"{row['msg_id']}-{index}",
                text=text,
                at=datetime(*map(int, re.findall(r"\d+", row["time"])), tzinfo=UTC),
                matter=matter,
                group=catalogued.group if catalogued else None,
                township=names.district(index),
                village=place,
                reporter=writers.setdefault(details[:80], str(index)),
                place_words=(*((place,) if place else ()), *sorted(set(_DISTRICT.findall(text)))),
                place_name=place or "",
                matter_name=catalogued.name if catalogued else "",
            )
        )
    return found


def show_spots(spots: tuple[HotSpot, ...], by_number: dict[str, Report]) -> None:
    table = Table("messages", "people", "first", "last", "hot spot", "first subject")
    for spot in sorted(spots, key=lambda spot: -len(spot.numbers))[:SHOWN]:
        table.add_row(
            str(len(spot.numbers)),
            str(spot.people),
            f"{spot.first_at:%Y-%m-%d}",
            f"{spot.last_at:%Y-%m-%d}",
            spot.title,
            _subject(by_number[spot.numbers[0]]),
        )
    out.print(table)


def show_event(
    event: str,
    reports: list[Report],
    spots: tuple[HotSpot, ...],
    window: timedelta,
    lasting: timedelta,
) -> None:
    """Rows of an event by its words, how many could be in a hot spot at all, and how many are."""
    place, _, matter = event.partition(":")
    rows = [
        each
        for each in reports
        if re.search(place, folded(each.text)) and re.search(matter, folded(each.text))
    ]
    could = _could(rows, window, lasting)
    holding = Counter(
        index for each in rows for index, spot in enumerate(spots) if each.number in spot.numbers
    )
    counts = [count for _, count in holding.most_common()]
    out.print(
        f"{event}: {len(rows)} rows, {could} could be in hot spots, found {sum(counts)}: {counts}"
    )


def _could(rows: list[Report], window: timedelta, lasting: timedelta) -> int:
    """How many rows a perfect eye would put into hot spots."""
    chains: list[list[Report]] = []
    for each in sorted(rows, key=lambda report: report.at):
        if chains and each.at - chains[-1][-1].at <= lasting:
            chains[-1].append(each)
        else:
            chains.append([each])
    return sum(
        len(chain)
        for chain in chains
        if any(
            len({other.voice for other in chain if first.at <= other.at <= first.at + window})
            >= LEAST
            for first in chain
        )
    )


def show_pairs(reports: list[Report], count: int, lasting: timedelta, seed: int) -> None:
    """Random pairs at most `lasting` apart that are alike, and that nearly are, two for a place."""
    ordered = sorted(reports, key=lambda report: report.at)
    found: dict[str, list[tuple[Report, Report, float]]] = {"alike": [], "nearly": []}
    by_township: dict[str | None, list[Report]] = {}
    for each in ordered:
        by_township.setdefault(each.township, []).append(each)
    for pool in by_township.values():
        for a, b in combinations(pool, 2):
            if b.at - a.at <= lasting and a.voice != b.voice:
                score = alike(a, b).score
                if score >= NEAR_MISS:
                    found["alike" if score >= ALIKE else "nearly"].append((a, b, score))
    chosen = random.Random(seed)
    for kind, pairs in found.items():
        chosen.shuffle(pairs)
        places: Counter[str | None] = Counter()
        shown = []
        for a, b, score in pairs:
            key = a.village or a.number
            if places[key] < 4:
                places[key] += 1
                shown.append((a, b, score))
        out.print(f"\n{kind}: {len(pairs)} pairs, {len(shown)} with at most four of a place")
        for a, b, score in shown[:count]:
            out.print(f"{score:.2f} {a.village} {_subject(a)} | {_subject(b)}", highlight=False)


def _subject(report: Report) -> str:
    return report.text.partition("。")[0][:44]


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hot_spots", description=__doc__)
    parser.add_argument("--file", type=Path, required=True, metavar="FILE.csv")
    parser.add_argument("--event", action="append", default=[], metavar="PLACE:MATTER")
    parser.add_argument("--window", type=float, default=48, metavar="HOURS")
    parser.add_argument("--lasting", type=float, default=7, metavar="DAYS")
    parser.add_argument("--read", type=int, default=0, metavar="PAIRS", help="print pairs to judge")
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    county = load_county(read_sheets(ROOT / "data" / "sample_county"))
    window, lasting = timedelta(hours=asked.window), timedelta(days=asked.lasting)
    reports = reports_of(asked.file, county)
    began = time.perf_counter()
    spots = hot_spots(reports, window, LEAST, max(lasting, window))
    took = time.perf_counter() - began
    held = sum(len(spot.numbers) for spot in spots)
    out.print(f"{len(reports)} messages: {len(spots)} hot spots with {held}, {took:.1f} s")
    show_spots(spots, {each.number: each for each in reports})
    for event in asked.event:
        show_event(event, reports, spots, window, max(lasting, window))
    if asked.read:
        show_pairs(reports, asked.read, lasting, asked.seed)


if __name__ == "__main__":
    main()
