"""Counts the characters of `routing/hot/rarity.py` anew, in the classifier's own sentences.

.venv/bin/python -m benchmarks.common_characters
"""

from __future__ import annotations

from collections import Counter

from liandong.settings import ROOT
from liandong.terminal import out
from nlu.dataset import read_dataset
from routing.hot.words import read

COMMONEST, COMMON = 200, 600


def main() -> None:
    """Print the commonest characters and the next ones, commonest first."""
    counts: Counter[str] = Counter()
    for example in read_dataset(ROOT / "nlu" / "data").examples:
        counts.update(read(example.text).singles)
    ranked = [character for character, _ in counts.most_common(COMMON)]
    out.print("".join(ranked[:COMMONEST]))
    out.print("".join(ranked[COMMONEST:]))


if __name__ == "__main__":
    main()
