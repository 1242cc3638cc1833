"""Brings a database to the present schema, in one transaction and once, whoever starts first.

A revision is marked in its message: `pre` runs before the new code starts and must suit the old
code too, `post` runs when no old code is left. A new one is drafted from `storage/tables.py` by
`alembic -x url=sqlite:///draft.db revision --autogenerate --rev-id 0002 -m "pre: …"`.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from storage import console_tables, correction_tables, learning_tables
from storage.county_sheets import COUNTY_SHEETS
from storage.database import BUSY_SECONDS, StorageUnavailable, sync_url

_DECLARED = (
    console_tables.ACCOUNTS,
    learning_tables.LABELS,
    correction_tables.CORRECTIONS,
    COUNTY_SHEETS["hours"],
)
METADATA = _DECLARED[0].metadata
"""What `storage.tables` and the other modules of tables declare."""

_SCRIPTS = Path(__file__).parent / "migrations"
_ADVISORY_KEY = 0x6C69616E646F6E67  # "liandong"
"""Names our lock among PostgreSQL's advisory locks."""


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database up to `revision`; does nothing when it is there already."""
    with transaction(url) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def current(url: str) -> str | None:
    """The revision of the database, None when it is empty."""
    with transaction(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The newest revision that this code knows."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    if newest is None:
        raise StorageUnavailable("no migrations are installed with the package")
    return newest


def differences(url: str) -> list[Any]:
    """What Alembic would change to make the database what the tables declare; [] is right."""
    with transaction(url) as connection:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


@contextmanager
def transaction(url: str) -> Iterator[Connection]:
    """One exclusive transaction, committed at its end; a second migrator waits for the first."""
    engine = create_engine(sync_url(url), poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        _make_transactional(engine)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_KEY}
                )
            yield connection
    except OperationalError as exc:
        raise StorageUnavailable(str(exc.orig)) from exc
    finally:
        engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config


def _write_ahead(cursor: DBAPICursor) -> None:
    # Done here, once for the file: the change needs the file alone and does not wait for it, so
    # processes that start together would fail on their first connection.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _make_transactional(engine: Engine) -> None:
    # The driver by itself commits before DDL: a killed migration would leave half a schema.
    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        raw: Any = connection  # the driver's own attribute, unknown to SQLAlchemy's protocol
        raw.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
        _write_ahead(cursor)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
