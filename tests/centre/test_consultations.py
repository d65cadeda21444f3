"""Another body is asked by a numbered letter; the case waits, its reply lets it go on, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.actions import board, consultations, counter_acts, documents, intake, reviewing
from desktop.actions.checking import lines
from desktop.actions.desk import Seat
from desktop.centre.audit.whole import audit
from desktop.centre.consultation_tables import ConsultationRow
from desktop.centre.tables import CaseRow
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, clear, deliver, release
from desktop.domain.case import Case
from desktop.domain.consultation import Consultation, Reply, ReplyKind
from desktop.domain.errors import Refusal
from desktop.domain.state import State
from desktop.domain.status import Status, status_of
from desktop.wire.consultations import Part
from desktop.wire.verdicts import Verdict
from tests.centre.test_answer_by import on
from tests.centre.test_places import today
from tests.centre.test_reviewing import refused as not_taken
from tests.centre.test_reviewing import said
from tests.papers import attached, file_of
from tests.town import Town, every_link

HERITAGE = "میراث فرهنگی استان یزد"
TRAFFIC = "معاونت حمل‌ونقل و ترافیک"
WATER = "شرکت آب و فاضلاب استان یزد"
POWER = "شرکت توزیع برق استان یزد"
GAS = "شرکت گاز استان یزد"
BODIES = {
    HERITAGE: True,
    "اوقاف و امور خیریهٔ استان یزد": True,
    "سازمان آتش‌نشانی شهرداری یزد": False,
    TRAFFIC: False,
    "ادارهٔ ثبت اسناد و املاک یزد": False,
    WATER: True,
    POWER: True,
    GAS: True,
}
"""Whether the citizen may bring its reply."""
QUESTION = "آیا ساخت در دو طبقه با ضوابط بافت تاریخی می‌خواند؟"


def expert(town: Town, case_id: str) -> Case:
    """The case as the expert's desk sees it."""
    town.house.municipality.sync()
    return board.municipal_case(town.crew.expert, case_id)[0]


def in_review(town: Town, number: int = 0) -> Case:
    """A request that an expert looks at."""
    case_id = town.register(town.record(Scenario.DEED, number), "no-violation")
    return expert(town, case_id)


def ask(town: Town, case: Case, *names: str) -> Case:
    """The case after the expert asked these bodies."""
    for name in names:
        consultations.consult(town.crew.expert, case, name, QUESTION)
        case = expert(town, case.case_id)
    return case


def reply_to(town: Town, asked: Consultation, seat: Seat | None = None) -> Reply:
    """A reply that agrees, its scan kept at the desk of who enters it."""
    scan = file_of(attached(seat or town.crew.expert, 7))
    return Reply(ReplyKind.AGREED, "۱۴۰۵/م/۹۸", today(town), asked.numbers[-1], "", scan)


def refused(town: Town, case: Case, asked: Consultation, reply: Reply, seat: Seat) -> Refusal:
    """Why the reply is not taken, at the desk as at the centre."""
    with pytest.raises(Refusal) as no:
        consultations.enter_reply(seat, case, asked, reply)
    return no.value


@every_link
@pytest.mark.long
def test_a_case_waits_for_all_whom_the_expert_asked_and_goes_on_with_the_last(town: Town) -> None:
    crew = town.crew
    case = ask(town, in_review(town), HERITAGE, TRAFFIC)
    assert (case.state, len(case.awaited)) == (State.CONSULTING, 2)
    first, second = case.consultations
    # Two letters of the municipality's own series, each with a number.
    assert first.sent.number != second.sent.number
    ((letter, signed),) = consultations.letters_of(first)
    assert letter.number == first.sent.number
    assert HERITAGE.split()[0] in letter.text.addressee
    assert any(QUESTION in each for each in letter.text.paragraphs)
    judged = town.check(consultations.paper(letter, signed)).judged
    assert judged.verdict is Verdict.SAMPLE
    assert ("نتیجه", "نامهٔ استعلام") in lines(judged, {})
    # The counter sees since when it waits, and nobody clears anything meanwhile.
    town.house.office.sync()
    seen = case_now(crew.clerk, case.case_id)
    assert [each.sent.consultee for each in seen.awaited] == [TRAFFIC, HERITAGE]
    with pytest.raises(Refusal):
        following.decide(crew, case, {"deed": "سند دیده شد"})
    consultations.enter_reply(crew.expert, case, second, reply_to(town, second))
    case = expert(town, case.case_id)
    assert (case.state, len(case.awaited)) == (State.CONSULTING, 1)
    consultations.enter_reply(crew.clerk, seen, first, reply_to(town, first, crew.clerk))
    town.house.office.sync()
    case = expert(town, case.case_id)
    assert case.state is State.IN_REVIEW
    assert [each.reply is not None for each in case.consultations] == [True, True]
    clear(crew, case)
    assert case_now(crew.clerk, case.case_id).state is State.ISSUED
    listed = consultations.listed(crew.supervisor, Part.ENDED)
    assert {each.consultee for each in listed.rows} == {HERITAGE, TRAFFIC}
    assert listed.counts == {"open": 0, "late": 0, "ended": 2}


@pytest.mark.slow
def test_no_word_is_given_beside_a_reply_that_was_not_seen(small_town: Town) -> None:
    town, crew = small_town, small_town.crew
    before = in_review(town)
    case = ask(town, before, HERITAGE)
    (asked,) = case.consultations
    disagrees = replace(reply_to(town, asked), kind=ReplyKind.OPPOSED, words="حریم قنات")
    consultations.enter_reply(crew.expert, case, asked, disagrees)
    assert expert(town, case.case_id).state is State.IN_REVIEW
    reviewing.recommend(crew.expert, before, said(before), {})
    assert "تغییر کرد" in not_taken(town, case.case_id)
    assert expert(town, case.case_id).state is State.IN_REVIEW


@pytest.mark.parametrize(("name", "by_hand"), BODIES.items())
@pytest.mark.long
def test_each_body_is_asked_by_its_letter_and_its_reply_lets_the_case_go_on(
    small_town: Town, name: str, by_hand: bool
) -> None:
    town, crew = small_town, small_town.crew
    case = ask(town, in_review(town), name)
    assert case.state is State.CONSULTING
    (asked,) = case.consultations
    ((letter, _),) = consultations.letters_of(asked)
    city = intake.figures(crew.clerk.desk)
    (body,) = (each for each in city.consultees if each.name == name)
    assert letter.text.addressee.startswith(body.addressee)
    assert asked.reply_by == city.calendar.add_working_days(today(town), body.days)
    town.house.office.sync()
    seen = case_now(crew.clerk, case.case_id)
    said = reply_to(town, asked, crew.clerk)
    if by_hand:
        consultations.enter_reply(crew.clerk, seen, asked, said)
        town.house.office.sync()
    else:
        no = refused(town, seen, asked, said, crew.clerk)
        assert "خود مرجع آن را" in no.words
        consultations.enter_reply(crew.expert, case, asked, reply_to(town, asked))
    assert expert(town, case.case_id).state is State.IN_REVIEW


def test_all_bodies_that_ship_are_tried(small_town: Town) -> None:
    city = intake.figures(small_town.crew.clerk.desk)
    assert {each.name: each.by_hand for each in city.consultees} == BODIES


@pytest.mark.slow
def test_the_scan_of_a_reply_is_read_by_who_may_see_the_case(small_town: Town) -> None:
    town = small_town
    case = ask(town, in_review(town), HERITAGE)
    town.house.office.sync()
    asked = case.consultations[0]
    said = reply_to(town, asked, town.crew.clerk)
    consultations.enter_reply(town.crew.clerk, case, asked, said)
    while town.house.office.sync().more:
        pass
    assert said.scan is not None
    assert documents.content(town.crew.expert, case.case_id, said.scan)


@pytest.mark.long
def test_what_is_no_reply_to_the_question_is_refused_in_words(small_town: Town) -> None:
    town, crew = small_town, small_town.crew
    case = ask(town, in_review(town), HERITAGE, TRAFFIC)
    other = ask(town, in_review(town, 1), HERITAGE)
    heritage, traffic = case.consultations
    town.house.office.sync()
    good = reply_to(town, heritage)
    wrong: list[tuple[Reply, str, str]] = [
        (replace(good, to_number=other.consultations[0].sent.number), "to_number", "نامهٔ دیگری"),
        (replace(good, to_number=" "), "to_number", "کدام شمارهٔ ماست"),
        (replace(good, number=""), "number", "شمارهٔ نامهٔ پاسخ"),
        (replace(good, dated=today(town) + timedelta(days=1)), "dated", "پس از امروز"),
        (replace(good, dated=today(town) - timedelta(days=1)), "dated", "پیش از"),
        (replace(good, kind=ReplyKind.OPPOSED), "words", "به چه دلیل"),
        (replace(good, scan=None), "scan", "تصویر"),
    ]
    for reply, field, words in wrong:
        no = refused(town, case, heritage, reply, crew.expert)
        assert no.field == field
        assert words in no.words
    # What traffic answers its own office sends: nobody brings it to the counter.
    no = refused(town, case, traffic, reply_to(town, traffic, crew.clerk), crew.clerk)
    assert "از متقاضی گرفته نمی‌شود" in no.words
    # Not a question of this case.
    no = refused(town, case, other.consultations[0], good, crew.expert)
    assert "از این پرونده نیست" in no.words


@pytest.mark.long
def test_a_reply_is_entered_once_and_to_no_question_that_was_taken_back(small_town: Town) -> None:
    town, crew = small_town, small_town.crew
    case = ask(town, in_review(town), HERITAGE, TRAFFIC)
    heritage, traffic = case.consultations
    good = reply_to(town, heritage)
    consultations.enter_reply(crew.expert, case, heritage, good)
    consultations.drop(crew.expert, case, traffic, "حفاری در خیابان اصلی نیست")
    case = expert(town, case.case_id)
    assert case.state is State.IN_REVIEW
    # Another question keeps the case where replies are taken at all.
    case = ask(town, case, TRAFFIC)
    assert "پیش‌تر ثبت شده است" in refused(town, case, heritage, good, crew.expert).words
    late = reply_to(town, traffic)
    no = refused(town, case, traffic, late, crew.expert)
    assert "پس گرفته شده است" in no.words
    assert "حفاری در خیابان اصلی نیست" in no.words


@pytest.mark.long
def test_two_desks_enter_one_reply_and_the_second_is_told(small_town: Town) -> None:
    """The clerk's desk had no line: it did not know of what the expert had entered."""
    town, crew = small_town, small_town.crew
    case = ask(town, in_review(town), HERITAGE)
    town.house.office.sync()
    seen, asked = case_now(crew.clerk, case.case_id), case.consultations[0]
    consultations.enter_reply(crew.expert, case, asked, reply_to(town, asked))
    town.house.municipality.sync()
    consultations.enter_reply(crew.clerk, seen, asked, reply_to(town, asked, crew.clerk))
    town.house.office.sync()
    (item,) = [each for each in board.items(crew.clerk.desk) if each.case_id == case.case_id]
    assert item.command_kind == "enter-reply"
    now = expert(town, case.case_id)
    assert [each.sent.number for each in now.consultations] == [asked.sent.number]


@every_link
@pytest.mark.long
def test_past_its_day_it_is_told_once_and_a_reminder_gives_a_new_one(town: Town) -> None:
    crew = town.crew
    case = ask(town, in_review(town), HERITAGE)
    asked = case.consultations[0]
    with pytest.raises(Refusal, match="فردا یادآوری کنید"):
        consultations.remind(crew.expert, case, asked)
    on(town, asked.reply_by)
    assert town.house.tick() == 0
    on(town, asked.reply_by + timedelta(days=1))
    assert town.house.tick() == 1
    assert town.house.tick() == 0
    case = expert(town, case.case_id)
    assert (case.state, status_of(case)) == (State.CONSULTING, Status.REPLY_LATE)
    # The supervisor finds it among what was escalated, the unit on its list.
    assert board.municipal_queue(crew.supervisor, escalated=True).total == 1
    (row,) = consultations.listed(crew.supervisor, Part.LATE).rows
    assert (row.consultee, row.late, row.reminders) == (HERITAGE, True, 0)
    consultations.remind(crew.supervisor, case, asked)
    case = expert(town, case.case_id)
    (now,) = case.consultations
    assert (now.late, len(now.numbers)) == (False, 2)
    assert now.reply_by > asked.reply_by
    assert board.municipal_queue(crew.supervisor, escalated=True).total == 0
    # A reply may name either letter.
    reply = replace(reply_to(town, now), to_number=asked.sent.number)
    consultations.enter_reply(crew.expert, case, now, reply)
    assert expert(town, case.case_id).state is State.IN_REVIEW


@pytest.mark.slow
@every_link
def test_what_the_water_company_replies_ends_the_connections_case(town: Town) -> None:
    ended_by_its_reply(town, "water", WATER, "انشعاب جدید")


@pytest.mark.parametrize(
    ("service", "company", "wanted"),
    [("electricity", POWER, "انشعاب جدید"), ("gas", GAS, "اشتراک‌پذیری")],
)
@pytest.mark.long
def test_so_do_the_replies_of_the_other_utilities(
    small_town: Town, service: str, company: str, wanted: str
) -> None:
    ended_by_its_reply(small_town, service, company, wanted)


def ended_by_its_reply(town: Town, service: str, company: str, wanted: str) -> None:
    """A connection's answer is handed over, and the case waits for the company."""
    crew = town.crew
    case_id = town.register(town.record(Scenario.CLEAN), service, request_kind=wanted)
    release(crew, case_now(crew.clerk, case_id))
    for _ in range(2):
        town.house.office.sync()
        deliver(crew, case_now(crew.clerk, case_id))
    town.house.office.sync()
    case = case_now(crew.clerk, case_id)
    assert (case.state, case.closed) == (State.REPLY_DUE, False)
    (asked,) = case.awaited
    assert asked.sent.consultee == company
    assert case.answer is not None
    # Its number is the letter's that the company gets; no other one is written.
    assert asked.numbers == (case.answer.letter.number,)
    assert list(audit(town.house.centre)) == []
    assert list(consultations.letters_of(asked)) == []
    assert row_of(town, case_id).due_on == asked.reply_by
    said = replace(
        reply_to(town, asked, crew.clerk), kind=ReplyKind.CONDITIONAL, words="پس از حفاری"
    )
    consultations.enter_reply(crew.clerk, case, asked, said)
    town.house.office.sync()
    case = case_now(crew.clerk, case_id)
    assert (case.state, case.closed) == (State.HANDED_OVER, True)
    assert row_of(town, case_id).due_on == case.due_on


def row_of(town: Town, case_id: str) -> CaseRow:
    with Session(town.house.centre.reader) as session:
        return session.scalars(select(CaseRow).where(CaseRow.case_id == case_id)).one()


@pytest.mark.slow
def test_who_withdraws_is_waited_for_by_nobody(small_town: Town) -> None:
    town, crew = small_town, small_town.crew
    case = ask(town, in_review(town), HERITAGE)
    town.house.office.sync()
    counter_acts.withdraw(crew.clerk, case.case_id, "فروش ملک")
    town.house.office.sync()
    with Session(town.house.centre.reader) as session:
        (row,) = session.scalars(select(ConsultationRow)).all()
    assert (row.state, row.ended_on) == ("dropped", today(town))
    asked = case.consultations[0]
    no = refused(town, expert(town, case.case_id), asked, reply_to(town, asked), crew.expert)
    assert no.words


@pytest.mark.parametrize(
    ("name", "question", "field"),
    [("بانک ملی", QUESTION, "consultee"), (HERITAGE, " ", "question")],
)
def test_only_a_published_body_is_asked_and_something(
    small_town: Town, name: str, question: str, field: str
) -> None:
    case = in_review(small_town)
    with pytest.raises(Refusal) as no:
        consultations.consult(small_town.crew.expert, case, name, question)
    assert no.value.field == field


def test_the_list_is_the_units_alone(small_town: Town) -> None:
    with pytest.raises(Refusal, match="کارشناس و ناظر"):
        consultations.listed(small_town.crew.inspector)


@pytest.mark.slow
def test_while_a_body_is_asked_a_colleague_enters_the_reply_and_a_supervisor_passes_it_on(
    small_town: Town,
) -> None:
    town = small_town
    crew, case = town.crew, in_review(town)
    reviewing.take(crew.expert, case.case_id)
    case = ask(town, expert(town, case.case_id), HERITAGE)
    reviewing.assign(crew.supervisor, case, crew.colleague.staff.staff_id, "همکار بیمار است")
    town.house.municipality.sync()
    case = expert(town, case.case_id)
    assert case.expert == crew.colleague.staff.staff_id
    (asked,) = case.consultations
    # The post is opened by whoever is there.
    consultations.enter_reply(crew.expert, case, asked, reply_to(town, asked, crew.expert))
    assert expert(town, case.case_id).state is State.IN_REVIEW
