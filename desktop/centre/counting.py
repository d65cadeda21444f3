"""Figures read off the centre's tables by SQL, on another path than the program's own."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from sqlalchemy import text

from desktop.centre.context import Centre
from desktop.domain.stream import office_of

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


# By stream, out of the facts' own texts: what came on a day, is open, waits to be fetched. A case
# that came from another office brings its letters in the fact that says so. What was handed over is
# open while the body that decides after it owes its reply.
_OF_OFFICES = """
SELECT fact.stream,
  sum(CASE WHEN fact.canon::json #>> '{payload,request,received_on}' = :today THEN 1 ELSE 0 END),
  sum(CASE WHEN ended.rev IS NULL THEN 1 ELSE 0 END),
  sum(CASE WHEN ended.rev IS NULL AND answered.rev IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM fact AS h WHERE h.stream = fact.stream AND h.case_id = fact.case_id
    AND h.kind = 'handed-over' AND h.rev > fact.rev) THEN 1 ELSE 0 END)
FROM fact
LEFT JOIN LATERAL (SELECT rev FROM fact AS e WHERE e.stream = fact.stream
  AND e.case_id = fact.case_id AND e.kind IN ('handed-over', 'withdrawn', 'passed-on')
  AND e.rev > fact.rev AND (e.kind <> 'handed-over' OR
    (SELECT count(*) FROM fact AS c WHERE c.case_id = e.case_id AND c.rev > e.rev
      AND c.kind = 'consulted') <=
    (SELECT count(*) FROM fact AS r WHERE r.case_id = e.case_id AND r.rev > e.rev
      AND r.kind IN ('consultee-replied', 'consultation-dropped')))
  LIMIT 1) AS ended ON true
LEFT JOIN LATERAL (SELECT rev FROM fact AS l WHERE l.stream = fact.stream
  AND l.case_id = fact.case_id AND l.kind = 'letter-issued'
  AND l.canon::json #>> '{payload,letter,kind}' <> 'debt' AND l.rev > fact.rev
  UNION ALL SELECT 1 FROM json_array_elements_text(
    coalesce(fact.canon::json #> '{payload,facts}', '[]'::json)) AS carried(told)
  WHERE told::json ->> 'kind' = 'letter-issued'
  AND told::json #>> '{payload,letter,kind}' <> 'debt' LIMIT 1) AS answered ON true
WHERE fact.kind IN ('registered', 'taken-over') GROUP BY fact.stream
"""
_REFUSED = (
    "SELECT canon::json #>> '{payload,key}', count(*) FROM fact "
    "WHERE kind = 'command-refused' GROUP BY 1"
)


def by_office(centre: Centre, today: date) -> dict[str, Counter[str]]:
    """By office, of a centre on PostgreSQL without voided letters: cases received that day, open
    ones, and those whose letter waits to be handed over."""
    with centre.reader.connect() as connection:
        rows = connection.execute(text(_OF_OFFICES), {"today": today.isoformat()}).all()
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for stream, received, open_cases, undelivered in rows:
        names = {"received_today": received, "open_cases": open_cases, "undelivered": undelivered}
        found[office_of(str(stream))] = Counter({name: int(each) for name, each in names.items()})
    return found


def refused(centre: Centre) -> Counter[str]:
    """How many acts were refused, by the reason's code, of a centre on PostgreSQL."""
    with centre.reader.connect() as connection:
        return Counter({str(key): int(each) for key, each in connection.execute(text(_REFUSED))})


def counted(centre: Centre) -> dict[str, int]:
    """Counts of a day: cases, open ones, facts, letters, gaps in numbers, held and refused acts,
    citizens' papers that cases name and those of them that are not here yet."""
    with centre.reader.connect() as connection:
        return {name: int(connection.execute(text(sql)).scalar_one()) for name, sql in DAY.items()}
