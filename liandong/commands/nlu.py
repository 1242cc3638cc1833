"""`liandong nlu`: what is done with the training sentences and the model."""

from __future__ import annotations

import typer

from liandong.commands.nlu_compare import compare_models
from liandong.commands.nlu_evaluate import evaluate
from liandong.commands.nlu_gate import gate
from liandong.commands.nlu_import import import_orders
from liandong.commands.nlu_intents import intents
from liandong.commands.nlu_jobs import jobs
from liandong.commands.nlu_models import (
    activate,
    canary,
    differences,
    list_models,
    rollback,
    shadow,
    stop,
)
from liandong.commands.nlu_test import examine_model
from liandong.commands.nlu_thresholds import thresholds
from liandong.commands.nlu_train import train
from liandong.commands.nlu_validate import validate

app = typer.Typer(help="训练例句与模型 / training sentences and model", no_args_is_help=True)


@app.callback()
def group() -> None:
    """训练例句与模型 / training sentences and model."""


app.command()(validate)
app.command()(train)
app.command()(jobs)
app.command("test")(examine_model)
app.command("compare")(compare_models)
app.command()(gate)
app.command()(evaluate)
app.command()(thresholds)
app.command()(intents)
app.command("list")(list_models)
app.command()(activate)
app.command()(rollback)
app.command()(shadow)
app.command()(canary)
app.command()(stop)
app.command()(differences)
app.command("import")(import_orders)
