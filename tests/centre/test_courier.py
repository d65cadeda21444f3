"""An office without a line for days sends its acts on a stick, and gets its streams back."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.actions import access, courier
from desktop.actions.desk import Desk
from desktop.centre.couriering import carry, tell_key
from desktop.centre.tables import CommandRow, DeviceRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release, void
from desktop.demo.people import PASSWORD
from desktop.domain.errors import Refusal
from desktop.domain.line import Why
from desktop.keys import DeviceKeys
from desktop.premises.courier_files import read_file
from desktop.premises.desks import Running, open_desk
from desktop.store import check_files, meta, outbox
from desktop.wire.courier import SUFFIX, head_of
from desktop.wire.letter_files import open_file, read_list
from tests.heirs import Heir, open_heir
from tests.houses import CHEAP
from tests.restored import Lost, rows_of
from tests.town import Town

pytestmark = pytest.mark.slow


def cut_off(town: Town) -> list[str]:
    """The cases that the office took while its line is down; nothing of them is at the centre."""
    town.house.office.bell.ring = lambda: None
    return [town.register(town.record(Scenario.CLEAN, number)) for number in range(3)]


def outbox_of(running: Running) -> int:
    """How many acts wait there."""
    with running.desk.store.reading() as session:
        return outbox.waiting(session).count


def waiting(town: Town) -> int:
    return outbox_of(town.house.office)


def stick(town: Town, folder: Path) -> Path:
    return courier.hand_over(town.crew.clerk, folder).file


def folder(where: Path, name: str) -> Path:
    """A new stick."""
    made = where / name
    made.mkdir()
    return made


def brought_back(town: Town, file: Path) -> Path:
    """The centre's answer on the stick."""
    read_file(town.house.centre, file, file.parent)
    (back,) = file.parent.glob(f"*-back{SUFFIX}")
    return back


def ended(desk: Desk) -> Collection[str]:
    """The numbers that are on the list by which the desk checks letters."""
    with desk.store.reading() as session:
        files = check_files.held(session)
    assert files is not None
    return read_list(open_file(files.ended)[1]).ended


def test_acts_come_by_the_stick_and_the_answers_go_back(small_town: Town, tmp_path: Path) -> None:
    town = small_town
    cases = cut_off(town)
    before = waiting(town)
    handed = courier.hand_over(town.crew.clerk, tmp_path)
    assert handed.acts == before > 0
    assert courier.slip(handed).startswith(b"%PDF")
    town.clock.moment += timedelta(days=4)
    back = brought_back(town, handed.file)
    assert len(list(tmp_path.glob("*-receipt.pdf"))) == 1
    taken = courier.take_back(town.house.office.desk, back)
    assert (taken.acts, waiting(town)) == (before, 0)
    assert taken.facts > 0
    for case_id in cases:
        # Decided at the centre, and known here: it goes on.
        assert case_now(town.crew.clerk, case_id).answer is not None
    # The line comes back, and everything goes on where it stands.
    town.house.office.sync()
    assert not town.house.office.sync().alarm
    release(town.crew, case_now(town.crew.clerk, cases[0]))
    assert town.house.office.sync().well


def test_which_letters_ended_comes_with_the_answer_and_never_goes_back(
    small_town: Town, tmp_path: Path
) -> None:
    town, desk = small_town, small_town.house.office.desk
    case_id = town.register(town.record(Scenario.CLEAN, 0))
    town.house.office.sync()
    release(town.crew, case_now(town.crew.clerk, case_id))
    town.house.office.sync()
    held = case_now(town.crew.clerk, case_id).answer
    assert held is not None
    cut_off(town)
    before = brought_back(town, stick(town, folder(tmp_path, "before")))
    town.clock.moment += timedelta(hours=3)
    void(town.crew.manager, case_id, held.letter.letter_id, "مساحت مطابقت ندارد")
    courier.take_back(desk, before)
    file = stick(town, folder(tmp_path, "after"))
    courier.take_back(desk, brought_back(town, file))
    assert held.letter.number in ended(desk)
    # The stick of this morning is read once more: the list stays the later one.
    courier.take_back(desk, before)
    assert held.letter.number in ended(desk)


def test_read_twice_on_either_side_changes_nothing(small_town: Town, tmp_path: Path) -> None:
    town = small_town
    cut_off(town)
    first = waiting(town)
    file = stick(town, tmp_path)
    back = brought_back(town, file)
    known = rows_of(town.house.centre)
    again = carry(town.house.centre, file.read_bytes())
    assert (again.taken, again.acts, rows_of(town.house.centre)) == (first, first, known)
    desk = town.house.office.desk
    courier.take_back(desk, back)
    twice = courier.take_back(desk, back)
    assert (twice.acts, twice.facts) == (0, 0)
    # Also the second answer, which begins where the first did.
    (tmp_path / "again").write_bytes(again.back)
    assert courier.take_back(desk, tmp_path / "again").acts == 0
    assert town.house.office.sync().well


def test_an_answer_that_is_not_all_says_so_until_the_rest_has_come(
    small_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = small_town
    cut_off(town)
    desk = town.house.office.desk
    with monkeypatch.context() as small:
        small.setattr("desktop.centre.streams.SLICE", 2)
        small.setattr("desktop.centre.couriering._MOST_BACK", 1)
        first = folder(tmp_path, "first")
        told = carry(town.house.centre, stick(town, first).read_bytes())
        assert (told.facts, told.more) == (2, True)
        back = first / "back"
        back.write_bytes(told.back)
        taken = courier.take_back(desk, back)
        assert (taken.facts, taken.more) == (2, True)
    second = folder(tmp_path, "second")
    taken = courier.take_back(desk, brought_back(town, stick(town, second)))
    assert taken.facts > 2
    assert not taken.more


def test_what_went_by_the_line_meanwhile_is_not_done_twice(
    small_town: Town, tmp_path: Path
) -> None:
    town = small_town
    cut_off(town)
    file = stick(town, tmp_path)
    town.house.office.sync()
    with town.house.centre.reading() as session:
        count = len(session.scalars(select(CommandRow.command_id)).all())
    back = brought_back(town, file)
    with town.house.centre.reading() as session:
        assert len(session.scalars(select(CommandRow.command_id)).all()) == count
    assert courier.take_back(town.house.office.desk, back).acts == 0
    assert town.house.office.sync().well


def test_a_stick_that_is_cut_smeared_or_anothers_changes_nothing(
    small_town: Town, tmp_path: Path
) -> None:
    town = small_town
    cut_off(town)
    file = stick(town, tmp_path)
    known, content = rows_of(town.house.centre), file.read_bytes()
    line, _, hidden = content.partition(b"\n")
    wrong = {
        "نیمه‌کاره": content[:-20],
        "از پیک پیشخوان نیست": b"PK\x03\x04" + content,
        "گیرندهٔ دیگری": line + b"\n" + hidden[:-1] + bytes([hidden[-1] ^ 1]),
        "مرکز دیگری": content.replace(head_of(content).centre.encode(), b"0" * 36, 1),
    }
    for words, each in wrong.items():
        with pytest.raises(Refusal, match=words):
            carry(town.house.centre, each)
    # What stands on it is sealed too.
    with pytest.raises(Refusal, match="گیرندهٔ دیگری"):
        carry(town.house.centre, content.replace("باجهٔ".encode(), "باجهٌ".encode(), 1))
    assert rows_of(town.house.centre) == known
    back = brought_back(town, file).read_bytes()
    desk = town.house.office.desk
    for words, each in {"نیمه‌کاره": back[:-9], "به مرکز برده": content}.items():
        (tmp_path / "wrong").write_bytes(each)
        with pytest.raises(Refusal, match=words):
            courier.take_back(desk, tmp_path / "wrong")
    with pytest.raises(Refusal, match="برای دفتر است"):
        carry(town.house.centre, back)
    assert waiting(town) > 0


def test_an_answer_opens_at_its_own_desk_alone(small_town: Town, tmp_path: Path) -> None:
    town = small_town
    other: Heir = open_heir(town, tmp_path)
    cut_off(town)
    back = brought_back(town, stick(town, tmp_path))
    with pytest.raises(Refusal, match="رایانهٔ دیگری"):
        courier.take_back(other.running.desk, back)


def test_a_file_of_a_season_ago_or_of_tomorrow_is_not_taken(
    small_town: Town, tmp_path: Path
) -> None:
    town, centre = small_town, small_town.house.centre
    cut_off(town)
    content = stick(town, tmp_path).read_bytes()
    known = rows_of(centre)
    town.clock.moment += timedelta(days=91)
    with pytest.raises(Refusal, match="۹۰ روز"):
        carry(centre, content)
    town.clock.moment -= timedelta(days=93)
    with pytest.raises(Refusal, match="ساعت رایانهٔ دفتر"):
        carry(centre, content)
    assert rows_of(centre) == known
    # A clock that is some hours ahead keeps nobody out.
    town.clock.moment += timedelta(days=1, hours=20)
    assert carry(centre, content).taken > 0


def test_a_desk_that_was_taken_back_hears_it_by_the_stick(small_town: Town, tmp_path: Path) -> None:
    town, centre = small_town, small_town.house.centre
    desk = town.house.office.desk
    cut_off(town)
    file = stick(town, tmp_path)
    with centre.writing() as session:
        session.get_one(DeviceRow, device_of(desk)).revoked_at = town.clock.now()
    known = rows_of(centre)
    back = brought_back(town, file)
    assert rows_of(centre) == known
    for _ in range(2):
        with pytest.raises(Refusal, match="پس گرفته"):
            courier.take_back(desk, back)
    assert town.house.office.sync().stopped == Why.REVOKED.value
    with pytest.raises(Refusal, match="پس گرفته"):
        courier.hand_over(town.crew.clerk, tmp_path)


def device_of(desk: Desk) -> str:
    with desk.store.reading() as session:
        return meta.get(session).identity.device_id


def copied_disk(town: Town, place: Path) -> Running:
    """The office's desk on a copy of its disk, cut off as it is."""
    desk = town.house.office.desk
    source = desk.store.path
    with closing(sqlite3.connect(source)) as own, closing(sqlite3.connect(place)) as to:
        own.backup(to)
    key = DeviceKeys(source.parent / "keys", cost=CHEAP).find(device_of(desk))
    assert key is not None
    running = open_desk(place, town.line, key, town.clock, demo=True)
    town.beside.append(running)
    running.bell.ring = lambda: None
    return running


def working_on(town: Town, running: Running) -> Town:
    """The town with the copy's clerk at the counter."""
    clerk = access.sign_in(running.desk, town.crew.clerk.staff.name, PASSWORD)
    return replace(town, crew=town.crew.but(clerk=clerk))


def test_a_copied_disk_is_found_whichever_stick_comes_first(
    small_town: Town, tmp_path: Path
) -> None:
    town, centre = small_town, small_town.house.centre
    town.house.office.bell.ring = lambda: None
    copy = copied_disk(town, tmp_path / "copy.db")
    town.register(town.record(Scenario.CLEAN, 0))
    there = working_on(town, copy)
    there.register(town.record(Scenario.CLEAN, 1))
    waits = outbox_of(copy)
    back = brought_back(town, stick(town, tmp_path))
    # The copy has other acts under the same places: its stick does nothing, and it is told.
    told = carry(centre, stick(there, folder(tmp_path, "other")).read_bytes())
    assert (told.stopped, told.taken) == (Why.FORK.value, 0)
    # So it is where the other's answer is read, of which it can not tell that it is not its own.
    with pytest.raises(Refusal, match="دو نسخه"):
        courier.take_back(copy.desk, back)
    with copy.desk.store.reading() as session:
        known = meta.get(session)
        assert (known.stopped, outbox.waiting(session).count) == (Why.FORK.value, waits)
    # The first one goes on.
    assert courier.take_back(town.house.office.desk, back).acts > 0
    assert town.house.office.sync().well


def test_a_copy_that_went_on_behind_an_answer_shows_by_the_chain(
    small_town: Town, tmp_path: Path
) -> None:
    town, centre = small_town, small_town.house.centre
    town.house.office.bell.ring = lambda: None
    copy = copied_disk(town, tmp_path / "copy.db")
    town.register(town.record(Scenario.CLEAN, 0))
    there = working_on(town, copy)
    there.register(town.record(Scenario.CLEAN, 1))
    brought_back(town, stick(town, tmp_path))
    with copy.desk.store.writing() as session:
        # As a program did that believed whatever number it was told.
        meta.change(session, acked_to=outbox.waiting(session).count)
    there.register(town.record(Scenario.CLEAN, 2))
    known = rows_of(centre)
    assert carry(centre, stick(there, tmp_path).read_bytes()).stopped == Why.FORK.value
    assert rows_of(centre) == known


def test_two_sticks_on_their_way_at_once(small_town: Town, tmp_path: Path) -> None:
    town, desk = small_town, small_town.house.office.desk
    cut_off(town)
    first = waiting(town)
    early = brought_back(town, stick(town, folder(tmp_path, "first")))
    town.register(town.record(Scenario.CLEAN, 3))
    more = waiting(town) - first
    late = brought_back(town, stick(town, folder(tmp_path, "second")))
    assert courier.take_back(desk, early).acts == first
    # It was asked for before the first answer was read: it holds that one's facts too.
    taken = courier.take_back(desk, late)
    assert (taken.acts, taken.gap) == (more, False)
    assert taken.facts > 0
    assert courier.take_back(desk, early).facts == 0
    assert town.house.office.sync().well


def test_an_answer_whose_forerunner_is_missing_is_told_and_skips_nothing(
    small_town: Town, tmp_path: Path
) -> None:
    town = small_town
    cut_off(town)
    # The disk fails, and what is put in is as it was before the first answer was read.
    before, count = copied_disk(town, tmp_path / "copy.db"), waiting(town)
    early = brought_back(town, stick(town, folder(tmp_path, "first")))
    courier.take_back(town.house.office.desk, early)
    late = brought_back(town, stick(town, folder(tmp_path, "second")))
    taken = courier.take_back(before.desk, late)
    assert (taken.acts, taken.facts, taken.gap) == (count, 0, True)
    assert courier.take_back(before.desk, early).facts > 0
    assert not courier.take_back(before.desk, late).gap


def test_a_file_of_before_a_restore_changes_nothing(small_loss: Lost, tmp_path: Path) -> None:
    file = stick(small_loss.town, tmp_path).read_bytes()
    centre = small_loss.restored().house.centre
    known = rows_of(centre)
    with pytest.raises(Refusal, match="بازگردانی"):
        carry(centre, file)
    tell_key(centre)
    assert rows_of(centre) == known


def test_a_full_stick_is_told_and_leaves_no_half_file(small_town: Town, tmp_path: Path) -> None:
    cut_off(small_town)
    with pytest.raises(Refusal, match="نوشته نشد"):
        courier.hand_over(small_town.crew.clerk, tmp_path / "pulled out")
    assert list(tmp_path.rglob(f"*{SUFFIX}")) + list(tmp_path.rglob("*.partial")) == []


def test_a_desk_that_was_never_told_the_key_says_so(small_town: Town, tmp_path: Path) -> None:
    desk = replace(small_town.house.office.desk, courier=None)
    with pytest.raises(Refusal):
        courier.take_back(desk, tmp_path / "none")
