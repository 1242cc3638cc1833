"""Every intent with its examples, and what a draft still lacks. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from routing.catalogue import SHEET
from services.learning.edits import Count
from services.learning.intent_view import IntentView
from services.learning.intents import FORMER, IntentState, KnownIntent, Row, StagedLabel
from services.learning.labels import LabelState, Part
from services.privacy import learnt

FEWEST = 10
"""Examples below which an intent cannot be learnt (`nlu.dataset_checks.FEWEST`)."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Labels that wait for an intent."""

    proposed: int = 0
    """To be reviewed."""
    data: int = 0
    """Accepted, to be learnt from when it goes live."""
    golden: int = 0
    """Accepted, to be examined with."""


@dataclass(frozen=True, slots=True)
class ListedIntent:
    """One line of the list of intents."""

    code: str
    name: str
    state: IntentState
    became: str
    """Of a code of old: the code of now. Of a split: the new parts, joined with `|`."""
    count: Count
    """Examples in the files."""
    staged: Staged
    row: Row
    """Of the catalogue; the one that a draft will have. Empty for codes of old."""
    missing: tuple[str, ...] = ()
    """What must be there before it can go live, in Chinese; empty: it can."""
    notes: tuple[str, ...] = ()
    """What would be better, in Chinese."""
    unsorted: int = 0
    """Of a split and its parts: old examples that wait to be sorted again."""


def listing(
    view: IntentView,
    counts: Mapping[str, Count],
    labels: Sequence[StagedLabel],
    worded: Collection[str],
    unsorted: Mapping[str, int],
) -> list[ListedIntent]:
    """Matters in the order of the catalogue, then drafts, then codes that are none any more.

    `unsorted`: how many old examples of an intent that is being split wait.
    """
    rows = [row["matter"] for row in view.sheets[SHEET]]
    drafts = [each.code for each in view.drafts() if each.code not in rows]
    others = [each.code for each in view.known if each.code not in {*rows, *drafts}]
    return [
        _listed(view, code, counts.get(code, Count()), labels, code in worded, unsorted)
        for code in (*rows, *drafts, *others)
    ]


def _listed(
    view: IntentView,
    code: str,
    count: Count,
    labels: Sequence[StagedLabel],
    is_worded: bool,
    unsorted: Mapping[str, int],
) -> ListedIntent:
    known, state = view.get(code), view.state(code) or IntentState.LIVE
    gone = state in FORMER or state is IntentState.REMOVED
    staged = staged_for(view, code, labels)
    missing: tuple[str, ...] = ()
    if state is IntentState.DRAFT:
        missing = lacks(count.data + staged.data, unsorted_of(view, code, unsorted))
    return ListedIntent(
        code,
        view.name(code),
        state,
        known.became if known else "",
        count,
        staged,
        {} if gone else _row(view, code, known),
        missing,
        () if gone else tips(count.golden + staged.golden, is_worded),
        unsorted_of(view, code, unsorted),
    )


def staged_for(view: IntentView, code: str, labels: Sequence[StagedLabel]) -> Staged:
    """The labels that wait for an intent, under any of its codes, each sentence once."""
    codes = view.codes(code)
    mine = [label for label in labels if label.sentence.intent in codes]
    accepted = [label for label in mine if label.state is LabelState.ACCEPTED]

    def texts(part: Part) -> int:
        return len({learnt(label.sentence.text) for label in accepted if label.part is part})

    return Staged(len(mine) - len(accepted), texts(Part.DATA), texts(Part.GOLDEN))


def lacks(examples: int, unsorted: int) -> tuple[str, ...]:
    """What keeps a draft from going live, in Chinese."""
    found = []
    if examples < FEWEST:
        found.append(f"还差 {FEWEST - examples} 句例句（已有 {examples} 句，至少 {FEWEST} 句）")
    if unsorted:
        found.append(f"原来的例句还有 {unsorted} 句没有分好")
    return tuple(found)


def tips(golden: int, is_worded: bool) -> tuple[str, ...]:
    """What would be better, in Chinese."""
    found = []
    if not golden:
        found.append("没有考题：训练后看不出它认得准不准")
    if not is_worded:
        found.append("没有关键词：模型停着的时候认不出它，可在 nlu/keywords 里写几个词")
    return tuple(found)


def unsorted_of(view: IntentView, code: str, unsorted: Mapping[str, int]) -> int:
    """How many old examples wait before a part of a split can go live."""
    parent = view.splitting(code)
    return unsorted.get(parent.code, 0) if parent else 0


def _row(view: IntentView, code: str, known: KnownIntent | None) -> Row:
    return view.row(code) or (known.row if known else {})
