"""Which intent each category of a county means: guessed, asked, and kept in a file."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import StringIO
from pathlib import Path

from liandong.whole_file import whole_file
from routing.catalogue import Catalogue
from routing.errors import LiandongError

NOT_TAKEN = "-"
"""Stands for the intent of a category that is left out."""
_HEADER = ("类别", "事项", "事项名称", "条数")
_MOST = 3
_SAMPLE = 60
_ALIKE = 0.4


class BadMapping(LiandongError):
    """对照表读不了，请看说明。"""


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the file: how many orders, and the intents it may mean, likeliest first."""

    name: str
    count: int
    guesses: tuple[str, ...]
    certain: bool
    """It is the name or the code of a matter."""


def categories_of(
    pairs: Sequence[tuple[str, str]], catalogue: Catalogue, keywords: Callable[[str], str]
) -> list[Category]:
    """The categories of (text, category), the most frequent first.

    Guessed by the catalogue's names, by likeness to them and what they cover, and by what the word
    lists say of the category's own texts.
    """
    counts = Counter(category for _, category in pairs)
    texts: dict[str, list[str]] = {name: [] for name in counts}
    for text, category in pairs:
        if len(texts[category]) < _SAMPLE:
            texts[category].append(text)
    return [
        _category(name, count, texts[name], catalogue, keywords)
        for name, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    ]


def _category(
    name: str,
    count: int,
    texts: Sequence[str],
    catalogue: Catalogue,
    keywords: Callable[[str], str],
) -> Category:
    exact = [row.matter for row in catalogue.rows if name in (row.matter, row.name)]
    if exact:
        return Category(name, count, (exact[0],), certain=True)
    points: Counter[str] = Counter()
    for row in catalogue.rows:
        like = max(_likeness(name, row.name), 0.8 * _share_within(name, row.covers))
        points[row.matter] += round(100 * like) if like >= _ALIKE else 0
    if said := keywords(name):
        points[said] += 60
    for label, times in Counter(filter(None, map(keywords, texts))).items():
        points[label] += round(120 * times / len(texts))
    known = {row.matter for row in catalogue.rows}
    likely = [label for label, value in points.most_common() if value > 0 and label in known]
    return Category(name, count, tuple(likely[:_MOST]), certain=False)


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _share_within(name: str, words: str) -> float:
    """How much of the name stands in the words in one piece."""
    found = SequenceMatcher(None, name, words, autojunk=False).find_longest_match()
    return found.size / len(name) if found.size > 1 else 0.0


def read_mapping(file: Path) -> dict[str, str]:
    """Category -> intent (or `-`) of a file that was written here; rows without an intent count as
    not answered. Raises `BadMapping`."""
    try:
        text = file.read_bytes()
    except OSError as exc:
        raise BadMapping(f"对照表 {file} 读不了（{exc.strerror}）") from exc
    rows = list(csv.reader(StringIO(_decoded(text, file))))
    if not rows or [cell.strip() for cell in rows[0][:2]] != list(_HEADER[:2]):
        raise BadMapping(f"{file.name} 的第一行应是 {','.join(_HEADER)}")
    found: dict[str, str] = {}
    for line, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) < 2 or not row[0].strip():
            raise BadMapping(f"{file.name} 第 {line} 行应有类别和事项两格")
        category, intent = row[0].strip(), row[1].strip()
        if category in found:
            raise BadMapping(f"{file.name} 第 {line} 行：类别“{category}”有两行")
        found[category] = intent
    return {category: intent for category, intent in found.items() if intent}


def write_mapping(
    file: Path, categories: Sequence[Category], said: Mapping[str, str], catalogue: Catalogue
) -> None:
    """The answers for the next time; what is not answered stands with an empty intent."""
    rows = StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(_HEADER)
    for each in categories:
        intent = said.get(each.name, "")
        row = catalogue.get(intent)
        writer.writerow((each.name, intent, row.name if row else "", each.count))
    with whole_file(file) as out:
        out.write(("\ufeff" + rows.getvalue()).encode())


def _decoded(data: bytes, file: Path) -> str:
    """UTF-8, or what Excel writes on a Chinese machine."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadMapping(f"{file.name} 的编码认不出来，请另存为 CSV UTF-8")
