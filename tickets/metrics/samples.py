"""What a share in a small sample is worth."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

SMALL_SAMPLE = 30
"""Below this many tickets a share is shown with its interval, and nobody is ranked by it."""
_SURE = 0.95


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % interval of the share `hits` ÷ `of` (Wilson 1927); `of` must not be 0.

    Unlike the textbook's ± it stays within 0 and 1, also for 0 of 3 and for 3 of 3.
    """
    z = NormalDist().inv_cdf((1 + _SURE) / 2)
    share, weight = hits / of, z * z / of
    middle = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / of + weight / (4 * of)) / (1 + weight)
    # At the ends the exact limit is 0 or 1; rounding must not miss it.
    return (0.0 if hits == 0 else middle - half, 1.0 if hits == of else middle + half)
