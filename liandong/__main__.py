"""The command `liandong`. Only the command that is asked for is imported: starting is quick."""

from __future__ import annotations

import importlib
import logging
import sys

import typer

from liandong.logs import configure

COMMANDS = (
    "run",
    "doctor",
    "check",
    "replay",
    "duty",
    "metrics",
    "train",
    "simulate",
    "simulate-county",
    "classify",
)
GROUPS = ("db", "cadre", "account", "county", "nlu")


def make_app(wanted: str | None = None) -> typer.Typer:
    """The application with one command, or with all of them when none is named."""
    app = typer.Typer(
        name="liandong",
        help="联动服务：群众一句话，事事有人管 / a county's linkage service",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def liandong() -> None:
        """联动服务：群众一句话，事事有人管 / a county's linkage service."""

    known = wanted in COMMANDS or wanted in GROUPS
    for name in COMMANDS:
        if not known or name == wanted:
            written = name.replace("-", "_")
            module = importlib.import_module(f"liandong.commands.{written}")
            app.command()(getattr(module, written))
    for name in GROUPS:
        if not known or name == wanted:
            app.add_typer(importlib.import_module(f"liandong.commands.{name}").app, name=name)
    return app


def main() -> None:
    """Entry point of the console script."""
    configure(level=logging.WARNING)
    make_app(sys.argv[1] if len(sys.argv) > 1 else None)()


if __name__ == "__main__":
    main()
