"""Whether a count of sentences is more than chance: exact binomial tests. Pure."""

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


def chance_of_so_few(right: int, asked: int, share: float) -> float:
    """How likely at most `right` of `asked` would be right, were `share` of all such right.

    Small: fewer are. 1 where nothing was asked.
    """
    ways = (
        comb(asked, k) * share**k * (1 - share) ** (asked - k) for k in range(min(right, asked) + 1)
    )
    return min(1.0, sum(ways))
