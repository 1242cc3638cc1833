"""The perceptual hash of a picture: near for copies, far for other pictures.

It is PDQ, published for finding copies among billions of pictures, with its measure of quality:
a picture without features (a wall, a black night) has bits like any other, but they are noise.
Hashing takes milliseconds of processor time: call it in a thread, where the picture is stored.
"""

from __future__ import annotations

import io
import warnings

import numpy as np
import pdqhash
from PIL import Image, ImageOps

from storage.media import LARGEST_PIXELS
from tickets.pictures import FLAT, SAME_PICTURE, distance

__all__ = ["FLAT", "LEAST_QUALITY", "SAME_PICTURE", "distance", "picture_hash"]

LEAST_QUALITY = 50
"""Of 100; below it PDQ's authors advise to discard a hash."""
_SIDE = 256
"""Pixels of the longer side before hashing: the hash itself looks at 64."""


def picture_hash(data: bytes) -> str | None:
    """64 hexadecimal digits, `FLAT` for a picture without features, None for what is no picture.

    What is upright by its EXIF mark is hashed upright. Pictures of more than 40 million pixels are
    none either.
    """
    try:
        pixels = _pixels(data)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        return None
    if pixels is None:
        return None
    bits, quality = pdqhash.compute(pixels)
    if quality < LEAST_QUALITY:
        return FLAT
    return np.packbits(bits.astype(np.bool_)).tobytes().hex()


def _pixels(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF")) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                return None
            picture.draft("RGB", (2 * _SIDE, 2 * _SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((_SIDE, _SIDE))
            return np.asarray(upright, dtype=np.uint8)
