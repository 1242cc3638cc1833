"""The classifier that needs no model: counts known words, longest first.

It answers while Rasa starts or is down. Its word lists are edited by people (nlu/keywords), so
its decisions read as plainly as the lists.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import ahocorasick

from nlu.lexicon import read_lexicon
from nlu.normalise import normalise, simplified
from nlu.present_labels import present_keys
from routing.checks.rows import KINDS
from services.understanding import Guess

COURTESIES = frozenset({"thanks", "greeting", "chitchat"})
"""Kinds that people wrap around a matter: they count only where nothing else does."""
_HAN = re.compile(r"[一-鿿]")
_TICKET = re.compile(r"^(?:工?单号?[: ]*)?ld[-_ \d]{8,}$")
_RATING = re.compile(r"^(?:\d|10)(?: ?分)?[.!]?$")
_LONG_NUMBER = re.compile(r"^[- +\d]{3,}$")
_CALLS = {"在": "greeting", "喂": "greeting", "谢": "thanks", "撤": "withdraw", "催": "nudge"}
_PRIOR = 2.0
"""Points that stand for "something else": few points, little confidence."""


@dataclass(frozen=True, slots=True)
class KeywordVerdict:
    """A ranking with the words behind its best label; empty when no word is known."""

    ranking: tuple[Guess, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Points of each label, and the words found, longest first."""

    points: dict[str, float]
    words: tuple[str, ...]


class KeywordClassifier:
    """Built once from the word lists; classifying is pure and takes microseconds."""

    def __init__(self, lexicon: dict[str, dict[str, float]], matters: Collection[str]) -> None:
        """`lexicon`: normalised word -> {label: weight}; `matters`: labels that are matters."""
        self._lexicon = lexicon
        self._matters = frozenset(matters)
        self._automaton = ahocorasick.Automaton()
        for word in lexicon:
            self._automaton.add_word(word, word)
        self._automaton.make_automaton()

    @classmethod
    def load(
        cls, folder: Path, matters: Collection[str], became: Mapping[str, str] | None = None
    ) -> KeywordClassifier:
        """From a folder of word lists.

        With `became` (old matter -> new) the lists need not be rewritten when one is renamed.
        """
        lexicon = read_lexicon(folder, normalise)
        if became:
            known = KINDS.union(matters)
            lexicon = {word: present_keys(of, became, known) for word, of in lexicon.items()}
        return cls({word: of for word, of in lexicon.items() if of}, matters)

    def classify(self, text: str) -> KeywordVerdict:
        """Every label that has points, best first, with the share of all points it has."""
        plain = normalise(text)
        if rule := _rule_for_short(simplified(text).lower().strip()):
            return KeywordVerdict((Guess(rule, 0.6),), (text.strip(),))
        scores = self.scores(plain)
        points = dict(scores.points)
        if any(label not in COURTESIES for label in points):
            points = {k: v for k, v in points.items() if k not in COURTESIES}
        total = sum(points.values()) + _PRIOR
        ranked = sorted(points.items(), key=lambda item: (-item[1], item[0]))
        ranking = tuple(Guess(label, score / total) for label, score in ranked)
        best = ranking[0].label if ranking else ""
        return KeywordVerdict(
            ranking, tuple(word for word in scores.words if best in self._lexicon[word])
        )

    def matter_points(self, text: str) -> dict[str, float]:
        """Points of matters only, for a part of a message."""
        points = self.scores(normalise(text)).points
        return {label: value for label, value in points.items() if label in self._matters}

    def scores(self, plain: str) -> Scores:
        """Points for a normalised text: each word once, none inside a longer one."""
        points: dict[str, float] = {}
        words = tuple(dict.fromkeys(self._words(plain)))
        for word in words:
            for label, weight in self._lexicon[word].items():
                points[label] = points.get(label, 0.0) + weight
        return Scores(points, words)

    def _words(self, plain: str) -> Iterator[str]:
        found = [(end - len(word) + 1, end + 1, word) for end, word in self._automaton.iter(plain)]
        taken = bytearray(len(plain))
        for start, end, word in sorted(found, key=self._precedence):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield word

    def _precedence(self, hit: tuple[int, int, str]) -> tuple[int, float, int]:
        """Longer before shorter, heavier before lighter, earlier before later."""
        start, end, word = hit
        return start - end, -max(self._lexicon[word].values()), start


def _rule_for_short(plain: str) -> str | None:
    """Messages too short for words: a number, one character, no character at all."""
    if _RATING.match(plain):
        return "rating"
    if _TICKET.match(plain):
        return "status_query"
    if _LONG_NUMBER.match(plain):
        return "out_of_scope"
    letters = _HAN.findall(plain)
    if len(letters) == 1 and len(plain) <= 3:
        return _CALLS.get(letters[0], "chitchat")
    if not letters and len(plain) <= 1:
        return "chitchat"
    return None
