"""Whether a count of sentences is more than chance: exact binomial tests. Pure."""

from __future__ import annotations

from math import comb


def chance_of_losing(lost: int, won: int) -> float:
    """How likely at least `lost` of the sentences that changed would be losses, were both models
    equally good: the one-sided exact binomial test (McNemar 1947, on the discordant pairs).

    Small: the new model is worse. 1 where nothing changed.
    """
    return chance_of_so_few(won, lost + won, 0.5)


def chance_of_so_few(right: int, asked: int, share: float) -> float:
    """How likely at most `right` of `asked` would be right, were `share` of all such right.

    Small: fewer are. 1 where nothing was asked.
    """
    yes, whole = share.as_integer_ratio()  # whole numbers: exact however many were asked
    ways = (
        comb(asked, k) * yes**k * (whole - yes) ** (asked - k) for k in range(min(right, asked) + 1)
    )
    return float(sum(ways) / whole**asked)
