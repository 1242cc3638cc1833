"""The four steps of a training. Each can be done again: what it leaves appears whole or not."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from liandong.office_at_hand import office_at_hand
from liandong.training.active import active_archive, known_archive, name_of, whole
from liandong.training.exam import examine, room_of
from liandong.training.folder import JobFolder
from liandong.training.project import Project
from liandong.training.report import made_report
from liandong.training.reporter import Reporter
from liandong.training.sentences import keep_sentences
from liandong.training.tools import Tools
from liandong.whole_file import whole_file
from nlu.archive import thresholds_path
from nlu.dataset import Dataset, read_dataset
from nlu.errors import BadTrainingData
from nlu.project_checks import project_faults
from nlu.thresholds import Thresholds, write_thresholds
from nlu.train import train_into
from services.learning.examined import Examination
from services.learning.gate_report import GateReport
from services.learning.gate_report_json import report_to_json
from services.learning.jobs import Job, Step
from services.learning.models import TrainedModel

EXAMS: TypeAdapter[tuple[Examination, ...]] = TypeAdapter(tuple[Examination, ...])
"""The new model's, then that of the model in use where there is one."""
_MOST_FAULTS = 20
_STAGE = re.compile(r"(Starting to train|Finished training) component '(\w+)'")


@dataclass(frozen=True, slots=True)
class Work:
    """One training while it runs."""

    job: Job
    tools: Tools
    folder: JobFolder
    project: Project
    """The copy that nobody edits."""
    archive: Path
    """Where its model lies, or will lie."""
    reporter: Reporter

    def note(self, line: str) -> None:
        """Into the log."""
        self.folder.note(line, self.tools.clock())

    def doing(self, said: str) -> None:
        """Into the log, and as what it does now."""
        self.reporter.doing(said)
        self.note(said)


async def validate(work: Work) -> None:
    """Refuse what is not fit to learn from, by file and line. Raises `BadTrainingData`."""
    office = await office_at_hand(work.tools.settings)
    matters = frozenset(office.county.catalogue.by_matter)
    data = await asyncio.to_thread(_sound_data, work.project, matters)
    counts = Counter(example.intent for example in data.examples)
    work.note(f"{len(data.examples)} 条例句，{len(counts)} 个意图，没有要改的")


async def train(work: Work) -> None:
    """The archive, unless it is there whole; what it learnt beside it; its row in the book."""
    await _trained(work)
    data = await asyncio.to_thread(read_dataset, work.project.data)
    found = await asyncio.to_thread(known_archive, work.archive)
    await asyncio.to_thread(keep_sentences, work.archive.parent, found.name, data)
    model = TrainedModel(
        name=found.name,
        sha256=found.sha256,
        size=found.size,
        rasa=found.rasa,
        author=work.job.author,
        created_at=work.tools.clock(),
        examples=len(data.examples),
        intents=found.intents or tuple(sorted(data.intents)),
        report="",
        passed=None,
    )
    await work.tools.models.register(model)
    work.note(f"模型 {found.name},{found.size / 1024 / 1024:.1f} MB,sha256 {found.sha256}")


async def test(work: Work) -> None:
    """Both models' answers on the same exam, and the new one's own thresholds."""
    settings = work.tools.settings
    office = await office_at_hand(settings)
    active = active_archive(settings, await work.tools.serving.serving())
    rivals = [active] if active is not None and active != work.archive else []
    became = await work.tools.successors.became()
    room = await asyncio.to_thread(
        room_of, settings, work.project, office, work.folder.path, became
    )
    sat = await examine([work.archive, *rivals], room, work.reporter.progress)
    if active != work.archive:
        _keep_thresholds(work.archive, sat[0].thresholds)
    with whole_file(work.folder.exam) as file:
        file.write(EXAMS.dump_json(tuple(each.examination for each in sat)))
    work.note(f"考完了：{'、'.join(each.examination.model for each in sat)}")


async def gate(work: Work) -> None:
    """The report, kept with the model."""
    report = await gate_report(work)
    await work.tools.models.examined(report.candidate, report_to_json(report), report.passed)
    for finding in report.findings:
        mark = "✓" if finding.passed else ("✗" if finding.binding else "!")
        work.note(f"{mark} {finding.title}:{finding.said}")
    work.note(report.verdict)


async def gate_report(work: Work) -> GateReport:
    """From what was kept of the exam."""
    settings = work.tools.settings
    exams = EXAMS.validate_json(await asyncio.to_thread(work.folder.exam.read_bytes))
    new = exams[0]
    old = exams[1] if len(exams) > 1 else None
    if old is None:
        in_use = active_archive(settings, await work.tools.serving.serving())
        # It may serve already: then the gate only says how good it is.
        old = new if in_use == work.archive else None
    office = await office_at_hand(settings)
    now = work.tools.clock()
    return await asyncio.to_thread(made_report, settings, work.project, office, new, old, now)


STEPS: Mapping[Step, tuple[str, Callable[[Work], Awaitable[None]]]] = {
    Step.VALIDATE: ("正在检查例句", validate),
    Step.TRAIN: ("正在训练", train),
    Step.TEST: ("正在考试：新模型和现用的做同一份考题", test),
    Step.GATE: ("正在把关", gate),
}
"""What each is called while it runs."""


def _sound_data(project: Project, matters: frozenset[str]) -> Dataset:
    data, golden = read_dataset(project.data), read_dataset(project.golden)
    faults = project_faults(project.root, data, golden, matters, project.golden)
    if faults:
        told = "\n".join(f"{fault.file.parent.name}/{fault}" for fault in faults[:_MOST_FAULTS])
        more = "\n……" if len(faults) > _MOST_FAULTS else ""
        raise BadTrainingData(f"有 {len(faults)} 处要先改好：\n{told}{more}")
    return data


async def _trained(work: Work) -> None:
    if await asyncio.to_thread(whole, work.archive):
        work.doing("这些例句训练过了，用原来的模型，不再训练")
        return
    work.archive.unlink(missing_ok=True)  # what is left of it is of no use
    scratch = work.folder.fresh_scratch()
    stop = threading.Event()
    training = asyncio.ensure_future(
        asyncio.to_thread(
            train_into,
            work.project.root,
            work.tools.settings.rasa_python,
            work.archive,
            scratch,
            on_line=lambda line: _heard(work, line),
            stop=stop,
        )
    )
    try:
        await asyncio.shield(training)
    except asyncio.CancelledError:
        stop.set()
        await asyncio.wait({training})
        training.exception()  # it was asked to stop: that it did is no news
        raise


def _heard(work: Work, line: str) -> None:
    """A line that Rasa printed."""
    work.note(f"  {line}")
    if stage := _STAGE.search(line):
        if stage[1] == "Starting to train":
            work.reporter.doing(f"正在训练：{stage[2]}")
        work.reporter.at_least(0.1 if stage[1] == "Starting to train" else 0.9)


def _keep_thresholds(archive: Path, found: Thresholds) -> None:
    """Whole or not at all: half a file of thresholds would let everything go alone."""
    name = name_of(archive)
    target = thresholds_path(archive.parent, name)
    half = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        write_thresholds(half, found, name)
        os.replace(half, target)
    finally:
        half.unlink(missing_ok=True)
