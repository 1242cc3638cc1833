"""Understands a message: the model where it answers, the word lists where it does not.

Implements `services.ports.Understander`: it never raises, and says `degraded` when the model
could not be asked, so that the message is read again later.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from nlu.breaker import Breaker
from nlu.client import Parse
from nlu.divider import Divider
from nlu.errors import ClassifierUnavailable
from nlu.interpret import KEYWORDS, Interpreter
from services.understanding import Understanding

LONGEST_TEXT = 2_000
"""Characters of a message that are read."""


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
    """The model behind a circuit breaker, rules and word lists behind the model."""

    def __init__(
        self,
        client: Parser | None,
        breaker: Breaker,
        interpreter: Interpreter,
        divider: Divider | None = None,
        *,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Without a `client` every answer comes from the word lists; without a `divider` every
        message is one matter."""
        self._client = client
        self._breaker = breaker
        self._interpreter = interpreter
        self._divider = divider
        self._timer = timer

    async def understand(self, text: str) -> Understanding:
        """Kind, matter and signals; anything beyond 2,000 characters is not read."""
        began = self._timer()
        text = text[:LONGEST_TEXT]
        parse = await self._ask(text)
        model = KEYWORDS if self._client is None else self._client.model
        latency = (self._timer() - began) * 1000
        whole = self._interpreter.interpret(text, parse, model=model, latency_ms=latency)
        return await self._divided(text, whole, began)

    async def _divided(self, text: str, whole: Understanding, began: float) -> Understanding:
        """With its parts when it holds several matters; the pieces are asked about all at once."""
        pieces = self._divider.pieces(text, whole) if self._divider else None
        if self._divider is None or pieces is None:
            return whole
        if whole.degraded:
            return self._divider.divided(text, whole, pieces, [None] * len(pieces.texts))
        parses = await asyncio.gather(*(self._ask(piece) for piece in pieces.texts))
        if any(parse is None for parse in parses):
            return self._by_words(text, whole, began)
        latency = (self._timer() - began) * 1000
        return self._divider.divided(text, replace(whole, latency_ms=latency), pieces, parses)

    def _by_words(self, text: str, said: Understanding, began: float) -> Understanding:
        """The model went away in the middle: one and the same reader decides about everything.

        What it had called urgent or secret stays so until it is read again.
        """
        latency = (self._timer() - began) * 1000
        whole = self._interpreter.interpret(text, None, latency_ms=latency)
        pieces = self._divider.pieces(text, whole) if self._divider else None
        if self._divider is not None and pieces is not None:
            whole = self._divider.divided(text, whole, pieces, [None] * len(pieces.texts))
        if (said.urgent and not whole.urgent) or (said.confidential and not whole.confidential):
            return replace(
                whole,
                parts=(),
                urgent=said.urgent or whole.urgent,
                confidential=said.confidential or whole.confidential,
            )
        return whole

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
