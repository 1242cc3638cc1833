"""Which pieces of a message are matters of their own (拆单). Pure: the rankings are given.

One matter with its history, causes and consequences stays one. Two pieces are two matters when
they are numbered, or when their best matters differ with certainty. How much certainty it takes
depends on how plainly the writer begins anew: a joining word, a sentence, a mere comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.signals.accusation import names_official
from nlu.signals.pieces import Cuts, Level, Piece
from nlu.signals.places_named import places_named
from nlu.signals.stories import adds, asks, is_background, same_story, tells_of_refusal

MOST_PARTS = 5
DISCIPLINE = "discipline_report"
_OWN_WORDS = 4
"""Characters that a numbered item needs to count where nobody knows what it is about."""
_SURE_OF_STORY = 0.75
"""Below it, what people tell of their life is taken for the opening of what they want."""
_VERY_SURE = 0.98
"""Certainty from which a further thing stands beside a story without asking for anything."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure a ranking must be of a piece, 0 to 1."""

    fair: float
    """From here on the piece says what its part is about."""
    join: float
    """To stand beside another matter after a joining word."""
    sentence: float
    clause: float
    """The same with no more than a comma between them."""

    def needed(self, level: Level) -> float:
        """For a piece that begins at such a cut."""
        by_level = {Level.CLAUSE: self.clause, Level.SENTENCE: self.sentence}
        return by_level.get(level, self.join)


BY_MODEL = Certainty(fair=0.5, join=0.35, sentence=0.7, clause=0.85)
BY_WORDS = Certainty(fair=0.3, join=0.33, sentence=0.5, clause=0.6)
"""For the word lists, whose shares are smaller."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one piece is about."""

    matter: str | None
    """A matter, the kind `benefit_question`, or None for anything else."""
    confidence: float
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring pieces that speak of one matter; `best` says which tells it most surely."""

    pieces: tuple[Piece, ...]
    best: int
    """Index among all pieces of the message."""
    reading: Reading

    @property
    def matter(self) -> str | None:
        """What it is about."""
        return self.reading.matter

    def words(self, text: str) -> str:
        """Its part of `text`."""
        return text[self.pieces[0].start : self.pieces[-1].end]


def divide(
    cuts: Cuts,
    readings: Sequence[Reading],
    *,
    certainty: Certainty = BY_MODEL,
    names: frozenset[str] = frozenset(),
) -> tuple[Span, ...]:
    """The matters of a message in order, at most five; one span where it is one matter.

    `certainty` is that of whoever made the readings, `names` are places of the county.
    """
    told = list(zip(cuts.pieces, readings, strict=True))
    if cuts.pieces[-1].level is Level.NUMBERED:
        return _at_most(_numbered(told, certainty, report=names_official(cuts.lead)))
    return _at_most(_told(told, certainty, cuts.said, names))


def _numbered(
    told: Sequence[tuple[Piece, Reading]], certainty: Certainty, *, report: bool
) -> list[Span]:
    """Every item with words of its own; reproaches against officials are one `report`."""
    found: list[Span] = []
    for index, (piece, reading) in enumerate(told):
        report = report or reading.matter == DISCIPLINE
        if not found:
            found.append(Span((piece,), index, reading))
        elif _says_nothing(piece, reading, certainty) or (report and reading.matter in _REPROACHES):
            found[-1] = _joined(found[-1], piece)
        elif _says_nothing(found[-1].pieces[-1], found[-1].reading, certainty):
            found[-1] = Span((*found[-1].pieces, piece), index, reading)
        else:
            found.append(Span((piece,), index, reading))
        report = found[-1].matter == DISCIPLINE or (report and len(found) == 1)
    return found


def _says_nothing(piece: Piece, reading: Reading, certainty: Certainty) -> bool:
    return reading.confidence < certainty.fair and len(piece.words) < _OWN_WORDS


_REPROACHES = frozenset((DISCIPLINE, "collective_income", "village_accounts", None))


def _joined(span: Span, piece: Piece) -> Span:
    return Span((*span.pieces, piece), span.best, span.reading)


def _told(
    told: Sequence[tuple[Piece, Reading]],
    certainty: Certainty,
    said: int | None,
    names: frozenset[str],
) -> list[Span]:
    found: list[Span] = []
    level = Level.CLAUSE
    for index, (piece, reading) in enumerate(told):
        level = max(level, piece.level)
        if not found:
            found.append(Span((piece,), index, reading))
            level = Level.CLAUSE
        elif reading.confidence >= certainty.fair and _is_opening(found[-1], reading, certainty):
            # What came before was an opening: now it is said what it is about.
            found[-1] = Span((*found[-1].pieces, piece), index, reading)
            level = Level.CLAUSE
        elif _is_another(found, piece, reading, level, certainty, said, names):
            found.append(Span((piece,), index, reading))
            level = Level.CLAUSE
        else:
            found[-1] = _joined(found[-1], piece)
            says_little = reading.confidence < certainty.fair
            level = level if says_little and level is Level.JOIN else Level.CLAUSE
    return found


def _is_opening(span: Span, following: Reading, certainty: Certainty) -> bool:
    """So far nothing was wanted: a greeting, a name, hard times told before the request."""
    told = span.reading
    if told.confidence < certainty.fair:
        return True
    hard_times = is_background(told.matter or "") and told.confidence < _SURE_OF_STORY
    return hard_times and following.confidence >= _VERY_SURE and following.matter != told.matter


def _is_another(
    found: Sequence[Span],
    piece: Piece,
    reading: Reading,
    level: Level,
    certainty: Certainty,
    said: int | None,
    names: frozenset[str],
) -> bool:
    counted = (said or 0) > len(found)
    plainly = level >= Level.JOIN or counted
    sure = reading.confidence >= certainty.needed(Level.JOIN if counted else level)
    if reading.matter is None or not sure or tells_of_refusal(piece.words):
        return False
    if any(span.matter == reading.matter for span in found):
        return (plainly or adds(piece.words)) and _elsewhere(found, piece, names)
    if plainly:
        return True
    if any(same_story(span.matter or "", reading.matter) for span in found):
        return False
    if found[-1].reading.emergency or reading.emergency:
        return asks(piece.words)
    if level is Level.CLAUSE and is_background(reading.matter):
        return asks(piece.words) or (adds(piece.words) and reading.confidence >= _VERY_SURE)
    return True


def _elsewhere(found: Sequence[Span], piece: Piece, names: frozenset[str]) -> bool:
    """The piece names a place, and another one than what came before."""
    here = places_named(piece.words, names)
    before = [places_named(each.words, names) for span in found for each in span.pieces]
    known = frozenset().union(*before)
    return bool(here) and bool(known) and not here & known


def _at_most(found: Sequence[Span]) -> tuple[Span, ...]:
    """The first four and all the rest in one."""
    if len(found) <= MOST_PARTS:
        return tuple(found)
    last = found[MOST_PARTS - 1]
    for span in found[MOST_PARTS:]:
        last = Span((*last.pieces, *span.pieces), last.best, last.reading)
    return (*found[: MOST_PARTS - 1], last)
