"""Records brought in through the door: sent, read, held, put into force by people, taken back."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from desktop.actions import access, letters, records
from desktop.actions.desk import Seat
from desktop.actions.records import Second
from desktop.centre import import_forcing
from desktop.centre.context import at_once
from desktop.centre.records import in_force
from desktop.centre.records.columns import DEBTS, HOLDS
from desktop.centre.records.lookup import find
from desktop.centre.records.tables import UPLOAD
from desktop.centre.tables import CaseRow, LetterRow
from desktop.centre.tick import tick
from desktop.chance import new_id
from desktop.demo.beginning import ring_at_once, seat_crew
from desktop.demo.city import Scenario, make_city
from desktop.demo.export import write_folder
from desktop.demo.following import case_now
from desktop.demo.house import open_house
from desktop.demo.people import PASSWORD, STAFF
from desktop.domain.errors import Refusal
from desktop.domain.made_up import made_up_national_id
from desktop.domain.people import Role
from desktop.domain.property import PropertyRecord
from desktop.domain.state import State
from desktop.premises.open import Opening
from desktop.wire import calls
from desktop.wire import records as w
from tests.centre.records.writing import write_records
from tests.centre.test_reviewing import known_as
from tests.houses import CHEAP, MORNING
from tests.town import PROPERTIES, Town

REASON = "خروجی با مسئول درآمد سنجیده شد و درست است."
SUPERVISOR = next(s for s in STAFF if s.role is Role.SUPERVISOR)
EXPERT = next(s for s in STAFF if s.role is Role.EXPERT)


@pytest.fixture
def seat(town: Town) -> Seat:
    """The supervisor at the municipality's desk."""
    return access.sign_in(town.house.municipality.desk, SUPERVISOR.name, PASSWORD)


def everything() -> list[PropertyRecord]:
    """The records of the town as they are in force."""
    return [item.record for item in make_city(PROPERTIES, 1405, MORNING.date())]


def export(folder: Path, records_: Sequence[PropertyRecord]) -> Path:
    path = folder / f"export-{len(list(folder.iterdir()))}"
    write_records(records_, path)
    return path


def sent(town: Town, seat: Seat, source: Path) -> records.ImportBody:
    """The export of this morning, sent and read."""
    records.send(seat, source, MORNING.date())
    staged = records.look(seat).staged
    assert staged is not None
    return staged


def holding(every: Sequence[PropertyRecord]) -> PropertyRecord:
    return next(record for record in every if record.holds)


@pytest.mark.slow
def test_a_clean_export_is_put_into_force_with_one_password(
    town: Town, seat: Seat, tmp_path: Path
) -> None:
    staged = sent(town, seat, export(tmp_path, everything()))
    assert (staged.state, staged.causes, staged.done) == ("read", [], 1000)
    assert staged.totals["property"] == PROPERTIES
    assert staged.reader == SUPERVISOR.name
    before = records.look(seat)
    assert before.in_force is not None
    assert before.in_force.as_of == MORNING.date() - timedelta(days=1)
    with pytest.raises(Refusal, match="گذرواژه"):
        records.put_in_force(seat, staged, "نادرست")
    records.put_in_force(seat, staged, PASSWORD)
    after = records.look(seat)
    assert after.in_force is not None
    assert (after.in_force.as_of, after.staged) == (MORNING.date(), None)
    assert after.forced is not None
    assert (after.forced.by, after.forced.may_go_back) == (SUPERVISOR.name, True)
    with town.house.centre.reading() as session:
        assert session.execute(select(UPLOAD)).first() is None


@pytest.mark.slow
def test_a_half_export_waits_for_reason_causes_and_a_second_person(
    town: Town, seat: Seat, tmp_path: Path
) -> None:
    staged = sent(town, seat, export(tmp_path, everything()[: PROPERTIES // 2]))
    keys = tuple(cause.key for cause in staged.causes)
    assert any(cause.needs_two for cause in staged.causes)

    def refused(words: str, **given: object) -> None:
        with pytest.raises(Refusal, match=words):
            records.put_in_force(seat, staged, PASSWORD, **given)  # type: ignore[arg-type]

    refused("هنوز دیده نشده", reason=REASON)
    refused("هنوز دیده نشده", reason=REASON, seen=keys[:-1])
    refused("دست‌کم با ۲۰ نویسه", reason="درست است", seen=keys)
    refused("گذرواژهٔ نفر دوم", reason=REASON, seen=keys)
    himself = Second(SUPERVISOR.name, PASSWORD)
    refused("از کس دیگری", reason=REASON, seen=keys, second=himself)
    # By another account he is the same person.
    for each in (seat, town.crew.expert):
        known_as(town, each, made_up_national_id(7_001))
    second = Second(EXPERT.name, PASSWORD)
    refused("از کس دیگری", reason=REASON, seen=keys, second=second)
    known_as(town, town.crew.expert, made_up_national_id(7_002))
    refused("نام کاربری یا گذرواژه", reason=REASON, seen=keys, second=Second(EXPERT.name, "نه"))
    inspector = next(s for s in STAFF if s.role is Role.INSPECTOR)
    refused("این کار با", reason=REASON, seen=keys, second=Second(inspector.name, PASSWORD))
    records.put_in_force(seat, staged, PASSWORD, reason=REASON, seen=keys, second=second)
    forced = records.look(seat).forced
    assert forced is not None
    assert (forced.by, forced.second, forced.reason) == (SUPERVISOR.name, EXPERT.name, REASON)


@pytest.mark.long
def test_a_hold_that_an_export_lost_stays_active_until_it_is_lifted(
    town: Town, seat: Seat, tmp_path: Path
) -> None:
    every = everything()
    held = holding(every)
    lost = [replace(record, holds=()) for record in every]
    staged = sent(town, seat, export(tmp_path, lost))
    (cause,) = staged.causes
    listed = records.rows(seat, staged.export_id, cause=cause.key)
    assert listed.total == sum(len(record.holds) for record in every)
    lifted = {row.reason: "۱۲/۳۴۵" for row in listed.rows if row.heading != str(held.code)}
    records.put_in_force(seat, staged, PASSWORD, reason=REASON, seen=(cause.key,), lifted=lifted)
    kept = records.kept(seat).rows
    assert {row.code for row in kept} == {str(held.code)}
    assert records.look(seat).kept == len(held.holds)
    with town.house.centre.reading() as session:
        found = find(session, held.code, None).record
    assert found is not None
    assert found.holds == held.holds
    with pytest.raises(Refusal, match="شمارهٔ نامهٔ رفع"):
        records.lift(seat, kept[0].overlay_id, PASSWORD)
    with pytest.raises(Refusal, match="از کس دیگری"):
        records.lift(seat, kept[0].overlay_id, PASSWORD, second=Second(SUPERVISOR.name, PASSWORD))
    for row in kept:
        records.lift(seat, row.overlay_id, PASSWORD, number=" 1405/88 ")
    with town.house.centre.reading() as session:
        freed = find(session, held.code, None).record
    assert freed is not None
    assert freed.holds == ()
    # By which letter each of them ended can be asked for as long as the records last.
    state, ended = records.look(seat), records.kept(seat)
    assert (state.kept, state.lifted, ended.rows) == (0, listed.total, [])
    newest, *earlier = ended.lifted
    assert (newest.code, newest.number, newest.by, newest.second) == (
        str(held.code),
        "1405/88",
        SUPERVISOR.name,
        "",
    )
    assert {each.number for each in earlier[len(kept) - 1 :]} == {"۱۲/۳۴۵"}


@pytest.mark.long
def test_holds_without_a_letter_end_only_when_two_say_so(
    town: Town, seat: Seat, tmp_path: Path
) -> None:
    lost = [replace(record, holds=()) for record in everything()]
    staged = sent(town, seat, export(tmp_path, lost))
    (cause,) = staged.causes
    second = Second(EXPERT.name, PASSWORD)

    def force(**given: Any) -> None:
        records.put_in_force(seat, staged, PASSWORD, reason=REASON, seen=(cause.key,), **given)

    with pytest.raises(Refusal, match="گذرواژهٔ نفر دوم"):
        force(end_rest=True)
    # Two people sign: of what has no letter and was not said to end, nothing ends.
    force(second=second)
    count = sum(len(record.holds) for record in everything())
    assert (records.look(seat).kept, records.look(seat).lifted) == (count, 0)
    records.lift(seat, records.kept(seat).rows[0].overlay_id, PASSWORD, second=second)
    (ended,) = records.kept(seat).lifted
    assert (ended.number, ended.by, ended.second) == ("", SUPERVISOR.name, EXPERT.name)


@pytest.mark.slow
def test_two_may_end_all_that_has_no_letter(small_town: Town, tmp_path: Path) -> None:
    seat = small_town.crew.supervisor
    lost = [replace(record, holds=()) for record in everything()]
    staged = sent(small_town, seat, export(tmp_path, lost))
    (cause,) = staged.causes
    records.put_in_force(
        seat,
        staged,
        PASSWORD,
        reason=REASON,
        seen=(cause.key,),
        end_rest=True,
        second=Second(EXPERT.name, PASSWORD),
    )
    answer = records.kept(seat)
    assert answer.rows == []
    assert {(each.number, each.second) for each in answer.lifted} == {("", EXPERT.name)}
    assert records.look(seat).lifted == sum(len(record.holds) for record in everything())


@pytest.mark.slow
def test_a_hold_that_an_export_ends_sooner_stays_as_it_was_until_it_is_lifted(
    small_town: Town, tmp_path: Path
) -> None:
    seat, every = small_town.crew.supervisor, everything()
    over = MORNING.date() - timedelta(days=1)
    held = holding(every)
    sooner = [replace(r, holds=tuple(replace(h, ends=over) for h in r.holds)) for r in every]
    staged = sent(small_town, seat, export(tmp_path, sooner))
    (cause,) = staged.causes
    listed = records.rows(seat, staged.export_id, cause=cause.key)
    assert listed.total == cause.count == sum(len(record.holds) for record in every)
    assert all("پایان" in row.about for row in listed.rows)
    records.put_in_force(seat, staged, PASSWORD, reason=REASON, seen=(cause.key,))
    with small_town.house.centre.reading() as session:
        found = find(session, held.code, None).record
    assert found is not None
    assert set(held.holds) <= set(found.holds)
    assert records.look(seat).kept == listed.total


@pytest.mark.parametrize("killed", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.slow
def test_going_back_recalls_what_was_issued_meanwhile(
    town: Town, seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    every = everything()
    staged = sent(town, seat, export(tmp_path, every))
    town.clock.moment += timedelta(seconds=60)
    records.put_in_force(seat, staged, PASSWORD)
    stamped = town.register(town.record(Scenario.CLEAN))
    unstamped = town.register(town.record(Scenario.CLEAN, 1), letter_number="1405/2")
    answer = case_now(town.crew.clerk, stamped).answer
    assert answer is not None
    letters.release(town.crew.manager, stamped, answer.letter, PASSWORD)
    with pytest.raises(Refusal, match="دست‌کم"):
        records.take_back(seat, staged.export_id, PASSWORD, "اشتباه")
    if killed:
        # Right after the records are taken back; what time brings about is done all the same.
        monkeypatch.setattr(import_forcing, "take_back", lambda _: 0)
    records.take_back(seat, staged.export_id, PASSWORD, "خروجی دیروز دوباره فرستاده شده بود.")
    if killed:
        assert tick(town.house.centre) == 2
        assert tick(town.house.centre) == 0
    town.house.office.sync()
    recalled, anew = case_now(town.crew.clerk, stamped), case_now(town.crew.clerk, unstamped)
    assert recalled.recalled
    assert recalled.state is State.RELEASED
    # What nobody had stamped is decided anew on the records of before.
    assert anew.state is State.ISSUED
    assert [bool(letter.voided) for letter in anew.letters] == [True, False]
    state = records.look(seat)
    assert state.in_force is not None
    assert state.in_force.as_of == MORNING.date() - timedelta(days=1)
    assert state.staged is None
    with pytest.raises(Refusal, match="اکنون به کار نیست"):
        records.take_back(seat, staged.export_id, PASSWORD, REASON)


@pytest.mark.long
def test_two_change_the_records_one_after_the_other(postgres_town: Town, tmp_path: Path) -> None:
    """While one changes what is in force the other is told so, and nothing is done twice."""
    town = postgres_town
    seat = access.sign_in(town.house.municipality.desk, SUPERVISOR.name, PASSWORD)
    staged = sent(town, seat, export(tmp_path, everything()))
    with town.house.centre.writing() as session:
        assert in_force.hold(session)
        with pytest.raises(Refusal, match="هم‌اکنون سوابق را عوض می‌کند"):
            records.put_in_force(seat, staged, PASSWORD)
    records.put_in_force(seat, staged, PASSWORD)
    assert records.look(seat).forced is not None


@pytest.mark.long
def test_another_day_is_too_late_to_go_back(town: Town, seat: Seat, tmp_path: Path) -> None:
    staged = sent(town, seat, export(tmp_path, everything()))
    records.put_in_force(seat, staged, PASSWORD)
    town.clock.moment += timedelta(seconds=24 * 3600)
    forced = records.look(seat).forced
    assert forced is not None
    assert not forced.may_go_back
    with pytest.raises(Refusal, match="در همان روز"):
        records.take_back(seat, staged.export_id, PASSWORD, REASON)


@pytest.mark.slow
def test_only_a_supervisor_sees_and_does(town: Town, tmp_path: Path) -> None:
    expert = access.sign_in(town.house.municipality.desk, EXPERT.name, PASSWORD)
    clerk = town.crew.clerk
    for seat in (expert, clerk):
        with pytest.raises(Refusal):
            records.look(seat)
        with pytest.raises(Refusal):
            records.send(seat, export(tmp_path, everything()[:1]), MORNING.date())


@pytest.mark.slow
def test_a_bad_file_says_so_and_changes_nothing(town: Town, seat: Seat, tmp_path: Path) -> None:
    source = export(tmp_path, everything())
    (source / f"{DEBTS.title}.csv").unlink()
    staged = sent(town, seat, source)
    assert staged.state == "failed"
    assert f"این فایل نیست: «{DEBTS.title}»" in staged.fault
    twice = export(tmp_path, everything())
    shutil.copy(twice / f"{DEBTS.title}.csv", twice / "بدهي ها.csv")
    assert "یک نام دارند" in sent(town, seat, twice).fault
    assert records.look(seat).in_force is not None


@pytest.mark.long
def test_told_rows_come_by_group_and_as_a_list(town: Town, seat: Seat, tmp_path: Path) -> None:
    source = export(tmp_path, everything())
    with (source / f"{HOLDS.title}.csv").open("a", encoding="utf-8") as file:
        file.write("9-9-9-9,شعبه,12,1405/01/01,همه,\r\n" * 3)
    staged = sent(town, seat, source)
    (group,) = [g for g in staged.told if g.sheet == HOLDS.title]
    assert group.count == 3
    assert records.rows(seat, staged.export_id, group=group).total == 3
    out = tmp_path / "list.xlsx"
    assert records.write_list(seat, staged, out) == sum(g.count for g in staged.told)
    assert out.stat().st_size > 1000


@pytest.mark.long
def test_before_any_import_requests_wait_and_are_decided_when_it_comes(
    tmp_path: Path, make_town: Callable[..., Town], town: Town
) -> None:
    """On SQLite: the house is founded without records, so nothing is decided and no visit sold."""
    house = open_house(
        tmp_path / "bare", Opening(town.clock, cost=CHEAP, later=at_once), properties=0
    )
    try:
        bare = replace(town, house=house)
        ring_at_once(house)
        bare = replace(bare, crew=seat_crew(house))
        case_id = bare.register(town.record(Scenario.CLEAN))
        assert case_now(bare.crew.clerk, case_id).state is State.DECIDING
        supervisor = access.sign_in(house.municipality.desk, SUPERVISOR.name, PASSWORD)
        assert records.look(supervisor).in_force is None
        staged = sent(bare, supervisor, export(tmp_path, everything()))
        records.put_in_force(supervisor, staged, PASSWORD)
        house.office.sync()
        assert case_now(bare.crew.clerk, case_id).state is State.ISSUED
    finally:
        house.close()


@pytest.mark.long
def test_while_one_is_read_another_is_refused_with_name_and_time(
    small_town: Town, tmp_path: Path
) -> None:
    seat = access.sign_in(small_town.house.municipality.desk, SUPERVISOR.name, PASSWORD)
    later: list[Callable[[], object]] = []
    small_town.house.centre.__dict__["later"] = later.append
    records.send(seat, export(tmp_path, everything()), MORNING.date())
    staged = records.look(seat).staged
    assert staged is not None
    assert staged.state == "reading"
    with pytest.raises(Refusal, match=f"{SUPERVISOR.name} از .* در حال خواندن است"):
        records.send(seat, export(tmp_path, everything()), MORNING.date())
    records.stop(seat, staged.export_id)
    # Its program was killed: a minute later it is told, and another may be read.
    small_town.clock.moment += timedelta(seconds=120)
    dead = records.look(seat).staged
    assert dead is not None
    assert dead.silent
    records.send(seat, export(tmp_path, everything()), MORNING.date())
    for work in later:
        work()
    read = records.look(seat).staged
    assert read is not None
    assert read.state == "read"


@pytest.mark.slow
def test_cases_and_letters_are_whose_they_were(town: Town) -> None:
    """The tables that the recall looks at hold what it looks for."""
    town.register(town.record(Scenario.CLEAN))
    with town.house.centre.reading() as session:
        assert session.scalars(select(LetterRow)).first() is not None
        assert session.scalars(select(CaseRow)).first() is not None
        assert in_force.number(session) is not None


@pytest.mark.slow
def test_the_city_as_an_export_is_clean(town: Town, seat: Seat, tmp_path: Path) -> None:
    write_folder(make_city(PROPERTIES, 1405, MORNING.date()), tmp_path / "city")
    assert sent(town, seat, tmp_path / "city").causes == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["..", "/", "../../export", "آ" * 120 + ".zip"])
def test_a_file_is_read_whatever_its_name(town: Town, seat: Seat, name: str) -> None:
    """A desk that lies names a place; nothing of it is written, and the reading ends in words."""
    actor, content = seat.staff.staff_id, b"no export"
    upload_id = new_id()
    part = w.UploadAsk(actor=actor, upload_id=upload_id, number=0, content=w.content_of(content))
    seat.desk.ask(calls.RECORDS_UPLOAD, part)
    digest = hashlib.sha256(content).hexdigest()
    read = w.ReadAsk(
        actor=actor, upload_id=upload_id, name=name, sha256=digest, as_of=MORNING.date()
    )
    seat.desk.ask(calls.RECORDS_READ, read)
    staged = records.look(seat).staged
    assert staged is None or staged.state == "failed"
    with town.house.centre.reading() as session:
        assert session.execute(select(UPLOAD)).first() is None
