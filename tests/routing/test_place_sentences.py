"""How well places are found in sentences written by hand, kind by kind.

`written.csv` was at hand while the finder was made. `held_out.csv` was written by others and read
once by its numbers alone before it became a second set to learn from.
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


@pytest.mark.parametrize("name", ["written.csv", "held_out.csv"])
def test_sentences__village_right_and_no_place_invented(
    county: County, finder: PlaceFinder, name: str
) -> None:
    counts = _counts(county, finder, name)
    assert counts["all"] > 500
    assert counts["right"] / counts["named"] >= 0.97
    assert counts["wrong_and_sure"] / counts["all"] <= 0.005
    assert counts["claimed"] / counts["nowhere"] <= 0.01
