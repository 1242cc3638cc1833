"""Where the project lies, its catalogue, and the held-out sentences."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import yaml

from nlu.interpret import vocabulary_of

ROOT = Path(__file__).resolve().parents[2]


def _catalogue() -> dict[str, dict[str, str]]:
    path = ROOT / "data" / "sample_county" / "catalogue.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["matter"]: row for row in csv.DictReader(file)}


def _divisions() -> tuple[dict[str, str], ...]:
    path = ROOT / "data" / "sample_county" / "divisions.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


CATALOGUE = _catalogue()
MATTERS = frozenset(CATALOGUE)
VOCABULARY = vocabulary_of(tuple(CATALOGUE.values()), _divisions())
EMERGENCIES = VOCABULARY.emergencies


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled sentence."""

    text: str
    intent: str
    appeal_type: str | None


def examples(folder: str) -> list[Example]:
    """All sentences of `nlu/<folder>`."""
    found: list[Example] = []
    for file in sorted((ROOT / "nlu" / folder).glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            kind = (block.get("metadata") or {}).get("appeal_type")
            lines = block["examples"].splitlines() if "intent" in block else ()
            found += [Example(line[2:], block["intent"], kind) for line in lines]
    return found
