"""Understands a message: the model where it answers, the word lists where it does not.

Implements `services.ports.Understander`: it never raises, and says `degraded` when the model
could not be asked, so that the message is read again later.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from nlu.breaker import Breaker
from nlu.client import Parse
from nlu.errors import ClassifierUnavailable
from nlu.keywords import KeywordClassifier
from nlu.signals.accusation import accuses_official
from nlu.signals.appeal_types import appeal_type_of
from nlu.signals.confidential import asks_for_secrecy
from nlu.signals.counting import count_matters
from nlu.signals.payload import is_bare_number, looks_like_payload
from nlu.signals.urgency import Urgency, urgency
from nlu.signals.wording import kind_by_wording
from services.understanding import Guess, Understanding

KEYWORDS = "keywords"
"""The `model` of an understanding that no model made."""
LONGEST_TEXT = 2_000
DISCIPLINE = "discipline_report"
_WITHOUT_MATTERS = frozenset({"thanks", "greeting", "chitchat", "out_of_scope", "human", "abuse"})
_FAIR_SHARE = 0.25
"""Of the probability left to matters, what a matter needs to go with a benefit question."""
_EMERGENCY_SHARE = 0.45
"""Of the probability, what all emergencies together need to make a message urgent."""
_RAISING_SHARE = 0.2
"""What an emergency needs to win when the words say danger."""
_CALMING_SHARE = 0.1
"""What another matter needs to win over an emergency that is past or supposed."""
_SEALING_SHARE = 0.02
"""What a discipline report needs when the words accuse an official: sealing is the safe side."""
_PAYLOAD_PROOF = 3.0
"""Points that the word lists must see in code-like text to believe in a matter behind it."""


class Parser(Protocol):
    """What is asked for a ranking; raises `ClassifierUnavailable`."""

    @property
    def model(self) -> str:
        """Identity of the model."""
        ...

    async def parse(self, text: str) -> Parse:
        """The ranking of one text."""
        ...


class ModelUnderstander:
    """The model behind a circuit breaker, the word lists behind the model, rules beside both."""

    def __init__(
        self,
        client: Parser | None,
        breaker: Breaker,
        keywords: KeywordClassifier,
        matters: Collection[str],
        emergencies: Collection[str],
        *,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        """`matters`: the dispatch catalogue's codes; `emergencies`: those that are urgent.

        Without a `client` every answer comes from the word lists.
        """
        self._client = client
        self._breaker = breaker
        self._keywords = keywords
        self._matters = frozenset(matters)
        self._emergencies = frozenset(emergencies)
        self._timer = timer

    async def understand(self, text: str) -> Understanding:
        """Kind, matter and signals; anything beyond 2,000 characters is not read."""
        began = self._timer()
        text = text[:LONGEST_TEXT]
        parse = await self._ask(text)
        degraded = parse is None
        ranking, evidence, kind_of_appeal = self._ranked(text, parse)
        ranking = self._without_payload(text, ranking)
        danger = urgency(text, emergency=self._is_emergency(ranking))
        if not danger.urgent:
            ranking = self._by_wording(text, ranking)
        kind, matter, confidence = self._decide(ranking)
        if kind == "appeal":
            matter, confidence = self._settled(text, ranking, danger, matter, confidence)
        secrecy = asks_for_secrecy(text)
        counted = kind not in _WITHOUT_MATTERS
        return Understanding(
            kind=kind,
            matter=matter,
            confidence=confidence,
            ranking=tuple(ranking[:3]),
            appeal_type=self._appeal_type(kind, matter, kind_of_appeal),
            urgent=danger.urgent and counted,
            confidential=secrecy is not None or matter == DISCIPLINE,
            n_matters=self._count(kind, text),
            evidence=(
                *evidence,
                *(f"紧急：{word}" for word in danger.words if counted),
                *((f"保密：{secrecy}",) if secrecy else ()),
            ),
            model=KEYWORDS if degraded or self._client is None else self._client.model,
            degraded=degraded,
            latency_ms=(self._timer() - began) * 1000,
        )

    async def _ask(self, text: str) -> Parse | None:
        if self._client is None or not self._breaker.allows():
            return None
        try:
            parse = await self._client.parse(text)
        except ClassifierUnavailable:
            self._breaker.failed()
            return None
        self._breaker.succeeded()
        return parse

    def _ranked(
        self, text: str, parse: Parse | None
    ) -> tuple[list[Guess], tuple[str, ...], str | None]:
        if parse is not None:
            kind = parse.appeal_type.label if parse.appeal_type else appeal_type_of(text)
            return list(parse.ranking), parse.evidence, kind
        verdict = self._keywords.classify(text)
        return list(verdict.ranking), verdict.words, appeal_type_of(text)

    def _without_payload(self, text: str, ranking: list[Guess]) -> list[Guess]:
        """Code-like text is out of scope unless known words of a matter stand in it."""
        seen = max(self._keywords.matter_points(text).values(), default=0.0)
        is_payload = looks_like_payload(text) and seen < _PAYLOAD_PROOF
        if is_payload or is_bare_number(text):
            return [Guess("out_of_scope", 1.0)]
        return ranking

    def _is_emergency(self, ranking: Sequence[Guess]) -> bool:
        of_emergencies = sum(g.confidence for g in ranking if g.label in self._emergencies)
        return 0 < _EMERGENCY_SHARE * sum(g.confidence for g in ranking) <= of_emergencies

    def _by_wording(self, text: str, ranking: list[Guess]) -> list[Guess]:
        """A chase-up, or a question about free services, names its matter and is none."""
        best = ranking[0] if ranking else None
        if best is None or best.label not in self._matters:
            return ranking
        kind = kind_by_wording(text)
        of_matters = sum(guess.confidence for guess in ranking if guess.label in self._matters)
        return [Guess(kind, of_matters), *ranking] if kind else ranking

    def _decide(self, ranking: Sequence[Guess]) -> tuple[str, str | None, float]:
        """A message is an appeal when all matters together outweigh every other kind."""
        matters = [guess for guess in ranking if guess.label in self._matters]
        kinds = [guess for guess in ranking if guess.label not in self._matters]
        of_matters = sum(guess.confidence for guess in matters)
        if not ranking or (matters and (not kinds or of_matters > kinds[0].confidence)):
            best = matters[0] if matters else None
            return "appeal", best.label if best else None, best.confidence if best else 0.0
        kind = kinds[0]
        if kind.label == "benefit_question" and matters and of_matters > 0:
            fair = matters[0].confidence / of_matters >= _FAIR_SHARE
            return kind.label, matters[0].label if fair else None, kind.confidence
        return kind.label, None, kind.confidence

    def _settled(
        self,
        text: str,
        ranking: Sequence[Guess],
        danger: Urgency,
        matter: str | None,
        confidence: float,
    ) -> tuple[str | None, float]:
        """The matter in the light of the words: sealed, in danger, or in no danger now."""
        rivals = {guess.label: guess.confidence for guess in ranking}
        if accuses_official(text) and rivals.get(DISCIPLINE, 0.0) >= _SEALING_SHARE:
            return DISCIPLINE, rivals[DISCIPLINE]
        if matter is None or danger.urgent == (matter in self._emergencies):
            return matter, confidence
        wanted = self._emergencies if danger.urgent else self._matters - self._emergencies
        fair = _RAISING_SHARE if danger.urgent else _CALMING_SHARE
        for guess in ranking:
            if guess.label in wanted and guess.confidence >= fair:
                return guess.label, guess.confidence
        return matter, confidence

    def _appeal_type(self, kind: str, matter: str | None, said: str | None) -> str | None:
        if kind == "benefit_question":
            return "consult"
        if kind != "appeal" or matter is None:
            return None
        return "report" if matter == DISCIPLINE else said

    def _count(self, kind: str, text: str) -> int:
        if kind in _WITHOUT_MATTERS:
            return 0
        return count_matters(text, self._keywords.matter_points) if kind == "appeal" else 1
