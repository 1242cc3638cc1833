"""`liandong classify`: a table of messages in, the same table with our reading of each out."""

from __future__ import annotations

import asyncio
import csv
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from liandong.bootstrap import sample_office, utc_now
from liandong.classifier import Classifier, make_classifier
from liandong.reading import COLUMNS, flat, read
from liandong.settings import Settings
from liandong.shipped import chosen_serving
from liandong.terminal import bar, err, plainly, steps
from routing.errors import LiandongError
from services.dialogue import cleaned
from services.office import Office

ERROR_COLUMN = "error"
_AT_ONCE = 32
"""Messages that are read side by side; the model server reads them together."""
_LONGEST_FIELD = 10_000_000


class BadTable(LiandongError):
    """The input must be a UTF-8 CSV file with a column `text`."""


def _rows(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.DictReader((line.replace("\0", "") for line in file), restkey="_more")
        if "text" not in (reader.fieldnames or ()):
            raise BadTable(f"{path.name} 里没有 text 这一列。{BadTable.__doc__}")
        for row in reader:
            more = row.pop("_more", None)
            yield {key: value or "" for key, value in row.items()} | (
                {ERROR_COLUMN: "这一行的列比表头多"} if more else {}
            )


async def _classify_row(
    row: dict[str, str], classifier: Classifier, office: Office
) -> dict[str, object]:
    try:
        text = row.get("text", "")
        if not cleaned(text):
            return {**row, ERROR_COLUMN: row.get(ERROR_COLUMN) or "没有文字"}
        understanding = await classifier.understander.understand(cleaned(text))
        found = flat(office, read(office, text, understanding))
        return {**row, **asdict(found), ERROR_COLUMN: row.get(ERROR_COLUMN, "")}
    except Exception as exc:
        # One bad row must not end the run: it is named and the run goes on.
        return {**row, ERROR_COLUMN: type(exc).__name__}


async def _run(source: Path, target: Path, settings: Settings) -> tuple[int, int]:
    rows = list(_rows(source))
    columns = list(dict.fromkeys(name for row in rows for name in row if name != ERROR_COLUMN))
    columns = (columns or ["text"]) + [*COLUMNS, ERROR_COLUMN]
    office = sample_office(utc_now)
    classifier = make_classifier(settings, await chosen_serving(settings))
    waiting = target.with_name(f".{target.name}.{os.getpid()}")
    errors = 0
    try:
        with steps() as progress:
            progress.add_task("启动识别模型 starting the model", total=None)
            await classifier.start()
            await classifier.wait_ready()
        with waiting.open("w", encoding="utf-8", newline="") as file, bar() as progress:
            writer = csv.DictWriter(file, list(dict.fromkeys(columns)), extrasaction="ignore")
            writer.writeheader()
            task = progress.add_task("识别 classifying", total=len(rows))
            for start in range(0, len(rows), _AT_ONCE):
                batch = rows[start : start + _AT_ONCE]
                done = await asyncio.gather(
                    *(_classify_row(row, classifier, office) for row in batch)
                )
                writer.writerows(done)
                errors += sum(bool(row[ERROR_COLUMN]) for row in done)
                progress.advance(task, len(batch))
        waiting.replace(target)
    finally:
        waiting.unlink(missing_ok=True)
        await classifier.stop()
    return len(rows), errors


@plainly
def classify(
    source: Annotated[
        Path, typer.Option("--input", exists=True, dir_okay=False, help="CSV,有 text 列")
    ],
    target: Annotated[Path, typer.Option("--output", dir_okay=False, help="写到哪里")],
    keywords: Annotated[
        bool, typer.Option("--keywords", help="只用关键词 / keyword classifier only")
    ] = False,
) -> None:
    """把一张表里的消息逐条识别 / read a table of messages (column `text`)."""
    settings = Settings(nlu=False) if keywords else Settings()
    count, errors = asyncio.run(_run(source, target, settings))
    err.print(f"✓ {count} 行写入 {target}" + (f",{errors} 行有错，见 error 列" if errors else ""))
