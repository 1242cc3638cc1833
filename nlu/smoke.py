"""Whether a server that has just started can be let near residents: it reads held-out sentences.

Not how well: that is for the gate. A model that is broken, slow, or speaks of another county's
matters is found out here, before any message reaches it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.errors import ClassifierUnavailable
from nlu.present_labels import present_ranking
from nlu.understand import Parser
from routing.errors import LiandongError
from services.understanding import Guess

_ALWAYS = "must_pass.csv"
_MOST = 40
_STRANGE_SHARE = 0.2
"""Of the sentences, how many may be read as something that the county does not know: what was
taken out of the catalogue while the model served must not keep it from starting again."""
_WARM_UP = 2
"""So many first answers may fail: a server's first ones are its slowest."""


class SmokeTestFailed(LiandongError):
    """新模型没有通过试答。"""


@dataclass(frozen=True, slots=True)
class Smoke:
    """The test: sentences, and what the county knows."""

    sentences: tuple[str, ...]
    known: frozenset[str]
    became: Mapping[str, str]

    async def test(self, parser: Parser) -> None:
        """Raise `SmokeTestFailed` unless all is answered, in time, in labels that are known."""
        for sentence in self.sentences[:_WARM_UP]:
            await _answered(parser, sentence)
        strange: set[str] = set()
        times = 0
        for sentence in self.sentences:
            best = await _answered(parser, sentence)
            if best is None:
                raise SmokeTestFailed(f"模型 {parser.model} 试答时没有按时给出有效的回答。")
            if not present_ranking(best, self.became, self.known)[0]:
                strange |= {guess.label for guess in best}
                times += 1
        if times > _STRANGE_SHARE * len(self.sentences):
            few = "、".join(sorted(strange)[:3])
            raise SmokeTestFailed(
                f"模型 {parser.model} 说的意图（{few}）不在派单目录里：它不是为这个县训练的。"
            )


async def _answered(parser: Parser, sentence: str) -> Sequence[Guess] | None:
    try:
        return (await parser.parse(sentence)).ranking[:1]
    except ClassifierUnavailable:
        return None


def held_out(folder: Path, most: int = _MOST) -> tuple[str, ...]:
    """Sentences that no model learnt from: those that must pass, and some of every file."""
    found = [*_must_pass(folder / _ALWAYS), *_first_ones(folder)]
    step = max(1, len(found) // most)
    return tuple(dict.fromkeys(found[::step]))[:most]


def _must_pass(file: Path) -> Iterator[str]:
    if file.is_file():
        with file.open(encoding="utf-8-sig", newline="") as lines:
            yield from (row["text"] for row in csv.DictReader(lines) if row.get("text"))


def _first_ones(folder: Path) -> Iterator[str]:
    """The first plain sentence of each file; parsing all of the YAML would take a second."""
    for file in sorted(folder.glob("*.yml")):
        for line in file.read_text(encoding="utf-8").splitlines():
            text = line.strip()
            if text.startswith("- ") and not _is_block(text) and "[" not in text:
                yield text.removeprefix("- ")
                break


def _is_block(line: str) -> bool:
    return line.removeprefix("- ").startswith(("intent:", "lookup:", "synonym:", "regex:"))
