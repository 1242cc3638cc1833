"""A typed face for pyahocorasick, which ships no type stubs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import ahocorasick


class WordAutomaton:
    """Finds every occurrence of many words in one pass over a text."""

    def __init__(self, words: Iterable[str]) -> None:
        # Any: the library is an untyped C extension; nothing of it leaves this class.
        self._automaton: Any = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        self._lengths = bytearray()
        for number, word in enumerate(words):
            self._automaton.add_word(word, number)
            self._lengths.append(min(len(word), 255))
        self._empty = len(self._automaton) == 0
        if not self._empty:
            self._automaton.make_automaton()

    def occurrences(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Every (start, end, number of the word), overlapping ones included."""
        if self._empty:
            return
        lengths = self._lengths
        for last, number in self._automaton.iter(text):
            yield last + 1 - lengths[number], last + 1, number
