"""A row of the queue tells where its property is, and is found by it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop.domain.persian import clean
from desktop.domain.search_words import words

revision = "0028_addresses"
down_revision = "0027_steps"
branch_labels = None
depends_on = None

_TELLING = ("registered", "amended", "letter-issued", "taken-over")
_FACTS = sa.text(
    "SELECT case_id, canon FROM fact WHERE kind IN :kinds ORDER BY case_id, rev"
).bindparams(sa.bindparam("kinds", _TELLING, expanding=True))
_UNSENT = sa.text(
    "SELECT case_id, canon FROM outbox WHERE kind IN ('register', 'amend')"
    " AND device_seq > (SELECT acked_to FROM meta) ORDER BY device_seq"
)
_ROWS = sa.text("SELECT id, case_id, words FROM case_row")
_FILL = sa.text("UPDATE case_row SET address = :address, words = :words WHERE id = :id")
_OUT = sa.text("INSERT INTO case_search (case_search, rowid, words) VALUES ('delete', :id, :words)")
_IN = sa.text("INSERT INTO case_search (rowid, words) VALUES (:id, :words)")


def upgrade() -> None:
    """Adds the column, and fills it from the facts and acts that are here, as
    `domain.case_letters.told_address` does from a case."""
    op.add_column("case_row", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    forms: dict[str, str] = {}
    letters: dict[str, str] = {}
    for case_id, text in (*connection.execute(_FACTS), *connection.execute(_UNSENT)):
        _note(case_id, json.loads(text)["payload"], forms, letters)
    for row_id, case_id, held in connection.execute(_ROWS).all():
        address = clean(letters.get(case_id, "") or forms.get(case_id, ""))
        if not address:
            continue
        known = held.split()
        new = " ".join([*known, *(word for word in words(address).split() if word not in known)])
        connection.execute(_FILL, {"id": row_id, "address": address, "words": new})
        connection.execute(_OUT, {"id": row_id, "words": held})
        connection.execute(_IN, {"id": row_id, "words": new})


def _note(
    case_id: str, payload: dict[str, Any], forms: dict[str, str], letters: dict[str, str]
) -> None:
    answers = payload.get("request", {}).get("answers", payload.get("changes", {}))
    if "address" in answers:
        forms[case_id] = answers["address"]
    facts = payload.get("letter", {}).get("text", {}).get("facts") or {}
    if address := _of_rows(facts.get("rows", ())):
        letters[case_id] = address
    # All that the office told from which the case came.
    for text in payload.get("facts", ()):
        _note(case_id, json.loads(text)["payload"], forms, letters)


def _of_rows(rows: Iterable[tuple[str, str]]) -> str:
    return dict(rows).get("نشانی", "")
