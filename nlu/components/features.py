"""What the linear classifier sees of a text: character n-grams and hits in the word lists.

Written out instead of taken from scikit-learn because serving then needs neither its import nor
a pickled vectoriser, and because one text at a time is faster this way. Runs on Python 3.10.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Dict, Iterable, List, Mapping, Sequence, Tuple

import numpy as np

Row = Tuple[List[int], List[float]]
Lexicon = Mapping[str, Mapping[str, float]]
"""word -> {label: weight}, in normalised form."""


def grams_of(text: str, longest: int) -> "Counter[str]":
    """Every run of 1 to `longest` characters with how often it occurs."""
    found: "Counter[str]" = Counter()
    for n in range(1, longest + 1):
        found.update(text[i : i + n] for i in range(len(text) - n + 1))
    return found


@dataclass(frozen=True)
class Features:
    """Turns normalised texts into sparse rows: TF-IDF of n-grams, then one column per label."""

    longest: int
    vocabulary: Mapping[str, int]
    idf: np.ndarray
    labels: Sequence[str]
    lexicon: Lexicon
    lexicon_share: float

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        longest: int,
        labels: Sequence[str],
        lexicon: Lexicon,
        lexicon_share: float,
    ) -> "Features":
        """Learn which n-grams there are and how rare each is."""
        documents: "Counter[str]" = Counter()
        for text in texts:
            documents.update(grams_of(text, longest).keys())
        vocabulary = {gram: i for i, gram in enumerate(sorted(documents))}
        idf = np.zeros(len(vocabulary), dtype=np.float32)
        for gram, i in vocabulary.items():
            idf[i] = math.log((1 + len(texts)) / (1 + documents[gram])) + 1
        return cls(longest, vocabulary, idf, list(labels), lexicon, lexicon_share)

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.vocabulary) + len(self.labels)

    def row(self, text: str) -> Row:
        """Columns and values of one text; unknown n-grams count for nothing."""
        columns: List[int] = []
        values: List[float] = []
        for gram, count in grams_of(text, self.longest).items():
            column = self.vocabulary.get(gram)
            if column is not None:
                columns.append(column)
                values.append((1 + math.log(count)) * float(self.idf[column]))
        norm = math.sqrt(sum(value * value for value in values)) or 1.0
        values = [value / norm for value in values]
        for label, score in self._hits(text).items():
            columns.append(len(self.vocabulary) + label)
            values.append(math.log1p(score) * self.lexicon_share)
        return columns, values

    def name_of(self, column: int) -> str:
        """What a column stands for, for people: the n-gram, or the label of a word list."""
        if column < len(self.vocabulary):
            return self._grams[column]
        return "词表:" + self.labels[column - len(self.vocabulary)]

    @property
    def _grams(self) -> List[str]:
        cached = self.__dict__.get("_grams_cache")
        if cached is None:
            cached = sorted(self.vocabulary, key=self.vocabulary.__getitem__)
            self.__dict__["_grams_cache"] = cached
        return cached

    def words_in(self, text: str) -> List[str]:
        """The words of the lists that occur in the text, each once."""
        sizes = self.__dict__.get("_sizes")
        if sizes is None:
            sizes = sorted({len(word) for word in self.lexicon})
            self.__dict__["_sizes"] = sizes
        pieces = {text[i : i + n] for n in sizes for i in range(len(text) - n + 1)}
        return sorted(piece for piece in pieces if piece in self.lexicon)

    def _hits(self, text: str) -> Dict[int, float]:
        index = self.__dict__.get("_index")
        if index is None:
            index = {label: i for i, label in enumerate(self.labels)}
            self.__dict__["_index"] = index
        scores: Dict[int, float] = {}
        for word in self.words_in(text):
            for label, weight in self.lexicon[word].items():
                if label in index:
                    scores[index[label]] = scores.get(index[label], 0.0) + weight
        return scores


def matrix(rows: Iterable[Row], width: int):  # type: ignore[no-untyped-def]
    """Rows as a scipy sparse matrix, for training."""
    from scipy.sparse import csr_matrix

    starts, columns, values = [0], [], []
    for row_columns, row_values in rows:
        columns.extend(row_columns)
        values.extend(row_values)
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(starts) - 1, width))
