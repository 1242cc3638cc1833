"""What the classifier sees of a text: characters and words of the whole, characters of its lead.

Written out instead of taken from scikit-learn because serving then needs neither its import nor
a pickled vectoriser, and because one text at a time is faster this way. Runs on Python 3.10.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Callable, Dict, List, Mapping, Sequence, Tuple

import numpy as np

from nlu.components.evidence import Gain, Span
from nlu.components.words import cut, learn_words
from nlu.normalise import normalise

Row = Tuple[List[int], List[float]]

_LEAD, _CHARS, _WORDS = "lead", "chars", "words"
_LEADS_NEEDED = 0.1
"""Share of training texts with a line break from which leads are features of their own."""


_DOUBT = 7.0
"""Texts that are added to those of a column before its labels are believed."""
_TELLING = 24
"""Columns that evidence is made from."""
_RAREST = 2
"""Texts in which a piece must stand to become a column."""


@dataclass(frozen=True)
class Reading:
    """A text in normal form: its lead (empty without a line break), the whole, its words.

    `spans` is empty where words are no features.
    """

    lead: str
    whole: str
    spans: List[Span]


@dataclass(frozen=True)
class Block:
    """One kind of feature: a vocabulary that begins at column `first`."""

    kind: str
    share: float
    first: int
    pieces: Sequence[str]
    vocabulary: Mapping[str, int]
    idf: np.ndarray


@dataclass(frozen=True)
class Features:
    """Turns texts into sparse rows. Each block has length one before it takes its share."""

    costs: Mapping[str, float]
    blocks: Sequence[Block]

    @classmethod
    def fit(cls, texts: Sequence[str], shares: Mapping[str, float]) -> "Features":
        """Learn words, vocabularies and rarity; `shares` by kind (`lead`, `chars`, `words`)."""
        parts = [_split(text) for text in texts]
        costs = learn_words([whole for _, whole in parts])
        readings = [Reading(lead, whole, cut(whole, costs)) for lead, whole in parts]
        led = sum(bool(reading.lead) for reading in readings)
        kinds = [k for k in sorted(shares) if k != _LEAD or led >= _LEADS_NEEDED * len(texts)]
        total = sum(shares[kind] for kind in kinds)
        blocks, first = [], 0
        for kind in kinds:
            block = _fit_block(kind, shares[kind] / total, readings, first)
            blocks.append(block)
            first += len(block.vocabulary)
        return cls(costs, blocks)

    def informed(self, readings: Sequence[Reading], target: np.ndarray, base: float) -> "Features":
        """The same columns, raised as their presence tells labels apart.

        Rarity is multiplied by √(base + d), d the Kullback-Leibler divergence of the labels of
        texts with the column from those of all texts; seven texts without it are added, so that
        chance in rare columns tells little.
        """
        counts = np.full((self.width, int(target.max()) + 1), 0.0)
        for reading, label in zip(readings, target, strict=True):
            for block in self.blocks:
                for piece in _pieces(block.kind, reading):
                    column = block.vocabulary.get(piece)
                    if column is not None:
                        counts[column, label] += 1
        overall = np.bincount(target) / len(target)
        counts = (counts + _DOUBT * overall) / (counts.sum(axis=1, keepdims=True) + _DOUBT)
        raised = np.sqrt(base + (counts * np.log(counts / overall)).sum(axis=1))
        ends = [(b, b.first + len(b.vocabulary)) for b in self.blocks]
        blocks = [
            replace(b, idf=(b.idf * raised[b.first : end]).astype(np.float32)) for b, end in ends
        ]
        return Features(self.costs, blocks)

    @property
    def width(self) -> int:
        """Number of columns."""
        return sum(len(block.vocabulary) for block in self.blocks)

    def read(self, text: str) -> Reading:
        """The text in the form that rows are made of."""
        lead, whole = _split(text)
        worded = any(block.kind == _WORDS for block in self.blocks)
        return Reading(lead, whole, cut(whole, self.costs) if worded else [])

    def row(self, reading: Reading) -> Row:
        """Columns and values; what was not seen in training counts for nothing."""
        columns: List[int] = []
        values: List[float] = []
        for block in self.blocks:
            idf, known = block.idf, block.vocabulary
            begin = len(values)
            squares = 0.0
            for piece, count in _pieces(block.kind, reading).items():
                column = known.get(piece)
                if column is not None:
                    value = (1 + math.log(count)) * float(idf[column - block.first])
                    columns.append(column)
                    values.append(value)
                    squares += value * value
            scale = math.sqrt(block.share / squares) if squares else 0.0
            values[begin:] = [value * scale for value in values[begin:]]
        return columns, values

    def gains(self, reading: Reading, columns: np.ndarray, added: np.ndarray) -> List[Gain]:
        """What the columns that added most stand for, and how far into the text they count."""
        strongest = np.argsort(-added, kind="stable")[:_TELLING]
        found: List[Gain] = []
        for i in strongest:
            if added[i] > 0:
                block = next(b for b in reversed(self.blocks) if b.first <= columns[i])
                end = len(reading.lead if block.kind == _LEAD else reading.whole)
                found.append((block.pieces[columns[i] - block.first], float(added[i]), end))
        return found

    def words_of(self, text: str, wanted: Callable[[int, int], bool]) -> List[Span]:
        """Words in the wanted runs of a normalised text."""
        return cut(text, self.costs, wanted)

    def as_json(self) -> Dict[str, Any]:
        """What is text in it, for storage."""
        blocks = [{"kind": b.kind, "share": b.share, "vocabulary": b.pieces} for b in self.blocks]
        return {"costs": self.costs, "blocks": blocks}

    @classmethod
    def from_json(cls, learnt: Mapping[str, Any], idf: np.ndarray) -> "Features":
        """Back from `as_json` and the rarities of all columns."""
        blocks, first = [], 0
        for stored in learnt["blocks"]:
            end = first + len(stored["vocabulary"])
            ordered = stored["vocabulary"]
            known = {piece: first + i for i, piece in enumerate(ordered)}
            own = idf[first:end]
            blocks.append(Block(stored["kind"], stored["share"], first, ordered, known, own))
            first = end
        return cls(learnt["costs"], blocks)

    @property
    def idf(self) -> np.ndarray:
        """Rarity of every column."""
        return np.concatenate([block.idf for block in self.blocks])


def matrix(rows: Sequence[Row], width: int) -> Any:
    """Rows as a scipy sparse matrix, for training."""
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0] + [len(columns) for columns, _ in rows])
    columns = np.array([c for row, _ in rows for c in row], dtype=np.int32)
    values = np.array([v for _, row in rows for v in row], dtype=np.float32)
    return csr_matrix((values, columns, ends), shape=(len(rows), width))


def _split(text: str) -> Tuple[str, str]:
    """The lead before the first line break, and the whole."""
    head, broken, rest = text.strip().partition("\n")
    lead = normalise(head)
    return (lead, f"{lead}.{normalise(rest)}") if broken else ("", lead)


def _fit_block(kind: str, share: float, readings: Sequence[Reading], first: int) -> Block:
    documents: "Counter[str]" = Counter()
    for reading in readings:
        documents.update(_pieces(kind, reading).keys())
    rarest = min(_RAREST, len(readings))
    ordered = sorted(piece for piece, texts in documents.items() if texts >= rarest)
    known = {piece: first + i for i, piece in enumerate(ordered)}
    n = 1 + len(readings)
    idf = [math.log(n / (1 + documents[piece])) + 1 for piece in ordered]
    return Block(kind, share, first, ordered, known, np.array(idf, dtype=np.float32))


def _pieces(kind: str, reading: Reading) -> "Counter[str]":
    if kind == _WORDS:
        return Counter([reading.whole[start:end] for start, end in reading.spans])
    text = reading.lead if kind == _LEAD else reading.whole
    pairs = Counter(map("".join, pairwise(text)))
    pairs.update(text)
    return pairs
