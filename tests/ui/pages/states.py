"""A house with a case in each state that stays, its people and places as long as they come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from desktop.actions import board, commissions, consultations, counter_acts, intake
from desktop.demo.filling import fill
from desktop.demo.following import Crew, case_now, step
from desktop.demo.requests import requests
from desktop.domain.case import Case
from desktop.domain.papers import Defect
from desktop.domain.people import Applicant
from desktop.domain.state import State
from desktop.forms.answers import Filled
from desktop.premises.clocks import SteppingClock
from desktop.premises.open import House
from desktop.store.tables import CaseRow
from tests.houses import properties_on
from tests.ui.pages.conftest import Office

_LONG = {
    "first_name": "سیده فاطمه‌زهرا",
    "last_name": "میرجلیلی طباطبایی یزدی",
    "father": "سید محمدحسین",
    "address": (
        "یزد، شهرک دانشگاه، بلوار شهیدان اشرف، خیابان آیت‌الله خاتمی، کوچهٔ شهید میرجلیلی، "
        "بن‌بست دوم سمت راست، ساختمان پزشکان مهرگان، طبقهٔ چهارم، واحد ۱۲"
    ),
}
# Whoever typed it left the spaces out: no line has room for it, and nothing to break it at.
_UNBROKEN = "میرجلیلیطباطباییزارچیاردکانیمیبدیتفتییزدی"
WANTED = frozenset(State) - {
    State.REGISTERED,
    State.DECIDING,
    State.VOIDED,
    State.PASSED_ON,
    # Only once two must sign: its pages are walked in `signing`.
    State.RECOMMENDED,
}
_MOST = 90


def lengthened(filled: Filled) -> Filled:
    """The form with the longest names and address that a counter sees."""
    long = {key: text for key, text in _LONG.items() if key in filled.party}
    if int(filled.party["mobile"]) % 2:
        long["last_name"] = _UNBROKEN
    if filled.applicant.is_body:
        long["last_name"] = "بانک توسعهٔ تعاون جمهوری اسلامی ایران، شعبهٔ بلوار شهید صدوقی یزد"
    return replace(filled, party={**filled.party, **long})


def every_state(house: House, crew: Crew, clock: SteppingClock) -> None:
    """Requests of this morning, each led on until one stands in every state."""
    found = set[State]()
    desk = crew.clerk.desk
    services, figures = intake.services(desk), intake.figures(desk)
    with desk.store.reading() as session:
        today = desk.today(session)
    source = requests(properties_on(today), services, figures, 11)
    for number in range(_MOST):
        service, asker = next(source)
        if State.HANDED_OVER in found and State.REPLY_DUE not in found:
            # One whose end is a utility's reply.
            service, asker = services["water"], replace(asker, applicant=Applicant.OWNER)
        paid = intake.FeePayment("terminal", f"{7000 + number}") if number % 7 else None
        filled = lengthened(fill(service, asker, figures, today))
        case = case_now(crew.clerk, intake.register(crew.clerk, service, filled, paid).case_id)
        found.add(_led(house, crew, clock, case, found).state)
        if found >= WANTED:
            break
    assert found >= WANTED, WANTED - found


in_every_state = pytest.mark.parametrize("filling", [every_state], ids=["every-state"])
"""Marks a test whose office has them."""


def cases_by_state(office: Office) -> dict[State, Case]:
    """The first case in each state; the office's house is one of `every_state`."""
    clerk, found = office.crew.clerk, dict[State, Case]()
    with clerk.desk.store.reading() as session:
        ids = list(session.scalars(select(CaseRow.case_id).order_by(CaseRow.id)))
    for case in (case_now(clerk, case_id) for case_id in ids):
        found.setdefault(case.state, case)
    return found


def _led(house: House, crew: Crew, clock: SteppingClock, case: Case, found: set[State]) -> Case:
    """The case on its way until it stands where no other one does."""
    for _ in range(8):
        if case.state not in found or case.closed:
            return case
        match case.state:
            case State.FEE_DUE if State.RETURNED not in found:
                document = case.request.documents[0].title
                defect = Defect(document, "ارائه نشده است", "اصل مدرک ارائه شود.")
                counter_acts.lack_documents(crew.clerk, case.case_id, "", (defect,))
            case State.VISIT_DUE if State.WITHDRAWN not in found:
                # With a fee that may be given back.
                counter_acts.withdraw(crew.clerk, case.case_id, "ملک پیش از پاسخ فروخته شد.")
            case State.FEE_DUE:
                return case
            case State.IN_REVIEW if State.CONSULTING not in found:
                shown, _ = board.municipal_case(crew.expert, case.case_id)
                body = consultations.consultees(crew.expert.desk, shown)[0]
                consultations.consult(crew.expert, shown, body.name, "آیا ساخت بی‌مانع است؟")
                house.office.sync()
            case State.IN_REVIEW if State.COMMISSION not in found:
                shown, _ = board.municipal_case(crew.expert, case.case_id)
                commissions.send(crew.expert, shown, "100", "بنای بی‌پروانه")
                house.office.sync()
            case State.COMMISSION | State.CONSULTING | State.RETURNED:
                return case
            case _:
                step(crew, case, clock.moment)
        case = case_now(crew.clerk, case.case_id)
    return case
