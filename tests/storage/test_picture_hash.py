"""Copies of a picture are near, other pictures far; `benchmarks/picture_hash.py` has the rates."""

from __future__ import annotations

import io
from itertools import combinations

import pytest
from PIL import Image

from storage.picture_hash import FLAT, SAME_PICTURE, distance, picture_hash
from tests.storage.scenes import CHANGES, Picture, again, as_bytes, flat, scene

SCENES = [scene(seed) for seed in range(8)]


def _hash(picture: Picture, kind: str = "JPEG") -> str:
    found = picture_hash(as_bytes(picture, kind))
    assert found is not None
    return found


@pytest.mark.parametrize("change", [name for name in CHANGES if "every side" not in name])
def test_hash__a_changed_copy_is_the_same_picture(change: str) -> None:
    for picture in SCENES:
        assert distance(_hash(picture), _hash(CHANGES[change](picture))) <= SAME_PICTURE


def test_hash__another_picture_is_another() -> None:
    hashes = [_hash(picture) for picture in SCENES]
    assert min(distance(a, b) for a, b in combinations(hashes, 2)) > SAME_PICTURE


def test_hash__another_photo_from_the_same_spot_is_another() -> None:
    for seed, picture in enumerate(SCENES):
        assert distance(_hash(picture), _hash(again(picture, seed))) > SAME_PICTURE


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_hash__does_not_depend_on_the_kind_of_file(kind: str) -> None:
    assert distance(_hash(SCENES[0]), _hash(SCENES[0], kind)) <= SAME_PICTURE


def test_hash__is_taken_upright() -> None:
    turned = SCENES[0].transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    with_mark = picture_hash(_with_exif(turned, exif))
    assert with_mark is not None
    assert distance(_hash(SCENES[0]), with_mark) <= SAME_PICTURE
    assert distance(_hash(SCENES[0]), _hash(turned)) > SAME_PICTURE


def _with_exif(picture: Picture, exif: Image.Exif) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    "picture",
    [
        flat(0),
        flat(128),
        flat(250),
        SCENES[1].point(lambda value: value * 0.1),
        Image.new("L", (1, 1)),
    ],
    ids=["black", "grey", "white", "night", "one pixel"],
)
def test_hash__of_a_flat_picture_says_nothing(picture: Picture) -> None:
    assert _hash(picture) == FLAT


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"\xff\xd8\xff", as_bytes(SCENES[0])[:500], b"GIF89a" + bytes(20)],
    ids=["empty", "text", "a JPEG's first bytes", "cut off", "a broken GIF"],
)
def test_hash__of_what_is_no_picture_is_none(data: bytes) -> None:
    assert picture_hash(data) is None


def test_hash__of_a_picture_that_is_too_large_is_none() -> None:
    assert picture_hash(as_bytes(Image.new("1", (8000, 6000)), "PNG")) is None
