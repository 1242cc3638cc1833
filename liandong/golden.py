"""The held-out sentences beside what the service makes of them, as cases for `nlu.evaluate`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from nlu.dataset import Example, read_dataset
from nlu.evaluate import Case, Expected
from routing.decide import decide
from routing.decision import Decision
from routing.places import PlaceFinding, place_from_code
from services.intake import request_of
from services.office import Office
from services.reading import KEYWORD_FREE
from services.understanding import Understanding

DISCIPLINE = "discipline_report"
EMERGENCY_SET = "emergency.csv"
SEALED_SET = "sealed.csv"
COUNTED_SET = "several.csv"


def golden_examples(folder: Path) -> tuple[Example, ...]:
    """The sentences by intent."""
    return read_dataset(folder).examples


def marked_sentences(file: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of one of the extra sets (`text` and its marks); none when there is no file."""
    if not file.is_file():
        return
    with file.open(encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            yield row["text"], row


class Examiner:
    """Compares readings with labels, with the place settled, so that only the words decide."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._place = _settled(office)

    def case(self, example: Example, found: Understanding) -> Case:
        """One labelled sentence and its reading."""
        catalogue = self._office.county.catalogue
        row = catalogue.get(example.intent)
        right = KEYWORD_FREE
        if row is not None:
            right = replace(right, matter=row.matter, confidence=1.0, degraded=False)
        decision = self._decide(found, example.text)
        of_found = catalogue.get(found.matter)
        sealed = example.flag("confidential") or example.intent == DISCIPLINE
        expected = Expected(
            kind="appeal" if row else example.intent,
            matter=row.matter if row else None,
            group=row.group if row else None,
            destination=self._decide(right, example.text).owner_unit if row else None,
            appeal_type=example.appeal_type,
            urgent=example.flag("urgent") or (row is not None and row.urgency == "urgent"),
            confidential=sealed,
        )
        alone = found.kind == "appeal" and decision.action == "dispatch"
        group = of_found.group if of_found and found.kind == "appeal" else None
        return Case(example.text, expected, found, group, decision.owner_unit, alone)

    def marked(self, text: str, marks: dict[str, str], found: Understanding) -> Case:
        """A sentence of the extra sets, where only danger or secrecy is labelled."""
        expected = Expected(
            kind="",
            urgent=_flag(marks.get("urgent")),
            confidential=_flag(marks.get("confidential")),
        )
        return Case(text, expected, found, None, None, alone=False)

    def _decide(self, understanding: Understanding, text: str) -> Decision:
        request = request_of(understanding, self._place, text=text)
        return decide(self._office.county, request, self._office.clock())


def _settled(office: Office) -> PlaceFinding:
    """Some grid of the county, as if a resident had named it."""
    grid = next(iter(office.county.grids.by_code), None)
    return place_from_code(office.county, grid or office.county.tree.county.code)


def _flag(cell: str | None) -> bool | None:
    return None if cell in (None, "") else cell == "1"


def errors_of(cases: Iterable[Case]) -> list[Case]:
    """The cases whose label is missed."""
    return [
        case
        for case in cases
        if (case.found.kind, case.found.matter if case.expected.matter else None)
        != (case.expected.kind, case.expected.matter)
    ]
