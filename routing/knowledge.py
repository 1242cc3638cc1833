"""What the county says of its free services and procedures (知识库): one entry for each question.

An entry is either answered, with its source and the unit that answers for it, or an empty slot
that waits for the county. An empty slot is never shown to a resident: nobody invents a policy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from routing.knowledge_words import content_of
from routing.problems import Problem
from routing.table_row import TableRow, table_rows

SHEET = "knowledge"
EntryStatus = Literal["answered", "empty"]
LONGEST_ANSWER = 1500
"""Characters: with its source, unit and validity an answer must fit into one chat message."""

_STATUSES: Mapping[str, EntryStatus] = {status: status for status in get_args(EntryStatus)}
_OF_AN_ANSWER = ("answer", "unit", "source")


@dataclass(frozen=True, slots=True)
class Entry:
    """One question with its answer, or a slot for one."""

    code: str
    title: str
    """The question in a few words; it is matched like `words`."""
    answer: str
    words: tuple[str, ...]
    """How people ask."""
    matter: str
    """The dispatch catalogue's row that a ticket about it would have; may be empty."""
    unit: str
    """The unit that answers for what is said."""
    source: str
    """The document or the person that it was taken from."""
    valid_from: date | None
    valid_to: date | None
    """The last day on which it holds."""
    status: EntryStatus

    @property
    def phrases(self) -> tuple[str, ...]:
        """Everything that a message is compared with."""
        return (self.title, *self.words)

    def is_valid(self, day: date) -> bool:
        """Whether residents may be told it on that (local) day."""
        begun = self.valid_from is None or self.valid_from <= day
        over = self.valid_to is not None and self.valid_to < day
        return self.status == "answered" and begun and not over

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.valid_to is not None and self.valid_to < day


def read_knowledge(
    records: Iterable[Mapping[str, str]], problems: list[Problem]
) -> tuple[Entry, ...]:
    """The entries; what could never work is noted, such as an answer whose slot is still empty."""
    return tuple(_entry(row) for row in table_rows(SHEET, records, problems))


def _entry(row: TableRow) -> Entry:
    entry = Entry(
        code=row.required("code"),
        title=row.required("title"),
        answer=row.text("answer"),
        words=row.several("words"),
        matter=row.text("matter"),
        unit=row.text("unit"),
        source=row.text("source"),
        valid_from=row.day("valid_from"),
        valid_to=row.day("valid_to"),
        status=_STATUSES.get(row.one_of("status", _STATUSES), "empty"),
    )
    if entry.status == "answered":
        _check_answer(row, entry)
    elif entry.answer:
        row.note("status", "已经写了答复，但状态还是待填写，群众看不到：请改状态，或清空答复")
    if entry.valid_from and entry.valid_to and entry.valid_to < entry.valid_from:
        row.note("valid_to", "有效期至早于生效日期，这一条永远不会用上，请改")
    return entry


def _check_answer(row: TableRow, entry: Entry) -> None:
    for column in _OF_AN_ANSWER:
        row.required(column)
    if len(entry.answer) > LONGEST_ANSWER:
        row.note("answer", f"答复太长，最多 {LONGEST_ANSWER} 个字")
    for phrase in entry.words:
        if not content_of(phrase):
            row.note("words", f"问法“{phrase}”太笼统，会到处误答，请写上是哪项服务")
    if entry.title and not content_of(entry.title):
        row.note("title", f"“{entry.title}”太笼统，请写上是哪项服务")


def check_knowledge(
    rows: Sequence[Mapping[str, str]], units: Collection[str], matters: Collection[str]
) -> Iterable[Problem]:
    """What must hold between the entries and the other tables, and among the entries."""
    asked: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        if (unit := row.get("unit", "")) and unit not in units:
            yield Problem(SHEET, number, "unit", f"组织表里没有“{unit}”，请先登记单位")
        if (matter := row.get("matter", "")) and matter not in matters:
            yield Problem(SHEET, number, "matter", f"派单目录里没有事项“{matter}”")
        if row.get("status") != "answered" or row.get("valid_to"):
            continue  # an older edition may ask the same
        told = (row.get("title", ""), *row.get("words", "").split("|"))
        for phrase in dict.fromkeys(part.strip() for part in told if part.strip()):
            if (first := asked.setdefault(phrase, number)) != number:
                mend = f"问法“{phrase}”第{first}行也有，群众这样问就分不清，请删掉一个"
                yield Problem(SHEET, number, "words", mend)
