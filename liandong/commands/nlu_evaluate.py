"""`liandong nlu evaluate`: the model, with everything around it, on the held-out sentences."""

from __future__ import annotations

import asyncio
import csv
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from liandong.bootstrap import sample_office, utc_now
from liandong.classifier import Classifier, make_classifier
from liandong.golden import (
    COUNTED_SET,
    EMERGENCY_SET,
    SEALED_SET,
    Examiner,
    errors_of,
    golden_examples,
    marked_sentences,
)
from liandong.golden_report import Examination, report_of
from liandong.settings import ROOT, Settings
from liandong.terminal import bar, err, out, plainly, steps
from nlu.evaluate import Case, label_of, wanted_label
from services.understanding import Understanding

_AT_ONCE = 16


async def examine(settings: Settings, folder: Path) -> Examination:
    """Read every held-out sentence through the serving path."""
    office = sample_office(utc_now)
    examiner = Examiner(office)
    classifier = make_classifier(settings)
    try:
        with steps() as progress:
            progress.add_task("启动识别模型 starting the model", total=None)
            await classifier.start()
            await classifier.wait_ready()
        examples = golden_examples(folder)
        found = await _read_all(classifier, [example.text for example in examples])
        cases = [examiner.case(e, f) for e, f in zip(examples, found, strict=True)]
        marked: dict[str, list[tuple[dict[str, str], Case]]] = {}
        for name in (EMERGENCY_SET, SEALED_SET, COUNTED_SET):
            rows = list(marked_sentences(folder / name))
            readings = await _read_all(classifier, [text for text, _ in rows])
            marked[name] = [
                (marks, examiner.marked(text, marks, reading))
                for (text, marks), reading in zip(rows, readings, strict=True)
            ]
    finally:
        await classifier.stop()
    counted = [(int(marks["n_matters"]), case) for marks, case in marked[COUNTED_SET]]
    return Examination(
        model=cases[0].found.model if cases else "",
        cases=cases,
        emergencies=[case for _, case in marked[EMERGENCY_SET]],
        sealed=[case for _, case in marked[SEALED_SET]],
        counted=counted,
        latency_ms=statistics.median(c.found.latency_ms for c in cases) if cases else 0.0,
    )


async def _read_all(classifier: Classifier, texts: Sequence[str]) -> list[Understanding]:
    found: list[Understanding] = []
    with bar() as progress:
        task = progress.add_task("识别 reading", total=len(texts))
        for start in range(0, len(texts), _AT_ONCE):
            batch = texts[start : start + _AT_ONCE]
            found += await asyncio.gather(*(classifier.understander.understand(t) for t in batch))
            progress.advance(task, len(batch))
    return found


def _write_errors(file: Path, cases: Sequence[Case]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(("wanted", "said", "confidence", "rule", "text"))
        for case in sorted(errors_of(cases), key=lambda c: wanted_label(c.expected)):
            found = case.found
            writer.writerow(
                (
                    wanted_label(case.expected),
                    label_of(found),
                    f"{found.confidence:.2f}",
                    found.rule,
                    case.text,
                )
            )


@plainly
def evaluate(
    keywords: Annotated[
        bool, typer.Option("--keywords", help="只用关键词 / keyword classifier only")
    ] = False,
    folder: Annotated[
        Path, typer.Option("--golden", exists=True, file_okay=False, help="考题在哪个文件夹")
    ] = ROOT / "nlu" / "golden",
    report: Annotated[
        Path | None, typer.Option("--report", dir_okay=False, help="把整份报告写成 Markdown")
    ] = None,
    errors: Annotated[
        Path | None, typer.Option("--errors", dir_okay=False, help="把错的句子写成 CSV")
    ] = None,
) -> None:
    """用考题检验识别:各项指标、每个意图、容易混的 / figures on the held-out sentences."""
    settings = Settings(nlu=False) if keywords else Settings()
    found = asyncio.run(examine(settings, folder))
    text = report_of(found)
    out.print(text.split("\n## ")[0], highlight=False, markup=False)
    if report is not None:
        report.write_text(text, encoding="utf-8")
        err.print(f"✓ 报告写入 {report}")
    if errors is not None:
        _write_errors(errors, found.cases)
        err.print(f"✓ 错的 {len(errors_of(found.cases))} 句写入 {errors}")
