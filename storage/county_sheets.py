"""The county's reference data, one table for each sheet of its workbook."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from storage import tables


class HoursRow(SQLModel, table=True):
    """Office hours of the county, of a level or of one unit (作息)."""

    __tablename__ = "hours"

    applies_to: str = Field(primary_key=True)
    season_from: str = Field(primary_key=True)
    season_to: str = Field(primary_key=True)
    slots: str


COUNTY_SHEETS = {
    **tables.COUNTY_SHEETS,
    "hours": SQLModel.metadata.tables["hours"],
}
"""By the name of the sheet."""
