"""The tour of the second person: what was changed, its paper, the letter; signed, or said no to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from desktop.actions import board, intake, reviewing
from desktop.actions.desk import Seat
from desktop.centre.reference import publication
from desktop.demo.beginning import seat_crew
from desktop.demo.city import Scenario, make_city
from desktop.demo.filling import Asker, fill
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_paper
from desktop.domain.calendar import iso_jalali
from desktop.domain.case import Case
from desktop.domain.enforcement import OfficeRule
from desktop.domain.gates import AWAITED
from desktop.domain.people import Applicant, Role
from desktop.domain.recommendation import OTHER, Opinion, Proposal, Recommendation, Verdict
from desktop.domain.stream import Topic
from desktop.forms.dated import DatedRule
from desktop.trial.stage import MORNING, PROPERTIES, SEED, Stage
from desktop.ui import places
from desktop.ui.pages.municipality.case import MunicipalCasePage
from desktop.ui.pages.signing.opinion_form import AGAINST, AGREE, OpinionForm

_SERVICE = "no-violation"
_SAID = "اصل سند در دفتر املاک دیده شد و با درخواست مطابقت دارد."
_COMMENT = "سند ارائه‌شده برای پلاک همسایه است؛ شمارهٔ ثبت آن با درخواست مطابقت ندارد."
_CASES = 2


def play(stage: Stage) -> Iterator[str]:
    """One case is challenged, another is signed."""
    first, second = _proposed(stage)
    stage.sit(Role.SIGNER)
    stage.go(places.MunicipalQueue())
    stage.shoot("queue-signer")
    yield "what waits for a signature"
    page, form = _open(stage, first)
    stage.shoot("opinion", first)
    yield "what the expert changed"
    _answer(stage, form, AGAINST)
    stage.hands.press("Ctrl+Enter")
    stage.shoot("challenge-faults", first)
    form.item.set_value(next(iter(form.rows.links), ""))
    form.reason.set_value("not-its-paper")
    form.wanted.set_value("look-again")
    stage.hands.go_to(form.comment.control)
    stage.hands.type(_COMMENT)
    stage.shoot("challenge-typed", first)
    stage.hands.press("Ctrl+Enter")
    stage.shoot("challenged", first)
    yield "a challenge with its comment"
    page, form = _open(stage, second)
    _answer(stage, form, AGREE)
    stage.hands.press("Ctrl+Enter")
    stage.shoot("unseen", second)
    for paper in form.rows.unseen:
        form.rows.open(paper)
        stage.shoot(f"paper-{paper.key}", second)
        stage.hands.press("Esc")
    stage.hands.press("F9")
    stage.shoot_paper("draft-whole", second)
    stage.hands.press("Esc")
    stage.hands.go_to(form.password.control)
    stage.hands.type(PASSWORD)
    stage.shoot("sign-typed", second)
    stage.hands.press("Ctrl+Enter")
    stage.shoot("signed", second)
    yield "signed under the password"


def _open(stage: Stage, case_id: str) -> tuple[MunicipalCasePage, OpinionForm]:
    page = stage.go(places.MunicipalCase(case_id))
    if not isinstance(page, MunicipalCasePage):
        raise RuntimeError("the case does not show")
    stage.hands.settle()
    for form in page.work_tab.findChildren(OpinionForm):
        return page, form
    raise RuntimeError("no opinion is asked")


def _answer(stage: Stage, form: OpinionForm, value: str) -> None:
    stage.hands.go_to(form.answer.control)
    form.answer.set_value(value)
    form.answer.edited.emit()
    stage.hands.settle()


def _proposed(stage: Stage) -> list[str]:
    """Requests whose deed is private, each with an expert's proposal."""
    crew = seat_crew(stage.house)
    day = stage.clock.moment.date()
    begins = iso_jalali(day)
    told = DatedRule(rule=OfficeRule.COUNTERSIGN, begins=begins, since=begins)
    stage.house.put_in_force(
        [publication(Topic.ENFORCEMENT, told.about, day, told.model_dump_json())]
    )
    found = [_registered(crew.clerk, number) for number in range(_CASES)]
    stage.house.office.sync()
    for case_id in found:
        _recommend(crew.expert, board.municipal_case(crew.expert, case_id)[0])
    return found


def _registered(clerk: Seat, number: int) -> str:
    city = make_city(PROPERTIES, SEED, MORNING.date())
    private = [each.record for each in city if each.scenario is Scenario.DEED]
    owned = [each for each in private if each.owners and len(each.owners[0].person_id) == 10]
    record = owned[number]
    service, figures = intake.services(clerk.desk)[_SERVICE], intake.figures(clerk.desk)
    owner = record.owners[0]
    asker = Asker(Applicant.OWNER, owner, record, str(record.code), {}, "yes", "", "")
    filled = fill(service, asker, figures, MORNING.date())
    file, _ = sample_paper()
    documents = [
        replace(each, file=file) if each.key == "deed" else each for each in filled.documents
    ]
    paid = intake.FeePayment("terminal", f"{818_200 + number}")
    filled = replace(filled, documents=documents)
    return intake.register(clerk, service, filled, paid).case_id


def _recommend(expert: Seat, case: Case) -> None:
    """All that failed is cleared: by the list's first reason where it has one."""
    desk = expert.desk
    with desk.store.reading() as session:
        city = desk.reference.city(session, desk.today(session))
    opinions = []
    for each in case.decision.failing if case.decision else ():
        if each.code == AWAITED:
            continue
        reasons = city.reasons_for(each.gate)
        if reasons:
            first = reasons[0]
            article = first.articles[0] if first.articles else ""
            opinions.append(
                Opinion(each.gate, Verdict.CLEARED, first.code, first.words, article, _SAID)
            )
        else:
            opinions.append(Opinion(each.gate, Verdict.CLEARED, OTHER, words=_SAID))
    seen = tuple(each.key for each in case.request.documents if each.file is not None)
    told = Recommendation(Proposal.LETTER, tuple(opinions), seen=seen)
    reviewing.recommend(expert, case, told, {})
