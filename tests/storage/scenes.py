"""Drawn street scenes, what befalls a picture on its way, and what makes it another picture."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

Picture = Image.Image


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Picture:
    """Sky, ground, houses, a road, lamps and trees: every seed is another street."""
    drawn = random.Random(seed)
    width, height = size
    horizon = int(height * drawn.uniform(0.3, 0.55))
    picture = _background(drawn, seed, size, horizon)
    draw = ImageDraw.Draw(picture)
    for _ in range(drawn.randint(1, 5)):
        _house(draw, drawn, width, horizon)
    middle = drawn.randint(width // 4, 3 * width // 4)
    road = [
        (middle - 10, horizon),
        (middle + 10, horizon),
        (drawn.randint(width // 2, width), height),
    ]
    draw.polygon(
        [*road, (drawn.randint(0, width // 2), height)], fill=(drawn.randint(80, 130),) * 3
    )
    for _ in range(drawn.randint(0, 6)):
        _lamp_or_tree(draw, drawn, width, horizon)
    for _ in range(drawn.randint(0, 12)):
        x, y, r = drawn.randint(0, width), drawn.randint(horizon, height), drawn.randint(3, 30)
        draw.ellipse((x - r, y - r // 2, x + r, y + r // 2), fill=_colour(drawn, 20, 200))
    return _grained(picture.filter(ImageFilter.GaussianBlur(1)), seed)


def again(picture: Picture, seed: int) -> Picture:
    """A second photo from nearly the same spot: a step aside, other light, other cars."""
    drawn = random.Random(seed)
    width, height = picture.size
    part = drawn.uniform(0.86, 0.9)
    left = (1 - part) / 2 * width * (1 + drawn.choice((-0.9, 0.9)))
    top = (1 - part) / 2 * height * (1 + drawn.choice((-0.9, 0.9)))
    box = (int(left), int(top), int(left + width * part), int(top + height * part))
    moved = picture.crop(box).resize((width, height), Image.Resampling.BICUBIC)
    lit = ImageEnhance.Brightness(moved).enhance(drawn.uniform(0.8, 1.2))
    draw = ImageDraw.Draw(lit)
    for _ in range(3):
        x, y = drawn.randint(0, width), drawn.randint(height // 2, height)
        s = drawn.randint(15, 45)
        draw.rectangle((x - s, y - 2 * s, x + s, y), fill=_colour(drawn, 20, 220))
    return _grained(lit, seed + 1)


def flat(level: int, grain: float = 3) -> Picture:
    """One colour with some grain: a wall, a sheet of paper, a night."""
    noise = np.random.default_rng(level).normal(0, grain, (480, 640, 1))
    return Image.fromarray((np.full((480, 640, 3), float(level)) + noise).clip(0, 255).astype("u1"))


def form(seed: int) -> Picture:
    """A printed form, filled in by another hand for each seed."""
    drawn = random.Random(seed)
    picture = Image.new("RGB", (450, 600), (245, 245, 240))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((100, 20, 350, 55), fill=(20, 20, 20))
    for row in range(12):
        y = 90 + 40 * row
        draw.line((30, y, 420, y), fill=(90, 90, 90), width=2)
        draw.rectangle((35, y + 10, 95, y + 25), fill=(40, 40, 40))
        x = 115
        for _ in range(drawn.randint(2, 14)):
            wide = drawn.randint(5, 17)
            draw.rectangle((x, y + 10, x + wide, y + 26), fill=(30, 30, 120))
            x += wide + drawn.randint(2, 6)
    return picture


def as_bytes(picture: Picture, kind: str = "JPEG", quality: int = 90) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, quality=quality)
    return out.getvalue()


def _compressed(quality: int) -> Callable[[Picture], Picture]:
    return lambda picture: Image.open(io.BytesIO(as_bytes(picture, quality=quality)))


def _scaled(factor: float) -> Callable[[Picture], Picture]:
    return lambda p: p.resize((int(p.width * factor), int(p.height * factor)))


def _lit(factor: float) -> Callable[[Picture], Picture]:
    return lambda picture: ImageEnhance.Brightness(picture).enhance(factor)


def cropped(picture: Picture, left: float, others: float = 0.0) -> Picture:
    """Without a share of the left side and of each other side."""
    width, height = picture.size
    return picture.crop(
        (
            int(width * left),
            int(height * others),
            int(width * (1 - others)),
            int(height * (1 - others)),
        )
    )


def _stamped(picture: Picture) -> Picture:
    """Time and place printed into the corner, as cameras for work do."""
    stamped = picture.copy()
    draw = ImageDraw.Draw(stamped)
    width, height = picture.size
    draw.rectangle((width * 0.02, height * 0.9, width * 0.4, height * 0.97), fill=(0, 0, 0))
    for letter in range(16):
        x = width * (0.03 + 0.022 * letter)
        draw.rectangle((x, height * 0.915, x + width * 0.013, height * 0.955), fill=(255, 255, 255))
    return stamped


CHANGES: dict[str, Callable[[Picture], Picture]] = {
    "JPEG, quality 40": _compressed(40),
    "JPEG, quality 95": _compressed(95),
    "half the size": _scaled(0.5),
    "one and a half times the size": _scaled(1.5),
    "10 % lighter": _lit(1.1),
    "10 % darker": _lit(0.9),
    "sent on as a screenshot": lambda p: _compressed(70)(_scaled(1.2)(_compressed(60)(p))),
    "3 % of one side cropped": lambda p: cropped(p, 0.03),
    "3 % of every side cropped": lambda p: cropped(p, 0.03, 0.03),
    "time and place printed in": _stamped,
}
"""What befalls a picture that stays the same picture."""


def _background(drawn: random.Random, seed: int, size: tuple[int, int], horizon: int) -> Picture:
    width, height = size
    rows = np.zeros((height, width, 3))
    rows[:horizon] = _colour(drawn, 120, 240)
    rows[horizon:] = _colour(drawn, 50, 150)
    for step, share in ((80, 0.5), (6, 0.2)):
        clouds = np.random.default_rng(seed + step).random((height // step, width // step))
        image = Image.fromarray((255 * clouds).astype("u1"))
        field = np.asarray(image.resize(size, Image.Resampling.BICUBIC)) / 255
        rows *= (1 - share / 2 + share * field)[:, :, None]
    return Image.fromarray(rows.clip(0, 255).astype("u1"))


def _house(draw: ImageDraw.ImageDraw, drawn: random.Random, width: int, horizon: int) -> None:
    x, wide, high = drawn.randint(-50, width), drawn.randint(60, 190), drawn.randint(45, 150)
    draw.rectangle((x, horizon - high, x + wide, horizon + 10), fill=_colour(drawn, 60, 220))
    roof = [
        (x - 8, horizon - high),
        (x + wide // 2, horizon - high - 30),
        (x + wide + 8, horizon - high),
    ]
    draw.polygon(roof, fill=_colour(drawn, 30, 110))
    for window in range(drawn.randint(1, 4)):
        left = x + 10 + 35 * window
        draw.rectangle(
            (left, horizon - high + 15, left + 18, horizon - high + 40), fill=(40, 50, 60)
        )


def _lamp_or_tree(
    draw: ImageDraw.ImageDraw, drawn: random.Random, width: int, horizon: int
) -> None:
    x = drawn.randint(0, width)
    if drawn.random() < 0.5:
        top, foot = horizon - drawn.randint(75, 150), horizon + drawn.randint(25, 125)
        draw.line((x, top, x, foot), fill=(60, 60, 60), width=drawn.randint(3, 7))
    else:
        y, r = horizon - drawn.randint(0, 60), drawn.randint(20, 70)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(45, drawn.randint(70, 130), 40))


def _grained(picture: Picture, seed: int) -> Picture:
    pixels = np.asarray(picture, dtype=float)
    grain = np.random.default_rng(seed).normal(0, 5, (*pixels.shape[:2], 1))
    return Image.fromarray((pixels + grain).clip(0, 255).astype("u1"))


def _colour(drawn: random.Random, least: int, most: int) -> tuple[int, int, int]:
    return drawn.randint(least, most), drawn.randint(least, most), drawn.randint(least, most)
