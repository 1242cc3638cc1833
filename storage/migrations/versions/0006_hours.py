"""pre: The county's own office hours, by unit, level and season."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table more; nothing that is there changes."""
    op.create_table(
        "hours",
        sa.Column("applies_to", sa.String(), primary_key=True),
        sa.Column("season_from", sa.String(), primary_key=True),
        sa.Column("season_to", sa.String(), primary_key=True),
        sa.Column("slots", sa.String(), nullable=False),
    )


def downgrade() -> None:
    """Without it."""
    op.drop_table("hours")
