"""pre: Dated shifts and deputies; leaves, swaps and the gaps that were told of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
# 0005 and 0006 are taken by changes on other branches; whoever merges chains this after them.
down_revision = "0006"
branch_labels = None
depends_on = None

_ADDED = ("day", "deputy")


def upgrade() -> None:
    """Two columns more for the roster, empty for what is there, and four tables."""
    _rebuild_duty(*_ADDED)
    op.create_table(
        "duty_absences",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("cadre", sa.String(), nullable=False),
        _moment("starts_at"),
        _moment("ends_at"),
        sa.Column("deputy", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        _moment("noted_at"),
        sa.Column("back_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_duty_absences_end", "duty_absences", ["ends_at"])
    op.create_table(
        "duty_swaps",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("taker", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        _moment("asked_at"),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_duty_swaps_day", "duty_swaps", ["day"])
    op.create_table(
        "duty_gaps",
        sa.Column("unit", sa.String(), primary_key=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), primary_key=True),
        _moment("ends_at"),
        sa.Column("why", sa.String(), nullable=False),
        _moment("told_at"),
    )
    op.create_table(
        "duty_version",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    """Without them; dated shifts go, as the old roster would take them for weekly ones."""
    for table in ("duty_version", "duty_gaps", "duty_swaps", "duty_absences"):
        op.drop_table(table)
    op.execute("DELETE FROM duty WHERE day <> ''")
    _rebuild_duty()


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _rebuild_duty(*last: str) -> None:
    """Write the table anew: both databases then have the columns where the models have them."""
    connection = op.get_bind()
    old = sa.Table("duty", sa.MetaData(), autoload_with=connection)
    rows = [dict(row) for row in connection.execute(sa.select(old).order_by(old.c.id)).mappings()]
    op.drop_table("duty")
    names = ("unit", "weekday", "start", "end", "cadre", "role", *last)
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    new = op.create_table(
        "duty",
        sa.Column("id", serial, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in names),
    )
    empty = dict.fromkeys(names, "")
    # The order of the rows has a meaning, their numbers have none.
    kept = [{name: (empty | row)[name] for name in names} for row in rows]
    if kept:
        op.bulk_insert(new, kept)
