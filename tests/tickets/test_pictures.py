from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tickets.pictures import BITS, FLAT, SAME_PICTURE, distance, same_picture

hashes = st.integers(0, 2**BITS - 1).map(lambda value: f"{value:064x}")


@given(a=hashes, b=hashes, c=hashes)
def test_distance__is_a_distance(a: str, b: str, c: str) -> None:
    assert distance(a, b) == distance(b, a)
    assert distance(a, a) == 0
    assert distance(a, c) <= distance(a, b) + distance(b, c)


@given(a=hashes, bits=st.sets(st.integers(0, BITS - 1)))
def test_same_picture__allows_a_few_bits(a: str, bits: set[int]) -> None:
    changed = f"{int(a, 16) ^ sum(1 << bit for bit in bits):064x}"
    assert distance(a, changed) == len(bits)
    assert same_picture(a, changed) == (len(bits) <= SAME_PICTURE)


@given(a=hashes)
def test_flat__is_like_no_picture_and_not_even_like_flat(a: str) -> None:
    assert distance(a, FLAT) == distance(FLAT, FLAT) == BITS
    assert not same_picture(FLAT, FLAT)
