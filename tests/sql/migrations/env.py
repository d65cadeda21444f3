"""The environment of the test's own migrations."""

from __future__ import annotations

from desktop.sql.metadata import new_metadata
from desktop.sql.migrate import run_migrations

run_migrations(new_metadata())
