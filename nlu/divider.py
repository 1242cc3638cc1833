"""Divides an understood message into its separate matters. Pure: the rankings are given.

In two steps, because a ranking costs a call: `pieces` says what should be asked about, and only
when a cheap sign says that there may be several matters; `divided` draws the conclusion.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nlu.client import Parse
from nlu.interpret import DISCIPLINE, Interpreter, Vocabulary
from nlu.several import BY_MODEL, BY_WORDS, Reading, Span, divide
from nlu.signals.accusation import accuses_official, names_official
from nlu.signals.confidential import asks_for_secrecy
from nlu.signals.pieces import Cuts, at_most, cut
from nlu.signals.places_named import opening_place, villages_named, without_announcement
from nlu.signals.stories import adds, asks
from nlu.signals.urgency import urgency
from services.understanding import Part, Understanding

_WITH_MATTERS = frozenset({"appeal", "benefit_question"})
_SECOND_SHARE = 0.02
"""What all but the best label need together to be a sign of a second matter."""
_LONGEST_LEAD = 40
_MOST_PIECES = 12
"""So often at most the model is asked for one message."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A message that may hold several matters."""

    cuts: Cuts
    texts: tuple[str, ...]
    """What the model is asked about, in order; an opening said of all would colour each of them."""


class Divider:
    """Knows the catalogue's matters and the names of the county's places."""

    def __init__(self, interpreter: Interpreter, vocabulary: Vocabulary) -> None:
        self._interpreter = interpreter
        self._vocabulary = vocabulary

    def pieces(self, text: str, whole: Understanding) -> Pieces | None:
        """What to ask about; None for a message that plainly holds one matter, or none."""
        if whole.kind not in _WITH_MATTERS or whole.rule == "payload":
            return None
        cuts = at_most(cut(text), text, _MOST_PIECES)
        if len(cuts.pieces) < 2 or not self._may_be_several(cuts, whole):
            return None
        return Pieces(cuts, tuple(piece.words for piece in cuts.pieces))

    def _may_be_several(self, cuts: Cuts, whole: Understanding) -> bool:
        if cuts.is_plain:
            return True
        known = {
            top for piece in cuts.pieces if (top := self._interpreter.top_by_words(piece.words))
        }
        if len(known) > 1:
            return True
        if sum(guess.confidence for guess in whole.ranking[1:]) >= _SECOND_SHARE:
            return not whole.degraded
        return any(asks(piece.words) or adds(piece.words) for piece in cuts.pieces[1:])

    def divided(
        self, text: str, whole: Understanding, pieces: Pieces, parses: Sequence[Parse | None]
    ) -> Understanding:
        """The understanding with its parts; `parses` are the rankings of `pieces.texts`."""
        cuts = pieces.cuts
        by_words = any(parse is None for parse in parses)
        if by_words:
            # The model went away in the middle: one and the same reader decides about all pieces.
            parses = [None] * len(parses)
        read = [
            self._interpreter.interpret(words, parse, model=whole.model)
            for words, parse in zip(pieces.texts, parses, strict=True)
        ]
        spans = divide(
            cuts,
            [self._reading(each) for each in read],
            certainty=BY_WORDS if by_words else BY_MODEL,
            names=self._vocabulary.places,
        )
        if len(spans) < 2:
            return replace(whole, n_matters=max(1, cuts.said or 1))
        return self._with_parts(text, whole, cuts, spans, parses)

    def _reading(self, piece: Understanding) -> Reading:
        if piece.kind == "appeal":
            return Reading(
                piece.matter, piece.confidence, piece.matter in self._vocabulary.emergencies
            )
        if piece.kind == "benefit_question":
            return Reading(piece.matter or piece.kind, piece.confidence)
        return Reading(None, 0.0)

    def _with_parts(
        self,
        text: str,
        whole: Understanding,
        cuts: Cuts,
        spans: Sequence[Span],
        parses: Sequence[Parse | None],
    ) -> Understanding:
        lead = self._lead(cuts, spans, text)
        parts: list[Part] = []
        for span in spans:
            words = self._led(lead, span.words(text))
            found = self._interpreter.interpret(
                words, parses[span.best], model=whole.model, latency_ms=whole.latency_ms
            )
            parts.append(Part(words, self._calmed(words, found, whole)))
        number = max(len(parts), cuts.said or 0)
        parts = _sealed_alone(_secret_as(text, parts))
        lost_alarm = whole.urgent and not any(part.understanding.urgent for part in parts)
        lost_seal = whole.confidential and not any(p.understanding.confidential for p in parts)
        if lost_alarm or lost_seal or len(parts) < 2:
            # What makes the whole urgent or secret is in none of its parts: it stays one.
            return replace(whole, n_matters=number)
        kinds = [part.understanding.kind for part in parts]
        return replace(
            whole,
            kind="appeal" if "appeal" in kinds else whole.kind,
            n_matters=number,
            parts=tuple(parts),
            urgent=any(part.understanding.urgent for part in parts),
            confidential=any(part.understanding.confidential for part in parts),
        )

    def _calmed(self, words: str, part: Understanding, whole: Understanding) -> Understanding:
        """Danger that only a fragment shows needs a word for it, or an emergency as its matter."""
        known = part.matter in self._vocabulary.emergencies or urgency(words).urgent
        if whole.urgent or known or not part.urgent:
            return part
        return replace(part, urgent=False)

    def _lead(self, cuts: Cuts, spans: Sequence[Span], text: str) -> str:
        """The words that are said of all parts: those before the first number, or the place."""
        return _usable(cuts.lead) or opening_place(spans[0].words(text), self._vocabulary.places)

    def _led(self, lead: str, words: str) -> str:
        """`words` after the lead, unless they name a place of their own or begin with it."""
        if not lead or words.startswith(lead):
            return words
        names = self._vocabulary.places
        if villages_named(words, names) - villages_named(lead, names):
            return words
        return f"{lead}：{words}"


def _usable(lead: str) -> str:
    """What may stand before every part: never an official, of whom one part may speak."""
    lead = without_announcement(lead)
    accuses = names_official(lead) or accuses_official(lead)
    return "" if accuses or len(lead) > _LONGEST_LEAD else lead


def _secret_as(text: str, parts: Sequence[Part]) -> list[Part]:
    """Who asks not to be named means all of it."""
    if asks_for_secrecy(text) is None:
        return list(parts)
    return [
        replace(part, understanding=replace(part.understanding, confidential=True))
        for part in parts
    ]


def _sealed_alone(parts: Sequence[Part]) -> list[Part]:
    """What still speaks of an official goes to the report: its words must not stand elsewhere."""
    reports = [part for part in parts if part.understanding.matter == DISCIPLINE]
    if not reports:
        return list(parts)
    found: list[Part] = []
    said: list[str] = []
    place = 0
    for part in parts:
        if part is reports[0]:
            place = len(found)
        if part.understanding.matter == DISCIPLINE or names_official(part.text):
            said.append(part.text)
        else:
            found.append(part)
    found.insert(place, replace(reports[0], text="；".join(said)))
    return found
