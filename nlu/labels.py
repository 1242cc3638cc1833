"""Which labels the model has sentences for and the keyword lists have words for.

Read without parsing every sentence: `liandong check` wants the labels only.
"""

from __future__ import annotations

import re
from pathlib import Path

from nlu.lexicon import read_lexicon
from nlu.normalise import normalise

_INTENT = re.compile(r"^\s*-\s+intent:\s*[\"']?([A-Za-z0-9_]+)", re.MULTILINE)


def taught_labels(folder: Path) -> frozenset[str]:
    """The intents of the training sentences in a folder (`nlu/data`)."""
    files = sorted(folder.glob("**/*.yml"))
    return frozenset(
        label for file in files for label in _INTENT.findall(file.read_text(encoding="utf-8"))
    )


def worded_labels(folder: Path) -> frozenset[str]:
    """The labels that at least one word of the keyword lists (`nlu/keywords`) speaks for."""
    lexicon = read_lexicon(folder, normalise)
    return frozenset(label for weights in lexicon.values() for label in weights)
