"""Runs the centre's migrations on the connection that `desktop.sql.migrate.upgrade` hands over."""

from __future__ import annotations

from desktop.centre.metadata import METADATA
from desktop.sql.migrate import run_migrations

run_migrations(METADATA)
