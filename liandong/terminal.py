"""What the commands share: where they print, and how a failure is said."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from routing.errors import LiandongError

out = Console()
err = Console(stderr=True)

P = ParamSpec("P")
R = TypeVar("R")


def steps() -> Progress:
    """Spinner and elapsed time, for steps whose length is not known."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=err,
        transient=False,
    )


def bar() -> Progress:
    """A bar with count and time left."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=err,
    )


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """A `LiandongError` becomes one sentence and exit code 1 instead of a traceback."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except LiandongError as exc:
            err.print(f"[red]✗[/red] {escape(str(exc))}", highlight=False)
            raise typer.Exit(1) from exc
        except KeyboardInterrupt:
            sys.exit(130)

    return wrapped
