"""Reads the word lists of nlu/keywords: the classifier's second feature and its stand-in's only.

Runs in both environments (Python 3.10 and later).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

STRONG = 3.0
"""Weight of a word that nearly alone decides a label."""
WEAK = 1.0
"""Weight of a word that adds up with others."""


def read_lexicon(folder: Path, normal: Callable[[str], str]) -> dict[str, dict[str, float]]:
    """word -> {label: weight}, words in normalised form, over all *.yml files of the folder."""
    lexicon: dict[str, dict[str, float]] = {}
    for file in sorted(folder.glob("*.yml")):
        for label, words in yaml.safe_load(file.read_text(encoding="utf-8")).items():
            for strength, weight in (("strong", STRONG), ("weak", WEAK)):
                for word in words.get(strength) or ():
                    weights = lexicon.setdefault(normal(str(word)), {})
                    weights[label] = max(weight, weights.get(label, 0.0))
    lexicon.pop("", None)
    return lexicon
