"""An office without a line for days sends its acts on a stick, and gets its streams back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import select

from desktop.actions import courier
from desktop.centre import pushing
from desktop.centre.arriving import Fork
from desktop.centre.couriering import carry
from desktop.centre.tables import CommandRow, DeviceRow
from desktop.demo.city import Scenario
from desktop.demo.following import case_now, release
from desktop.domain.errors import Refusal
from desktop.premises.courier_files import read_file
from desktop.store import meta, outbox
from desktop.wire.courier import SUFFIX, head_of
from tests.heirs import Heir, open_heir
from tests.restored import rows_of
from tests.town import Town


def cut_off(town: Town) -> list[str]:
    """The cases that the office took while its line is down; nothing of them is at the centre."""
    town.house.office.bell.ring = lambda: None
    return [town.register(town.record(Scenario.CLEAN, number)) for number in range(3)]


def waiting(town: Town) -> int:
    with town.house.office.desk.store.reading() as session:
        return outbox.waiting(session).count


def stick(town: Town, folder: Path) -> Path:
    return courier.hand_over(town.crew.clerk, folder).file


def brought_back(town: Town, file: Path) -> Path:
    """The centre's answer on the stick."""
    read_file(town.house.centre, file, file.parent)
    (back,) = file.parent.glob(f"*-back{SUFFIX}")
    return back


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


def test_read_twice_on_either_side_changes_nothing(small_town: Town, tmp_path: Path) -> None:
    town = small_town
    cut_off(town)
    file = stick(town, tmp_path)
    back = brought_back(town, file)
    known = rows_of(town.house.centre)
    again = carry(town.house.centre, file.read_bytes())
    assert (again.new, rows_of(town.house.centre)) == (0, known)
    desk = town.house.office.desk
    courier.take_back(desk, back)
    twice = courier.take_back(desk, back)
    assert (twice.acts, twice.facts) == (0, 0)
    # Also the second answer, which begins where the first did.
    (tmp_path / "again").write_bytes(again.back)
    assert courier.take_back(desk, tmp_path / "again").acts == 0
    assert town.house.office.sync().well


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


def test_a_desk_that_is_revoked_copied_or_a_season_late_is_told_so(
    small_town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town, centre = small_town, small_town.house.centre
    cut_off(town)
    content = stick(town, tmp_path).read_bytes()
    town.clock.moment += timedelta(days=91)
    with pytest.raises(Refusal, match="۹۰ روز"):
        carry(centre, content)
    town.clock.moment -= timedelta(days=91, minutes=10)
    with pytest.raises(Refusal, match="زمان ساخت"):
        carry(centre, content)
    town.clock.moment += timedelta(minutes=10)
    with town.house.office.desk.store.reading() as session:
        device = meta.get(session).identity.device_id
    with centre.writing() as session:
        row = session.get_one(DeviceRow, device)
        row.revoked_at = town.clock.now()
    with pytest.raises(Refusal, match="پس گرفته"):
        carry(centre, content)
    with centre.writing() as session:
        session.get_one(DeviceRow, device).revoked_at = None

    def copied(*_: object) -> NoReturn:
        raise Fork("sequence 4")

    # Somebody works on with a copy of the disk: its acts have the same numbers.
    monkeypatch.setattr(pushing, "push", copied)
    with pytest.raises(Refusal, match="دو نسخه"):
        carry(centre, content)
    monkeypatch.undo()
    assert carry(centre, content).new > 0


def test_a_full_stick_is_told_and_leaves_no_half_file(small_town: Town, tmp_path: Path) -> None:
    cut_off(small_town)
    with pytest.raises(Refusal, match="نوشته نشد"):
        courier.hand_over(small_town.crew.clerk, tmp_path / "pulled out")
    assert list(tmp_path.rglob(f"*{SUFFIX}")) + list(tmp_path.rglob("*.partial")) == []


def test_a_desk_that_was_never_told_the_key_says_so(small_town: Town, tmp_path: Path) -> None:
    desk = replace(small_town.house.office.desk, courier=None)
    with pytest.raises(Refusal):
        courier.take_back(desk, tmp_path / "none")
