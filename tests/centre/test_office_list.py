"""The list of offices: what their desks told last, page by page; whose conversion is under way."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from desktop.actions import office_list, offices, registry
from desktop.demo.people import OFFICE
from desktop.domain.conversion import ConversionStep, StepDone
from desktop.domain.errors import Refusal
from desktop.domain.office import OfficeCard, OfficeKind
from desktop.domain.office_care import Care, Footing, OfficeState
from desktop.wire import office_list as w
from tests.centre.test_offices_published import NEW
from tests.delegated import ACT, TODAY, TOMORROW, announce, put
from tests.town import Town

pytestmark = pytest.mark.slow
OWN = OFFICE.own_id


def called(code: str) -> OfficeCard:
    """A whole card under that code."""
    return replace(NEW, code=code, name=f"دفتر {code}")


def listed(town: Town) -> list[str]:
    """The codes in the order of the list."""
    supervisor = town.crew.supervisor
    known, heard = office_list.registry(supervisor.desk), office_list.at_work(supervisor)
    return [each.card.code for _, each in office_list.states(known, heard, town.clock.now())]


def test_a_desk_that_calls_is_heard_and_of_an_office_without_one_nothing_is_said(
    quick_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = quick_town
    # What is full is told, and not as what nobody told.
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    town.house.office.sync()
    told = office_list.at_work(town.crew.supervisor).told[OWN]
    assert told.disk_mb == 1
    assert told.desks >= 1
    assert told.heard_at is not None
    assert town.clock.now() - told.heard_at < timedelta(minutes=1)


def test_what_the_unit_must_do_comes_first_then_the_code(small_town: Town) -> None:
    town = small_town
    put(town, offices.office_draft([(called(code), TOMORROW) for code in ("44", "07", "111")]))
    town.clock.moment += timedelta(days=1)
    town.house.municipality.sync()
    # 21 has no place on its card; the others lack nothing.
    assert listed(town) == [OFFICE.code, "07", "44", "111"]


def test_a_conversion_is_under_way_from_its_first_paper_to_its_day(small_town: Town) -> None:
    town = announce(small_town)
    supervisor = town.crew.supervisor
    agency = replace(NEW, kind=OfficeKind.AGENCY, office_id=offices.new_office_id())
    put(town, offices.office_draft([(agency, TOMORROW)]))
    town.clock.moment += timedelta(days=1)
    town.house.municipality.sync()

    def state() -> OfficeState:
        known, heard = office_list.registry(supervisor.desk), office_list.at_work(supervisor)
        states = office_list.states(known, heard, town.clock.now())
        return next(each for _, each in states if each.card.code == "44")

    assert state().footing is Footing.AGENCY
    done = StepDone(ConversionStep.APPLICATION, "۷", TODAY, "دارنده", ACT.scan)
    registry.record_step(supervisor, agency.office_id, done)
    assert state().footing is Footing.CONVERTING
    assert state().care is Care.CONVERSION
    assert state().lacks == (
        ConversionStep.LICENCE,
        ConversionStep.PREMISES,
        ConversionStep.STAFF,
        ConversionStep.EQUIPMENT,
        ConversionStep.TEST,
    )


def test_pages_together_tell_every_office_once(
    small_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = small_town
    codes = ("31", "32", "33", "34")
    put(town, offices.office_draft([(called(code), TOMORROW) for code in codes]))
    town.clock.moment += timedelta(days=1)
    whole = office_list.at_work(town.crew.supervisor)
    monkeypatch.setattr("desktop.centre.office_list.PAGE", 2)
    assert office_list.at_work(town.crew.supervisor).told == whole.told
    assert len(whole.told) == len(codes) + 1
    assert w.PAGE > 2


def test_only_who_looks_after_all_offices_is_told(small_town: Town) -> None:
    for seat in (small_town.crew.clerk, small_town.crew.manager):
        with pytest.raises(Refusal):
            office_list.at_work(seat)
    assert office_list.at_work(small_town.crew.expert).told
