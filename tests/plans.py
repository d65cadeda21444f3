"""How a database goes about a statement: no step may go through all of a table that grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from sqlalchemy import Connection, Engine, text

from desktop.sql.asked import Asked

# Tables with rows for each case or each day that passes.
GROWING = frozenset(
    {
        "blob", "blob_chunk", "blob_holder", "blob_use", "booked_visit", "booking", "case",
        "citizen_message", "clerk_state_sum", "clerk_taking_sum", "clerk_wait_sum", "closed_day",
        "command", "commission_case", "copy_out", "daily_head",
        "consultation", "double_told", "doubted_letter", "fact", "held_settled", "inquiry_letter",
        "letter",
        "letter_sum", "missed_look", "notice_read", "objection", "odd_sheets", "outage",
        "outage_desk", "overlay", "passage",
        "payment_reference", "property_record", "question", "reading", "reading_line",
        "record_correction", "request_sum", "second_look", "settled_pair", "stamped_sheet",
        "standing_letter", "state_sum", "taking",
        "taking_sum", "visit_slot", "wait_sum",
    }
)  # fmt: skip
"""Of a centre."""
OF_EXPORTS = frozenset({"overlay", "property_record"})
"""Of these, what bringing in an export, and taking it back, may go through: it is as long."""
RESTING = frozenset(
    {
        "adopted_fact", "answered", "beat", "bulletin", "case_count", "centre",
        "conversion_step", "device",
        "gave_back", "given_fact", "giving_turn",
        "ended_letter", "enrol_code", "known_device", "lost_import",
        "skipped_numbers",
        "copy_asked", "fed_batch", "letter_watch",
        "look_secret", "moved_visit", "number", "office", "office_code", "office_term", "person",
        "person_key",
        "person_key_made", "publication", "publication_end", "publication_item", "published",
        "published_saying", "reading_break", "reading_head", "reading_question", "reading_reply",
        "record_change", "record_export", "record_force", "record_lifted", "record_told",
        "record_upload", "recovery", "sheet_run", "stream", "told_paper",
    }
)  # fmt: skip
"""Of a centre, with rows for offices, people, publications and exports, or for what was moved and
is still to come: few, whatever a day is."""
DESK_GROWING = frozenset(
    {
        "answer_told", "blob", "case_row", "checked_letters", "copy_elsewhere", "day_close", "fact",
        "kept_head", "letter_file", "letter_seen", "notice_read", "outbox", "print_ledger",
        "reading", "register_file", "stamped_sheet", "tracking_serial", "visit_order", "work_item",
    }
)  # fmt: skip
"""Of an office's desk."""
DESK_RESTING = frozenset(
    {
        "case_count", "check_files", "cursor", "draft", "lesson_record", "lesson_sheet", "meta",
        "person", "person_key", "published", "release_key", "sheet_next", "sheet_run",
        "sign_in_hold", "sign_in_tries", "visit_day",
    }
)  # fmt: skip
"""Of an office's desk, with rows for people, publications and what is being typed."""
_READS = ("SELECT", "UPDATE", "DELETE", "WITH")
# Of the few among many (`centre.tables`): all of such an index may be read.
_FEW = (
    "ix_case_booked", "ix_case_lapsing", "ix_case_open", "ix_case_look_due", "ix_case_looked",
    "ix_case_claimed", "ix_case_recall", "ix_case_answer_due", "ix_case_escalated",
    "ix_command_held", "ix_case_expert", "ix_second_look_due", "ix_reading_line_loose",
    "ix_consultation_open", "ix_case_step_due", "ix_consultation_late", "ix_consultation_ended",
    "ix_citizen_message_failed", "ix_citizen_message_unsent", "ix_objection_open",
    "ix_objection_untold", "ix_record_correction_unfed", "ix_overlay_kept",
    "ix_standing_letter_due", "ix_doubted_letter_changed", "ix_doubted_letter_recalled",
    "ix_doubted_letter_untold",
    # And of a desk's (`store.tables`).
    "ix_case_row_waiting", "ix_case_row_trouble", "ix_case_row_step_late", "ix_notice_read_untold",
    "ix_print_ledger_unsaid",
)  # fmt: skip
_INDEXED = ("Index Scan", "Index Only Scan", "Bitmap Index Scan")


def whole_reads(
    writer: Engine, statements: Iterable[Asked], growing: Set[str] = GROWING
) -> dict[str, list[str]]:
    """Of each of the statements that goes through a growing table, or through an index of all its
    rows, the steps that do. What a page's end breaks off may be read in an index's order.

    `writer`'s is the database that is asked: a reader can't be told of a row that is to be locked.
    """
    each = {asked.words: asked for asked in statements if asked.words.lstrip().startswith(_READS)}
    found: dict[str, list[str]] = {}
    with writer.connect() as connection:
        for words, asked in each.items():
            steps = list(_steps(connection, words, _one(asked), growing))
            if steps:
                found[words] = steps
    return found


def indexes_read(writer: Engine, statements: Iterable[Asked]) -> set[str]:
    """The indexes by which PostgreSQL would go about these statements, or others like them."""
    each = {asked.words: asked for asked in statements if asked.words.lstrip().startswith(_READS)}
    found: set[str] = set()
    with writer.connect() as connection:
        for way in ("seqscan", "sort", "mergejoin", "hashjoin"):
            connection.execute(text(f"SET LOCAL enable_{way} = off"))
        for words, asked in each.items():
            plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {words}", _one(asked))
            found.update(_indexes(plan.scalar_one()[0]["Plan"]))
    return found


def _indexes(node: Mapping[str, Any]) -> Iterator[str]:
    if "Index Name" in node:
        yield node["Index Name"]
    for below in node.get("Plans", ()):
        yield from _indexes(below)


def _one(asked: Asked) -> Any:
    given = asked.parameters
    return given[0] if isinstance(given, list) and given else given


def _steps(connection: Connection, words: str, given: Any, growing: Set[str]) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)
        steps = [row[3] for row in plan]
        # A page in the order in which the rows lie, by an index or as they came.
        sorts = any(step.startswith("USE TEMP B-TREE FOR ORDER BY") for step in steps)
        paged = "ORDER BY" in words and "LIMIT" in words and not sorts
        yield from (step for step in steps if _scans(step, growing, paged=paged))
        return
    # Of a handful of rows PostgreSQL would read all and sort them, whatever indexes there are.
    for way in ("seqscan", "sort", "mergejoin", "hashjoin"):
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {words}", given).scalar_one()
    yield from _nodes(plan["Plan"], growing, paged=False)


def _scans(step: str, growing: Set[str], *, paged: bool) -> bool:
    if not step.startswith("SCAN ") or step.split()[1].strip('"') not in growing:
        return False
    return not (paged or step.rpartition(" USING ")[2].split()[-1] in _FEW)


def _nodes(node: Mapping[str, Any], growing: Set[str], *, paged: bool) -> Iterator[str]:
    kind, index = node["Node Type"], node.get("Index Name", "")
    if node.get("Relation Name") in growing and kind == "Seq Scan":
        yield f"{kind} on {node['Relation Name']}"
    name = index.removeprefix("ix_").removeprefix("pk_").removeprefix("uq_")
    grows = any(name == table or name.startswith(f"{table}_") for table in growing)
    whole = kind in _INDEXED and "Index Cond" not in node
    if whole and grows and index not in _FEW and not paged:
        yield f"{kind} using {index}"
    paged = kind == "Limit" or (paged and kind not in ("Sort", "Aggregate"))
    for below in node.get("Plans", ()):
        yield from _nodes(below, growing, paged=paged)
