"""Whether a difference on the same sentences is more than chance: McNemar's test, exact. Pure."""

from __future__ import annotations

from math import comb


def chance_of_losing(lost: int, won: int) -> float:
    """How likely at least `lost` of the sentences that changed would be losses, were both models
    equally good: the one-sided exact binomial test (McNemar 1947, on the discordant pairs).

    Small: the new model is worse. 1 where nothing changed.
    """
    changed = lost + won
    if changed == 0:
        return 1.0
    ways = sum(comb(changed, k) for k in range(lost, changed + 1))
    return min(1.0, ways / (1 << changed))
