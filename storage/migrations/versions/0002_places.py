"""pre: Validity and successors, organisations, holidays, areas, proposals, remembered places."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_VALIDITY = ("valid_from", "valid_to", "successors")


def upgrade() -> None:
    """The county's tree gets a past; what residents confirmed is remembered."""
    _rebuild("divisions", _divisions(with_validity=True), dict.fromkeys(_VALIDITY, ""))
    _rebuild("grids", _grids(with_validity=True), dict.fromkeys(_VALIDITY, ""))
    if op.get_bind().dialect.name == "postgresql":
        # Many rows, and the old code may be writing: nullable columns cost a moment only.
        for column in _places():
            op.add_column("conversations", column)
    else:
        _rebuild("conversations", _conversations(_places()), {})
    op.create_table(
        "organisations",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("village_code", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("villages", sa.Text(), nullable=False),
    )
    op.create_table(
        "holidays",
        sa.Column("day", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
    )
    op.create_table(
        "areas",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("kind", sa.String(), primary_key=True),
        sa.Column("datum", sa.String(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
    )
    op.create_table(
        "county_versions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
    )
    op.create_table(
        "alias_proposals",
        sa.Column("alias", sa.String(), primary_key=True),
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
    )


def downgrade() -> None:
    """Back to a tree without a past; ended divisions and grids cannot be kept."""
    for table in ("alias_proposals", "county_versions", "areas", "holidays", "organisations"):
        op.drop_table(table)
    op.execute("DELETE FROM grids WHERE valid_to <> ''")
    op.execute("DELETE FROM divisions WHERE valid_to <> ''")
    _rebuild("conversations", _conversations([]), {})
    _rebuild("grids", _grids(with_validity=False), {})
    _rebuild("divisions", _divisions(with_validity=False), {})


def _rebuild(table: str, columns: list[sa.Column[object]], added: dict[str, str]) -> None:
    """Write the table anew: both databases then have the columns where the models have them."""
    connection = op.get_bind()
    old = sa.Table(table, sa.MetaData(), autoload_with=connection)
    rows = [dict(row) for row in connection.execute(sa.select(old)).mappings()]
    op.drop_table(table)
    new = op.create_table(table, *columns)
    if rows:
        kept = {column.name for column in columns}
        op.bulk_insert(
            new, [{k: v for k, v in {**added, **row}.items() if k in kept} for row in rows]
        )


def _text(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _divisions(*, with_validity: bool) -> list[sa.Column[object]]:
    return [
        sa.Column("code", sa.String(), primary_key=True),
        *_text("level", "name", "short_name", "parent_code", "urban_rural"),
        *_text(*(_VALIDITY if with_validity else ())),
    ]


def _grids(*, with_validity: bool) -> list[sa.Column[object]]:
    return [
        sa.Column("code", sa.String(), primary_key=True),
        *_text("village_code", "name", "number", "kind", "groups", "leader"),
        *_text(*(_VALIDITY if with_validity else ())),
    ]


def _places() -> list[sa.Column[object]]:
    return [
        sa.Column("confirmed", sa.String(), nullable=True),
        sa.Column("pin", sa.String(), nullable=True),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True),
    ]


def _conversations(places: list[sa.Column[object]]) -> list[sa.Column[object]]:
    return [
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("grid", sa.String(), nullable=True),
        *places,
    ]
