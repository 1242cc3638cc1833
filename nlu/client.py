"""Asks a Rasa server what a text means, over HTTP with kept-alive connections.

A stock server answers 400 for any internal error and 409 while no model is loaded; text that
begins with `/` would be taken for an intent payload. Both are dealt with here, so callers know
one failure only: `ClassifierUnavailable`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import aiohttp

from nlu.errors import ClassifierUnavailable
from services.understanding import Guess

_CONNECTIONS = 32


@dataclass(frozen=True, slots=True)
class Parse:
    """What the model says of one text."""

    ranking: tuple[Guess, ...]
    """Intents, best first, at least one."""
    appeal_type: Guess | None
    evidence: tuple[str, ...]
    """Pieces of the text that spoke for the best intent."""
    urgent: float = 0.0
    """Probability that life or property is in danger now."""
    confidential: float = 0.0
    """Probability that the writer must not be named."""
    urgent_evidence: tuple[str, ...] = ()


class RasaClient:
    """One pooled connection to one Rasa server."""

    def __init__(
        self, base_url: str | Callable[[], str], *, timeout: float = 1.5, model: str = "rasa"
    ) -> None:
        """`timeout` in seconds for a whole call; `model` names what answers, for the records."""
        self._base_url = base_url if callable(base_url) else lambda: base_url
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self.model = model
        # Opened in the loop that first asks. aiohttp, because every message comes through here:
        # it takes a third of httpx's time for a call.
        self._http: aiohttp.ClientSession | None = None

    async def parse(self, text: str) -> Parse:
        """The model's ranking; raises `ClassifierUnavailable` for anything but a good answer."""
        url = f"{self._base_url().rstrip('/')}/model/parse"
        try:
            async with self._session().post(url, json={"text": guarded(text)}) as answer:
                answer.raise_for_status()
                return parse_of(await answer.json(content_type=None))
        except (aiohttp.ClientError, TimeoutError, ValueError) as exc:
            raise ClassifierUnavailable(type(exc).__name__) from exc

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(
                timeout=self._timeout, connector=aiohttp.TCPConnector(limit=_CONNECTIONS)
            )
        return self._http

    async def aclose(self) -> None:
        """Close the pool."""
        if self._http is not None:
            await self._http.close()


def guarded(text: str) -> str:
    """The same text for the model, but never an intent payload for Rasa.

    Rasa strips blanks and then takes a leading `/` for a payload; the full-width form is the same
    character to our pipeline and nothing special to Rasa.
    """
    bare = text.strip()
    return f"／{bare[1:]}" if bare.startswith("/") else bare


def parse_of(answer: object) -> Parse:
    """A parse from what a server answers; raises ValueError for anything else.

    Only the ranking is needed: a pipeline of stock components has nothing more to say.
    """
    if not isinstance(answer, Mapping):
        raise ValueError("not an object")
    ranking = answer.get("intent_ranking")
    listed = ranking if isinstance(ranking, list) and ranking else [answer.get("intent")]
    kind = answer.get("appeal_type")
    return Parse(
        tuple(_guess_of(item) for item in listed),
        _guess_of(kind) if kind else None,
        _words_of(answer.get("evidence")),
        _share_of(answer.get("urgent")),
        _share_of(answer.get("confidential")),
        _words_of(answer.get("urgent_evidence")),
    )


def _words_of(evidence: object) -> tuple[str, ...]:
    """The pieces that people can read; marks of the word lists name labels, not words."""
    listed = evidence if isinstance(evidence, list) else []
    return tuple(str(item) for item in listed if not str(item).startswith("词表:"))


def _share_of(item: object) -> float:
    return _bounded(item.get("confidence")) if isinstance(item, Mapping) else 0.0


def _guess_of(item: object) -> Guess:
    if not isinstance(item, Mapping):
        raise ValueError("no guess")
    name, confidence = item.get("name"), item.get("confidence")
    if not isinstance(name, str):
        raise ValueError("no name")
    return Guess(name, _bounded(confidence))


def _bounded(number: object) -> float:
    if not isinstance(number, int | float):
        raise ValueError("no confidence")
    return min(1.0, max(0.0, float(number)))
