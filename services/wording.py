"""The words that people read: domain.yml's `responses:`, checked when they are loaded."""

from __future__ import annotations

import string
from collections.abc import Mapping

from routing.errors import LiandongError

PREFIX = "utter_"


class WordingError(LiandongError):
    """A sentence of domain.yml is missing or cannot be filled in."""


def read_responses(responses: Mapping[str, object]) -> dict[str, str]:
    """Key → sentence, from the parsed `responses:` of a Rasa domain (the first variation)."""
    sentences: dict[str, str] = {}
    for name, variations in responses.items():
        first = variations[0] if isinstance(variations, list) and variations else None
        text = first.get("text") if isinstance(first, Mapping) else None
        if not name.startswith(PREFIX) or not isinstance(text, str):
            raise WordingError(f"domain.yml responses: {name} 应写成 utter_…: - text: …")
        sentences[name.removeprefix(PREFIX)] = text
    return sentences


class DomainWording:
    """`services.ports.Wording` over the sentences of a domain."""

    def __init__(self, sentences: Mapping[str, str], always: Mapping[str, str]) -> None:
        """`always` fills slots that every sentence may use, such as the county's name."""
        self._sentences = dict(sentences)
        self._always = dict(always)
        for key, sentence in self._sentences.items():
            try:
                list(string.Formatter().parse(sentence))
            except ValueError as exc:
                raise WordingError(f"domain.yml utter_{key}: 花括号不成对 ({exc})") from exc

    def say(self, key: str, slots: Mapping[str, str] | None = None) -> str:
        """The sentence for `utter_<key>`; a slot that nobody fills stays empty."""
        sentence = self._sentences.get(key)
        if sentence is None:
            raise WordingError(f"domain.yml 缺少 utter_{key}")
        filled = _Slots(self._always | dict(slots or {}))
        # Values are inserted as they are: braces in a resident's words mean nothing here.
        return string.Formatter().vformat(sentence, (), filled)

    @property
    def keys(self) -> frozenset[str]:
        """All sentences that there are."""
        return frozenset(self._sentences)


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
