"""pre: What waits for a unit is found quickly; pictures for cadres only are marked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_WAITING = {"reviewer": "reviewer", "told_up": "told_up"}
_EXCLUSION = "excluded = 'asked'"


def upgrade() -> None:
    """No row changes: what is there was sent for the resident, too."""
    if op.get_bind().dialect.name == "postgresql":
        # Old code may be writing: it knows nothing of the column, so its value has a default.
        op.add_column("attachments", _internal())
    else:
        _rebuild(_internal())
    for name, column in _WAITING.items():
        where = sa.text(f"{column} IS NOT NULL AND due_at IS NOT NULL")
        op.create_index(
            f"ix_tickets_{name}",
            "tickets",
            [column],
            sqlite_where=where,
            postgresql_where=where,
        )
    op.create_index(
        "ix_tickets_exclusion",
        "tickets",
        ["updated_at"],
        sqlite_where=sa.text(_EXCLUSION),
        postgresql_where=sa.text(_EXCLUSION),
    )


def downgrade() -> None:
    """Without them; pictures for cadres only cannot be told from others any more."""
    for name in ("exclusion", *_WAITING):
        op.drop_index(f"ix_tickets_{name}", "tickets")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_column("attachments", "internal")
    else:
        _rebuild()


def _internal() -> sa.Column[bool]:
    return sa.Column("internal", sa.Boolean(), nullable=False, server_default=sa.false())


def _rebuild(*last: sa.Column[bool]) -> None:
    """Write the table anew, so that the column stands where the models have it."""
    connection = op.get_bind()
    old = sa.Table("attachments", sa.MetaData(), autoload_with=connection)
    rows = [dict(row) for row in connection.execute(sa.select(old)).mappings()]
    for index in ("key", "ticket", "to_show"):
        op.drop_index(f"ix_attachments_{index}", "attachments")
    op.drop_table("attachments")
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    new = op.create_table(
        "attachments",
        sa.Column("id", number, primary_key=True, autoincrement=True),
        sa.Column("inbox_id", number, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("mime", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        *last,
    )
    kept = {column.name for column in new.columns}
    if rows:
        op.bulk_insert(new, [{k: v for k, v in row.items() if k in kept} for row in rows])
    where = sa.text("NOT shown")
    op.create_index("ix_attachments_ticket", "attachments", ["ticket"])
    op.create_index("ix_attachments_key", "attachments", ["key"])
    op.create_index(
        "ix_attachments_to_show", "attachments", ["id"], sqlite_where=where, postgresql_where=where
    )
