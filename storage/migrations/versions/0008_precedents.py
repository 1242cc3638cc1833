"""pre: Rulings of the county centre that hold for the next tickets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table more; nothing that is there changes."""
    op.create_table(
        "precedents",
        sa.Column("matter", sa.String(), primary_key=True),
        sa.Column("township_code", sa.String(), primary_key=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("ruled_on", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Without it."""
    op.drop_table("precedents")
