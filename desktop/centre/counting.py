"""Figures read off the centre's tables by SQL, on another path than the program's own."""

from __future__ import annotations

from sqlalchemy import text

from desktop.centre.context import Centre

DAY = {
    "cases": 'SELECT count(*) FROM "case"',
    "facts": "SELECT count(*) FROM fact",
    "letters": "SELECT count(*) FROM letter",
    "gaps": (
        "SELECT coalesce(sum(top - n), 0) FROM "
        "(SELECT max(serial) AS top, count(*) AS n FROM letter GROUP BY office, year) AS series"
    ),
    "open": "SELECT count(*) FROM \"case\" WHERE state NOT IN ('handed-over', 'withdrawn')",
    "held": "SELECT count(*) FROM command WHERE state = 'held'",
    "refused": "SELECT count(*) FROM command WHERE state = 'refused'",
    "papers": "SELECT count(*) FROM blob_use",
    "papers_on_their_way": (
        "SELECT count(*) FROM blob_use WHERE sha256 NOT IN "
        "(SELECT sha256 FROM blob WHERE stored_at IS NOT NULL)"
    ),
}


# Rial by way of paying, out of the facts' own texts; not what a later fact struck.
_TAKEN = {
    "sqlite": (
        "SELECT json_extract(canon, '$.payload.payment.method') AS method, "
        "sum(json_extract(canon, '$.payload.payment.amount')) FROM fact "
        "WHERE kind IN ('fee-paid', 'amount-paid') AND NOT EXISTS (SELECT 1 FROM fact AS void "
        "WHERE void.kind = 'payment-voided' AND void.stream = fact.stream "
        "AND void.case_id = fact.case_id "
        "AND void.rev > fact.rev AND json_extract(void.canon, '$.payload.mark') = "
        "coalesce(json_extract(fact.canon, '$.payload.fee'), "
        "json_extract(fact.canon, '$.payload.key')) || '/' || "
        "json_extract(fact.canon, '$.payload.payment.reference')) GROUP BY method"
    ),
    "postgresql": (
        "SELECT canon::json #>> '{payload,payment,method}' AS method, "
        "sum((canon::json #>> '{payload,payment,amount}')::bigint) FROM fact "
        "WHERE kind IN ('fee-paid', 'amount-paid') AND NOT EXISTS (SELECT 1 FROM fact AS void "
        "WHERE void.kind = 'payment-voided' AND void.stream = fact.stream "
        "AND void.case_id = fact.case_id "
        "AND void.rev > fact.rev AND void.canon::json #>> '{payload,mark}' = "
        "coalesce(fact.canon::json #>> '{payload,fee}', fact.canon::json #>> '{payload,key}') "
        "|| '/' || (fact.canon::json #>> '{payload,payment,reference}')) GROUP BY method"
    ),
}


def taken(centre: Centre) -> dict[str, int]:
    """Rial that was taken and not struck since, by way of paying."""
    with centre.reader.connect() as connection:
        rows = connection.execute(text(_TAKEN[connection.dialect.name])).all()
    return {str(method): int(amount) for method, amount in rows}


def by_stream(centre: Centre) -> dict[str, tuple[int, int, str]]:
    """Of each stream how many cases it has, how many facts, and the chain over them."""
    sql = (
        'SELECT name, (SELECT count(*) FROM "case" WHERE "case".stream = stream.name), pos, hash '
        "FROM stream"
    )
    with centre.reader.connect() as connection:
        rows = connection.execute(text(sql)).all()
    return {str(name): (int(cases), int(pos), str(chain)) for name, cases, pos, chain in rows}


def counted(centre: Centre) -> dict[str, int]:
    """Counts of a day: cases, open ones, facts, letters, gaps in numbers, held and refused acts,
    citizens' papers that cases name and those of them that are not here yet."""
    with centre.reader.connect() as connection:
        return {name: int(connection.execute(text(sql)).scalar_one()) for name, sql in DAY.items()}
