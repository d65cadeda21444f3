"""The centre itself: streams and facts, commands, devices and people, cases, letters, visits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0002_centre"
down_revision = "0001_records"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables, and has the database refuse to change facts, commands and questions."""
    op.create_table(
        "case",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("first_outcome", sa.String(length=16), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.Column("received_on", IsoDate, nullable=False),
        sa.Column("registered_at", UtcInstant, nullable=False),
        sa.Column("answer_ms", sa.Integer(), nullable=False),
        sa.Column("due_on", IsoDate, nullable=False),
        sa.Column("updated_at", UtcInstant, nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("slot_day", IsoDate, nullable=True),
        sa.Column("slot_half", sa.Integer(), nullable=False),
        sa.Column("inspector", sa.Text(), nullable=False),
        sa.Column("sampled", sa.String(length=10), nullable=False),
        sa.Column("looked", sa.Boolean(), nullable=False),
        sa.Column("recall", sa.Boolean(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case")),
    )
    op.create_index(op.f("ix_case_code"), "case", ["code"], unique=False)
    op.create_index(op.f("ix_case_received_on"), "case", ["received_on"], unique=False)
    op.create_index(op.f("ix_case_state"), "case", ["state"], unique=False)
    op.create_index(op.f("ix_case_stream"), "case", ["stream"], unique=False)
    op.create_table(
        "centre",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.CheckConstraint('"only" = 1', name=op.f("ck_centre_one_row")),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_centre")),
    )
    op.create_table(
        "command",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("device_seq", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("received_at", UtcInstant, nullable=False),
        sa.Column("canon", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("state IN ('done', 'refused', 'held')", name=op.f("ck_command_state")),
        sa.PrimaryKeyConstraint("device_id", "device_seq", name=op.f("pk_command")),
        sa.UniqueConstraint("command_id", name=op.f("uq_command_command_id")),
    )
    op.create_index(op.f("ix_command_case_id"), "command", ["case_id"], unique=False)
    op.create_table(
        "device",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("office", sa.String(length=20), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.Column("revoked_at", UtcInstant, nullable=True),
        sa.Column("heard_at", UtcInstant, nullable=True),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_device")),
        sa.UniqueConstraint("office", "desk", name=op.f("uq_device_office_desk")),
    )
    op.create_table(
        "fact",
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("at", UtcInstant, nullable=False),
        sa.Column("canon", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", "pos", name=op.f("pk_fact")),
        sa.UniqueConstraint("fact_id", name=op.f("uq_fact_fact_id")),
    )
    op.create_index(
        op.f("ix_fact_case_id_rev"),
        "fact",
        ["case_id", "rev"],
        unique=True,
        sqlite_where=sa.text("rev > 0"),
        postgresql_where=sa.text("rev > 0"),
    )
    op.create_index(op.f("ix_fact_cause"), "fact", ["cause"], unique=False)
    op.create_table(
        "inquiry_letter",
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("body", "number", name=op.f("pk_inquiry_letter")),
    )
    op.create_table(
        "letter",
        sa.Column("office", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("issued_at", UtcInstant, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office", "year", "serial", name=op.f("pk_letter")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_letter_letter_id")),
    )
    op.create_index(op.f("ix_letter_case_id"), "letter", ["case_id"], unique=False)
    op.create_table(
        "number",
        sa.Column("office", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office", "year", name=op.f("pk_number")),
    )
    op.create_table(
        "office",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("postal_code", sa.String(length=10), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_office")),
    )
    op.create_table(
        "person",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("office", sa.String(length=20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_office"), "person", ["office"], unique=False)
    op.create_table(
        "published",
        sa.Column("topic", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("effective_from", IsoDate, nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "key", "version", name=op.f("pk_published")),
    )
    op.create_table(
        "question",
        sa.Column("question_id", sa.String(length=36), nullable=False),
        sa.Column("asked_at", UtcInstant, nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("question_id", name=op.f("pk_question")),
    )
    op.create_table(
        "settled_pair",
        sa.Column("bill_id", sa.String(length=13), nullable=False),
        sa.Column("payment_id", sa.String(length=13), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("bill_id", "payment_id", name=op.f("pk_settled_pair")),
    )
    op.create_table(
        "slot",
        sa.Column("day", IsoDate, nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_slot_taken")),
        sa.PrimaryKeyConstraint("day", "half", "district", name=op.f("pk_slot")),
    )
    op.create_table(
        "stream",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stream")),
    )
    op.create_table(
        "held_settled",
        sa.Column("command_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("settled_at", UtcInstant, nullable=False),
        sa.CheckConstraint("state IN ('done', 'refused')", name=op.f("ck_held_settled_state")),
        sa.PrimaryKeyConstraint("command_id", name=op.f("pk_held_settled")),
    )
    for table in ("fact", "command", "question", "held_settled"):
        create_append_only(op.get_bind(), table)
