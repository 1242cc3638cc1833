"""Columns that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Boolean, Column, DateTime, Dialect, Integer, Table, Text, false
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC; a naive one is refused rather than guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


SerialInteger = BigInteger().with_variant(Integer, "sqlite")
"""A key that counts up: SQLite does that for INTEGER only."""


def serial() -> Column[int]:
    """A key that counts up."""
    return Column(SerialInteger, primary_key=True, autoincrement=True)


def moment(*, nullable: bool = False) -> Column[datetime]:
    """An aware point in time."""
    return Column(UtcDateTime, nullable=nullable)


def message_number(*, nullable: bool = False) -> Column[int]:
    """The number of an inbox row."""
    return Column(SerialInteger, nullable=nullable)


def long_text() -> Column[str]:
    """Text of any length."""
    return Column(Text, nullable=False)


def no() -> Column[bool]:
    """A mark that rows of older code do not have."""
    return Column(Boolean, nullable=False, server_default=false())


def table_of(row: type[SQLModel]) -> Table:
    """The table behind a row."""
    return SQLModel.metadata.tables[str(row.__tablename__)]
