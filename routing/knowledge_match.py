"""Which entry of the knowledge base answers a question, with its evidence; often none. Pure.

A wrong answer is worse than none. An entry must be named almost whole (how much of one of its
phrases stands in the message), the message must hold little else (how much of it the entry knows),
and no other entry may come near. Whoever tells a story, asks about a special case or reports that
something went wrong is read by a human.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from math import log

from routing.knowledge import Entry
from routing.knowledge_words import clauses_of, content_of, generic_in, trouble_in

THRESHOLD = 0.72
"""Score from which an entry answers; found on the classifier's own sentences."""
MARGIN = 0.12
"""How far the best entry must be ahead of the next one."""
_GENERIC_SHARE = 0.25
"""What a word that many questions have counts, against one that only an entry has."""
_OTHER_MATTER = 0.85
"""What is left of a score when the classifier takes the message for another matter."""

_OTHER_CLAUSE = 0.85
"""What is left of it when a clause of the message speaks of something else altogether."""

Features = frozenset[str]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that answers, and why."""

    entry: Entry
    score: float
    """0 to 1."""
    runner_up: float
    """The score of the next entry."""
    phrase: str
    """The entry's phrase that the message has most of."""
    evidence: tuple[str, ...]
    """The words that they share."""

    @property
    def reason(self) -> str:
        """A sentence for whoever asks why this was answered."""
        shared = "、".join(self.evidence)
        return (
            f"知识库 {self.entry.code}“{self.entry.title}”，"
            f"按问法“{self.phrase}”，相同的有：{shared}；"
            f"得分 {self.score:.2f}（至少 {THRESHOLD}），下一条 {self.runner_up:.2f}"
        )


@dataclass(frozen=True, slots=True)
class _Said:
    """A message as it is compared."""

    features: Features
    generic: Features
    clauses: tuple[Features, ...]
    matter: str | None


@dataclass(frozen=True, slots=True)
class _Indexed:
    entry: Entry
    phrases: tuple[tuple[str, Features, Features], ...]
    """Each phrase with what it is about and its words that many questions have."""
    known: Features
    trouble: Features


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All entries of a county, ready to be asked."""

    entries: tuple[Entry, ...] = ()
    _index: tuple[_Indexed, ...] = field(default=(), repr=False)
    _counts: Mapping[str, int] = field(default_factory=dict, repr=False)
    """In how many entries a feature stands."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Knowledge:
        kept = tuple(entries)
        index = tuple(_indexed(entry) for entry in kept if entry.status == "answered")
        return cls(kept, index, Counter(feature for each in index for feature in each.known))

    def get(self, code: str) -> Entry | None:
        """An entry by its code."""
        return next((entry for entry in self.entries if entry.code == code), None)

    def match(self, text: str, day: date, matter: str | None = None) -> Match | None:
        """The entry that answers `text` on a local day, or None.

        `matter` is what the classifier takes it for; it can only weaken a match.
        """
        ranked = self.ranked(text, day, matter)
        best = ranked[0] if ranked else None
        if best is None or best.score < THRESHOLD or best.score - best.runner_up < MARGIN:
            return None
        return best

    def ranked(self, text: str, day: date, matter: str | None = None) -> list[Match]:
        """All entries that share a word with the message, best first."""
        said = _Said(
            features_of(text),
            generic_in(text),
            tuple(each for clause in clauses_of(text) if (each := features_of(clause))),
            matter,
        )
        trouble = trouble_in(text)
        found = [
            match
            for each in self._index
            if each.entry.is_valid(day) and trouble <= each.trouble
            for match in self._compared(each, said)
        ]
        found.sort(key=lambda match: (-match.score, match.entry.code))
        behind = [*(match.score for match in found[1:]), 0.0]
        return [
            replace(match, runner_up=score) for match, score in zip(found, behind, strict=False)
        ]

    def _compared(self, each: _Indexed, said: _Said) -> Iterator[Match]:
        shared = said.features & each.known
        if not shared:
            return
        cover = self._weight(shared) / self._weight(said.features)
        recall, _, phrase, own = max(
            (self._recall(about, words, said), len(about), phrase, about)
            for phrase, about, words in each.phrases
        )
        score = recall * (0.5 + 0.5 * cover)
        if said.matter and each.entry.matter not in ("", said.matter):
            score *= _OTHER_MATTER
        if any(not clause & each.known for clause in said.clauses):
            score *= _OTHER_CLAUSE
        alike = _joined(phrase, own & said.features)
        usual = sorted(said.generic & generic_in(phrase))
        yield Match(each.entry, score, 0.0, phrase, (*alike, *usual))

    def _recall(self, about: Features, words: Features, said: _Said) -> float:
        """How much of a phrase the message has."""
        shared = about & said.features
        whole = self._weight(about) + self._generic_weight(words)
        part = self._weight(shared) + self._generic_weight(words & said.generic)
        return part / whole if shared else 0.0

    def _weight(self, features: Features) -> float:
        return sum(log(1 + self._size / self._counts.get(each, 0.5)) for each in features)

    def _generic_weight(self, words: Features) -> float:
        return _GENERIC_SHARE * len(words) * log(1 + self._size)

    @property
    def _size(self) -> int:
        return max(1, len(self._index))


def features_of(text: str) -> Features:
    """The pairs of characters of what a text is about; a character that stands alone as it is."""
    found: set[str] = set()
    for run in content_of(text):
        found.update(first + second for first, second in pairwise(run))
        if len(run) == 1:
            found.add(run)
    return frozenset(found)


def _indexed(entry: Entry) -> _Indexed:
    phrases = tuple((each, features_of(each), generic_in(each)) for each in entry.phrases)
    usable = tuple(each for each in phrases if each[1])
    known = frozenset(feature for _, about, _ in usable for feature in about)
    trouble = frozenset(word for each in entry.phrases for word in trouble_in(each))
    return _Indexed(entry, usable, known, trouble)


def _joined(phrase: str, shared: Features) -> Iterator[str]:
    """Shared pairs as the words that they make: 数字 + 字电 + 电视 is 数字电视."""
    for run in content_of(phrase):
        word = run if len(run) == 1 and run in shared else ""
        for first, second in pairwise(run):
            if first + second in shared:
                word = word + second if word else first + second
            elif word:
                yield word
                word = ""
        if word:
            yield word
