"""Letters in doubt: found after an import, recalled by one, ended by another, and told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.actions import (
    board,
    documents,
    letters,
    papers,
    recalls,
    records,
    second_looks,
    visits,
)
from desktop.actions.desk import Seat
from desktop.centre import doubting
from desktop.centre.context import Centre
from desktop.centre.doubt_rows import note_property
from desktop.centre.doubt_tables import DoubtedLetterRow, LetterWatchRow, StandingLetterRow
from desktop.centre.records.overlay import note_ruling
from desktop.centre.tick import act, tick
from desktop.demo import following
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, deliver, release
from desktop.demo.people import PASSWORD
from desktop.demo.sample_paper import sample_photos
from desktop.domain import facts as f
from desktop.domain.case import Case
from desktop.domain.commands import TakeRecordsBack, VoidLetter
from desktop.domain.errors import Refusal
from desktop.domain.property import Debt, Hold, LaidRuling, PropertyRecord
from desktop.domain.recall import Telling, still_to_tell
from desktop.domain.record_words import FileStatus, Use
from desktop.domain.second_look import FAULTS
from desktop.domain.second_look import Part as Fault
from desktop.domain.state import State
from desktop.forms.shipped import shipped_city
from desktop.sql.engine import Place
from desktop.store.work_items import ItemKind
from desktop.wire.recalls import Part, RecallBody
from desktop.wire.verdicts import Verdict
from tests.actions.test_records import everything, export
from tests.reports.reading import pages_of
from tests.town import Town

pytestmark = pytest.mark.slow
WHY = "پس از صدور نامه دستور توقیف ملک رسیده است."
STANDS = "توقیف تنها سهم مالک دیگر را در بر می‌گیرد."
REFERENCE = "دادگاه عمومی یزد"


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.long), "postgresql"])
def town(request: pytest.FixtureRequest, make_town: Callable[[Place | None], Town]) -> Town:
    """A town on each database in turn."""
    other = request.param == "postgresql"
    return make_town(request.getfixturevalue("postgres_place") if other else None)


def stamped(town: Town, number: int = 0, *, handed: bool = True) -> Case:
    """A letter about a clean property, printed, and handed over."""
    case_id = town.register(town.record(Scenario.CLEAN, number), "no-violation")
    release(town.crew, case_now(town.crew.clerk, case_id))
    synced(town)
    if handed:
        deliver(town.crew, case_now(town.crew.clerk, case_id))
        deliver(town.crew, case_now(town.crew.clerk, case_id))
        synced(town)
    return case_now(town.crew.clerk, case_id)


def synced(town: Town) -> None:
    """Office and municipality have heard all there is."""
    town.house.office.sync()
    town.house.municipality.sync()
    town.house.office.sync()


def brought_in(town: Town, folder: Path, **changes: Callable[[PropertyRecord], Any]) -> None:
    """Tomorrow's export, in which these properties are changed (by code), is in force."""
    town.clock.moment += timedelta(days=1)
    found = [
        changes[str(each.code)](each) if str(each.code) in changes else each
        for each in everything()
    ]
    seat = town.crew.supervisor
    records.send(seat, export(folder, found), town.clock.moment.date() - timedelta(days=1))
    staged = records.look(seat).staged
    assert staged is not None
    records.put_in_force(seat, staged, PASSWORD)
    tick(town.house.centre)


def held_by_court(record: PropertyRecord) -> PropertyRecord:
    hold = Hold(REFERENCE, "۱۴۰۵/۷۱", None, "کل", None)
    return replace(record, holds=(hold,))


def waiting(town: Town, part: Part = Part.CHANGED) -> list[RecallBody]:
    return list(recalls.listed(town.crew.expert, part).rows)


def shown(seat: Seat, case: Case) -> Case:
    return board.municipal_case(seat, case.case_id)[0]


def recalled(town: Town, case: Case) -> Case:
    """The supervisor recalls its letter for what no record says."""
    assert case.answer is not None
    letter_id, first = case.answer.letter.letter_id, town.crew.supervisor
    recalls.recall(first, shown(first, case), letter_id, WHY, {}, PASSWORD)
    synced(town)
    return case_now(town.crew.clerk, case.case_id)


def verdict(town: Town, case: Case) -> Verdict | None:
    held = case.letters[0]
    judged = town.check(letters.kept(town.crew.clerk.desk, held)).judged
    return judged.verdict if judged is not None else None


@pytest.mark.long
def test_a_hold_that_an_import_brings_puts_the_letter_before_a_person(
    town: Town, tmp_path: Path
) -> None:
    case, other = stamped(town), stamped(town, 1)
    brought_in(town, tmp_path, **{str(town.record(Scenario.CLEAN).code): held_by_court})
    (row,) = waiting(town)
    assert (row.case_id, row.state, row.handed) == (case.case_id, "changed", True)
    assert [each.gate for each in row.changes] == ["hold"]
    # What the records say is told with the case, whose opening is a look.
    assert row.changes[0].told == ""
    (whole,) = recalls.of_case(town.crew.expert, case.case_id)
    assert REFERENCE in whole.changes[0].told
    # Nobody has decided: the letter is what it was.
    assert case_now(town.crew.clerk, case.case_id).recalled is False
    assert recalls.of_case(town.crew.expert, other.case_id) == ()


@pytest.mark.long
def test_a_new_years_charges_are_nothing_against_a_letter_and_an_old_debt_is(
    town: Town, tmp_path: Path
) -> None:
    for number in range(3):
        stamped(town, number)
    codes = [str(town.record(Scenario.CLEAN, number).code) for number in range(3)]
    day = town.clock.moment.date()

    def owing(year: int, due: Any) -> Callable[[PropertyRecord], PropertyRecord]:
        debt = Debt(year, "نوسازی", 5_000_000, 0, due, "قطعی", "", "")
        return lambda record: replace(record, debts=(*record.debts, debt))

    brought_in(
        town,
        tmp_path,
        **{
            codes[0]: owing(1406, None),
            codes[1]: owing(1405, day + timedelta(days=20)),
            codes[2]: owing(1402, day - timedelta(days=400)),
        },
    )
    assert [[each.gate for each in row.changes] for row in waiting(town)] == [["debt"]]


@pytest.mark.long
def test_who_bought_the_property_since_is_not_who_got_the_letter(
    town: Town, tmp_path: Path
) -> None:
    stamped(town)
    new = town.record(Scenario.CLEAN, 2).owners

    def sold(record: PropertyRecord) -> PropertyRecord:
        return replace(record, owners=new)

    brought_in(town, tmp_path, **{str(town.record(Scenario.CLEAN).code): sold})
    (row,) = waiting(town)
    assert [each.gate for each in row.changes] == ["standing"]


GARDEN = shipped_city().words.word(Use.GARDEN)


def used_as(use: str) -> Callable[[PropertyRecord], PropertyRecord]:
    return lambda record: replace(record, use=use)


@pytest.mark.long
def test_another_use_that_an_import_brings_is_found(town: Town, tmp_path: Path) -> None:
    (case, _), codes = _permits(town)
    brought_in(town, tmp_path, **{codes[0]: used_as(GARDEN), codes[1]: used_as("تجاری")})
    (row,) = waiting(town)
    assert (row.case_id, [each.gate for each in row.changes]) == (case.case_id, ["garden"])


@pytest.mark.long
def test_another_use_that_a_visit_found_is_found_and_a_visit_alone_is_nothing_against_a_letter(
    town: Town, tmp_path: Path
) -> None:
    codes = [str(town.record(Scenario.CLEAN, number).code) for number in range(2)]
    brought_in(town, tmp_path, **dict.fromkeys(codes, used_as("")))
    (case, _), _ = _permits(town)
    _visited(town, 0, GARDEN)
    _visited(town, 1, "مسکونی")
    (row,) = waiting(town)
    (found,) = row.changes
    assert (row.case_id, found.gate, found.code) == (case.case_id, "garden", "garden")


def _permits(town: Town) -> tuple[list[Case], list[str]]:
    """Building permits of two properties, handed over, and the codes of these."""
    records_ = [town.record(Scenario.CLEAN, number) for number in range(2)]
    ids = [town.register(each, "building-permit") for each in records_]
    cases = [following.follow(town.crew, each, town.clock.moment) for each in ids]
    synced(town)
    tick(town.house.centre)
    assert waiting(town) == []
    return cases, [str(each.code) for each in records_]


def _visited(town: Town, number: int, use: str) -> None:
    """Another request about the property has it visited some days later."""
    record, crew = town.record(Scenario.CLEAN, number), town.crew
    case_id = town.register(record, "no-violation", unchanged="no")
    following.book(crew, case_now(crew.clerk, case_id))
    case = shown(crew.inspector, case_now(crew.clerk, case_id))
    town.go_to_visit(case)
    documents.keep(crew.inspector, sample_photos()[1])
    report = following.made_up_report(case, town.clock.moment)
    measured = replace(report, land=f"{record.land:.2f}", built=f"{record.built:.2f}", use=use)
    if not record.built:
        measured = replace(measured, condition="land", built="", floors=0, units=0)
    visits.report(crew.inspector, case, measured)
    synced(town)
    tick(town.house.centre)


@pytest.mark.long
def test_a_ruling_that_is_laid_on_the_record_is_found_without_an_import(town: Town) -> None:
    case = stamped(town)
    tick(town.house.centre)
    assert waiting(town) == []
    code = town.record(Scenario.CLEAN).code
    ruling = LaidRuling("", "۱۴۰۵/۱۲", FileStatus.DEMOLITION_DUE, 0)
    with town.house.centre.writing() as session:
        note_ruling(session, code, ruling, town.clock.moment.date())
        note_property(session, code)
    tick(town.house.centre)
    (row,) = waiting(town)
    assert (row.case_id, [each.gate for each in row.changes]) == (case.case_id, ["violation"])


@pytest.mark.long
def test_what_a_person_has_seen_and_upheld_comes_back_only_with_something_new(
    town: Town, tmp_path: Path
) -> None:
    case = stamped(town)
    code = str(town.record(Scenario.CLEAN).code)
    brought_in(town, tmp_path, **{code: held_by_court})
    expert = town.crew.expert
    (row,) = recalls.of_case(expert, case.case_id)
    found = recalls.found_in(row)
    recalls.uphold(expert, shown(expert, case), row.letter_id, STANDS, found, PASSWORD)
    synced(town)
    assert waiting(town) == []
    assert verdict(town, case_now(town.crew.clerk, case.case_id)) is Verdict.SAMPLE

    def held_otherwise(record: PropertyRecord) -> PropertyRecord:
        moved = held_by_court(record)
        return replace(moved, address="خیابان دیگر")

    brought_in(town, tmp_path, **{code: held_otherwise})
    assert waiting(town) == []

    def owing_too(record: PropertyRecord) -> PropertyRecord:
        day = town.clock.moment.date() - timedelta(days=500)
        debt = Debt(1402, "نوسازی", 5_000_000, 0, day, "قطعی", "", "")
        return replace(held_by_court(record), debts=(debt,))

    brought_in(town, tmp_path, **{code: owing_too})
    (again,) = waiting(town)
    assert {each.gate for each in again.changes} == {"hold", "debt"}
    # What is gone from the records is gone from the list.
    brought_in(town, tmp_path, **{code: held_by_court})
    (left,) = waiting(town)
    assert {each.gate for each in left.changes} == {"hold"}


def test_a_letter_is_recalled_by_one_and_ended_by_another_and_everybody_is_told(
    town: Town,
) -> None:
    case = stamped(town)
    assert case.answer is not None
    letter_id = case.answer.letter.letter_id
    crew = town.crew
    manager = crew.manager
    with pytest.raises(Refusal, match="ابطال آن با شهرداری است"):
        following.void(manager, case.case_id, letter_id, "نشانی اشتباه است")
    now = recalled(town, case)
    assert now.recalled
    (item,) = [each for each in board.items(manager.desk) if each.kind is ItemKind.RECALL]
    assert item.detail == {"recalled": WHY}
    (row,) = waiting(town, Part.RECALLED)
    first = crew.supervisor
    assert (row.by, row.reason) == (first.staff.name, WHY)
    # The same person never decides of it, nor one who may not.
    for seat in (first, crew.expert):
        with pytest.raises(Refusal):
            recalls.end(seat, shown(seat, now), letter_id, WHY, PASSWORD)
    with pytest.raises(Refusal, match="گذرواژه"):
        recalls.end(crew.signer, shown(crew.signer, now), letter_id, WHY, "نادرست")
    recalls.end(crew.signer, shown(crew.signer, now), letter_id, WHY, PASSWORD)
    synced(town)
    ended = case_now(crew.clerk, case.case_id)
    void = ended.letter(letter_id)
    assert void.voided == WHY
    # No record says it: what the case is answered by now an expert decides.
    assert (ended.answer, ended.state, ended.review_comment) == (None, State.IN_REVIEW, WHY)
    name = case.request.party.name
    assert still_to_tell(ended, void) == (name,)
    (item,) = [each for each in board.items(manager.desk) if each.kind is ItemKind.VOID_UNTOLD]
    assert item.detail["to"] == name
    (page,) = pages_of(papers.void_notices(manager, case.case_id))
    said = " ".join(page)
    assert name in said.replace("\u200c", " ") or name in said
    with town.house.centre.reading() as session:
        gone = select(StandingLetterRow).where(StandingLetterRow.letter_id == letter_id)
        assert session.scalars(gone).all() == []
    assert [each.untold for each in waiting(town, Part.UNTOLD)] == [1]
    letters.tell_void(crew.clerk, case.case_id, letter_id, name, Telling.IN_PERSON)
    with pytest.raises(Refusal):
        letters.tell_void(crew.clerk, case.case_id, letter_id, name, Telling.IN_PERSON)
    synced(town)
    assert waiting(town, Part.UNTOLD) == []
    assert [each for each in board.items(manager.desk) if each.kind is ItemKind.VOID_UNTOLD] == []
    with pytest.raises(Refusal, match="خبر نداشته"):
        papers.void_notices(manager, case.case_id)


def test_what_nobody_has_stamped_falls_at_once_and_does_not_come_back_by_itself(
    town: Town,
) -> None:
    case_id = town.register(town.record(Scenario.CLEAN), "no-violation")
    now = recalled(town, case_now(town.crew.clerk, case_id))
    assert (now.letters[0].voided, now.answer, now.state) == (WHY, None, State.IN_REVIEW)
    assert len(now.letters) == 1


@pytest.mark.long
def test_what_a_person_recalled_an_expert_answers_though_the_records_fell_too(town: Town) -> None:
    case = recalled(town, stamped(town))
    letter_id = case.letters[0].letter.letter_id
    fallen = TakeRecordsBack("فهرست نادرست بود")
    with town.house.centre.writing() as session:
        assert act(session, town.house.centre, case.case_id, fallen, town.clock.moment)
    signer = town.crew.signer
    recalls.end(signer, shown(signer, case), letter_id, WHY, PASSWORD)
    synced(town)
    ended = case_now(town.crew.clerk, case.case_id)
    assert (ended.answer, ended.state, ended.review_comment) == (None, State.IN_REVIEW, WHY)


@pytest.mark.long
def test_what_the_records_hold_by_now_they_answer_themselves(town: Town, tmp_path: Path) -> None:
    case = stamped(town)
    brought_in(town, tmp_path, **{str(town.record(Scenario.CLEAN).code): held_by_court})
    expert, signer = town.crew.expert, town.crew.signer
    (row,) = recalls.of_case(expert, case.case_id)
    found = recalls.found_in(row)
    recalls.recall(expert, shown(expert, case), row.letter_id, WHY, found, PASSWORD)
    recalls.end(signer, shown(signer, case), row.letter_id, WHY, PASSWORD)
    synced(town)
    ended = case_now(town.crew.clerk, case.case_id)
    assert ended.decision is not None
    assert [each.gate for each in ended.decision.failing] == ["hold"]
    (told,) = [each for each in ended.letters if each.voided]
    assert told.letter.letter_id == row.letter_id


@pytest.mark.long
def test_a_second_look_at_what_somebody_has_is_ended_by_another_of_the_municipality(
    town: Town,
) -> None:
    case, crew = stamped(town), town.crew
    assert case.answer is not None
    letter_id = case.answer.letter.letter_id
    second_looks.look_again(
        crew.supervisor, shown(crew.supervisor, case), right=False, comment=WHY,
        part=Fault.RECORD, reason=next(iter(FAULTS[Fault.RECORD])),
    )  # fmt: skip
    synced(town)
    now = case_now(crew.clerk, case.case_id)
    assert now.recalled
    (row,) = waiting(town, Part.RECALLED)
    assert (row.letter_id, row.reason, row.by) == (letter_id, WHY, "")
    with pytest.raises(Refusal, match="ابطال آن با شهرداری است"):
        following.void(crew.manager, case.case_id, letter_id, "ناظر خواسته است")
    # Who asked for it does not end it.
    with pytest.raises(Refusal, match="نفر دوم"):
        recalls.end(crew.supervisor, shown(crew.supervisor, now), letter_id, WHY, PASSWORD)
    recalls.end(crew.signer, shown(crew.signer, now), letter_id, WHY, PASSWORD)
    synced(town)
    ended = case_now(crew.clerk, case.case_id)
    assert (ended.letters[0].voided, ended.state) == (WHY, State.IN_REVIEW)
    assert waiting(town, Part.RECALLED) == []
    assert [each.untold for each in waiting(town, Part.UNTOLD)] == [1]


@pytest.mark.long
def test_what_came_after_it_was_seen_is_not_upheld_with_it(town: Town, tmp_path: Path) -> None:
    case = stamped(town)
    code = str(town.record(Scenario.CLEAN).code)
    brought_in(town, tmp_path, **{code: held_by_court})
    expert = town.crew.expert
    (row,) = recalls.of_case(expert, case.case_id)
    seen = recalls.found_in(row)

    def owing_too(record: PropertyRecord) -> PropertyRecord:
        day = town.clock.moment.date() - timedelta(days=500)
        debt = Debt(1402, "نوسازی", 5_000_000, 0, day, "قطعی", "", "")
        return replace(held_by_court(record), debts=(debt,))

    brought_in(town, tmp_path, **{code: owing_too})
    recalls.uphold(expert, shown(expert, case), row.letter_id, STANDS, seen, PASSWORD)
    tick(town.house.centre)
    (again,) = waiting(town)
    assert "debt" in {each.gate for each in again.changes}


@pytest.mark.long
def test_what_an_import_brings_while_a_letter_is_recalled_comes_up_once_that_is_lifted(
    town: Town, tmp_path: Path
) -> None:
    case = recalled(town, stamped(town))
    brought_in(town, tmp_path, **{str(town.record(Scenario.CLEAN).code): held_by_court})
    assert waiting(town) == []
    signer, letter_id = town.crew.signer, case.letters[0].letter.letter_id
    recalls.uphold(signer, shown(signer, case), letter_id, STANDS, {}, PASSWORD)
    tick(town.house.centre)
    (row,) = waiting(town)
    assert [each.gate for each in row.changes] == ["hold"]


@pytest.mark.long
def test_a_letter_that_ran_out_is_weighed_no_more_and_one_bad_one_stops_no_other(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = stamped(town), stamped(town, 1)
    codes = [str(town.record(Scenario.CLEAN, number).code) for number in range(2)]
    weighed = doubting.found_since

    def broken(session: Session, centre: Centre, case: Case, *others: Any) -> Any:
        if case.case_id == bad.case_id:
            raise LookupError("no such version")
        return weighed(session, centre, case, *others)

    monkeypatch.setattr(doubting, "found_since", broken)
    brought_in(town, tmp_path, **dict.fromkeys(codes, held_by_court))
    assert [row.case_id for row in waiting(town)] == [good.case_id]
    monkeypatch.undo()
    tick(town.house.centre)
    assert {row.case_id for row in waiting(town)} == {bad.case_id, good.case_id}
    until = good.letters[0].letter.valid_until
    assert until is not None
    town.clock.moment += until - town.clock.moment.date() + timedelta(days=1)
    with town.house.centre.writing() as session:
        note_property(session, town.record(Scenario.CLEAN, 1).code)
    tick(town.house.centre)
    with town.house.centre.reading() as session:
        left = set(session.scalars(select(StandingLetterRow.case_id)))
    assert good.case_id not in left


@pytest.mark.long
def test_a_recall_is_lifted_by_another_and_the_letter_holds_again(town: Town) -> None:
    case = stamped(town)
    now = recalled(town, case)
    assert now.answer is not None
    letter_id = now.answer.letter.letter_id
    signer = town.crew.signer
    recalls.uphold(signer, shown(signer, now), letter_id, STANDS, {}, PASSWORD)
    synced(town)
    after = case_now(town.crew.clerk, case.case_id)
    assert (after.recalled, after.state) == (False, State.HANDED_OVER)
    assert waiting(town, Part.RECALLED) == []
    items = [each for each in board.items(town.crew.manager.desk) if each.kind is ItemKind.RECALL]
    assert items == []


def test_a_recalled_letter_is_not_handed_over(town: Town) -> None:
    case = stamped(town, handed=False)
    deliver(town.crew, case)
    synced(town)
    now = recalled(town, case_now(town.crew.clerk, case.case_id))
    with pytest.raises(Refusal, match="تحویل داده نمی‌شود"):
        deliver(town.crew, now)
    # Before it was given out the manager may end it too, with a colleague beside him.
    assert now.answer is not None
    following.void(town.crew.manager, case.case_id, now.answer.letter.letter_id, "فراخوان شهرداری")
    synced(town)
    ended = case_now(town.crew.clerk, case.case_id)
    assert ended.letters[0].voided
    assert still_to_tell(ended, ended.letters[0]) == ()
    assert waiting(town, Part.RECALLED) == waiting(town, Part.UNTOLD) == []


def test_a_void_takes_two_of_the_office_and_each_signs_for_himself(town: Town) -> None:
    case = stamped(town, handed=False)
    assert case.answer is not None
    letter_id, crew = case.answer.letter.letter_id, town.crew
    (second, *_) = letters.seconds(crew.manager, case)
    alone = (crew.manager, case.case_id, letter_id, "نشانی اشتباه است", PASSWORD)
    with pytest.raises(Refusal, match="دو نفر"):
        letters.void(*alone)
    with pytest.raises(Refusal) as wrong:
        letters.void(*alone, letters.Witness(second.staff_id, "نادرست"))
    assert wrong.value.field == "witness_password"
    with pytest.raises(Refusal) as own:
        letters.void(*alone, letters.Witness(crew.manager.staff.staff_id, PASSWORD))
    assert own.value.field == "witness"
    # A desk that only says that somebody else was there is not believed.
    forged = VoidLetter(letter_id, "نشانی اشتباه است", second.staff_id, "ab" * 64)
    crew.manager.do_one(case.case_id, forged)
    synced(town)
    assert case_now(crew.clerk, case.case_id).letters[0].voided == ""
    letters.void(*alone, letters.Witness(second.staff_id, PASSWORD))
    synced(town)
    told = [fact.payload for fact in board.municipal_look(crew.supervisor, case.case_id).facts]
    (void,) = [each for each in told if isinstance(each, f.LetterVoided)]
    assert (void.witness, void.alone) == (second.staff_id, False)


def test_who_recalls_nothing_is_told_nothing(town: Town) -> None:
    for seat in (town.crew.finance, town.crew.inspector, town.crew.planner):
        with pytest.raises(Refusal):
            recalls.listed(seat)


@pytest.mark.long
def test_what_stood_before_anybody_looked_is_weighed_once(town: Town, tmp_path: Path) -> None:
    case = stamped(town)
    letter_id = case.letters[0].letter.letter_id
    brought_in(town, tmp_path, **{str(town.record(Scenario.CLEAN).code): held_by_court})
    # As an earlier program leaves it: the letter stands, and nobody has looked for changes.
    with town.house.centre.writing() as session:
        session.execute(delete(LetterWatchRow))
        session.execute(delete(DoubtedLetterRow))
    tick(town.house.centre)
    assert [row.letter_id for row in waiting(town)] == [letter_id]
    with town.house.centre.reading() as session:
        assert session.get_one(StandingLetterRow, letter_id).due is False
