"""Models at hand that are examined on the spot, with or without a database."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from liandong.county_database import county_database, is_there
from liandong.office_at_hand import office_at_hand
from liandong.settings import Settings
from liandong.training.active import active_archive, known_archive
from liandong.training.exam import Told, examine, room_of
from liandong.training.project import project_at
from liandong.training.report import made_report
from nlu.archive import archive_path
from services.learning.examined import Examination
from services.learning.gate_report import GateReport
from services.learning.models import Serving
from services.office import Office
from storage.intent_successors import SqlIntentSuccessors
from storage.serving_book import SqlServingBook


@dataclass(frozen=True, slots=True)
class Bench:
    """What models are examined in: the county of the database, else the sample county."""

    settings: Settings
    office: Office
    became: Mapping[str, str]
    """What matters were called before."""
    active: Path | None
    """The model in use."""

    def archive(self, name: str) -> Path:
        """The archive of a model, whole. Raises `UnusableArchive`."""
        file = archive_path(self.settings.models_dir.resolve(), name)
        known_archive(file)
        return file

    async def examine(self, *archives: Path, told: Told) -> list[Examination]:
        """The models' exams on the project's present sentences."""
        project = project_at(self.settings.project_dir)
        with tempfile.TemporaryDirectory(prefix="liandong-exam-") as scratch:
            room = room_of(self.settings, project, self.office, Path(scratch), self.became)
            sat = await examine(archives, room, told)
        return [each.examination for each in sat]

    async def report(self, name: str, told: Told, now: datetime) -> GateReport:
        """What the gate says of a model beside the one in use. Raises `UnusableArchive`."""
        archive = self.archive(name)
        rivals = [self.active] if self.active not in (None, archive) else []
        exams = await self.examine(archive, *(r for r in rivals if r is not None), told=told)
        old = exams[-1] if rivals or self.active == archive else None
        project = project_at(self.settings.project_dir)
        return await asyncio.to_thread(
            made_report, self.settings, project, self.office, exams[0], old, now
        )


async def bench_at(settings: Settings) -> Bench:
    """Raises `NoDatabase` for a database whose structure is too old."""
    office = await office_at_hand(settings)
    serving, became = Serving(), dict[str, str]()
    if is_there(settings):
        async with county_database(settings) as database:
            serving = await SqlServingBook(database).serving()
            became = dict(await SqlIntentSuccessors(database).became())
    settings = settings.model_copy(update={"models_dir": settings.models_dir.resolve()})
    return Bench(settings, office, became, active_archive(settings, serving))
