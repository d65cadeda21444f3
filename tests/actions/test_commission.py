"""What a commission decides no expert answers; its ruling stands in the letter and on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desktop.actions import board, commissions, papers
from desktop.actions.commissions import Ruling
from desktop.centre.tables import ReferenceRow
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now
from desktop.domain import lawful_rulings
from desktop.domain.case import Case
from desktop.domain.commands import ClearFine, ServeRuling
from desktop.domain.decision import Outcome
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import MOST_BILLED
from desktop.domain.ruling import FINAL, FIRST, Ruled, RulingKind, Serving
from desktop.domain.state import State
from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.loader import load
from desktop.ui.standing.work_items import item_words
from desktop.wire.commissions import Awaits
from tests.domain.walked import SETTING
from tests.houses import MORNING
from tests.reports.reading import text_of
from tests.town import Town

TODAY = MORNING.date()


def change_of_use(town: Town) -> str:
    """A request for another use of a clean property: it goes to the expert."""
    service = load(whole_text(SERVICES / "land-use-change.toml"), "")
    shown = next(e for e in service.examples if e.record == "clean" and e.outcome == "review")
    answers = {**shown.answers, "asked_use": "تجاری"}
    return town.register(town.record(Scenario.CLEAN), service.code, **answers)  # type: ignore[arg-type]


def shown(town: Town, case_id: str) -> Case:
    """The case as the expert sees it."""
    return board.municipal_case(town.crew.expert, case_id)[0]


def in_session(town: Town, case_id: str, article: str) -> Case:
    """The case in the agenda of a session of today."""
    expert = town.crew.expert
    commissions.send(expert, shown(town, case_id), article, "در گذر هجده‌متری")
    commissions.put_on_agenda(expert, shown(town, case_id), "31", TODAY)
    return shown(town, case_id)


def ruling(
    case: Case,
    kind: RulingKind,
    number: str = "5/812",
    *,
    stage: str = "",
    fine: int = 0,
    note: str = "",
) -> Ruling:
    """A ruling of today on who asked."""
    party = case.request.party
    against = (Ruled(party.name, party.owner_id),)
    return Ruling(kind, number, TODAY, against, stage, fine, note)


@pytest.mark.slow
def test_the_commission_rules_before_the_expert_answers(town: Town) -> None:
    clerk, expert = town.crew.clerk, town.crew.expert
    case_id = change_of_use(town)
    case = shown(town, case_id)
    assert case.state is State.IN_REVIEW
    failing = {f.gate: "دیده شد" for f in case.decision.failing} if case.decision else {}
    with pytest.raises(Refusal, match="کمیسیون مادهٔ ۵"):
        following.decide(town.crew, case, failing)
    with pytest.raises(Refusal, match="نرفته است"):
        papers.commission(clerk, case_id)
    commissions.send(expert, case, "5", "در گذر هجده‌متری")
    town.house.office.sync()
    told = " ".join(text_of(papers.commission(clerk, case_id)))
    assert "ارجاع شد" in told
    assert f"ارجاع‌دهنده {expert.staff.name}" in told
    assert clerk.staff.name not in told
    case = shown(town, case_id)
    agreed = ruling(case, RulingKind.AGREED, note="با رعایت پارکینگ")
    with pytest.raises(Refusal, match="در دستور جلسه‌ای نیست"):
        commissions.rule(expert, case, agreed)
    commissions.put_on_agenda(expert, case, "31", TODAY)
    case = shown(town, case_id)
    with pytest.raises(Refusal, match="تنها از کمیسیون مادهٔ ۱۰۰"):
        commissions.rule(expert, case, ruling(case, RulingKind.AGREED, stage=FIRST))
    with pytest.raises(Refusal, match="نوع رأی همین کمیسیون"):
        commissions.rule(expert, case, ruling(case, RulingKind.FINE, fine=1_000_000))
    commissions.rule(expert, case, agreed)
    town.house.office.sync()
    told = " ".join(text_of(papers.commission(clerk, case_id)))
    assert "ابلاغ رأی کمیسیون" in told
    assert "با رعایت پارکینگ" in told
    following.decide(town.crew, shown(town, case_id), failing)
    town.house.office.sync()
    case = case_now(clerk, case_id)
    assert case.answer is not None
    facts = case.answer.letter.text.facts
    assert facts is not None
    cited = "شمارهٔ ۵/۸۱۲ مورخ ۱۴۰۵/۰۹/۰۳، «موافقت؛ با رعایت پارکینگ»"
    assert ("رأی کمیسیون", cited) in facts.rows


@pytest.mark.long
def test_what_the_commission_opposes_is_refused_by_its_ruling(town: Town) -> None:
    case = in_session(town, change_of_use(town), "5")
    opposed = ruling(case, RulingKind.OPPOSED, note="پارکینگ تأمین نیست")
    commissions.rule(town.crew.expert, case, opposed)
    town.house.office.sync()
    answered = case_now(town.crew.clerk, case.case_id)
    assert answered.answer is not None
    assert answered.outcome is Outcome.REFUSE
    words = "\n".join(answered.answer.letter.text.paragraphs)
    assert "رأی کمیسیون مادهٔ ۵ شمارهٔ ۵/۸۱۲ مورخ ۱۴۰۵/۰۹/۰۳: مخالفت؛ پارکینگ تأمین نیست" in words


@pytest.mark.long
def test_the_ruling_of_another_commission_is_not_enough(town: Town) -> None:
    case = in_session(town, change_of_use(town), "100")
    acquitted = ruling(case, RulingKind.ACQUITTED, "100/1", stage=FINAL)
    commissions.rule(town.crew.expert, case, acquitted)
    town.house.office.sync()
    case = shown(town, case.case_id)
    failing = {f.gate: "دیده شد" for f in case.decision.failing} if case.decision else {}
    with pytest.raises(Refusal, match="کمیسیون مادهٔ ۵"):
        following.decide(town.crew, case, failing)


def reported(town: Town) -> Case:
    """A no-violation request for a property whose Article 100 file is at the commission."""
    record = town.record(Scenario.COMMISSION)
    case_id = town.register(record, "no-violation")
    case = shown(town, case_id)
    assert case.state is State.IN_REVIEW
    return in_session(town, case_id, "100")


def served(case: Case, way: Serving, day: date = TODAY, **more: str) -> ServeRuling:
    """Service of the case's ruling on its first person."""
    number = case.commission_result.number if case.commission_result else ""
    dated = day if more.get("paper") else None
    return ServeRuling(number, 0, way, day, paper_date=dated, **more)


@pytest.mark.slow
def test_a_first_ruling_waits_for_its_service_and_its_term_then_makes_the_letter(
    town: Town,
) -> None:
    clerk, expert = town.crew.clerk, town.crew.expert
    case = reported(town)
    fined = ruling(case, RulingKind.FINE, "100/7", stage=FIRST, fine=48_000_000)
    commissions.rule(expert, case, fined)
    town.house.office.sync()
    case = case_now(clerk, case.case_id)
    assert case.state is State.COMMISSION
    told = " ".join(text_of(papers.commission(clerk, case.case_id)))
    assert case.request.party.name in told
    assert "۱۰ روز" in told
    listed = commissions.listed(expert, "100", Awaits.SERVICE)
    assert [row.case_id for row in listed.rows] == [case.case_id]
    with pytest.raises(Refusal, match="هنوز به"):
        commissions.end_term(expert, shown(town, case.case_id))
    absent = served(case, Serving.ABSENT, note="همسایه گواه بود")
    commissions.serve(clerk, case, absent, municipal=False)
    other = served(case, Serving.PERSON, receiver_id="0084575948")
    with pytest.raises(Refusal, match="از آنِ"):
        commissions.serve(clerk, case, other, municipal=False)
    posted = served(case, Serving.POSTED, paper="12")
    commissions.serve(clerk, case, posted, municipal=False)
    town.house.office.sync()
    case = shown(town, case.case_id)
    assert [each.until for each in case.served] == [None, date(2026, 12, 5)]
    with pytest.raises(Refusal, match="مهلت اعتراض تا"):
        commissions.end_term(expert, case)
    assert commissions.listed(expert, "100", Awaits.TERM).total == 1
    town.clock.moment += timedelta(days=12)
    town.house.office.sync()
    town.house.municipality.sync()
    commissions.end_term(expert, shown(town, case.case_id))
    town.house.office.sync()
    case = case_now(clerk, case.case_id)
    assert case.outcome is Outcome.PAY
    assert sum(owed.amount for owed in case.owed if owed.key.startswith("fine:")) == 48_000_000
    assert commissions.listed(expert, "100").total == 0


OTHER = Ruled("مریم یزدی", "0084575948")


@pytest.mark.slow
def test_each_who_is_ruled_against_has_a_term_of_his_own(small_town: Town) -> None:
    town, expert = small_town, small_town.crew.expert
    case = reported(town)
    fined = ruling(case, RulingKind.FINE, "100/7", stage=FIRST, fine=48_000_000)
    commissions.rule(expert, case, replace(fined, against=(*fined.against, OTHER)))
    case = shown(town, case.case_id)
    own = case.request.party.person_id
    told = served(case, Serving.PERSON, receiver=case.request.party.name, receiver_id=own)
    commissions.serve(expert, case, told, municipal=True)
    town.clock.moment += timedelta(days=4)
    later = replace(
        served(case, Serving.PERSON, TODAY + timedelta(days=4), receiver_id=OTHER.person_id),
        place=1,
    )
    commissions.serve(expert, shown(town, case.case_id), later, municipal=True)
    case = shown(town, case.case_id)
    # Ten days each; where the last one is no working day, the next.
    assert [each.until for each in case.served] == [date(2026, 12, 5), date(2026, 12, 8)]
    town.clock.moment += timedelta(days=8)
    town.house.municipality.sync()
    # The first one's is over; the second's is not.
    with pytest.raises(Refusal, match="مهلت اعتراض"):
        commissions.object_to(expert, case, 0, "44", TODAY + timedelta(days=12), municipal=True)
    with pytest.raises(Refusal, match="مهلت اعتراض تا"):
        commissions.end_term(expert, case)
    commissions.object_to(expert, case, 1, "45", TODAY + timedelta(days=12), municipal=True)
    after = shown(town, case.case_id)
    assert [each.place for each in after.objected] == [1]


@pytest.mark.parametrize(
    ("article", "kind", "stage"),
    [("100", RulingKind.DEMOLITION, FINAL), ("5", RulingKind.AGREED, "")],
)
@pytest.mark.long
def test_what_no_commission_looks_at_again_has_the_courts_term(
    small_town: Town, article: str, kind: RulingKind, stage: str
) -> None:
    town, expert = small_town, small_town.crew.expert
    case = reported(town) if article == "100" else in_session(town, change_of_use(town), "5")
    commissions.rule(expert, case, ruling(case, kind, f"{article}/9", stage=stage))
    case = shown(town, case.case_id)
    own = case.request.party.owner_id
    told = served(case, Serving.PERSON, receiver=case.request.party.name, receiver_id=own)
    commissions.serve(expert, case, told, municipal=True)
    (done,) = shown(town, case.case_id).served
    # Three months of the calendar of Iran after 1405/09/03.
    assert done.until == date(2027, 2, 22)
    with pytest.raises(Refusal, match="دیوان"):
        commissions.object_to(expert, shown(town, case.case_id), 0, "44", TODAY, municipal=True)


def fined(town: Town, which: int = 0) -> Case:
    """Minor repairs at a property with an unpaid fine: the violation is an expert's."""
    case_id = town.register(town.record(Scenario.FINE, which), "minor-repairs")
    case = shown(town, case_id)
    assert case.state is State.IN_REVIEW
    assert case.fine_asked
    return case


@pytest.mark.slow
def test_a_fine_that_no_record_shows_paid_is_finances_to_clear(town: Town) -> None:
    finance = town.crew.finance
    case = fined(town)
    assert [row.case_id for row in board.municipal_queue(finance).rows] == [case.case_id]
    failing = {f.gate: "فیش دیده شد" for f in case.decision.failing} if case.decision else {}
    with pytest.raises(Refusal, match="امور مالی"):
        following.decide(town.crew, case, failing)
    commissions.clear_fine(finance, case, ClearFine(False, "در حساب نبود"))
    case = shown(town, case.case_id)
    assert not case.fine_asked
    assert board.municipal_queue(finance).total == 0
    with pytest.raises(Refusal, match="امور مالی"):
        following.decide(town.crew, case, failing)
    found = ClearFine(True, "در حساب جاری دیده شد", "818204", TODAY)
    later = replace(found, paid_on=TODAY + timedelta(days=1))
    with pytest.raises(Refusal, match="پس از امروز"):
        commissions.clear_fine(finance, case, later)
    commissions.clear_fine(finance, case, found)
    case = shown(town, case.case_id)
    assert case.fine_open == 0
    # That money was this property's, whoever of its owners asks: another one's is not paid by it.
    with town.house.centre.reading() as session:
        spent = session.execute(select(ReferenceRow.payer, ReferenceRow.method)).all()
    assert (str(town.record(Scenario.FINE).code), "fine") in [tuple(each) for each in spent]
    other = fined(town, 1)
    commissions.clear_fine(finance, other, found)
    told = [item_words(item) for item in board.items(finance.desk)]
    assert any("پرداخت کس دیگری" in words for words in told)
    assert shown(town, other.case_id).fine_open
    commissions.clear_fine(finance, other, replace(found, reference="818205"))
    assert not shown(town, other.case_id).fine_open
    # The property's next request finds the fine paid.
    case = shown(town, town.register(town.record(Scenario.FINE), "minor-repairs"))
    assert case.decision is not None
    assert "violation" not in {each.gate for each in case.decision.failing}


@pytest.mark.long
def test_an_objection_in_its_term_leads_to_the_appeals_ruling(town: Town) -> None:
    clerk, expert = town.crew.clerk, town.crew.expert
    case = reported(town)
    first = ruling(case, RulingKind.DEMOLITION, "100/8", stage=FIRST)
    commissions.rule(expert, case, first)
    town.house.office.sync()
    case = case_now(clerk, case.case_id)
    assert case.commission_result is not None
    own = case.commission_result.against[0].person_id
    nameless = replace(case.commission_result, against=(Ruled("حسین رشیدی"),))
    mistyped = served(case, Serving.PERSON, receiver_id="0084575949")
    with pytest.raises(Refusal, match="کد ملی"):
        lawful_rulings.serve(
            replace(case, commission_result=nameless), mistyped, clerk.staff, SETTING
        )
    handed = served(case, Serving.PERSON, receiver_id=own)
    commissions.serve(clerk, case, handed, municipal=False)
    town.house.office.sync()
    case = case_now(clerk, case.case_id)
    with pytest.raises(Refusal, match="پیش‌تر به"):
        commissions.serve(clerk, case, handed, municipal=False)
    with pytest.raises(Refusal, match="تنها با اعتراض"):
        commissions.put_on_agenda(expert, shown(town, case.case_id), "32", TODAY)
    town.clock.moment += timedelta(days=11)
    late = TODAY + timedelta(days=12)
    with pytest.raises(Refusal, match="پس از امروز"):
        commissions.object_to(clerk, case, 0, "15", late, municipal=False)
    commissions.object_to(clerk, case, 0, "15", TODAY + timedelta(days=9), municipal=False)
    town.house.office.sync()
    town.house.municipality.sync()
    with pytest.raises(Refusal, match="اعتراض کرده است"):
        commissions.end_term(expert, shown(town, case.case_id))
    day = town.clock.moment.date()
    commissions.put_on_agenda(expert, shown(town, case.case_id), "33", day)
    case = shown(town, case.case_id)
    last = replace(ruling(case, RulingKind.ACQUITTED, "100/9", stage=FINAL), decided_on=day)
    with pytest.raises(Refusal, match="شمارهٔ رأی بدوی"):
        commissions.rule(expert, case, replace(last, number="100/8"))
    commissions.rule(expert, case, last)
    town.house.office.sync()
    case = case_now(clerk, case.case_id)
    assert case.decision is not None
    assert "violation" not in {each.gate for each in case.decision.failing}


@pytest.mark.slow
def test_a_fine_that_no_bill_holds_is_finances_to_find(small_town: Town) -> None:
    """Nobody can be asked for it by a payment's id: otherwise there is no way on."""
    town = small_town
    case = reported(town)
    much = ruling(case, RulingKind.FINE, "100/9", stage=FINAL, fine=MOST_BILLED + 500_000)
    commissions.rule(town.crew.expert, case, much)
    case = shown(town, case.case_id)
    assert case.state is State.IN_REVIEW
    assert case.fine_open == MOST_BILLED + 500_000
    found = ClearFine(True, "در حساب جاری دیده شد", "818204", TODAY)
    commissions.clear_fine(town.crew.finance, case, found)
    case = shown(town, case.case_id)
    assert case.fine_open == 0
    following.decide(town.crew, case, {}, "جریمه واریز شده است")
    assert shown(town, case.case_id).answer is not None
