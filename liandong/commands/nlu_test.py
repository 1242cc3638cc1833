"""`liandong nlu test`: a model sits the present exam beside the one in use; the gate speaks."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from liandong.bootstrap import utc_now
from liandong.county_database import county_database, is_there
from liandong.settings import Settings
from liandong.terminal import err, out, plainly
from liandong.training.bench import bench_at
from liandong.training.report_lines import report_lines
from liandong.training.report_pdf import report_pdf
from liandong.whole_file import whole_file
from services.learning.books import NoSuchModel
from services.learning.gate_report import GateReport
from services.learning.gate_report_json import report_to_json
from storage.model_book import SqlModelBook

ModelName = Annotated[str, typer.Argument(help="模型的名字，见 liandong nlu list")]
PdfFile = Annotated[Path | None, typer.Option("--pdf", dir_okay=False, help="把报告写成 PDF")]


def exam_bar() -> Progress:
    """A bar for something that tells its share."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=err, transient=True)


async def _tested(settings: Settings, name: str) -> GateReport:
    bench = await bench_at(settings)
    with exam_bar() as progress:
        task = progress.add_task("考试 examining", total=1)
        report = await bench.report(
            name, lambda share: progress.update(task, completed=share), utc_now()
        )
    if is_there(settings):
        await _keep(settings, report)
    return report


async def _keep(settings: Settings, report: GateReport) -> None:
    async with county_database(settings) as database:
        try:
            await SqlModelBook(database).examined(
                report.candidate, report_to_json(report), report.passed
            )
        except NoSuchModel:
            err.print("（数据库里没有登记这个模型，报告没有存）")


def show(report: GateReport, pdf: Path | None, settings: Settings) -> None:
    """Print it, and write the PDF when one is wanted."""
    out.print(report_lines(report), highlight=False)
    if pdf is not None:
        made = report_pdf(report, settings.poster_font)
        with whole_file(pdf) as file:
            file.write(made)
        err.print(f"✓ 报告写入 {pdf}")


@plainly
def examine_model(name: ModelName, pdf: PdfFile = None) -> None:
    """让一个模型和现用的做同一份考题，并把关 / examine a model beside the one in use."""
    settings = Settings()
    report = asyncio.run(_tested(settings, name))
    show(report, pdf, settings)
    if not report.passed:
        raise typer.Exit(1)
