"""Until when what an earlier program did not sign is taken without its person's signature."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0066_unsigned_until"
down_revision = "0065_case_stream"
branch_labels = None
depends_on = None

# As long as a desk may be without a line and go on.
_GRACE = timedelta(days=30)


def upgrade() -> None:
    """Adds the column; a centre that has desks of an earlier program gives them their time."""
    op.add_column("centre", sa.Column("unsigned_until", UtcInstant(), nullable=True))
    centre = sa.table("centre", sa.column("unsigned_until", UtcInstant()))
    op.execute(centre.update().values(unsigned_until=datetime.now(UTC) + _GRACE))
