"""A whole audit, part by part, of one moment of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from desktop.centre.audit import beside, cases, chains, heads, lists, numbers, people
from desktop.centre.context import Centre
from desktop.domain.discrepancy import RUBBISH, Discrepancy, Wrong
from desktop.sql.engine import LONG, limited
from desktop.wire.heads import SignedHead

_Part = Callable[[Session], Iterator[Discrepancy]]


def audit(
    centre: Centre,
    kept: Sequence[SignedHead] = (),
    begun: Callable[[str], None] = lambda _: None,
    *,
    papers: bool = True,
) -> Iterator[Discrepancy]:
    """All findings; `kept` are signed heads that others kept, `begun` is told each part's name.

    Nothing is locked, and nothing is written: a centre at work goes on. Without `papers` those of
    citizens are not read, of which a city has many gigabytes.
    """
    options = limited(replace(LONG, silence=0))
    with centre.reader.connect().execution_options(**options) as connection, connection.begin():
        yield from look_over(Session(connection), centre, kept, begun, papers=papers)


def look_over(
    session: Session,
    centre: Centre,
    kept: Sequence[SignedHead] = (),
    begun: Callable[[str], None] = lambda _: None,
    *,
    papers: bool = True,
) -> Iterator[Discrepancy]:
    """As `audit`, of what the session sees."""
    parts = dict(_parts(centre, kept))
    if papers:
        parts["papers"] = beside.papers
    for name, part in parts.items():
        begun(name)
        try:
            yield from part(session)
        except RUBBISH as fault:
            # Whoever plants what nobody can read does not hide the rest by it.
            yield Discrepancy(Wrong.UNREADABLE, name, type(fault).__name__)


def _parts(centre: Centre, kept: Sequence[SignedHead]) -> Mapping[str, _Part]:
    return {
        "streams": chains.streams,
        "desks' queues": chains.queues,
        "signed heads": partial(heads.own, centre=centre),
        "heads that were kept": partial(heads.given, centre=centre, heads=kept),
        "cases and letters": partial(cases.cases, centre=centre),
        "cases without a row": cases.without_row,
        "inspectors' half-days": lists.half_days,
        "letters without a case": cases.strangers,
        "numbers": numbers.numbers,
        "people and their keys": people.keys,
        "acts and who signed them": partial(people.acts, centre=centre),
        "publications": beside.publications,
        "closed days": beside.closed_days,
        "sums": beside.sums,
    }
