"""Cases that an expert has proposed something of, as they wait for the second signature."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import update

from desktop.actions import board, intake, reviewing, second_looks, signing
from desktop.actions.desk import Seat
from desktop.centre.reference import publication
from desktop.centre.tables import PersonRow
from desktop.demo.city import Scenario
from desktop.demo.filling import Asker, fill
from desktop.domain.calendar import iso_jalali
from desktop.domain.case import Case
from desktop.domain.enforcement import OfficeRule
from desktop.domain.office import MUNICIPALITY
from desktop.domain.people import Applicant
from desktop.domain.recommendation import OTHER, Opinion, Proposal, Recommendation, Verdict
from desktop.domain.stream import Topic
from desktop.forms.dated import DatedRule
from desktop.sql import memo
from desktop.store.tables import PersonRow as DeskPersonRow
from desktop.ui.pages.signing.opinion_form import OpinionForm
from tests.houses import MORNING, properties_on
from tests.papers import attached, file_of
from tests.ui.pages import cases
from tests.ui.pages.conftest import Office

TODAY = MORNING.date()


def two_sign(office: Office) -> None:
    """From today what an expert says is signed by a second person."""
    day = iso_jalali(TODAY)
    told = DatedRule(rule=OfficeRule.COUNTERSIGN, begins=day, since=day)
    fact = publication(Topic.ENFORCEMENT, told.about, TODAY, told.model_dump_json())
    office.house.put_in_force([fact])


def in_review(office: Office, number: int = 0) -> Case:
    """A request for a property by private deed: its condition `deed` is an expert's; the deed is
    there as a file."""
    clerk = office.crew.clerk
    of_it = [x.record for x in properties_on(TODAY) if x.scenario is Scenario.DEED]
    owned = [each for each in of_it if each.owners and len(each.owners[0].person_id) == 10]
    record = owned[number]
    asker = Asker(
        applicant=Applicant.OWNER,
        owner=record.owners[0],
        record=record,
        code=str(record.code),
        answers={},
        unchanged="yes",
        body="",
        letter_number="",
    )
    service, figures = intake.services(clerk.desk)["no-violation"], intake.figures(clerk.desk)
    filled = fill(service, asker, figures, TODAY)
    file = file_of(attached(clerk, 7 + number))
    documents = [
        replace(each, file=file) if each.key == "deed" else each for each in filled.documents
    ]
    paid = intake.FeePayment("terminal", f"{9100 + number}")
    done = intake.register(clerk, service, replace(filled, documents=documents), paid)
    while office.house.office.sync().more:
        pass
    return board.municipal_case(office.crew.expert, done.case_id)[0]


def propose(office: Office, case: Case, *, listed: bool = True) -> Case:
    """All that failed is cleared: by the list's reason and its paper, or in the expert's words."""
    assert case.decision is not None
    expert = office.crew.expert
    with expert.desk.store.reading() as session:
        city = expert.desk.reference.city(session, TODAY)
    opinions = []
    for each in case.decision.failing:
        reasons = city.reasons_for(each.gate)
        if listed and reasons:
            first = reasons[0]
            article = first.articles[0] if first.articles else ""
            opinions.append(Opinion(each.gate, Verdict.CLEARED, first.code, first.words, article))
        else:
            words = "اصل سند دیده شد"
            opinions.append(Opinion(each.gate, Verdict.CLEARED, OTHER, words=words))
    seen = tuple(each.key for each in case.request.documents if each.file is not None)
    told = Recommendation(Proposal.LETTER, tuple(opinions), seen=seen)
    reviewing.recommend(expert, case, told, {})
    return board.municipal_case(expert, case.case_id)[0]


def plain(office: Office, case: Case | None = None) -> Case:
    """A proposal that changes nothing: an answer that came back is found right as it was."""
    crew = office.crew
    case = case or cases.answered(crew)
    shown = board.municipal_case(crew.supervisor, case.case_id)[0]
    second_looks.look_again(
        crew.supervisor,
        shown,
        right=False,
        comment="نشانی را بسنجید",
    )
    back = board.municipal_case(crew.expert, case.case_id)[0]
    told = Recommendation(Proposal.LETTER, note="با پروندهٔ کاغذی سنجیده شد و درست است.")
    reviewing.recommend(crew.expert, back, told, {})
    return board.municipal_case(crew.expert, case.case_id)[0]


def known_as(office: Office, seat: Seat, national_id: str) -> None:
    """The centre, and it alone, knows that the person has this national id."""
    with office.house.centre.writing() as session:
        session.get_one(PersonRow, seat.staff.staff_id).national_id = national_id
        memo.forget(session, ("staff", MUNICIPALITY))


def named_here(office: Office, national_id: str, *seats: Seat) -> None:
    """The municipality's desk knows that this is the person of all these accounts."""
    own = DeskPersonRow.staff_id.in_([seat.staff.staff_id for seat in seats])
    with office.house.municipality.desk.store.writing() as session:
        session.execute(update(DeskPersonRow).where(own).values(national_id=national_id))


def opinion_form(office: Office) -> OpinionForm:
    """The second person's form of such a case."""
    two_sign(office)
    case = propose(office, in_review(office))
    assert case.recommendation is not None
    return OpinionForm(case, case.recommendation, None, signing.papers_of(office.crew.signer, case))
