"""The use cases of intents over a county in memory and a small project of real files."""

from __future__ import annotations

import itertools
import shutil
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from console.desk.console import Console
from console.learning.intents import IntentPages
from liandong.county_files import SAMPLE_COUNTY, read_sheets
from nlu.sentence_files.layout import key_of
from nlu.sentence_files.store import ProjectSentences
from services.learning.edits import Edit, EditState, RecordedEdit
from services.learning.intent_desk import Intents
from services.learning.intents import (
    IntentChange,
    IntentChanged,
    KnownIntent,
    StagedLabel,
)
from services.learning.labels import LabelState, Part
from services.learning.sentences import Sentence
from tests.console.stand_ins import NOW
from tests.sentences.conftest import SMALL, block, file_of, write

_DATA = {
    "nlu/data/road.yml": file_of(block("road", "路坏了", "路上有[坑](hole)")),
    "nlu/data/bridge.yml": file_of(block("bridge", "桥塌了", metadata="source: real")),
    "nlu/data/fire.yml": file_of(block("fire", "着火了")),
    "nlu/golden/road.yml": file_of(block("road", "考一考这条路")),
}


@dataclass
class Journal:
    """`services.learning.edits.SentenceJournal` in a list."""

    kept: list[RecordedEdit] = field(default_factory=list)

    async def record(self, edits: Sequence[Edit], account: str, now: datetime) -> tuple[int, ...]:
        first = len(self.kept)
        self.kept += [
            RecordedEdit(first + at, now, account, edit, EditState.PENDING)
            for at, edit in enumerate(edits)
        ]
        return tuple(range(first, len(self.kept)))

    async def pending(self) -> list[RecordedEdit]:
        return [each for each in self.kept if each.state is EditState.PENDING]

    async def applied(self, number: int, now: datetime) -> None:
        self.kept[number] = replace(self.kept[number], state=EditState.APPLIED, applied_at=now)

    async def refused(self, number: int, problem: str, now: datetime) -> None:
        refused = EditState.REFUSED
        self.kept[number] = replace(self.kept[number], state=refused, problem=problem)

    async def waiting(self, number: int, problem: str) -> None:
        self.kept[number] = replace(self.kept[number], problem=problem)

    async def recent(self, limit: int) -> list[RecordedEdit]:
        return self.kept[::-1][:limit]


@dataclass
class Matters:
    """`services.learning.intents.IntentBook`, and the pages on it."""

    journal: Journal = field(default_factory=Journal)
    version: int = 1
    records: dict[str, KnownIntent] = field(default_factory=dict)
    labels: list[StagedLabel] = field(default_factory=list)
    split_of: dict[int, str] = field(default_factory=dict)
    open: int = 0
    actions: list[str] = field(default_factory=list)
    root: Path = field(default_factory=lambda: Path(mkdtemp()))

    def __post_init__(self) -> None:
        weakref.finalize(self, shutil.rmtree, self.root)
        self.numbers = itertools.count(1)
        self.sheets = {
            sheet: [dict(row) for row in rows] for sheet, rows in read_sheets(SAMPLE_COUNTY).items()
        }
        write(self.root, {**SMALL, **_DATA})
        self.files = ProjectSentences(self.root)
        self.intents = Intents(self, self.files, self.journal, lambda: NOW, key_of)

    def pages(self, console: Console) -> IntentPages:
        return IntentPages(console, self.intents, self.files, self.journal)

    def enough(self, code: str, count: int = 10) -> None:
        """Accepted labels for a draft."""
        for number in range(count):
            text = f"广场上第{number}盏灯灭了"
            sentence = Sentence(text, code, "help")
            self.labels.append(
                StagedLabel(next(self.numbers), sentence, Part.DATA, LabelState.ACCEPTED, False)
            )

    def row(self, code: str) -> dict[str, str] | None:
        return next((row for row in self.sheets["catalogue"] if row["matter"] == code), None)

    async def county(self) -> tuple[int, dict[str, list[dict[str, str]]]]:
        return self.version, self.sheets

    async def known(self) -> list[KnownIntent]:
        return [self.records[code] for code in sorted(self.records)]

    async def staged(self) -> list[StagedLabel]:
        return [each for each in self.labels if not each.is_sorting]

    async def sorting(self, code: str) -> list[StagedLabel]:
        return [each for each in self.labels if self.split_of.get(each.id) == code]

    async def open_tickets(self, codes: Sequence[str]) -> int:
        return self.open

    async def change(self, change: IntentChange, account: str, now: datetime) -> None:
        if (change.since, list(change.seen)) != (self.version, await self.known()):
            raise IntentChanged
        self.version += bool(change.sheets)
        self.sheets |= {sheet: [dict(row) for row in rows] for sheet, rows in change.sheets.items()}
        self.records |= {each.code: each for each in change.intents}
        await self.journal.record(change.edits, account, now)
        gone = {*change.written, *change.dropped}
        self.labels = [each for each in self.labels if each.id not in gone]
        for each in change.to_sort:
            label = StagedLabel(
                next(self.numbers), each.sentence, Part.DATA, LabelState.PROPOSED, True
            )
            self.labels.append(label)
            self.split_of[label.id] = change.about.removeprefix("intent:")
        self.actions.append(change.action)
