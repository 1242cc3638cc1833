"""A model's labels as the county calls them today. Pure.

The catalogue goes on changing while a model serves: an intent is renamed, merged, taken out. What
was renamed is called by its new name; what nobody knows any more is dropped, and must not be taken
for a kind of message only because it is no matter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from services.learning.serving import successor
from services.understanding import Guess


def present_ranking(
    ranking: Sequence[Guess], became: Mapping[str, str], known: Collection[str]
) -> tuple[tuple[Guess, ...], float]:
    """The ranking in today's labels, best first, and the share of those that are no more.

    Labels that were merged into one add up.
    """
    if all(guess.label in known for guess in ranking):
        return tuple(ranking), 0.0
    shares: dict[str, float] = {}
    lost = 0.0
    for guess in ranking:
        label = successor(guess.label, became, known)
        if label is None:
            lost += guess.confidence
        else:
            shares[label] = min(1.0, shares.get(label, 0.0) + guess.confidence)
    ranked = sorted(shares.items(), key=lambda item: -item[1])
    return tuple(Guess(label, share) for label, share in ranked), lost


def present_keys(
    values: Mapping[str, float], became: Mapping[str, str], known: Collection[str]
) -> dict[str, float]:
    """Values by label, in today's labels; of labels that were merged the highest counts."""
    found: dict[str, float] = {}
    for label, value in values.items():
        present = successor(label, became, known)
        if present is not None:
            found[present] = max(value, found.get(present, value))
    return found
