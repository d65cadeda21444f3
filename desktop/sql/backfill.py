"""Fills columns that a migration adds, from rows and facts that are there already."""

from __future__ import annotations

import json

from sqlalchemy import Connection, text

_BY_ROW = """
    UPDATE {table} SET status = CASE
        WHEN recall THEN 'recalled'
        WHEN state IN ('issued', 'released') AND outcome = 'refuse' THEN 'refused'
        WHEN state = 'pay-due' AND {claimed} THEN 'claimed'
        WHEN state = 'deciding' THEN 'registered'
        ELSE state END
"""
_LAST = """
    SELECT fact.kind, fact.canon FROM fact
    WHERE fact.case_id = :case AND fact.kind IN ('returned', 'visit-missed', 'slot-booked')
    ORDER BY fact.rev DESC LIMIT 1
"""


def fill_status(connection: Connection, table: str, claimed: str) -> None:
    """The column `status` of all cases of the table, as `domain.status` tells it.

    `claimed` says in SQL of a sum to be paid that finance looks into a receipt of it. What lacks,
    and a visit that did not happen, stand in a case's facts only.
    """
    connection.execute(text(_BY_ROW.format(table=table, claimed=claimed)))
    query = f"SELECT case_id, state FROM {table} WHERE state IN ('returned', 'visit-due')"
    for case_id, state in connection.execute(text(query)).all():
        last = connection.execute(text(_LAST), {"case": case_id}).first()
        if last is None:
            continue
        defects = json.loads(last.canon)["payload"].get("defects")
        finer = (
            "documents"
            if state == "returned" and last.kind == "returned" and defects
            else "missed"
            if state == "visit-due" and last.kind == "visit-missed"
            else ""
        )
        if finer:
            connection.execute(
                text(f"UPDATE {table} SET status = :finer WHERE case_id = :case"),
                {"finer": finer, "case": case_id},
            )
