"""What SQLite and PostgreSQL share: names, types, engines, triggers, migrations."""
