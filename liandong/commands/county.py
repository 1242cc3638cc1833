"""`liandong county`: what is done with a county's own data, one file for each command."""

from __future__ import annotations

import typer

from liandong.commands.county_aliases import app as aliases
from liandong.commands.county_areas import areas
from liandong.commands.county_export import export_workbook
from liandong.commands.county_import import import_workbook
from liandong.commands.county_migrate import migrate
from liandong.commands.county_posters import posters

app = typer.Typer(help="县的数据 / the county's data", no_args_is_help=True)


@app.callback()
def group() -> None:
    """县的数据 / the county's data."""


app.command("import")(import_workbook)
app.command("export")(export_workbook)
app.command()(migrate)
app.command()(posters)
app.add_typer(aliases, name="aliases")
app.add_typer(areas, name="areas")
