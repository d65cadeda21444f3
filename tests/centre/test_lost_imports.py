"""A restored centre lists what happened after its copy, as often as it is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.actions import access, records
from desktop.centre import people
from desktop.centre.context import day_of
from desktop.centre.couriering import KEY
from desktop.centre.recovering.account import Account, account
from desktop.centre.recovering.opening import confirm
from desktop.centre.recovering.standing import Phase
from desktop.centre.reference import publication
from desktop.demo.people import PASSWORD
from desktop.domain.stream import Topic
from desktop.premises import beside_keys
from desktop.premises.centre_file import IMPORTS
from tests.actions.test_records import REASON, SUPERVISOR, everything, export, sent
from tests.houses import MORNING
from tests.restored import Copy, publish_once, sync
from tests.town import Town

pytestmark = pytest.mark.slow


def keeps_beside(town: Town, folder: Path) -> None:
    """The town's centre has a folder for what is kept beside its keys."""
    own = town.house.own_centre()
    own.centre = replace(own.centre, note_beside=partial(beside_keys.note, folder))


def asked(town: Town, folder: Path) -> Account:
    """As `centre recover` asks."""
    beside_keys.take_until_confirmed(folder, town.house.centre)
    with town.house.centre.reading() as session:
        told = account(session)
    assert told is not None
    return told


def test_an_import_of_the_lost_hour_and_its_taking_back_are_listed_each_time(
    small_town: Town, tmp_path: Path
) -> None:
    town, kept = small_town, tmp_path / "kept"
    kept.mkdir()
    keeps_beside(town, kept)
    seat = access.sign_in(town.house.municipality.desk, SUPERVISOR.name, PASSWORD)
    # A moment of a wrong clock does not make the copy newer than it is.
    with town.house.centre.writing() as session:
        publish_once(session, town.clock.moment + timedelta(hours=2))
    sync(town)
    copy = Copy.of(town, tmp_path / "copy.db")
    first = town.clock.moment = town.clock.moment + timedelta(minutes=10)
    staged = sent(town, seat, export(tmp_path, everything()))
    records.put_in_force(seat, staged, PASSWORD)
    second = town.clock.moment = town.clock.moment + timedelta(minutes=10)
    records.take_back(seat, staged.export_id, PASSWORD, REASON)
    assert len((kept / IMPORTS).read_text("utf-8").splitlines()) == 3
    town = copy.restore(town)
    sync(town)
    before, after = MORNING.date() - timedelta(days=1), MORNING.date()
    for _ in range(2):
        told = asked(town, kept)
        assert told.imports == (("force", first, after), ("back", second, before))
        # By their days alone nobody would know: they are those of the copy again.
        assert told.records_known == told.records_as_of == before
        lines = list(told.lines())
        assert f"records of {after} into force {first:%Y-%m-%d %H:%M} UTC; import" in "\n".join(
            lines
        )
        assert f"records of {before} hold again since {second:%Y-%m-%d %H:%M} UTC" in "\n".join(
            lines
        )
    confirm(town.house.centre, "مدیر سامانه")
    told = asked(town, kept)
    assert (told.phase, len(told.imports)) == (Phase.OVER, 2)


def test_what_was_published_after_the_copy_is_listed_each_time(
    small_town: Town, tmp_path: Path
) -> None:
    town = small_town
    sync(town)
    copy = Copy.of(town, tmp_path / "copy.db")
    day = day_of(town.clock.moment) + timedelta(days=1)
    with town.house.centre.writing() as session:
        said = publication(Topic.COURIER_KEY, KEY, day, "ab" * 32)
        people.publish(session, [said], town.clock.now())
    sync(town)
    town = copy.restore(town)
    sync(town)
    for _ in range(2):
        told = asked(town, tmp_path)
        assert (Topic.COURIER_KEY.value, KEY, day) in told.published
        line = f"published after the copy, and back: {Topic.COURIER_KEY.value} {KEY} from {day}"
        assert any(line in each for each in told.lines())


@pytest.mark.long
def test_what_another_life_lost_before_the_copy_was_made_is_not_of_this_one(
    small_town: Town, tmp_path: Path
) -> None:
    town, kept = small_town, tmp_path / "kept"
    kept.mkdir()
    keeps_beside(town, kept)
    seat = access.sign_in(town.house.municipality.desk, SUPERVISOR.name, PASSWORD)
    sync(town)
    copy = Copy.of(town, tmp_path / "copy.db")
    town.clock.moment += timedelta(minutes=10)
    staged = sent(town, seat, export(tmp_path, everything()))
    records.put_in_force(seat, staged, PASSWORD)
    town = copy.restore(town)
    sync(town)
    assert len(asked(town, kept).imports) == 1
    confirm(town.house.centre, "مدیر سامانه")
    town.clock.moment += timedelta(hours=1)
    town.register(None)
    sync(town)
    town = Copy.of(town, tmp_path / "later.db").restore(town)
    sync(town)
    assert asked(town, kept).imports == ()
