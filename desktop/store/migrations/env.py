"""The environment in which Alembic runs the store's migrations."""

from __future__ import annotations

from desktop.sql.migrate import run_migrations
from desktop.store.tables import Base

run_migrations(Base.metadata)
