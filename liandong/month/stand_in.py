"""A quick stand-in for the classifier: it knows what each composed sentence is, and errs as often.

The month tests tickets, clocks and people, not the model: the model has its own held-out exam, its
thresholds and its tests. So a message's meaning is known from the sentence that it was composed of,
and the errors are drawn with the rates that the exam found (docs/explanation/nlu.md): a ticket at a
wrong desk, a matter that needs a human, a danger or a secrecy that was not heard, a false alarm, a
classifier that was away. `--model` puts the real one in its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from liandong.month.chance import Chance
from services.reading import KEYWORD_FREE
from services.understanding import Guess, Part, Understanding

_WRONG_AND_SURE = 0.07
_WRONG_AND_UNSURE = 0.08
_RIGHT_BUT_UNSURE = 0.12
_DANGER_MISSED = 0.05
_SECRECY_MISSED = 0.03
_FALSE_ALARM = 0.004
_OTHER_KIND = 0.03
_AWAY = 0.02
_THRESHOLD = 0.82
"""The county's usual threshold (nlu/thresholds.yml)."""
_MATTER_KINDS = ("appeal", "benefit_question")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a composed message is in truth."""

    kind: str
    matter: str | None = None
    appeal_type: str | None = None
    urgent: bool = False
    confidential: bool = False
    parts: tuple[tuple[str, Meaning], ...] = ()
    """The words and meanings of several matters."""


class StandIn:
    """`services.ports.Understander` over sentences whose meaning it was told."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.neighbours: Mapping[str, Sequence[str]] = {}
        """For each matter the ones that it may be taken for."""
        self._meanings: dict[str, Meaning] = {}
        self._asked: dict[str, int] = {}
        self.unknown = 0
        """Texts that nobody composed: each is a mistake of the simulation."""

    def learn(self, text: str, meaning: Meaning) -> None:
        """Remember what a text means, and what its parts mean."""
        self._meanings[text] = meaning
        for words, part in meaning.parts:
            self._meanings[words] = part

    def meaning(self, text: str) -> Meaning | None:
        """What a text means in truth; None for one that nobody composed."""
        return self._meanings.get(text)

    async def understand(self, text: str, township: str | None = None) -> Understanding:
        """Like the classifier: mostly right, sometimes unsure, now and then wrong or away."""
        meaning = self._meanings.get(text)
        if meaning is None:
            self.unknown += 1
            return KEYWORD_FREE
        times = self._asked[text] = self._asked.get(text, 0) + 1
        chance = Chance(self._seed, f"read/{text}")
        away = chance.happens(_AWAY) and times == 1
        found = self._read(chance, meaning, away=away)
        if not meaning.parts:
            return found
        parts = tuple(
            Part(words, self._read(chance, part, away=away)) for words, part in meaning.parts
        )
        return replace(
            found,
            n_matters=len(parts),
            parts=parts,
            urgent=any(part.understanding.urgent for part in parts),
            confidential=any(part.understanding.confidential for part in parts),
        )

    def _read(self, chance: Chance, meaning: Meaning, *, away: bool) -> Understanding:
        kind, matter, sure = self._guess(chance, meaning)
        urgent = meaning.urgent and not chance.happens(_DANGER_MISSED)
        secret = meaning.confidential and not chance.happens(_SECRECY_MISSED)
        holds = kind in _MATTER_KINDS
        return Understanding(
            kind=kind,
            matter=matter if holds else None,
            confidence=sure,
            ranking=(Guess(matter or kind, sure),),
            appeal_type=(meaning.appeal_type or "help") if holds else None,
            urgent=urgent or (holds and chance.happens(_FALSE_ALARM)),
            confidential=secret,
            n_matters=1 if holds else 0,
            evidence=(),
            model="keywords" if away else "stand-in",
            degraded=away,
            latency_ms=0.0,
            margin=max(0.0, 2 * sure - 1),
            destination_confidence=sure if holds else None,
            threshold=None if away else _THRESHOLD,
        )

    def _guess(self, chance: Chance, meaning: Meaning) -> tuple[str, str | None, float]:
        """(kind, matter, certainty) as they are read."""
        sure, unsure = chance.between(0.84, 0.99), chance.between(0.3, 0.8)
        drawn = chance.between(0, 1)
        if meaning.kind not in _MATTER_KINDS:
            return ("appeal", None, unsure) if drawn < _OTHER_KIND else (meaning.kind, None, sure)
        wrong = self._neighbour(chance, meaning)
        if drawn < _WRONG_AND_SURE:
            return meaning.kind, wrong, sure
        if drawn < _WRONG_AND_SURE + _WRONG_AND_UNSURE:
            return meaning.kind, wrong, unsure
        if drawn < _WRONG_AND_SURE + _WRONG_AND_UNSURE + _RIGHT_BUT_UNSURE:
            return meaning.kind, meaning.matter, unsure
        return meaning.kind, meaning.matter, sure

    def _neighbour(self, chance: Chance, meaning: Meaning) -> str | None:
        near = self.neighbours.get(meaning.matter or "", ())
        # What is dangerous or secret is found by words of its own, whatever the model says.
        if not near or meaning.urgent or meaning.confidential:
            return meaning.matter
        return chance.one_of(near)
