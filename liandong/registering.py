"""Puts an archive of the models' folder into the book of models."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from liandong.training.sentences import keep_sentences, sentences_path
from nlu.archive import read_archive
from nlu.dataset import read_dataset
from services.learning.books import ModelBook
from services.learning.models import TrainedModel


async def register_archive(
    book: ModelBook, archive: Path, author: str, learnt_from: Path
) -> TrainedModel:
    """Keep a model that lies in the folder; as it was made, when it was.

    `learnt_from` holds the sentences it learnt from, to be counted and kept. Raises
    `UnusableArchive`, `CannotWrite`.
    """
    found = await asyncio.to_thread(read_archive, archive)
    known = await book.model(found.name)
    if known is not None and known.sha256 == found.sha256 and known.removed_at is None:
        return known
    examples = await asyncio.to_thread(_kept, learnt_from, archive, found.name)
    made_at = await asyncio.to_thread(_made_at, archive)
    model = TrainedModel(
        found.name,
        found.sha256,
        found.size,
        found.rasa,
        author,
        made_at,
        examples,
        found.intents,
        "",
        None,
    )
    await book.register(model)
    return model


def _made_at(archive: Path) -> datetime:
    return datetime.fromtimestamp(archive.stat().st_mtime, UTC)


def _kept(learnt_from: Path, archive: Path, name: str) -> int:
    """How many sentences it learnt from. They are kept beside it: once the files are edited, a
    later training could not say any more what is new in it."""
    data = read_dataset(learnt_from)
    if not sentences_path(archive.parent, name).exists():
        keep_sentences(archive.parent, name, data)
    return len(data.examples)
