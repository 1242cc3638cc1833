"""The command `liandong`."""

from __future__ import annotations

import logging

import typer

from liandong.commands import cadre, db
from liandong.commands.check import check
from liandong.commands.classify import classify
from liandong.commands.doctor import doctor
from liandong.commands.run import run
from liandong.commands.simulate import simulate
from liandong.commands.train import train
from liandong.logs import configure

app = typer.Typer(
    name="liandong",
    help="联动服务:群众一句话,事事有人管 / a county's linkage service",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(run)
app.add_typer(db.app, name="db")
app.add_typer(cadre.app, name="cadre")
app.command()(doctor)
app.command()(check)
app.command()(train)
app.command()(simulate)
app.command()(classify)


def main() -> None:
    """Entry point of the console script."""
    configure(level=logging.WARNING)
    app()


if __name__ == "__main__":
    main()
