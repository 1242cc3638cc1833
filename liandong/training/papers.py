"""The exam of a project: the intents' sentences, dangers, secrets, and what must never fail."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from liandong.golden import EMERGENCY_SET, SEALED_SET, golden_examples, marked_sentences
from nlu.dataset import Example

MUST_PASS_SET = "must_pass.csv"  # noqa: S105 - a file's name


@dataclass(frozen=True, slots=True)
class MustPass:
    """One of the plainest sentences: `field` (kind, matter, group, urgent, confidential)."""

    text: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Papers:
    """Everything that is asked."""

    intents: tuple[Example, ...]
    dangers: tuple[tuple[str, dict[str, str]], ...]
    secrets: tuple[tuple[str, dict[str, str]], ...]
    must_pass: tuple[MustPass, ...]

    @property
    def texts(self) -> list[str]:
        """All sentences, in one order."""
        return [
            *(example.text for example in self.intents),
            *(text for text, _ in self.dangers),
            *(text for text, _ in self.secrets),
            *(row.text for row in self.must_pass),
        ]


def read_papers(golden: Path) -> Papers:
    """From `nlu/golden`."""
    return Papers(
        golden_examples(golden),
        tuple(marked_sentences(golden / EMERGENCY_SET)),
        tuple(marked_sentences(golden / SEALED_SET)),
        tuple(must_pass_sentences(golden / MUST_PASS_SET)),
    )


def must_pass_sentences(file: Path) -> list[MustPass]:
    """The rows of the file; none when there is none."""
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as rows:
        return [MustPass(row["text"], row["field"], row["value"]) for row in csv.DictReader(rows)]
