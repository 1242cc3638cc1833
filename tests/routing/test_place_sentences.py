"""How well places are found in sentences written by hand, kind by kind.

`written.csv` was at hand while the finder was made. The other sets were written by others and read
by their numbers alone first (village right 0.926, 0.939 and 0.929) before they became sets to
learn from, one after the other; `fresh.csv` is the least known of them.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from routing.county import County
from routing.places import PlaceFinder
from tests.routing.speech import place_words

SENTENCES = Path(__file__).parent / "sentences"
HIGH = 0.8
"""A score from which on a wrong village is wrong with high confidence."""


def _counts(county: County, finder: PlaceFinder, name: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    with (SENTENCES / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            finding = finder.find(row["text"])
            township, village, _, level = place_words(county, finding)
            right = village == row["village"] and (not village or township == row["township"])
            counts["all"] += 1
            counts["named"] += bool(row["village"])
            counts["right"] += bool(row["village"]) and right
            sure = bool(finding.candidates) and finding.candidates[0].score >= HIGH
            counts["wrong_and_sure"] += bool(village) and not right and sure
            counts["nowhere"] += row["location_level"] == "unknown"
            counts["claimed"] += row["location_level"] == "unknown" and level != "unknown"
    return counts


@pytest.mark.parametrize(
    ("name", "right", "wrong_and_sure", "claimed"),
    [
        ("written.csv", 0.985, 0.004, 0.01),
        ("held_out.csv", 0.985, 0.004, 0.01),
        ("blind.csv", 0.965, 0.010, 0.02),
        ("fresh.csv", 0.935, 0.008, 0.02),
    ],
)
def test_sentences__village_right_and_no_place_invented(
    county: County,
    finder: PlaceFinder,
    name: str,
    right: float,
    wrong_and_sure: float,
    claimed: float,
) -> None:
    counts = _counts(county, finder, name)
    assert counts["all"] > 250
    assert counts["right"] / counts["named"] >= right
    assert counts["wrong_and_sure"] / counts["all"] <= wrong_and_sure
    assert counts["claimed"] / counts["nowhere"] <= claimed
