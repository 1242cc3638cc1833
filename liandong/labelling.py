"""What annotators and reviewers work with, put together on one database and project."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from liandong.settings import Settings
from nlu.dataset_checks import domain_intents
from nlu.interpret import county_vocabulary
from nlu.keywords import KeywordClassifier
from nlu.sentence_files.store import ProjectSentences
from routing.county import County
from services.learning.counted import CountedOnce
from services.learning.desks import CorrectionDesk, ReviewDesk
from services.learning.examples import KnownExamples
from services.learning.gathering import Gathering
from services.learning.health import Health
from services.learning.inbox import CorrectionInbox
from services.learning.known_intents import KnownIntents
from services.learning.review import Review
from services.learning.review_book import Examples, LabelBook
from services.office import Office
from services.ports import Clock
from storage.correction_book import SqlCorrectionBook
from storage.database import Database
from storage.health_reading import SqlHealthReading
from storage.known_intents import SqlKnownIntents
from storage.label_book import SqlLabelBook


@dataclass(frozen=True, slots=True)
class Labelling:
    """The desks and what they stand on."""

    inbox: CorrectionDesk
    review: ReviewDesk
    gathering: Gathering
    """Takes up messages; the service runs it."""
    labels: LabelBook
    intents: KnownIntents
    examples: Examples
    health: Health


def labelling(
    settings: Settings, database: Database, office: Callable[[], Office], clock: Clock
) -> Labelling:
    """`office` is the present one: who must not be named, and which places stay."""
    county = office().county
    sealed, seed = county.org.discipline_channel.code, county.code
    book = SqlCorrectionBook(database, sealed)
    keywords = keywords_of(settings, lambda: office().county)
    gathering = Gathering(book, keywords, office, seed=seed)
    live = _Vocabulary(settings.project_dir)
    intents = SqlKnownIntents(database, live)
    labels = SqlLabelBook(database)
    examples = known_examples(settings.project_dir)
    counted = CountedOnce(
        ProjectSentences(settings.project_dir), sentence_stamp(settings.project_dir)
    )
    return Labelling(
        CorrectionInbox(book, gathering, intents, clock, seed=seed),
        Review(labels, examples, intents, clock),
        gathering,
        labels,
        intents,
        examples,
        Health(SqlHealthReading(database), counted, live, clock),
    )


def known_examples(project: Path) -> KnownExamples:
    """The sentences of a project, read again when a file has changed."""
    return KnownExamples(ProjectSentences(project), sentence_stamp(project))


def sentence_stamp(project: Path) -> Callable[[], object]:
    """Asks for a value that is another one after every change of the sentence files."""
    folders = (project / "nlu" / "data", project / "nlu" / "golden")

    def stamp() -> object:
        # A page of sixty labels asks sixty times: scanning a folder costs a tenth of `rglob`.
        return frozenset(_files_in(folder) for folder in folders)

    return stamp


def _files_in(folder: Path) -> frozenset[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        return frozenset(
            (entry.path, entry.stat().st_mtime_ns, entry.stat().st_size)
            for entry in entries
            if entry.name.endswith(".yml")
        )


def keywords_of(settings: Settings, county: Callable[[], County]) -> Callable[[str], str]:
    """What the project's word lists say of a text; `county` has the matters."""
    return _Keywords(settings.project_dir, county)


class _Vocabulary:
    """The intents of domain.yml, read again when it has changed."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._known: tuple[int, frozenset[str]] = (0, frozenset())

    def __call__(self) -> frozenset[str]:
        changed = (self._project / "domain.yml").stat().st_mtime_ns
        if self._known[0] != changed:
            self._known = (changed, domain_intents(self._project))
        return self._known[1]


class _Keywords:
    """What the word lists say, with the matters of the present county."""

    def __init__(self, project: Path, county: Callable[[], County]) -> None:
        self._folder = project / "nlu" / "keywords"
        self._county = county
        self._loaded: tuple[County, KeywordClassifier] | None = None

    def __call__(self, text: str) -> str:
        county = self._county()
        if self._loaded is None or self._loaded[0] is not county:
            matters = county_vocabulary(county).matters
            self._loaded = (county, KeywordClassifier.load(self._folder, matters))
        ranking = self._loaded[1].classify(text).ranking
        return ranking[0].label if ranking else ""
