"""A typed face for pyahocorasick, which ships no type stubs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import ahocorasick


class WordAutomaton:
    """Finds every occurrence of many words in one pass over a text."""

    def __init__(self, words: Iterable[str]) -> None:
        # Any: the library is an untyped C extension; nothing of it leaves this class.
        self._automaton: Any = ahocorasick.Automaton()
        for word in words:
            self._automaton.add_word(word, word)
        self._empty = len(self._automaton) == 0
        if not self._empty:
            self._automaton.make_automaton()

    def occurrences(self, text: str) -> Iterator[tuple[int, str]]:
        """Every (start, word), overlapping ones included, in the order of their ends."""
        if self._empty:
            return
        for last, word in self._automaton.iter(text):
            yield last - len(word) + 1, word
