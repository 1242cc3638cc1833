"""Lets models sit the same exam: each behind its own server, with the service's rules around it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liandong.settings import ROOT, Settings
from liandong.training.active import known_archive
from liandong.training.marking import Marked, mark
from liandong.training.papers import Papers, read_papers
from liandong.training.project import Project
from nlu.archive import SUFFIX
from nlu.breaker import Breaker
from nlu.client import RasaClient
from nlu.errors import TrainingFailed
from nlu.interpret import Vocabulary, county_vocabulary
from nlu.language import Language
from nlu.rasa_server import RasaServer
from nlu.thresholds import Thresholds
from nlu.understand import ModelUnderstander
from services.learning.examined import Examination
from services.learning.serving import successor
from services.office import Office
from services.understanding import Understanding

_START_SECONDS = 180.0
_PATIENCE = 30.0
"""Seconds for one reading: an exam is no resident who waits."""
_AT_ONCE = 16
_TIMED = 400
"""Sentences that are read one after the other, to measure the time."""
_WARM = 20

Told = Callable[[float], None]
"""Gets the share of the exam that is over, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Room:
    """What is the same for every model that sits the exam."""

    settings: Settings
    papers: Papers
    office: Office
    language: Language
    log_dir: Path


@dataclass(frozen=True, slots=True)
class Sat:
    """One model's exam and the thresholds that follow from it."""

    examination: Examination
    thresholds: Thresholds


@dataclass(slots=True)
class _Seat:
    """A model that answers."""

    archive: Path
    client: RasaClient
    understander: ModelUnderstander


def room_of(
    settings: Settings,
    project: Project,
    office: Office,
    log_dir: Path,
    became: Mapping[str, str] | None = None,
) -> Room:
    """The exam of a project in a county; `became` says what its matters were called before."""
    log_dir.mkdir(parents=True, exist_ok=True)
    language = Language.load(county_vocabulary(office.county, became), project.keywords)
    return Room(settings, read_papers(project.golden), office, language, log_dir)


async def examine(
    archives: Sequence[Path], room: Room, told: Told = lambda _share: None
) -> list[Sat]:
    """The models' exams, in their order; times are taken in turns, so that they can be compared.

    Raises `TrainingFailed` for a model that does not start or stops answering.
    """
    async with contextlib.AsyncExitStack() as stack:
        seats = [await stack.enter_async_context(_seated(archive, room)) for archive in archives]
        times = await _times(seats, _spread(room.papers.texts, _TIMED))
        sat = []
        for number, seat in enumerate(seats):
            part = _part(told, number, len(seats))
            found = await _read_all(seat, room.papers.texts, part)
            marked = await asyncio.to_thread(
                mark, room.papers, found, room.office, room.language.vocabulary
            )
            sat.append(_sat(seat, marked, times[seat.archive], room.language.vocabulary))
        return sat


def _part(told: Told, number: int, count: int) -> Told:
    """What one of several parts says, as a share of the whole."""
    return lambda share: told((number + share) / count)


@contextlib.asynccontextmanager
async def _seated(archive: Path, room: Room) -> AsyncIterator[_Seat]:
    """The model's server and everything that the service puts around it."""
    name = archive.name.removesuffix(SUFFIX)
    settings = room.settings
    server = RasaServer(
        ROOT,
        settings.rasa_python,
        archive,
        room.log_dir / f"server-{name}.log",
        lean=settings.nlu_server == "lean",
    )
    client = RasaClient(lambda: server.base_url, timeout=_PATIENCE, model=name)
    # Its own thresholds are fitted later; until then nothing goes without a human.
    understander = room.language.reading(client, Breaker(time.monotonic), Thresholds(1.0, {}))
    try:
        await server.start()
        if not await server.wait_ready(_START_SECONDS):
            raise TrainingFailed(f"模型 {name} 启动不了，没法考试")
        yield _Seat(archive, client, understander)
    finally:
        await client.aclose()
        await server.stop()


async def _times(seats: Sequence[_Seat], texts: Sequence[str]) -> dict[Path, list[float]]:
    """Milliseconds of each reading. In turns: what else the machine does slows all alike."""
    times: dict[Path, list[float]] = {seat.archive: [] for seat in seats}
    for number, text in enumerate(texts):
        for seat in seats if number % 2 else reversed(seats):
            began = time.perf_counter()
            await seat.client.parse(text)
            if number >= _WARM:
                times[seat.archive].append((time.perf_counter() - began) * 1000)
    return times


async def _read_all(seat: _Seat, texts: Sequence[str], told: Told) -> list[Understanding]:
    found: list[Understanding] = []
    for start in range(0, len(texts), _AT_ONCE):
        batch = texts[start : start + _AT_ONCE]
        found += await asyncio.gather(*(seat.understander.understand(text) for text in batch))
        told(len(found) / len(texts))
    if any(reading.degraded for reading in found):
        raise TrainingFailed("考试时模型中途没了回音，这次不算")
    return found


def _sat(seat: _Seat, marked: Marked, times: Sequence[float], known: Vocabulary) -> Sat:
    """`known` is how the county calls its matters today."""
    archive = known_archive(seat.archive)
    ordered = sorted(times) or [0.0]
    return Sat(
        Examination(
            archive.name,
            marked.answers,
            ordered[len(ordered) // 2],
            ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
            archive.size,
            frozenset(successor(i, known.became, known.labels) or i for i in archive.intents),
        ),
        marked.thresholds,
    )


def _spread(texts: Sequence[str], most: int) -> list[str]:
    """So many of them, from everywhere."""
    step = max(1, len(texts) // most)
    return list(texts[::step][:most])
