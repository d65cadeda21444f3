"""An objection is laid before its unit; what is upheld lies on the record, and is told."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import board, letters, objections, reviewing
from desktop.actions.desk import Seat
from desktop.actions.precheck import precheck
from desktop.centre.feeding_back import FedCorrection, feed_back
from desktop.centre.objection_tables import CorrectionRow, ObjectionRow
from desktop.centre.records.lookup import find
from desktop.demo.city import Scenario
from desktop.demo.following import book, case_now, deliver, release, report
from desktop.demo.people import PASSWORD
from desktop.domain import commands as c
from desktop.domain.calendar import format_day_month
from desktop.domain.case import Case
from desktop.domain.contest import Contested, Correction, Stage, person_key
from desktop.domain.errors import Refusal
from desktop.domain.made_up import made_up_national_id
from desktop.domain.objection import Ground
from desktop.domain.people import Applicant, Party
from desktop.domain.property import PropertyRecord
from desktop.domain.recommendation import Opinion, Proposal, Recommendation, Verdict
from desktop.domain.record_sheet import record_sections
from desktop.domain.state import State
from desktop.domain.ties import Tie
from desktop.premises.correction_files import CorrectionFiles
from desktop.store import outbox
from desktop.ui.standing.work_items import item_words
from tests.centre.test_reviewing import have_two_sign, in_review, known_as, shown
from tests.delegated import refusals
from tests.objected import object_to, today
from tests.town import Town, every_link

UPHELD, REJECTED = "خطای ورود داده", "مدارک ادعا را ثابت نمی‌کند"
PAPER = "سند تک‌برگ"
STRANGER = made_up_national_id(7_001)


def owner_of(record: PropertyRecord, first: str, last: str, person: str) -> PropertyRecord:
    """The property as somebody sees it who says that he owns it."""
    own = replace(record.owners[0], first_name=first, last_name=last, person_id=person)
    return replace(record, owners=(own,))


def area(record: PropertyRecord, value: str) -> Correction:
    return Correction(Contested.LAND, value, f"{record.land:.2f}")


def uphold(town: Town, case: Case, *corrections: Correction, seat: Seat | None = None) -> Case:
    unit = seat or town.crew.expert
    shown = objections.look(unit, case.case_id).case
    objections.uphold(
        unit, shown, UPHELD, corrections, paper=PAPER, since=today(town) - timedelta(days=30)
    )
    return told(town, case)


def told(town: Town, case: Case) -> Case:
    """The case as its office knows it once the unit's desk and its own have spoken."""
    town.house.municipality.sync()
    town.house.office.sync()
    return case_now(town.crew.clerk, case.case_id)


def recorded(town: Town, record: PropertyRecord) -> PropertyRecord:
    with Session(town.house.centre.reader) as session:
        found = find(session, record.code, None).record
    assert found is not None
    return found


@pytest.mark.long
@every_link
def test_an_area_that_is_put_right_lies_on_the_record_and_is_decided_upon(town: Town) -> None:
    record = town.record(Scenario.CLEAN)
    first = case_now(town.crew.clerk, town.register(record, "no-violation"))
    assert first.state is State.ISSUED
    larger = f"{record.land + 10:.2f}"
    case = object_to(town, record, Contested.LAND, first.case_id, claimed_area=larger)
    assert case.state is State.IN_REVIEW
    assert case.laid is not None
    assert (case.laid.first, case.laid.late, case.laid.stranger) == (
        first.request.tracking, False, False,
    )  # fmt: skip
    # The first case says what rests meanwhile.
    assert [each.tracking for each in told(town, first).contested] == [case.request.tracking]
    (row,) = objections.waiting(town.crew.expert).rows
    assert (row.contested, row.second) == (Contested.LAND, False)
    answered = uphold(town, case, area(record, larger))
    # A larger area lowers nobody's money: one signature is enough, and the letter is written.
    assert answered.state is State.ISSUED
    assert answered.answer is not None
    words = " ".join(answered.answer.letter.text.paragraphs)
    assert "وارد دانسته شد" in words
    assert "مساحت عرصه از" in words
    right = recorded(town, record)
    assert right.land == Decimal(larger)
    (sign,) = {each.sign for each in right.corrected}
    assert sign == f"اصلاح‌شده {format_day_month(today(town))}، به موجب اعتراض"
    # What nobody had stamped fell, and was decided anew upon the corrected record.
    anew = told(town, first)
    assert anew.answer is not None
    assert sign in " ".join(anew.answer.letter.text.closing)
    assert [held.live for held in anew.letters] == [False, True]
    assert anew.state is State.ISSUED
    assert not anew.contested
    assert objections.waiting(town.crew.expert).total == 0
    asker = Party(Applicant.OWNER, record.owners[0].person_id)
    seen = precheck(town.crew.clerk, "no-violation", asker, str(record.code), None, "yes", {})
    assert sign in seen.summary
    with Session(town.house.centre.reader) as session:
        sheet = record_sections(find(session, record.code, None))
    signed = {each.key: each.sign for section in sheet for each in section.values if each.sign}
    assert signed == {"land": sign}
    with Session(town.house.centre.reader) as session:
        (kept,) = session.scalars(select(CorrectionRow))
        assert (kept.value, kept.by, kept.batch) == (
            larger, town.crew.expert.staff.name, 0,
        )  # fmt: skip
        (laid,) = session.scalars(select(ObjectionRow))
        assert (laid.stage, laid.told) == (Stage.UPHELD.value, Stage.UPHELD.value)


@pytest.mark.slow
def test_what_lowers_money_waits_for_a_second_signature(small_town: Town) -> None:
    town = small_town
    record = town.record(Scenario.CLEAN)
    smaller = f"{record.land - 10:.2f}"
    case = object_to(town, record, Contested.LAND, claimed_area=smaller)
    waits = uphold(town, case, area(record, smaller))
    assert (waits.state, waits.awaits_second) == (State.IN_REVIEW, True)
    assert recorded(town, record).land == record.land
    # Who answered does not sign, and nobody answers twice.
    shown = objections.look(town.crew.expert, case.case_id).case
    with pytest.raises(Refusal, match="از خود شماست"):
        objections.sign(town.crew.expert, shown, agreed=True)
    with pytest.raises(Refusal, match="امضای نفر دوم"):
        uphold(town, case, area(record, smaller))
    shown = objections.look(town.crew.supervisor, case.case_id).case
    # Nor does he sign with another account of his own.
    for seat in (town.crew.expert, town.crew.supervisor):
        known_as(town, seat, STRANGER)
    objections.sign(town.crew.supervisor, shown, agreed=True)
    assert told(town, case).awaits_second
    assert board.items(town.crew.supervisor.desk)[-1].centre_words.startswith("این پاسخ از خود شم")
    assert recorded(town, record).land == record.land
    known_as(town, town.crew.supervisor, made_up_national_id(7_002))
    objections.sign(town.crew.supervisor, shown, agreed=False, comment="نقشه خوانا نیست")
    back = told(town, case)
    assert (back.awaits_second, back.challenged) == (False, "نقشه خوانا نیست")
    other = f"{record.land - 20:.2f}"
    uphold(town, case, area(record, other))
    # Whoever still has the former answer on the screen has not seen this one.
    objections.sign(town.crew.supervisor, shown, agreed=True)
    assert told(town, case).awaits_second
    assert "پرونده را دوباره ببینید" in board.items(town.crew.supervisor.desk)[-1].centre_words
    shown = objections.look(town.crew.supervisor, case.case_id).case
    objections.sign(town.crew.supervisor, shown, agreed=True)
    assert told(town, case).state is State.ISSUED
    assert recorded(town, record).land == Decimal(other)


@pytest.mark.slow
def test_a_debt_is_finances_and_the_letter_that_asked_for_it_is_written_anew(
    small_town: Town,
) -> None:
    town = small_town
    record = town.record(Scenario.DEBT)
    first = case_now(town.crew.clerk, town.register(record, "clearance"))
    assert first.state is State.PAY_DUE
    debt = max(record.debts, key=lambda each: each.total)
    half = debt.total // 2 // 1000 * 1000
    case = object_to(town, record, Contested.DEBT, first.case_id, claimed_debt=str(half))
    right = Correction(Contested.DEBT, str(half), str(debt.total), debt.key)
    # The expert is not its unit.
    assert objections.waiting(town.crew.expert).total == 0
    with pytest.raises(Refusal):
        objections.look(town.crew.expert, case.case_id)
    uphold(town, case, right, seat=town.crew.finance)
    shown = objections.look(town.crew.supervisor, case.case_id).case
    objections.sign(town.crew.supervisor, shown, agreed=True)
    told(town, case)
    anew = told(town, first)
    assert anew.state is State.PAY_DUE
    assert [held.live for held in anew.letters] == [False, True]
    before = sum(owed.amount for owed in first.owed)
    assert sum(owed.amount for owed in anew.owed) == before - debt.total + half
    assert not anew.contested


@pytest.mark.slow
def test_a_stamped_letter_waits_for_the_manager(small_town: Town) -> None:
    town = small_town
    record = town.record(Scenario.CLEAN)
    first = case_now(town.crew.clerk, town.register(record, "no-violation"))
    release(town.crew, first)
    larger = f"{record.land + 10:.2f}"
    case = object_to(town, record, Contested.LAND, first.case_id, claimed_area=larger)
    uphold(town, case, area(record, larger))
    stamped = told(town, first)
    assert stamped.recalled
    (item,) = [each for each in board.items(town.crew.manager.desk) if each.detail]
    assert item.detail == {"contested": "land", "tracking": case.request.tracking}
    assert "به مساحت عرصه وارد دانسته شد" in item_words(item)


def refused(town: Town, service: str = "no-violation") -> Case:
    """A request that the records refused; its letter is in the citizen's hands."""
    record = town.record(Scenario.DEMOLITION)
    return handed_over(town, case_now(town.crew.clerk, town.register(record, service)))


def handed_over(town: Town, case: Case) -> Case:
    release(town.crew, case)
    for _ in range(2):
        deliver(town.crew, case_now(town.crew.clerk, case.case_id))
    town.house.office.sync()
    return case_now(town.crew.clerk, case.case_id)


@pytest.mark.slow
def test_a_refusal_is_objected_to_within_its_term_or_with_an_excuse(small_town: Town) -> None:
    town = small_town
    first = refused(town)
    record = town.record(Scenario.DEMOLITION)
    town.clock.moment += timedelta(days=30)
    case = object_to(town, record, Contested.REFUSAL, first.case_id, excuse="بستری بودم")
    assert case.laid is not None
    assert case.laid.until is not None
    assert case.laid.late
    shown = objections.look(town.crew.expert, case.case_id).case
    with pytest.raises(Refusal, match="عذر موجه"):
        uphold(town, case)
    objections.uphold(
        town.crew.expert, shown, UPHELD, (),
        paper=PAPER, since=today(town), excused="گواهی بیمارستان",
    )  # fmt: skip
    assert told(town, case).state is State.ISSUED
    # The manager voids what was stamped; then an expert looks, for records would refuse again.
    assert told(town, first).recalled


@pytest.mark.slow
def test_each_refusal_of_a_property_is_objected_to_by_itself(small_town: Town) -> None:
    town, record = small_town, small_town.record(Scenario.DEMOLITION)
    for service in ("no-violation", "walling"):
        first = refused(town, service)
        case = object_to(town, record, Contested.REFUSAL, first.case_id)
        assert case.laid is not None
        assert (case.laid.first, case.laid.before) == (first.request.tracking, "")
    with pytest.raises(LookupError):
        object_to(town, record, Contested.REFUSAL, first.case_id)


@pytest.mark.slow
def test_a_term_begins_when_the_letter_was_handed_over_though_the_line_was_down(
    small_town: Town,
) -> None:
    town, crew = small_town, small_town.crew
    record = town.record(Scenario.DEMOLITION)
    first = case_now(crew.clerk, town.register(record, "no-violation"))
    release(crew, first)
    deliver(crew, case_now(crew.clerk, first.case_id))
    town.house.office.sync()
    bell, town.house.office.bell.ring = town.house.office.bell.ring, lambda: None
    served = today(town)
    deliver(crew, case_now(crew.clerk, first.case_id))
    town.clock.moment += timedelta(days=9)
    town.house.office.bell.ring = bell
    town.house.office.sync()
    case = object_to(town, record, Contested.REFUSAL, first.case_id)
    assert case.laid is not None
    assert case.laid.served_on == served


@pytest.mark.slow
def test_what_a_bank_s_messenger_fetched_starts_nobody_s_term(small_town: Town) -> None:
    town, clerk = small_town, small_town.crew.clerk
    record = town.record(Scenario.DEMOLITION)
    first = case_now(clerk, town.register(record, "no-violation"))
    release(town.crew, first)
    deliver(town.crew, case_now(clerk, first.case_id))
    answer = case_now(clerk, first.case_id).answer
    assert answer is not None
    messenger = ("پیک بانک ملی", made_up_national_id(7_003))
    seen = ("کارت ملی",)
    letters.hand_over(clerk, first.case_id, answer.letter.letter_id, *messenger, seen, PASSWORD)
    town.house.office.sync()
    town.clock.moment += timedelta(days=30)
    case = object_to(town, record, Contested.REFUSAL, first.case_id, excuse="")
    assert case.laid is not None
    assert (case.laid.served_on, case.laid.until, case.laid.late) == (None, None, False)


@pytest.mark.slow
def test_neither_who_proposed_the_refusal_nor_who_signed_it_answers(small_town: Town) -> None:
    town, crew = small_town, small_town.crew
    have_two_sign(town)
    case_id = in_review(town)
    case = shown(crew.expert, case_id)
    gates = [each.gate for each in case.decision.failing] if case.decision else []
    stands = tuple(Opinion(gate, Verdict.STANDS) for gate in gates)
    refusal = Recommendation(Proposal.REFUSAL, stands, reasons=("سند با ملک یکی نیست",))
    reviewing.recommend(crew.expert, case, refusal, {})
    reviewing.countersign(crew.signer, shown(crew.signer, case_id))
    first = handed_over(town, told(town, case))
    record = town.record(Scenario.DEED)
    objection = object_to(town, record, Contested.REFUSAL, first.case_id, excuse="")
    assert uphold(town, objection).answered is None
    # Whoever has another account is the same person.
    for seat in (crew.signer, crew.colleague):
        known_as(town, seat, STRANGER)
    assert uphold(town, objection, seat=crew.colleague).answered is None
    assert uphold(town, objection, seat=crew.supervisor).answered is not None


@pytest.mark.slow
def test_who_owns_the_property_does_not_answer_though_he_is_of_the_unit(small_town: Town) -> None:
    town, record = small_town, small_town.record(Scenario.DEBT)
    known_as(town, town.crew.finance, record.owners[0].person_id)
    debt = max(record.debts, key=lambda each: each.total)
    half = str(debt.total // 2 // 1000 * 1000)
    heir = owner_of(record, "رضا", "نمونه", STRANGER)
    case = object_to(town, heir, Contested.DEBT, claimed_debt=half)
    known = objections.look(town.crew.finance, case.case_id).case
    objections.reject(town.crew.finance, known, REJECTED, Contested.DEBT.grounds[0])
    assert told(town, case).answered is None
    (item,) = board.items(town.crew.finance.desk)
    assert item.centre_words == Tie.OWNER.words


@pytest.mark.slow
def test_a_rejected_one_names_the_next_instance(small_town: Town) -> None:
    town = small_town
    record = town.record(Scenario.CLEAN)
    case = object_to(town, record, Contested.LAND, claimed_area="999.00")
    shown = objections.look(town.crew.expert, case.case_id).case
    objections.reject(town.crew.expert, shown, REJECTED, Ground.RENEWAL_LEVY)
    answered = told(town, case)
    assert answered.state is State.ISSUED
    assert answered.answer is not None
    text = answered.answer.letter.text
    assert "مدارک ادعا را ثابت نمی‌کند" in " ".join(text.paragraphs)
    assert "مادهٔ ۸" in " ".join(text.closing)
    assert recorded(town, record).corrected == ()


@pytest.mark.slow
def test_the_same_is_not_objected_to_twice_while_it_is_open(small_town: Town) -> None:
    town = small_town
    record = town.record(Scenario.CLEAN)
    case = object_to(town, record, Contested.LAND, claimed_area="999.00")
    with pytest.raises(LookupError):
        object_to(town, record, Contested.LAND, claimed_area="999.00")
    (item,) = board.items(town.crew.clerk.desk)
    assert f"پیش‌تر ثبت شده: {format_day_month(today(town))}" in item.centre_words
    # Once it is answered, with new evidence it may be again; the unit is told of the first.
    shown = objections.look(town.crew.expert, case.case_id).case
    objections.reject(town.crew.expert, shown, REJECTED, Ground.OTHER)
    told(town, case)
    again = object_to(town, record, Contested.LAND, claimed_area="998.00")
    assert again.laid is not None
    assert again.laid.before == case.request.tracking


def test_a_stranger_shows_his_interest_first(small_town: Town) -> None:
    town = small_town
    record = town.record(Scenario.CLEAN)
    stranger = owner_of(record, "سهراب", "ناظم‌پور", STRANGER)
    case = object_to(town, stranger, Contested.LAND, claimed_area="999.00")
    assert case.laid is not None
    assert case.laid.stranger
    with pytest.raises(Refusal, match="ذی‌نفع بودن"):
        uphold(town, case, area(record, "999.00"))
    assert recorded(town, record).land == record.land


@pytest.mark.slow
def test_another_owner_is_put_in_his_place_by_two(small_town: Town) -> None:
    town = small_town
    record = town.record(Scenario.CLEAN)
    wrong = record.owners[0]
    mine = owner_of(record, "سهراب", "ناظم‌پور", STRANGER)
    case = object_to(town, mine, Contested.OWNER, claimed_owner="سهراب ناظم‌پور")
    right = Correction(
        Contested.OWNER, STRANGER, "", person_key(wrong.person_id), "سهراب", "ناظم‌پور"
    )
    uphold(town, case, right)
    shown = objections.look(town.crew.supervisor, case.case_id).case
    objections.sign(town.crew.supervisor, shown, agreed=True)
    told(town, case)
    owner = recorded(town, record).owners[0]
    assert (owner.name, owner.person_id, owner.dang) == (
        "سهراب ناظم‌پور", STRANGER, wrong.dang,
    )  # fmt: skip
    # What travels to the office names nobody whom the record had.
    facts = board.look(town.crew.clerk.desk, case.case_id).confirmed
    assert wrong.person_id not in str([fact.payload for fact in facts])


@pytest.mark.parametrize("contested", [Contested.BUILT, Contested.USE])
@pytest.mark.long
def test_a_built_area_and_a_use_are_put_right_by_two_and_told_by_letter(
    small_town: Town, contested: Contested
) -> None:
    town = small_town
    record = next(each for each in town.properties[Scenario.CLEAN] if each.built > 20)
    former, right = f"{record.built:.2f}", f"{record.built - 10:.2f}"
    if contested is Contested.USE:
        former, right = record.use, "تجاری"
    first = case_now(town.crew.clerk, town.register(record, "no-violation"))
    if contested is Contested.USE:
        case = object_to(town, record, contested, first.case_id, claimed_use=right)
    else:
        case = object_to(town, record, contested, first.case_id, claimed_area=right)
    waits = uphold(town, case, Correction(contested, right, former))
    assert (waits.state, waits.awaits_second, waits.answer) == (State.IN_REVIEW, True, None)
    unsigned = recorded(town, record)
    assert (unsigned.built, unsigned.use) == (record.built, record.use)
    shown = objections.look(town.crew.supervisor, case.case_id).case
    objections.sign(town.crew.supervisor, shown, agreed=True)
    answered = told(town, case)
    assert answered.state is State.ISSUED
    assert answered.answer is not None
    words = " ".join(answered.answer.letter.text.paragraphs)
    assert "وارد دانسته شد" in words
    assert f"{contested.word} از" in words
    assert ("تجاری" if contested is Contested.USE else "مترمربع") in words
    signed = recorded(town, record)
    assert (f"{signed.built:.2f}" if contested.is_area else signed.use) == right
    assert [each.correction.item for each in signed.corrected] == [contested]
    # What the first case had been answered upon it fell.
    assert [held.live for held in told(town, first).letters][:1] == [False]


@pytest.mark.slow
def test_what_the_record_no_longer_says_is_not_put_right(small_town: Town) -> None:
    town = small_town
    record = town.record(Scenario.CLEAN)
    case = object_to(town, record, Contested.LAND, claimed_area="999.00")
    stale = Correction(Contested.LAND, "999.00", f"{record.land + 1:.2f}")
    uphold(town, case, stale)
    (item,) = [i for i in board.items(town.crew.expert.desk) if i.case_id == case.case_id]
    assert "تغییر کرده است" in item.centre_words


@pytest.mark.slow
@every_link
def test_the_records_owner_is_told_once_in_numbered_files(town: Town, tmp_path: Path) -> None:
    centre, record = town.house.centre, town.record(Scenario.CLEAN)
    larger = f"{record.land + 10:.2f}"
    case = object_to(town, record, Contested.LAND, claimed_area=larger)
    folder = tmp_path / "owner"
    folder.mkdir()
    assert feed_back(centre, CorrectionFiles(folder)) == 0
    uphold(town, case, area(record, larger))

    class Broken:
        def give(self, batch: int, corrections: Sequence[FedCorrection]) -> None:
            raise Refusal("خط قطع است")

    with pytest.raises(Refusal):
        feed_back(centre, Broken())
    # What was on its way goes as it was, under its number.
    assert feed_back(centre, CorrectionFiles(folder)) == 1
    (file,) = folder.iterdir()
    assert file.name == "corrections-000001.csv"
    with file.open(encoding="utf-8-sig", newline="") as text:
        (row,) = csv.DictReader(text)
    assert row["کد نوسازی"] == str(record.code)
    assert (row["مقدار پیشین"], row["مقدار درست"]) == (f"{record.land:.2f}", larger)
    assert row["کد رهگیری اعتراض"] == case.request.tracking
    assert feed_back(centre, CorrectionFiles(folder)) == 0
    assert len(list(folder.iterdir())) == 1


@pytest.mark.slow
def test_a_visit_that_the_unit_asks_for_comes_back_beside_the_record(small_town: Town) -> None:
    town = small_town
    expert, record = town.crew.expert, town.record(Scenario.CLEAN)
    case = object_to(town, record, Contested.LAND, claimed_area="240.50")
    shown = objections.look(expert, case.case_id).case
    with pytest.raises(Refusal, match="چه باید دیده شود"):
        objections.order_visit(expert, shown, " ")
    objections.order_visit(expert, shown, "ضلع شمال را از نو اندازه بگیرید")
    due = told(town, case)
    # Nobody pays for what the unit wants to know.
    assert (due.state, due.due_fee("visit")) == (State.VISIT_DUE, 0)
    book(town.crew, due)
    booked = told(town, case)
    assert booked.state is State.BOOKED
    report(town.crew, booked, town.clock.moment)
    back = told(town, case)
    assert (back.state, back.visit_for) == (
        State.IN_REVIEW, "ضلع شمال را از نو اندازه بگیرید",
    )  # fmt: skip
    beside = objections.look(expert, case.case_id).told
    assert beside.visit is not None
    assert beside.visit.land == "240.50"
    # What is contested is put right by the answer alone.
    assert recorded(town, record).land == record.land
    (row,) = objections.waiting(expert).rows
    assert row.state == State.IN_REVIEW.value


@pytest.mark.slow
def test_an_objection_is_about_the_property_of_the_first_case(small_town: Town) -> None:
    town = small_town
    first = town.register(town.record(Scenario.CLEAN), "no-violation")
    mine = town.record(Scenario.CLEAN, 1)
    land = f"{mine.land + 10:.2f}"
    with pytest.raises(LookupError):
        # Its office's desk is told of the refusal: it has no such case any more.
        object_to(town, mine, Contested.LAND, first, claimed_area=land)
    assert refusals(town, "office:21") == [("register", "property.code")]
    own = town.register(mine, "no-violation")
    assert object_to(town, mine, Contested.LAND, own, claimed_area=land).laid is not None


@pytest.mark.slow
@pytest.mark.parametrize("former", ["abc", "NaN", "1e999999", ""])
def test_what_a_record_said_that_is_no_area_is_refused_and_holds_nothing_up(
    small_town: Town, former: str
) -> None:
    town, expert = small_town, small_town.crew.expert
    record = town.record(Scenario.CLEAN)
    case = object_to(town, record, Contested.LAND, claimed_area=f"{record.land + 10:.2f}")
    wrong = replace(area(record, f"{record.land + 10:.2f}"), former=former)
    answer = c.AnswerObjection(True, UPHELD, (wrong,), PAPER, today(town))
    with expert.desk.store.writing() as session:
        outbox.put(
            session, answer, case_id=case.case_id, actor=expert.staff.staff_id,
            at=town.clock.now(), signer=expert.signer, base_rev=case.rev,
        )  # fmt: skip
    town.house.municipality.sync()
    assert [kind for kind, _ in refusals(town, "office:municipality")] == ["answer-objection"]
    uphold(town, case, area(record, f"{record.land + 10:.2f}"))
