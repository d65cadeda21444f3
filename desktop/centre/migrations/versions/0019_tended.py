"""What grows is looked after within a day, however large it is: PostgreSQL knows today's rows."""

from __future__ import annotations

from alembic import op

revision = "0019_tended"
down_revision = "0018_offices"
branch_labels = None
depends_on = None

_GROWING = ("case", "letter", "fact", "command")
# A fifth of millions, as it is by itself, are weeks: until then a day's cases are in no statistics,
# and each is looked up in its table though an index has all that is asked.
_TENDED = (
    "autovacuum_analyze_scale_factor = 0.01, "
    "autovacuum_vacuum_insert_scale_factor = 0.01, "
    "autovacuum_vacuum_scale_factor = 0.02"
)


def upgrade() -> None:
    """Tells PostgreSQL; SQLite keeps no statistics by itself."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table in _GROWING:
        op.execute(f'ALTER TABLE "{table}" SET ({_TENDED})')
