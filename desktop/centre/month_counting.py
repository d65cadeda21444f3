"""What a trial's month came to, by SQL off the facts' own texts; and whose turn it is, for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select, text

from desktop.centre.context import Centre
from desktop.centre.tables import CaseRow
from desktop.centre.visit_tables import BookingRow
from desktop.domain.state import State

_COUNTS = {
    "registered": "SELECT count(*) FROM fact WHERE kind = 'registered'",
    "visits_booked": "SELECT count(*) FROM fact WHERE kind = 'slot-booked'",
    "visits_done": "SELECT count(*) FROM fact WHERE kind = 'visit-reported'",
    "visits_missed": "SELECT count(*) FROM fact WHERE kind = 'visit-missed'",
    "visits_moved_by_the_city": (
        "SELECT count(*) FROM fact WHERE kind = 'slot-moved' "
        "AND (canon::json #>> '{payload,by_city}')::boolean"
    ),
    "escalated": (
        "SELECT count(*) FROM fact WHERE kind = 'escalated' "
        "AND canon::json #>> '{payload,step}' IS NULL"
    ),
    "steps_warned": "SELECT count(*) FROM fact WHERE kind = 'step-warned'",
    "steps_escalated": (
        "SELECT count(*) FROM fact WHERE kind = 'escalated' "
        "AND canon::json #>> '{payload,step}' IS NOT NULL"
    ),
    "services_asked": (
        "SELECT count(DISTINCT canon::json #>> '{payload,request,service}') "
        "FROM fact WHERE kind = 'registered'"
    ),
    "bodies_asked": "SELECT count(*) FROM fact WHERE kind = 'consulted'",
    "replies": "SELECT count(*) FROM fact WHERE kind = 'consultee-replied'",
    "rulings": "SELECT count(*) FROM fact WHERE kind = 'commission-decided'",
    "rulings_served": "SELECT count(*) FROM fact WHERE kind = 'ruling-served'",
    "objections": "SELECT count(*) FROM fact WHERE kind = 'objection-laid'",
    "objections_answered": "SELECT count(*) FROM fact WHERE kind = 'objection-answered'",
    "letters_issued": "SELECT count(*) FROM fact WHERE kind = 'letter-issued'",
    "letters_released": "SELECT count(*) FROM fact WHERE kind = 'letter-released'",
    "letters_handed_over": "SELECT count(*) FROM fact WHERE kind = 'handed-over'",
    "second_looks": "SELECT count(*) FROM fact WHERE kind = 'second-looked'",
    "second_looks_wrong": (
        "SELECT count(*) FROM fact WHERE kind = 'second-looked' "
        "AND NOT (canon::json #>> '{payload,right}')::boolean"
    ),
}
# The first decision of each case, by its revision.
_FIRST = """
SELECT DISTINCT ON (case_id) case_id, canon::json #>> '{payload,decision,outcome}'
FROM fact WHERE kind = 'decided' ORDER BY case_id, rev
"""
# When a commission first said something final of a property, or finance of its fine.
_RULED = """
SELECT "case".code, min(fact.at) FROM fact JOIN "case" ON "case".case_id = fact.case_id
WHERE fact.kind IN ('commission-decided', 'ruling-final', 'fine-cleared') GROUP BY "case".code
"""
_FIRST_AT = """
SELECT case_id, min(at) FROM fact WHERE kind = 'decided' AND case_id = ANY(:cases) GROUP BY case_id
"""
# Days from the day of receipt to the answer that stands; a debt letter answers nothing.
_WAITED = """
SELECT min(answered.at)::date - (registered.canon::json #>> '{payload,request,received_on}')::date
FROM fact AS registered JOIN fact AS answered
  ON answered.stream = registered.stream AND answered.case_id = registered.case_id
WHERE registered.kind = 'registered' AND answered.kind = 'letter-issued'
  AND answered.canon::json #>> '{payload,letter,kind}' <> 'debt'
  AND NOT EXISTS (
    SELECT 1 FROM fact AS voided
    WHERE voided.stream = answered.stream AND voided.case_id = answered.case_id
      AND voided.kind = 'letter-voided'
      AND voided.canon::json #>> '{payload,letter_id}'
        = answered.canon::json #>> '{payload,letter,letter_id}'
  )
GROUP BY registered.case_id, registered.canon
"""
# What nobody could sell: more in a half-day than an inspector makes, or on a closed day.
_FULLEST = "SELECT coalesce(max(taken), 0) FROM visit_slot"
# What came late: over lines of offices, and for want of the centre.
_OUTAGES = "SELECT kind, count(*), sum(delayed) FROM outage GROUP BY kind ORDER BY kind"
_REFUSALS = """
SELECT canon::json #>> '{payload,command_kind}', canon::json #>> '{payload,words}', count(*)
FROM fact WHERE kind = 'command-refused' GROUP BY 1, 2 ORDER BY 3 DESC
"""


def refusals(centre: Centre) -> list[tuple[str, str, int]]:
    """What the centre did not take: the act's kind, its words, how often."""
    with centre.reader.connect() as connection:
        rows = connection.execute(text(_REFUSALS))
        return [(str(kind), str(words), int(count)) for kind, words, count in rows]


def outages(centre: Centre) -> dict[str, dict[str, int]]:
    """By whose outages they were (`line`, `centre`), how many, and how many acts they delayed."""
    with centre.reader.connect() as connection:
        rows = connection.execute(text(_OUTAGES))
        return {
            str(whose): {"times": int(times), "delayed": int(delayed)}
            for whose, times, delayed in rows
        }


def counts(centre: Centre) -> dict[str, int]:
    """How often each thing came to pass."""
    with centre.reader.connect() as connection:
        return {
            name: int(connection.execute(text(query)).scalar_one())
            for name, query in _COUNTS.items()
        }


def first_outcomes(centre: Centre) -> dict[str, str]:
    """What each case was first decided to, by its id."""
    with centre.reader.connect() as connection:
        return {str(case): str(outcome) for case, outcome in connection.execute(text(_FIRST))}


def decided_after_a_ruling(centre: Centre, above: Mapping[str, str]) -> set[str]:
    """Of cases, with the code of the building over each, those whose first decision came after
    something was ruled of that building: its file may have been closed since the export."""
    with centre.reader.connect() as connection:
        ruled = {code: at for code, at in connection.execute(text(_RULED))}
        first = {case: at for case, at in connection.execute(text(_FIRST_AT), {"cases": [*above]})}
    return {
        case for case, code in above.items() if code in ruled and ruled[code] < first.get(case, "")
    }


def waited(centre: Centre) -> list[int]:
    """Days from receipt to the answer of each answered case, fewest first."""
    with centre.reader.connect() as connection:
        return sorted(int(days) for (days,) in connection.execute(text(_WAITED)))


def fullest(centre: Centre) -> int:
    """The most visits that an inspector has in a half-day."""
    with centre.reader.connect() as connection:
        return int(connection.execute(text(_FULLEST)).scalar_one())


def of_stream(centre: Centre, stream: str, states: Collection[State]) -> list[str]:
    """The ids of an office's cases in these states, those first that are due first."""
    query = (
        select(CaseRow.case_id)
        .where(CaseRow.stream == stream, CaseRow.state.in_(states))
        .order_by(CaseRow.due_on, CaseRow.case_id)
    )
    with centre.reading() as session:
        return list(session.scalars(query))


def in_state(centre: Centre, state: State, most: int) -> list[str]:
    """The ids of so many cases of all offices in the state, those first that are due first."""
    query = select(CaseRow.case_id).where(CaseRow.state == state.value)
    with centre.reading() as session:
        ordered = query.order_by(CaseRow.due_on, CaseRow.case_id).limit(most)
        return list(session.scalars(ordered))


def to_look_at(centre: Centre, most: int) -> list[str]:
    """The ids of so many cases that were drawn for a second look."""
    query = select(CaseRow.case_id).where(CaseRow.sampled != "", CaseRow.looked.is_(False))
    with centre.reading() as session:
        ordered = query.order_by(CaseRow.registered_at, CaseRow.case_id).limit(most)
        return list(session.scalars(ordered))


def booked(centre: Centre, day: date, half: int) -> dict[str, str]:
    """The visits of a half-day: the inspector's staff id by the case's id."""
    query = select(BookingRow.case_id, BookingRow.staff_id)
    query = query.where(BookingRow.day == day, BookingRow.half == half)
    with centre.reading() as session:
        return {row.case_id: row.staff_id for row in session.execute(query)}
