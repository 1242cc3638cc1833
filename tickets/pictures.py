"""When two pictures are one and the same, by their perceptual hashes. Pure.

A hash is hexadecimal text as `storage.picture_hash` makes it. Copies of a picture, smaller, bigger,
compressed, lighter or as a screenshot, differ in a few bits; another picture of the same spot
differs in a third of them.
"""

from __future__ import annotations

BITS = 256
"""Length of a hash."""
SAME_PICTURE = 60
"""Two pictures are the same when their hashes differ in no more bits than this. Measured: see
docs/explanation/suspicious-closings.md."""
FLAT = ""
"""The hash of a picture in which nothing can be told apart (a wall, a night): like no other."""


def distance(a: str, b: str) -> int:
    """How many bits differ, 0 to `BITS`; a flat picture is as far from all as can be."""
    if FLAT in (a, b):
        return BITS
    return (int(a, 16) ^ int(b, 16)).bit_count()


def same_picture(a: str, b: str) -> bool:
    """Whether two hashes are of one picture."""
    return distance(a, b) <= SAME_PICTURE
