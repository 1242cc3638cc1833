"""pre: The dispatch catalogue's own limits, legal basis and what each matter covers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ADDED = ("limits", "basis", "covers")


def upgrade() -> None:
    """Three columns more, empty for what is there."""
    _rebuild("limits", "evidence", "basis", "covers")


def downgrade() -> None:
    """Back to the columns of 0002."""
    _rebuild("evidence")


def _rebuild(*last: str) -> None:
    """Write the table anew: both databases then have the columns where the models have them."""
    connection = op.get_bind()
    old = sa.Table("catalogue", sa.MetaData(), autoload_with=connection)
    rows = [dict(row) for row in connection.execute(sa.select(old)).mappings()]
    op.drop_table("catalogue")
    first = ("name", "group", "lead_unit", "co_units", "min_level", "appeal_types", "urgency")
    columns = [sa.Column(name, sa.String(), nullable=False) for name in (*first, *last)]
    new = op.create_table("catalogue", sa.Column("matter", sa.String(), primary_key=True), *columns)
    if rows:
        kept = {"matter", *first, *last}
        empty = dict.fromkeys(_ADDED, "")
        op.bulk_insert(
            new, [{k: v for k, v in {**empty, **row}.items() if k in kept} for row in rows]
        )
