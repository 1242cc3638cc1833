"""The county's reference data, one table for each sheet of its workbook."""

from __future__ import annotations

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from storage import tables


class HoursRow(SQLModel, table=True):
    """Office hours of the county, of a level or of one unit (作息)."""

    __tablename__ = "hours"

    applies_to: str = Field(primary_key=True)
    season_from: str = Field(primary_key=True)
    season_to: str = Field(primary_key=True)
    slots: str


class PrecedentRow(SQLModel, table=True):
    """Rulings of the county centre that hold for the next tickets (先例)."""

    __tablename__ = "precedents"

    matter: str = Field(primary_key=True)
    township_code: str = Field(primary_key=True)
    owner: str
    ticket: str
    ruled_on: str
    reason: str = Field(sa_column=Column(Text, nullable=False))


COUNTY_SHEETS = {
    **tables.COUNTY_SHEETS,
    "hours": SQLModel.metadata.tables["hours"],
    "precedents": SQLModel.metadata.tables["precedents"],
}
"""By the name of the sheet."""
