"""Reads the word lists of nlu/keywords, which stand in for the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where it is there: the lists hold some eight thousand words."""

STRONG = 3.0
"""Weight of a word that nearly alone decides a label."""
WEAK = 1.0
"""Weight of a word that adds up with others."""


def _parsed(file: Path) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.load(
        file.read_text(encoding="utf-8"),
        _Loader,  # noqa: S506 - the safe loader, in C
    )
    return found


def read_lexicon(folder: Path, normal: Callable[[str], str]) -> dict[str, dict[str, float]]:
    """word -> {label: weight}, words in normalised form, over all *.yml files of the folder."""
    lexicon: dict[str, dict[str, float]] = {}
    for file in sorted(folder.glob("*.yml")):
        for label, words in _parsed(file).items():
            for strength, weight in (("strong", STRONG), ("weak", WEAK)):
                for word in words.get(strength) or ():
                    weights = lexicon.setdefault(normal(str(word)), {})
                    weights[label] = max(weight, weights.get(label, 0.0))
    lexicon.pop("", None)
    return lexicon
