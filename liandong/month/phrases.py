"""What residents say: the shipped training sentences, with a real village of the county put in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liandong.month.chance import Chance
from liandong.month.stand_in import Meaning
from nlu.dataset import Example, read_dataset
from routing.catalogue import Catalogue
from routing.county import County
from routing.divisions import Division
from routing.places import PlaceFinder
from tickets.number import find, mentions_broken

_LONGEST = 120
"""Characters of a sentence that is used; the longest training sentences are whole letters."""
_GROUPS = "一二三四五六"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a resident lives, as they say it."""

    village: Division
    township: Division
    group: int | None

    @property
    def words(self) -> str:
        """高壁村三组."""
        return self.village.spoken_name + (f"{_GROUPS[self.group - 1]}组" if self.group else "")


@dataclass(frozen=True, slots=True)
class Composed:
    """A message with its meaning."""

    text: str
    meaning: Meaning
    names_place: bool
    """Whether it says where it is, as deep as a village."""


class Phrases:
    """Sentences by label, and how they are put together."""

    def __init__(self, examples: Iterable[Example], county: County, finder: PlaceFinder) -> None:
        """Sentences that hold a ticket's number are left out: the number would be a wrong one."""
        self._catalogue: Catalogue = county.catalogue
        self._finder = finder
        self._by_label: dict[str, list[Example]] = defaultdict(list)
        for example in examples:
            text = example.text
            if len(text) <= _LONGEST and not find(text) and not mentions_broken(text):
                self._by_label[example.intent].append(example)

    @classmethod
    def of(cls, folder: Path, county: County, finder: PlaceFinder) -> Phrases:
        """The shipped sentences."""
        return cls(read_dataset(folder).examples, county, finder)

    @property
    def matters(self) -> tuple[str, ...]:
        """The catalogue's matters for which there are sentences."""
        return tuple(row.matter for row in self._catalogue.rows if row.matter in self._by_label)

    def neighbours(self) -> Mapping[str, Sequence[str]]:
        """The matters of the same group: what a matter is taken for when it is misread."""
        by_group: dict[str, list[str]] = defaultdict(list)
        for matter in self.matters:
            row = self._catalogue.get(matter)
            if row is not None and row.urgency != "urgent":
                by_group[row.group].append(matter)
        return {
            matter: tuple(other for other in group if other != matter)
            for group in by_group.values()
            for matter in group
        }

    def plain(self, chance: Chance, kind: str) -> Composed:
        """A message of a kind that carries no matter: a nudge, a thank-you."""
        return Composed(self._sentence(chance, kind).text, Meaning(kind), names_place=False)

    def own_words(self, text: str, kind: str) -> Composed:
        """Words that no training sentence has."""
        return Composed(text, Meaning(kind), names_place=False)

    def question(self, chance: Chance) -> Composed:
        """A question about services; its matter is what its words are most about, or none."""
        text = self._sentence(chance, "benefit_question").text
        matter = chance.one_of(("medical_insurance", "pension", "student_aid", "broadcast_tv"))
        return Composed(text, Meaning("benefit_question", matter, "consult"), names_place=False)

    def matter(self, chance: Chance, matter: str, home: Home) -> Composed:
        """A new matter in somebody's words; most say where it is, some do not."""
        example = self._sentence(chance, matter)
        found = self._finder.find(example.text)
        if found.candidates or found.outside or found.level == "county":
            # It speaks of a place already, in its own way.
            return Composed(
                example.text, self._meaning(example), names_place=found.village_code is not None
            )
        where, deep = self._where(chance, home)
        return Composed(where + example.text, self._meaning(example), names_place=deep)

    def several(self, chance: Chance, matters: Sequence[str], home: Home) -> Composed:
        """Two matters in one message."""
        told = [self._sentence(chance, matter) for matter in matters]
        pieces = tuple(
            (f"{home.words}，{example.text}", self._meaning(example)) for example in told
        )
        text = f"{home.words}，{told[0].text}。另外，" + "。".join(e.text for e in told[1:])
        first = pieces[0][1]
        return Composed(
            text,
            Meaning(
                first.kind,
                first.matter,
                first.appeal_type,
                urgent=any(meaning.urgent for _, meaning in pieces),
                confidential=any(meaning.confidential for _, meaning in pieces),
                parts=pieces,
            ),
            names_place=True,
        )

    def _meaning(self, example: Example) -> Meaning:
        row = self._catalogue.get(example.intent)
        urgent = row is not None and row.urgency == "urgent"
        return Meaning(
            "appeal",
            example.intent,
            example.appeal_type,
            urgent=urgent or example.flag("urgent"),
            confidential=example.flag("confidential") or example.intent == "discipline_report",
        )

    def _sentence(self, chance: Chance, label: str) -> Example:
        return chance.one_of(self._by_label[label])

    def _where(self, chance: Chance, home: Home) -> tuple[str, bool]:
        """The words in front, and whether they name the village."""
        drawn = chance.between(0, 1)
        if drawn < 0.40:
            return f"{home.words}，", True
        if drawn < 0.60:
            return f"{home.township.spoken_name}{home.words}", True
        if drawn < 0.78:
            return f"我是{home.words}的，", True
        if drawn < 0.86:
            return f"{home.township.spoken_name}这边，", False
        return "", False
