"""Every call of the protocol, and what time brings about: none reads all of what grows."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.actions import (
    access,
    agency,
    announcements,
    board,
    bulletin,
    commissions,
    consultations,
    documents,
    elsewhere,
    heirs,
    intake,
    messages,
    municipal_data,
    nearest,
    objections,
    office_list,
    publishing,
    readings,
    records,
    registry,
    reviewing,
    second_looks,
    signing,
    staffing,
    stamped_sheets,
    visit_day,
    visits,
)
from desktop.centre import serve, tick
from desktop.centre.enrolling import new_person_code
from desktop.centre.feeding_back import feed_back
from desktop.centre.metadata import METADATA
from desktop.centre.schema import declared_tables
from desktop.chance import new_id
from desktop.demo.city import Scenario, make_city
from desktop.demo.following import case_now, pay
from desktop.demo.people import OFFICE, PASSWORD
from desktop.domain.announcement import About, Announcement
from desktop.domain.calendar import jalali
from desktop.domain.contest import Contested
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.made_up import made_up_national_id
from desktop.domain.people import Applicant, Role
from desktop.domain.rota import Away
from desktop.domain.stamped_sheets import SheetRun
from desktop.domain.stop import Stopped
from desktop.domain.stream import Topic
from desktop.forms.catalogue import SERVICES
from desktop.premises.correction_files import CorrectionFiles
from desktop.sql.asked import Asked, asked
from desktop.trial.counters import new_counter
from desktop.wire import calls, link
from desktop.wire.commissions import Awaits
from desktop.wire.consultations import Part
from desktop.wire.newcomers import NewcomerBody
from tests.centre.hostile import Known, known_to
from tests.centre.records.writing import write_records
from tests.centre.test_door_hostile import scene_of
from tests.centre.test_reviewing import have_two_sign, in_review, propose
from tests.delegated import ACT, announce
from tests.heirs import stamped_elsewhere
from tests.houses import CHEAP, MORNING, REZA
from tests.objected import object_to
from tests.papers import attached, file_of
from tests.plans import GROWING, OF_EXPORTS, RESTING, indexes_read, whole_reads
from tests.publish import WHY, figures, in_force, renamed, tariff
from tests.town import PROPERTIES, Town

TOMORROW = MORNING.date() + timedelta(days=1)
NAME = "no-violation.toml"
_WAYS = ("FROM", "JOIN", "INTO", "UPDATE")
# Questions in other words than desks of the walk ask them.
ASKED_OTHERWISE: tuple[tuple[calls.Call[Any, Any], dict[str, Any]], ...] = (
    (calls.QUEUE, {"service": "no-violation"}),
    (calls.READING_LOG, {"about": "", "mark": ""}),
    (calls.READING_LOG, {"about": "", "mark": "", "office": "21"}),
    (calls.BOARD_CASES, {"figure": "taken"}),
)
_AT_A_RESTORED = "what a restored centre does with what desks gave back (centre/recovering)"
UNREAD = {
    "ix_adopted_fact_cause": _AT_A_RESTORED,
    "ix_adopted_fact_undone": _AT_A_RESTORED,
    "ix_command_case_id": "whether what a day's register undoes was refused (closing._is_refused)",
    "ix_letter_case_id": "all of the cases whose rows are told again (audit/cases)",
    "ix_published_pos": "the newest publication, by programs that know of no `published_saying`",
    "ix_record_correction_batch_made_at": "a batch for the records' owner (feeding_back._give)",
    "ix_standing_letter_due": "letters to weigh (doubting.unweighed); of few their key will do",
}
"""Indexes that no question of the walk goes by, and who does."""


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[int]]:
    """The statuses with which each call was answered."""
    statuses: dict[str, set[int]] = defaultdict(set)
    real = serve._answer

    def answer(centre: Any, request: link.SignedRequest, *rest: Any) -> Any:
        told = real(centre, request, *rest)
        statuses[request.path].add(told.status)
        return told

    monkeypatch.setattr(serve, "_answer", answer)
    return statuses


@pytest.mark.long
@pytest.mark.timeout(600)
def test_no_call_goes_through_a_table_that_grows(
    town: Town, tmp_path: Path, answered: dict[str, set[int]]
) -> None:
    centre = town.house.centre
    with asked(centre.reader, centre.writer) as statements:
        papers(town)
        copies(town, tmp_path)
        acts(town)
        objects(town, tmp_path)
        signs(town)
        lists(town)
        publishes(town)
        looks_after_offices(town)
        joins(town)
        with asked(centre.reader, centre.writer) as brought:
            brings(town, tmp_path)
            known = known_to(town, tmp_path)
            ask_all(known, of_exports=True)
        del statements[-len(brought) :]
        records.kept(town.crew.supervisor)
        tick.tick(centre)
        tick.take_back(centre)
        ask_all(known, of_exports=False)
        # A month is told of when it is over.
        town.clock.moment += timedelta(days=31)
        bulletin.of_month(town.crew.supervisor, *jalali(MORNING.date())[:2])
    never = {path for path in serve.ROUTES if link.OK not in answered[path]}
    # No other office has its papers, and this centre was never restored.
    assert never <= {calls.BLOB_PROVE.path, calls.RECOVERY.path, calls.GIVE_BACK.path}
    touched = {table for table in GROWING if any(_names(each, table) for each in statements)}
    assert touched == GROWING
    assert whole_reads(centre.writer, statements) == {}
    assert whole_reads(centre.writer, brought, GROWING - OF_EXPORTS) == {}
    if centre.writer.dialect.name == "postgresql":
        read = indexes_read(centre.writer, [*statements, *brought])
        assert set(declared_indexes()) - read == set(UNREAD)


def declared_indexes() -> list[str]:
    """The names of all indexes of the centre that are declared by themselves."""
    tables = METADATA.tables.values()
    return sorted(str(index.name) for table in tables for index in table.indexes)


def test_every_table_grows_or_rests() -> None:
    assert set(declared_tables()) == GROWING | RESTING
    assert not GROWING & RESTING


def _names(each: Asked, table: str) -> bool:
    words = " ".join((*each.words.split(), ""))
    return any(f"{way} {name} " in words for way in _WAYS for name in (table, f'"{table}"'))


def ask_all(known: Known, *, of_exports: bool) -> None:
    """Every call once more, those about exports or the others."""
    for path, body in known.bodies.items():
        if ("/records/" in path) is of_exports:
            known.ask(path, json.dumps(body).encode())
    if of_exports:
        return
    about = known.bodies[calls.ELSEWHERE.path]["tracking"]
    for call, changes in (*ASKED_OTHERWISE, (calls.READING_LOG, {"about": about, "mark": ""})):
        reply = known.ask(call.path, json.dumps({**known.bodies[call.path], **changes}).encode())
        assert reply.status == link.OK, reply.body.decode()


def papers(town: Town) -> None:
    """A paper comes to the centre, and is read there; a bank asks by letter, a debt is paid."""
    town.register(town.record(Scenario.CLEAN, 7), "inquiry", Applicant.BANK)
    owing = case_now(town.crew.clerk, town.register(town.record(Scenario.DEBT)))
    pay(town.crew, owing, MORNING)
    file = file_of(attached(town.crew.clerk, 1))
    case_id = town.register(town.record(Scenario.CLEAN, 8), file=file)
    while town.house.office.sync().more:
        pass
    assert documents.content(town.crew.supervisor, case_id, file)


def copies(town: Town, folder: Path) -> None:
    """A letter of another office is copied here, on a numbered sheet that turns out spoiled."""
    request = stamped_elsewhere(town, folder, "42").request
    manager = town.crew.manager
    shown = elsewhere.look(manager, request.tracking, request.party.person_id)
    given = elsewhere.take(manager, shown, shown.told.letters[0], WHY, PASSWORD)
    stamped_sheets.take(manager, PASSWORD, SheetRun("", 1, 5), "۱۴۰۵/۷۷")
    stamped_sheets.set_next(manager, "", 1)
    sheet = elsewhere.begin_print(manager, given, "باجهٔ ۲", WHY, PASSWORD)
    elsewhere.end_print(manager, sheet, out=True)
    elsewhere.spoil(manager, sheet, "کاغذ گیر کرد")
    town.house.office.sync()


def acts(town: Town) -> None:
    """Every act of counter, expert and inspector; of those that shut each other out the second is
    told so."""
    scene = scene_of(town)
    assert len(scene.texts) >= 12
    for running in (town.house.office, town.house.municipality):
        assert running.sync().well


def objects(town: Town, folder: Path) -> None:
    """An objection to a refusal is laid, looked at, answered and told to its first case; the
    records' owner is asked to put right what was found."""
    record, crew = town.record(Scenario.DEMOLITION), town.crew
    first = town.register(record, "no-violation")
    town.house.office.sync()
    case = object_to(town, record, Contested.REFUSAL, first)
    objections.waiting(crew.expert)
    shown = objections.look(crew.expert, case.case_id).case
    on = MORNING.date()
    objections.uphold(crew.expert, shown, "نتیجهٔ بازدید", (), paper="سند", since=on)
    town.house.municipality.sync()
    feed_back(town.house.centre, CorrectionFiles(folder))


def signs(town: Town) -> None:
    """What an expert proposes is read as a letter by who signs it."""
    have_two_sign(town)
    case = propose(town, in_review(town, 1))
    assert signing.draft(town.crew.signer, case.case_id).letter is not None
    reviewing.countersign(town.crew.signer, case)
    town.house.municipality.sync()


def lists(town: Town) -> None:
    """What people look at."""
    crew = town.crew
    for seat in (crew.supervisor, crew.expert, crew.inspector, crew.finance):
        page = board.municipal_queue(seat)
        for row in page.rows[:1]:
            board.municipal_case(seat, row.case_id)
            reviewing.file(seat, row.case_id)
    board.municipal_queue(crew.supervisor, text="یزد", office="21", overdue=True)
    for typed in ("ی", "یزد پلاک", "۰۵۰۹۰۳-۱-۰۰۰۱"):
        board.municipal_queue(crew.supervisor, text=typed)
    board.municipal_queue(crew.expert, holder="mine", district=2)
    board.municipal_queue(crew.expert, holder="free")
    board.city_day(crew.supervisor, MORNING.date(), days=7)
    board.watched(crew.supervisor)
    looked = second_looks.waiting(crew.supervisor)
    if looked.case_id:
        second_looks.record(crew.supervisor, looked.case_id)
    readings.log(crew.manager, readings.Wanted(MORNING.date(), MORNING.date()), 0, 9)
    messages.of_the_city(crew.supervisor)
    for part in Part:
        consultations.listed(crew.supervisor, part)
    municipal_data.with_acts(crew.supervisor, "calendar", [])
    visits.free_slots(crew.clerk, 2, 3)
    visits.week(crew.planner, MORNING.date(), 7)
    visit_day.refresh(crew.inspector)
    commissions.listed(crew.expert, "5")
    commissions.listed(crew.expert, "100", Awaits.RULING)
    sick = Away("ali-kargar", MORNING.date(), MORNING.date() + timedelta(days=6))
    visits.move_all(crew.planner, visits.to_move(crew.planner, sick).digest, WHY, sick)
    moved = visits.moved(crew.planner)
    assert moved
    for each in moved:
        visits.note_called(crew.planner, each, called=True)
    where = str(town.record(Scenario.CLEAN).code)
    nearest.property_place(crew.clerk, nearest.known(crew.clerk.desk), "clearance", where)


def publishes(town: Town) -> None:
    """A file is looked at in each way, weighed, signed; one is declined, one withdrawn."""
    crew, text = town.crew, (SERVICES / NAME).read_text(encoding="utf-8")
    one = publishing.services(crew.expert)[0]
    publishing.version_text(crew.expert, one.code, one.versions[0].version)
    publishing.check(crew.supervisor, NAME, text, TOMORROW)
    publishing.sample_letters(crew.supervisor, NAME, text, TOMORROW)
    publishing.try_on_past(crew.supervisor, NAME, text, TOMORROW)
    publishing.prepare(crew.supervisor, renamed("no-violation", TOMORROW, "نامی دیگر"))
    (waits,) = publishing.waiting(crew.second)
    publishing.decline(
        crew.second, publishing.publication(crew.second, waits.draft.publication), WHY
    )
    draft = renamed("no-violation", TOMORROW)
    publishing.weigh(crew.supervisor, draft)
    in_force(crew, draft)
    publishing.weigh(
        crew.supervisor, figures(crew, Topic.TARIFF, tariff("office", "520000", TOMORROW))
    )
    publishing.withdraw(crew.supervisor, Topic.SERVICE, "no-violation", TOMORROW, WHY)


def looks_after_offices(town: Town) -> None:
    """An office's state is looked at, somebody is let in, a desk put out, a step of a conversion
    kept, a lesson passed, a person stopped, an office too and its cases given to another, something
    announced and read."""
    crew, clerk = town.crew, town.crew.clerk
    announce(town)
    (office,) = registry.at_work(crew.supervisor, OFFICE.code).offices
    office_list.at_work(crew.supervisor)
    zahra = clerk.staff
    registry.give_code(crew.supervisor, OFFICE.code, zahra.name, zahra.role, again=zahra.staff_id)
    newcomer = NewcomerBody(
        staff_id=new_id(), office=OFFICE.code, name="مهسا شایق", role=Role.CLERK,
        national_id=made_up_national_id(4_021),
    )  # fmt: skip
    staffing.put_forward(crew.supervisor, [newcomer])
    staffing.take_code_back(crew.supervisor, newcomer.staff_id)
    counter = new_counter(town.house.centre, "78")
    registry.revoke(crew.supervisor, counter.device_id)
    paper = StepDone(ConversionStep.PREMISES, "۱", MORNING.date(), "مریم شایق", ACT.scan)
    registry.record_step(crew.supervisor, office.office_id, paper)
    agency.conversion(crew.supervisor, office.office_id)
    version = intake.services(clerk.desk)["clearance"].version
    staffing.passed(clerk, new_id(), "clearance", version, "۹ از ۹")
    staffing.stop(crew.supervisor, Stopped.PERSON, counter.clerk, WHY, ACT)
    staffing.stop(crew.supervisor, Stopped.OFFICE, counter.office, WHY, ACT)
    heirs.name(crew.supervisor, counter.office, OFFICE.code, ACT)
    assert heirs.look(crew.supervisor, counter.office).left == 0
    other = new_counter(town.house.centre, "79")
    staffing.stop_wholly(crew.supervisor, other.office, OFFICE.code, WHY, ACT, None)
    told = Announcement(new_id(), About.NOTE, "اطلاع", WHY, MORNING, "")
    announcements.announce(crew.supervisor, told)
    town.house.office.sync()
    announcements.note_read(clerk, told.announcement)
    town.house.office.sync()
    assert announcements.readers(crew.supervisor, told.announcement).readers


def joins(town: Town) -> None:
    """Somebody gets keys at the office's desk."""
    with town.house.centre.writing() as session:
        at = town.clock.now()
        code = new_person_code(session, "21", at, "مریم کریمی", Role.CLERK, REZA).text
    access.join(town.house.office.desk, code, PASSWORD, CHEAP)


def brings(town: Town, folder: Path) -> None:
    """An export that lost all holds comes into force, one is lifted, and it is taken back."""
    supervisor, every = town.crew.supervisor, make_city(PROPERTIES, 1405, MORNING.date())
    write_records([replace(each.record, holds=()) for each in every], folder / "export")
    records.send(supervisor, folder / "export", MORNING.date())
    staged = records.look(supervisor).staged
    assert staged is not None
    seen = tuple(cause.key for cause in staged.causes)
    records.rows(supervisor, staged.export_id, cause=seen[0])
    second = records.Second(town.crew.expert.staff.name, PASSWORD)
    records.put_in_force(supervisor, staged, PASSWORD, reason=WHY, seen=seen, second=second)
    lost = records.kept(supervisor).rows[0]
    records.lift(supervisor, lost.overlay_id, PASSWORD, number="1405/88")
    records.take_back(supervisor, staged.export_id, PASSWORD, WHY)
