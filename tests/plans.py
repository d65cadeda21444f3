"""How a database goes about a statement: no step may go through all of a table that grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, text

from desktop.centre.context import Centre
from desktop.sql.asked import Asked

GROWING = frozenset(
    {"case", "fact", "command", "letter", "consultation", "second_look", "reading_line"}
)
_READS = ("SELECT", "UPDATE", "DELETE", "WITH")
# Of the few among many (`centre.tables`): all of such an index may be read.
_FEW = (
    "ix_case_booked", "ix_case_lapsing", "ix_case_open", "ix_case_look_due", "ix_case_looked",
    "ix_case_claimed", "ix_case_recall", "ix_case_answer_due", "ix_case_escalated",
    "ix_command_held", "ix_case_expert", "ix_second_look_due", "ix_reading_line_loose",
    "ix_consultation_open", "ix_case_step_due", "ix_consultation_late", "ix_consultation_ended",
)  # fmt: skip
_INDEXED = ("Index Scan", "Index Only Scan", "Bitmap Index Scan")


def whole_reads(centre: Centre, statements: Iterable[Asked]) -> dict[str, list[str]]:
    """Of each of the statements that goes through a growing table, or through an index of all its
    rows, the steps that do. What a page's end breaks off may be read in an index's order."""
    each = {asked.words: asked for asked in statements if asked.words.lstrip().startswith(_READS)}
    found: dict[str, list[str]] = {}
    # The writer's: a reader's can't be told of a row that is to be locked.
    with centre.writer.connect() as connection:
        for words, asked in each.items():
            given = asked.parameters
            one = given[0] if isinstance(given, list) and given else given
            steps = list(_steps(connection, words, one))
            if steps:
                found[words] = steps
    return found


def _steps(connection: Connection, words: str, given: Any) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", given)
        yield from (row[3] for row in rows if _scans(row[3], paged=" LIMIT " in words))
        return
    # Of a handful of rows PostgreSQL would read all and sort them, whatever indexes there are.
    for way in ("seqscan", "sort", "mergejoin", "hashjoin"):
        connection.execute(text(f"SET LOCAL enable_{way} = off"))
    (plan,) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {words}", given).scalar_one()
    yield from _nodes(plan["Plan"], paged=False)


def _scans(step: str, *, paged: bool) -> bool:
    if not step.startswith("SCAN ") or step.split()[1].strip('"') not in GROWING:
        return False
    index = step.rpartition(" USING ")[2].split()[-1]
    in_order = paged and "INDEX" in step
    return not (in_order or index in _FEW)


def _nodes(node: Mapping[str, Any], *, paged: bool) -> Iterator[str]:
    kind, index = node["Node Type"], node.get("Index Name", "")
    if node.get("Relation Name") in GROWING and kind == "Seq Scan":
        yield f"{kind} on {node['Relation Name']}"
    grows = index.removeprefix("ix_").removeprefix("pk_").removeprefix("uq_").split("_")[0]
    whole = kind in _INDEXED and "Index Cond" not in node
    if whole and grows in GROWING and index not in _FEW and not paged:
        yield f"{kind} using {index}"
    paged = kind == "Limit" or (paged and kind not in ("Sort", "Aggregate"))
    for below in node.get("Plans", ()):
        yield from _nodes(below, paged=paged)
