"""A visit's report on paper, for whoever of the municipality has its case before him."""

from __future__ import annotations

from desktop.actions.desk import Seat
from desktop.actions.papers import property_line
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.office import MUNICIPALITY, within_city
from desktop.domain.papers import ReportPaper
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.report_words import report_sections
from desktop.reports import visit_report


def report_paper(seat: Seat, case: Case, address: str) -> bytes:
    """The report as a PDF. Raises Refusal where there is none yet."""
    report, request = case.report, case.request
    if report is None:
        raise Refusal("گزارش بازدید این پرونده هنوز نرسیده است.")
    desk = seat.desk
    with desk.store.reading() as session:
        today = desk.today(session)
        card = desk.reference.office(session, MUNICIPALITY, today)
        service = desk.reference.services(session, today).get(request.service)
    about = (
        ("خدمت", service.title if service is not None else request.service),
        ("متقاضی", to_persian_digits(request.party.name)),
        ("ملک", property_line(request)),
        ("نشانی", to_persian_digits(within_city(address))),
    )
    return visit_report.draw(
        ReportPaper(
            card.head,
            isolate(to_persian_digits(request.tracking)),
            about,
            tuple(report_sections(report)),
            case.inspector,
            sample=card.sample,
        )
    )
