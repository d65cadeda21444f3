"""The first revision: everything an office keeps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0001_store"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables, the append-only triggers and the search table."""
    op.create_table(
        "meta",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("centre_key", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("acked_to", sa.Integer(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=False),
        sa.Column("records_as_of", IsoDate(), nullable=True),
        sa.Column("last_heard", UtcInstant(), nullable=True),
        sa.Column("stopped", sa.Text(), nullable=False),
        sa.Column("alarm", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meta")),
        sa.CheckConstraint("id = 1", name=op.f("ck_meta_one_row")),
    )
    op.create_table(
        "fact",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("canon", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "pos", name=op.f("pk_fact")),
    )
    op.create_table(
        "cursor",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_cursor")),
    )
    op.create_table(
        "outbox",
        sa.Column("device_seq", sa.Integer(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.Column("canon", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("device_seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("command_id", name=op.f("uq_outbox_command_id")),
    )
    op.create_table(
        "case_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("applicant_sort", sa.Text(), nullable=False),
        sa.Column("applicant_id", sa.Text(), nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("tracking", sa.Text(), nullable=False),
        sa.Column("received_on", IsoDate(), nullable=False),
        sa.Column("received_at", UtcInstant(), nullable=False),
        sa.Column("due_on", IsoDate(), nullable=False),
        sa.Column("updated_at", UtcInstant(), nullable=False),
        sa.Column("registered_by", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("recall", sa.Boolean(), nullable=False),
        sa.Column("needs_update", sa.Boolean(), nullable=False),
        sa.Column("slot_day", IsoDate(), nullable=True),
        sa.Column("slot_half", sa.Integer(), nullable=False),
        sa.Column("letter_number", sa.Text(), nullable=False),
        sa.Column("letter_state", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_row")),
        sa.UniqueConstraint("case_id", name=op.f("uq_case_row_case_id")),
    )
    op.create_table(
        "work_item",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.Column("command_kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("mine", sa.Text(), nullable=False),
        sa.Column("theirs", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("done_at", UtcInstant(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_work_item")),
    )
    op.create_table(
        "draft",
        sa.Column("draft_id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.Column("updated_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft")),
    )
    op.create_table(
        "letter_file",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Text(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("layout", sa.Integer(), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("drawn_at", UtcInstant(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_letter_file")),
    )
    op.create_table(
        "print_ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Text(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("printer", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", UtcInstant(), nullable=False),
        sa.Column("ended_at", UtcInstant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_ledger")),
        sa.CheckConstraint(
            "state IN ('spooling', 'printed', 'failed', 'unknown')",
            name=op.f("ck_print_ledger_state"),
        ),
    )
    op.create_table(
        "person",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_person")),
    )
    op.create_table(
        "person_key",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_person_key")),
    )
    op.create_table(
        "tracking_serial",
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_tracking_serial")),
    )
    op.create_table(
        "published",
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("effective_from", IsoDate(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pos", name=op.f("pk_published")),
    )
    op.create_index(op.f("ix_fact_case_id_rev"), "fact", ["case_id", "rev"])
    op.create_index(op.f("ix_fact_cause"), "fact", ["cause"])
    op.create_index(op.f("ix_outbox_case_id"), "outbox", ["case_id"])
    op.create_index(op.f("ix_case_row_applicant_id"), "case_row", ["applicant_id"])
    op.create_index(op.f("ix_case_row_applicant_sort_id"), "case_row", ["applicant_sort", "id"])
    op.create_index(op.f("ix_case_row_code"), "case_row", ["code"])
    op.create_index(op.f("ix_case_row_letter_number"), "case_row", ["letter_number"])
    op.create_index(op.f("ix_case_row_plate"), "case_row", ["plate"])
    op.create_index(op.f("ix_case_row_rank_due_on_id"), "case_row", ["rank", "due_on", "id"])
    op.create_index(op.f("ix_case_row_received_at_id"), "case_row", ["received_at", "id"])
    op.create_index(op.f("ix_case_row_received_on_id"), "case_row", ["received_on", "id"])
    op.create_index(op.f("ix_case_row_state_due_on_id"), "case_row", ["state", "due_on", "id"])
    op.create_index(op.f("ix_case_row_tracking"), "case_row", ["tracking"])
    op.create_index(op.f("ix_case_row_updated_at_id"), "case_row", ["updated_at", "id"])
    op.create_index(op.f("ix_work_item_case_id"), "work_item", ["case_id"])
    op.create_index(op.f("ix_work_item_done_at_at"), "work_item", ["done_at", "at"])
    op.create_index(op.f("ix_draft_owner_updated_at"), "draft", ["owner", "updated_at"])
    op.create_index(op.f("ix_letter_file_letter_id_copy"), "letter_file", ["letter_id", "copy"])
    op.create_index(op.f("ix_print_ledger_letter_id"), "print_ledger", ["letter_id"])
    op.create_index(op.f("ix_print_ledger_state"), "print_ledger", ["state"])
    op.create_index(
        op.f("ix_published_topic_key_effective_from_pos"),
        "published",
        ["topic", "key", "effective_from", "pos"],
    )
    for table in ("fact", "letter_file", "outbox"):
        create_append_only(op.get_bind(), table)
    # Contentless: what it holds of a case stands in case_row.words, from where it is taken out.
    op.execute(
        "CREATE VIRTUAL TABLE case_search USING fts5("
        "words, content='', detail=none, columnsize=0, prefix='1 2 3', "
        "tokenize='unicode61 remove_diacritics 0')"
    )
