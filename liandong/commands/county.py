"""`liandong county`: what is done with a county's own data, one file for each command."""

from __future__ import annotations

import typer

from liandong.commands.county_aliases import app as aliases
from liandong.commands.county_posters import posters

app = typer.Typer(help="县的数据 / the county's data", no_args_is_help=True)


@app.callback()
def group() -> None:
    """县的数据 / the county's data."""


app.command()(posters)
app.add_typer(aliases, name="aliases")
