"""Writes routing/places/alike_characters.py: which common characters look alike, from the fonts.

Each character of GB 2312's first level is drawn in a sans and a serif face, blurred as a hurried
reader sees it, and compared with every other. Needs Pillow, NumPy and Debian's fonts-noto-cjk.
"""

from __future__ import annotations

from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts/opentype/noto")
FACES = ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc")
SIMPLIFIED = 2
MOST, LEAST = 6, 0.75
TARGET = Path(__file__).parents[1] / "routing" / "places" / "alike_characters.py"


def characters() -> list[str]:
    """The 3,755 characters of the first level of GB 2312."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [text for cell in cells if (text := cell.decode("gb2312", "ignore"))]


def drawings(face: str, drawn: list[str]) -> numpy.ndarray:
    """One normalised row of grey values for each character."""
    font = ImageFont.truetype(str(FONTS / face), 40, index=SIMPLIFIED)
    rows = []
    for character in drawn:
        image = Image.new("L", (48, 48), 0)
        ImageDraw.Draw(image).text((4, -6), character, font=font, fill=255)
        small = image.filter(ImageFilter.GaussianBlur(1.6)).resize((24, 24))
        row = numpy.asarray(small, dtype=numpy.float32).ravel()
        row -= row.mean()
        rows.append(row / numpy.linalg.norm(row))
    return numpy.array(rows)


def main() -> None:
    """Draw, compare, write."""
    drawn = characters()
    likeness = sum((rows := drawings(face, drawn)) @ rows.T for face in FACES) / len(FACES)
    numpy.fill_diagonal(likeness, 0)
    groups = []
    for character, row in zip(drawn, likeness, strict=True):
        nearest = [int(i) for i in numpy.argsort(-row)[:MOST] if row[i] >= LEAST]
        if nearest:
            groups.append(character + "".join(drawn[i] for i in nearest))
    lines = [" ".join(groups[i : i + 6]) for i in range(0, len(groups), 6)]
    body = "\n".join(f'    "{line} "' for line in lines)
    TARGET.write_text(
        '"""Common characters and those that look most like them; made by '
        'deploy/make_alike_characters.py."""\n\n'
        "from __future__ import annotations\n\n"
        f"_GROUPS = (\n{body}\n).split()\n\n"
        "LOOK_LIKE = {group[0]: frozenset(group[1:]) for group in _GROUPS}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
