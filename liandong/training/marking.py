"""Marks a model's readings of the exam: what is right, what is heard, what would go alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from liandong.golden import Examiner
from liandong.training.papers import MustPass, Papers
from nlu.evaluate import APPEAL, Case, label_of, wanted_label
from nlu.interpret import Vocabulary
from nlu.thresholds import Outcome, Thresholds, fit
from services.learning.examined import Answer, Paper
from services.office import Office
from services.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Marked:
    """The answers, and the thresholds that follow from them."""

    answers: tuple[Answer, ...]
    thresholds: Thresholds


def mark(
    papers: Papers, found: Sequence[Understanding], office: Office, vocabulary: Vocabulary
) -> Marked:
    """`found` are the readings of `papers.texts`, in that order.

    What would go without a human is judged, for each half of the sentences, by thresholds fitted
    on the other half: a model that was fitted on this exam has nothing
    ahead of one that was not.
    """
    examiner = Examiner(office)
    readings = list(found)
    read = [_take(readings, part) for part in (papers.intents, papers.dangers, papers.secrets)]
    cases = [examiner.case(e, f) for e, f in zip(papers.intents, read[0], strict=True)]
    outcomes = [outcome_of(case, vocabulary) for case in cases]
    halves = [fit([o for o in outcomes[half::2] if o]) for half in (0, 1)]
    answers = [
        _answer(Paper.INTENTS, examiner.case(example, _judged_by(halves[1 - n % 2], reading)))
        for n, (example, reading) in enumerate(zip(papers.intents, read[0], strict=True))
    ]
    marked = ((Paper.DANGER, papers.dangers, read[1]), (Paper.SECRECY, papers.secrets, read[2]))
    for paper, rows, said in marked:
        answers += [
            _answer(paper, examiner.marked(text, marks, reading))
            for (text, marks), reading in zip(rows, said, strict=True)
        ]
    answers += [
        _must_pass(row, reading, office)
        for row, reading in zip(papers.must_pass, readings, strict=True)
    ]
    return Marked(tuple(answers), fit([o for o in outcomes if o]))


def outcome_of(case: Case, vocabulary: Vocabulary) -> Outcome | None:
    """What was read as a matter, and whether its unit is the right one."""
    matter, sure = case.found.matter, case.found.destination_confidence
    if case.found.kind != APPEAL or matter is None or sure is None:
        return None
    to = vocabulary.destinations
    return Outcome(matter, sure, to.get(matter) == to.get(case.expected.matter or ""))


def _take(readings: list[Understanding], part: Sequence[object]) -> list[Understanding]:
    """The first ones, which are then gone from the list."""
    taken = readings[: len(part)]
    del readings[: len(part)]
    return taken


def _judged_by(thresholds: Thresholds, reading: Understanding) -> Understanding:
    if reading.threshold is None or reading.matter is None:
        return reading
    return replace(reading, threshold=thresholds.of(reading.matter))


def _answer(paper: Paper, case: Case) -> Answer:
    expected, found = case.expected, case.found
    of_intents = paper is Paper.INTENTS
    heard = found.urgent == expected.urgent
    kept = found.confidential == expected.confidential
    right = label_of(found) == wanted_label(expected) if of_intents else None
    if right is None:
        right = heard if paper is Paper.DANGER else kept
    return Answer(
        paper,
        case.text,
        wanted_label(expected) if of_intents else "",
        label_of(found),
        right,
        found.confidence,
        danger=expected.urgent,
        urgent=found.urgent,
        secret=expected.confidential,
        sealed=found.confidential,
        appeal=expected.kind == APPEAL,
        alone=case.alone,
        arrives=case.goes_to == expected.destination and case.goes_to is not None,
    )


def _must_pass(row: MustPass, found: Understanding, office: Office) -> Answer:
    matter = office.county.catalogue.get(found.matter)
    said = {
        "kind": found.kind,
        "matter": found.matter or "",
        "group": matter.group if matter else "",
        "urgent": str(int(found.urgent)),
        "confidential": str(int(found.confidential)),
    }.get(row.field, "")
    return Answer(
        Paper.MUST_PASS,
        row.text,
        f"{row.field}={row.value}",
        f"{row.field}={said}",
        said == row.value,
        found.confidence,
        danger=row.value == "1" if row.field == "urgent" else None,
        urgent=found.urgent,
        secret=row.value == "1" if row.field == "confidential" else None,
        sealed=found.confidential,
    )
