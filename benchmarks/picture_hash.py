"""How often a changed picture is known again and another one is taken for it.

    .venv/bin/python -m benchmarks.picture_hash [--scenes 300] [--photos FOLDER]

Scenes are drawn (`tests/storage/scenes.py`); a folder of JPEGs is measured beside them.
"""

from __future__ import annotations

import argparse
import time
from itertools import combinations
from pathlib import Path

from PIL import Image
from rich.table import Table

from liandong.terminal import bar, out
from storage.picture_hash import FLAT, distance, picture_hash
from tests.storage.scenes import CHANGES, Picture, again, as_bytes, flat, form, scene

LIMITS = (32, 50, 60, 70, 80)


def _hash(picture: Picture) -> str:
    return picture_hash(as_bytes(picture, quality=85)) or FLAT


def _row(table: Table, what: str, distances: list[int]) -> None:
    shares = [f"{sum(d <= limit for d in distances) / len(distances):.1%}" for limit in LIMITS]
    table.add_row(what, str(len(distances)), str(min(distances)), str(max(distances)), *shares)


def measure(pictures: list[Picture]) -> None:
    """Print the share of each kind of pair whose hashes are within each limit."""
    began = time.perf_counter()
    hashes = [_hash(picture) for picture in pictures]
    took = (time.perf_counter() - began) / len(pictures) * 1e3
    usable = [(i, p, h) for i, (p, h) in enumerate(zip(pictures, hashes, strict=True)) if h != FLAT]
    out.print(f"{len(pictures)} pictures, {len(pictures) - len(usable)} flat, {took:.0f} ms each")
    table = Table("pair", "pairs", "min", "max", *(f"≤ {limit}" for limit in LIMITS))
    with bar() as progress:
        for what, change in progress.track(CHANGES.items(), description="changes"):
            _row(table, what, [distance(h, _hash(change(p))) for _, p, h in usable])
    _row(table, "another photo from there", [distance(h, _hash(again(p, i))) for i, p, h in usable])
    others = [distance(a, b) for (_, _, a), (_, _, b) in combinations(usable, 2)]
    _row(table, "another picture", others)
    out.print(table)


def main() -> None:
    """Parse the command line, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.picture_hash")
    parser.add_argument("--scenes", type=int, default=300)
    parser.add_argument("--photos", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    measure([scene(seed) for seed in range(asked.scenes)])
    if asked.photos:
        measure([Image.open(path).convert("RGB") for path in sorted(asked.photos.glob("*.jpg"))])
    forms = [_hash(form(seed)) for seed in range(40)]
    table = Table("pair", "pairs", "min", "max", *(f"≤ {limit}" for limit in LIMITS))
    _row(
        table,
        "forms of one print, other words",
        [distance(a, b) for a, b in combinations(forms, 2)],
    )
    out.print(table)
    levels = (0, 5, 60, 128, 200, 250)
    out.print(
        f"flat: {sum(_hash(flat(level)) == FLAT for level in levels)} of {len(levels)} colours"
    )
    night = [_hash(scene(seed).point(lambda v: v * 0.1)) for seed in range(20)]
    out.print(f"scenes at a tenth of the light: {night.count(FLAT)} of {len(night)} flat")


if __name__ == "__main__":
    main()
