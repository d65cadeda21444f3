"""An office goes by an id for good; its code and kind hold from a day, and cases are kept by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate

revision = "0018_offices"
down_revision = "0017_keys"
branch_labels = None
depends_on = None

_FIRST_DAY = "2026-01-10"  # no office answered for the municipality before
_WIDER = ("device", "person", "enrol_code", "number", "letter")


def upgrade() -> None:
    """Adds the tables and the id; offices of before keep the code that they were opened under."""
    op.create_table(
        "office_term",
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("since", IsoDate(), nullable=False),
        sa.Column("until", IsoDate(), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "since", name=op.f("pk_office_term")),
    )
    op.create_table(
        "office_code",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_office_code")),
    )
    op.create_index(op.f("ix_office_code_office_id"), "office_code", ["office_id"])
    _known_offices()
    _cases_by_office()
    if op.get_bind().dialect.name == "postgresql":
        for table in _WIDER:
            op.alter_column(table, "office", type_=sa.String(length=32))


def _known_offices() -> None:
    op.add_column(
        "office", sa.Column("office_id", sa.String(length=32), nullable=False, server_default="")
    )
    op.execute("UPDATE office SET office_id = code")
    op.create_index(op.f("ix_office_office_id"), "office", ["office_id"], unique=True)
    op.execute("INSERT INTO office_code (code, office_id) SELECT code, office_id FROM office")
    op.execute(
        "INSERT INTO office_term (office_id, since, code, kind, name, authority) "
        f"SELECT office_id, '{_FIRST_DAY}', code, '', name, authority FROM office"
    )


def _cases_by_office() -> None:
    """The key of a case begins with its office's stream, as that of a fact: both can be parted."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.create_index(op.f("ix_case_case_id"), "case", ["case_id"], unique=True)
        op.drop_constraint("pk_case", "case", type_="primary")
        op.create_primary_key("pk_case", "case", ["stream", "case_id"])
        return
    # SQLite makes the table anew for it: from its own words, and its indexes and triggers after it.
    made = connection.exec_driver_sql(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'case' AND sql IS NOT NULL"
    ).all()
    (table,) = (sql for kind, sql in made if kind == "table")
    anew = table.replace("PRIMARY KEY (case_id)", "PRIMARY KEY (stream, case_id)")
    if anew == table:
        raise LookupError("the key of the table of cases is another one")
    connection.exec_driver_sql(f"CREATE TABLE case_by_office {anew[anew.index('(') :]}")
    connection.exec_driver_sql('INSERT INTO case_by_office SELECT * FROM "case"')
    connection.exec_driver_sql('DROP TABLE "case"')
    connection.exec_driver_sql('ALTER TABLE case_by_office RENAME TO "case"')
    for kind, sql in made:
        if kind != "table":
            connection.exec_driver_sql(sql)
    op.create_index(op.f("ix_case_case_id"), "case", ["case_id"], unique=True)
