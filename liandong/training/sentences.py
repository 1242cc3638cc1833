"""What a model learnt from, kept beside it, so that the next one can be compared sentence by
sentence."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from liandong.settings import ROOT, Settings
from liandong.whole_file import whole_file
from nlu.dataset import Dataset, Example, read_dataset
from nlu.fingerprint import model_path
from services.learning.gate_report import DataChange, IntentSentences

_SHOWN = 20

Taught = Counter[tuple[str, str, str]]
"""(intent, sentence, its marks) -> how often."""


def taught(data: Dataset) -> Taught:
    """Every labelled sentence."""
    return Counter((e.intent, e.text, _marks(e)) for e in data.examples)


def sentences_path(folder: Path, name: str) -> Path:
    """Where what a model learnt from lies, beside its archive."""
    return folder / f"{name}.sentences.json.gz"


def keep_sentences(folder: Path, name: str, data: Dataset) -> None:
    """Write them beside the archive. Raises `CannotWrite`."""
    rows = [[*key, count] for key, count in sorted(taught(data).items())]
    with whole_file(sentences_path(folder, name)) as file:
        # Without a moment in it, the same sentences make the same file.
        file.write(gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), mtime=0))


def kept_sentences(settings: Settings, name: str) -> Taught | None:
    """What a model learnt from; None where nobody knows (any more)."""
    file = sentences_path(settings.models_dir, name)
    try:
        rows = json.loads(gzip.decompress(file.read_bytes()))
        return Counter({(row[0], row[1], row[2]): int(row[3]) for row in rows})
    except FileNotFoundError:
        shipped = model_path(ROOT, settings.models_dir).name.removesuffix(".tar.gz")
        return taught(read_dataset(ROOT / "nlu" / "data")) if name == shipped else None
    except (OSError, EOFError, ValueError, LookupError):
        return None


def data_change(old: Taught | None, new: Taught, names: Mapping[str, str]) -> DataChange:
    """What the new model learnt that the old one did not, and the reverse."""
    if old is None:
        return DataChange(known=False)
    added, removed = new - old, old - new
    more, less = _by_intent(added), _by_intent(removed)
    intents = sorted({*more, *less}, key=lambda i: (-(more[i] + less[i]), i))
    return DataChange(
        True,
        added.total(),
        removed.total(),
        tuple(IntentSentences(names.get(i, i), more[i], less[i]) for i in intents),
        tuple((names.get(i, i), text) for i, text in _spread(added)),
    )


def _spread(added: Taught) -> list[tuple[str, str]]:
    """Some of the added sentences, of as many intents as possible."""
    seen: Counter[str] = Counter()
    turns = []
    for intent, text, _ in sorted(added):
        turns.append((seen[intent], intent, text))
        seen[intent] += 1
    return [(intent, text) for _, intent, text in sorted(turns)[:_SHOWN]]


def _by_intent(found: Taught) -> Counter[str]:
    counts: Counter[str] = Counter()
    for (intent, _, _), count in found.items():
        counts[intent] += count
    return counts


def _marks(example: Example) -> str:
    flags = (name for name in ("urgent", "confidential") if example.flag(name))
    return ",".join([example.appeal_type or "", *flags])
