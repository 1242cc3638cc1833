"""How well the matters of a message are told apart, on nlu/dev/several.csv.

    .venv/bin/python -m benchmarks.several [--keywords] [--errors]

With the shipped model, or by the word lists only. Counts are right when `n_matters` is; a message
with several is seen when more than one is counted; a false split is one matter counted as more.
"""

from __future__ import annotations

import argparse
import asyncio
import csv

from liandong.classifier import make_classifier
from liandong.settings import ROOT, Settings
from services.understanding import Understanding

FILE = ROOT / "nlu" / "dev" / "several.csv"
_AT_ONCE = 8


async def read_all(texts: list[str], settings: Settings) -> list[Understanding]:
    """Every message through the serving path."""
    classifier = make_classifier(settings)
    found: list[Understanding] = []
    try:
        await classifier.start()
        await classifier.wait_ready()
        for start in range(0, len(texts), _AT_ONCE):
            batch = texts[start : start + _AT_ONCE]
            found += await asyncio.gather(*(classifier.understander.understand(t) for t in batch))
    finally:
        await classifier.stop()
    return found


def report(rows: list[dict[str, str]], found: list[Understanding], *, errors: bool) -> None:
    """Print the figures, and with `errors` every miscounted message."""
    pairs = [(int(row["n_matters"]), each.n_matters) for row, each in zip(rows, found, strict=True)]
    several = [said for wanted, said in pairs if wanted > 1]
    single = [said for wanted, said in pairs if wanted == 1]
    right = sum(wanted == said for wanted, said in pairs)
    divided = [(row, each) for row, each in zip(rows, found, strict=True) if each.parts]
    of_several = [(row, each) for row, each in divided if row["n_matters"] != "1"]
    named = sum({*each.matters} == {*row["matters"].split("|")} for row, each in of_several)
    print(f"exact count      {right}/{len(pairs)}")
    print(f"several seen     {sum(said > 1 for said in several)}/{len(several)}")
    print(f"false splits     {sum(said > 1 for said in single)}/{len(single)}")
    print(f"right matters    {named}/{len(of_several)} of the divided")
    for row, each in zip(rows, found, strict=True) if errors else ():
        if int(row["n_matters"]) != each.n_matters:
            print(row["n_matters"], each.n_matters, row["text"], [p.text for p in each.parts])


def main() -> None:
    """Measure once."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--keywords", action="store_true")
    options.add_argument("--errors", action="store_true")
    chosen = options.parse_args()
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    settings = Settings(nlu=False) if chosen.keywords else Settings()
    found = asyncio.run(read_all([row["text"] for row in rows], settings))
    report(rows, found, errors=chosen.errors)


if __name__ == "__main__":
    main()
