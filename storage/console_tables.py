"""The tables of the console: who may sign in, and what each of them did."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.columns import long_text, moment, serial, table_of


class AccountRow(SQLModel, table=True):
    """Somebody who signs in to the console with a password; closed accounts stay for the record."""

    __tablename__ = "accounts"

    name: str = Field(primary_key=True)
    """What is typed at the door; never given to somebody else later."""
    person: str
    """Who it is, for people to read."""
    password: str
    """The argon2 hash."""
    roles: str
    """`admin|annotator|reviewer|dispatcher`, joined with `|`."""
    cadre: str | None = None
    """The cadre as whom a dispatcher acts on tickets."""
    epoch: int = 0
    """Rises when password, roles or state change: older sessions end."""
    created_at: datetime = Field(sa_column=moment())
    created_by: str
    closed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class ConsoleLogRow(SQLModel, table=True):
    """One thing that somebody changed or looked at in the console; appended, never changed."""

    __tablename__ = "console_log"
    __table_args__ = (Index("ix_console_log_about", "about", "id"),)

    id: int | None = Field(default=None, sa_column=serial())
    at: datetime = Field(sa_column=moment())
    account: str
    action: str
    about: str
    """What it was done to: `ticket:LD…`, `intent:road`, `model:nlu-…`, `label:17`, `account:…`."""
    detail: str = Field(sa_column=long_text())
    """JSON: what it was and what it became. No resident's words."""


ACCOUNTS = table_of(AccountRow)
CONSOLE_LOG = table_of(ConsoleLogRow)
