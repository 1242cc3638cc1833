"""Shares as people read them. Pure."""

from __future__ import annotations


def percent(share: float) -> int:
    """0 to 100, whole; never 100 for what is not all, never 0 for what is not nothing."""
    rounded = round(share * 100)
    if rounded >= 100 and share < 1:
        return 99
    if rounded <= 0 and share > 0:
        return 1
    return max(0, min(100, rounded))
