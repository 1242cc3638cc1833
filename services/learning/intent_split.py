"""How the old examples of an intent that is split go to its parts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.learning.edits import Edit, Placed, RemoveSentence, ReplaceSentence
from services.learning.intents import StagedLabel
from services.learning.labels import LabelState, Part
from services.learning.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Sorting:
    """The old examples, and what was said of each."""

    unlabelled: tuple[Placed, ...]
    """Came into the files after the split began: they wait in no queue yet."""
    unsorted: int
    """Nobody has said yet what they are, or nobody has reviewed it; those included."""
    edits: tuple[Edit, ...]
    """What goes elsewhere."""
    labels: tuple[int, ...]
    """Those that are carried out with it."""
    data: Counter[str]
    """Examples to learn from that each intent has then, of these."""


def sort_out(
    placed: Sequence[Placed], labels: Sequence[StagedLabel], current: Callable[[str], str]
) -> Sorting:
    """Put what was said beside the examples as they stand in the files now; `current` gives the
    code that an intent has now.

    A sentence that its reviewer rejected is removed: it was found to be no example of anything.
    """
    by_text = {label.sentence.text: label for label in labels}
    edits: list[Edit] = []
    data: Counter[str] = Counter()
    unlabelled, waiting, done = [], 0, []
    for each in placed:
        label = by_text.get(each.sentence.text)
        if label is None:
            unlabelled.append(each)
        elif label.state is LabelState.PROPOSED:
            waiting += 1
        elif label.state is LabelState.REJECTED:
            edits.append(RemoveSentence(each.sentence.text, each.sentence.intent, each.part))
        else:
            said = replace(label.sentence, intent=current(label.sentence.intent))
            done.append(label.id)
            edits += _moved(each, said)
            data[said.intent] += each.part is Part.DATA
    return Sorting(tuple(unlabelled), waiting + len(unlabelled), tuple(edits), tuple(done), data)


def _moved(placed: Placed, sentence: Sentence) -> list[Edit]:
    """To another intent, or to another block; nothing where all stays as it is."""
    said = replace(sentence, source=placed.sentence.source)
    if said == placed.sentence:
        return []
    text, intent = placed.sentence.text, placed.sentence.intent
    return [ReplaceSentence(text, intent, placed.part, said, placed.part)]
