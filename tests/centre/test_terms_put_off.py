"""A holiday that is declared while a term runs puts its end off, for whoever acts or looks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.actions import board, commissions, counter_acts, papers
from desktop.actions.consultations import listed
from desktop.actions.desk import Seat
from desktop.centre.reference import publication
from desktop.demo.following import book, case_now, report
from desktop.domain.calendar import format_jalali, iso_jalali
from desktop.domain.errors import Refusal
from desktop.domain.papers import Defect
from desktop.domain.ruling import FIRST, RulingKind, Serving
from desktop.domain.serving import last_day
from desktop.domain.state import State
from desktop.domain.stream import Topic
from desktop.forms.catalogue import HOLIDAYS_KEY
from desktop.forms.shipped import holidays_text
from desktop.wire.consultations import Part
from tests.actions.test_commission import TODAY, reported, ruling, served, shown
from tests.centre.test_answer_by import on
from tests.centre.test_consultations import HERITAGE, ask
from tests.centre.test_consultations import in_review as asking
from tests.centre.test_places import today
from tests.reports.reading import text_of
from tests.town import Town


def close(town: Town, *days: date) -> None:
    """These days are declared closed today."""
    rows = "\n".join(f"{iso_jalali(day)},سوگواری,official" for day in days)
    text = f"{holidays_text().rstrip()}\n{rows}\n"
    town.house.put_in_force([publication(Topic.HOLIDAYS, HOLIDAYS_KEY, today(town), text)])
    sync(town)


def sync(town: Town) -> None:
    town.house.office.sync()
    town.house.municipality.sync()


@pytest.mark.slow
@pytest.mark.parametrize("at_counter", [True, False])
def test_who_could_not_object_on_the_last_day_objects_on_the_next(
    small_town: Town, at_counter: bool
) -> None:
    town = small_town
    clerk, expert = town.crew.clerk, town.crew.expert
    case = reported(town)
    commissions.rule(expert, case, ruling(case, RulingKind.DEMOLITION, "100/1", stage=FIRST))
    sync(town)
    case = case_now(clerk, case.case_id)
    party = case.request.party
    handed = served(case, Serving.PERSON, receiver=party.name, receiver_id=party.owner_id)
    commissions.serve(clerk, case, handed, municipal=False)
    sync(town)
    last = last_day(shown(town, case.case_id))
    assert last == date(2026, 12, 5)
    on(town, last - timedelta(days=1))
    close(town, last)
    after = last + timedelta(days=1)
    (row,) = commissions.listed(expert, "100").rows
    now = shown(town, case.case_id)
    assert (row.until, last_day(now)) == (after, after)
    assert last_day(case_now(clerk, case.case_id)) == after
    on(town, after)
    sync(town)
    with pytest.raises(Refusal, match="مهلت اعتراض تا"):
        commissions.end_term(expert, now)
    seat, seen = (clerk, case_now(clerk, case.case_id)) if at_counter else (expert, now)
    commissions.object_to(seat, seen, 0, "12/3", after, municipal=not at_counter)
    sync(town)
    assert shown(town, case.case_id).objected


@pytest.mark.slow
def test_a_deficiency_lapses_after_the_day_on_which_it_could_be_mended(small_town: Town) -> None:
    town = small_town
    clerk = town.crew.clerk
    case_id = town.register(None, "no-violation", code="2-900-1-2-1-0-0", pay=False)
    defect = Defect("سند مالکیت", "خوانا نیست", "تصویر تازه")
    counter_acts.lack_documents(clerk, case_id, "", (defect,))
    returned = case_now(clerk, case_id).returned
    assert returned is not None
    on(town, returned.until)
    close(town, returned.until)
    now = case_now(clerk, case_id).returned
    assert now is not None
    assert now.until == returned.until + timedelta(days=1)
    assert format_jalali(now.until) in " ".join(text_of(papers.deficiency(clerk, case_id)))
    on(town, now.until)
    assert town.house.tick() == 0
    on(town, now.until + timedelta(days=1))
    assert town.house.tick() == 1
    assert case_now(clerk, case_id).state is State.WITHDRAWN


@pytest.mark.slow
def test_the_ceiling_is_seven_days_on_which_somebody_worked(small_town: Town) -> None:
    town = small_town
    case_id = town.register(None, "no-violation", code="2-900-1-1-1-0-0")
    book(town.crew, case_now(town.crew.clerk, case_id))
    report(town.crew, case_now(town.crew.clerk, case_id), town.clock.moment)
    town.house.office.sync()
    by = case_now(town.crew.clerk, case_id).answer_by
    assert by is not None
    close(town, by, by - timedelta(days=1))
    now = case_now(town.crew.clerk, case_id).answer_by
    assert now is not None
    on(town, by + timedelta(days=1))
    assert town.house.tick() == 0
    on(town, now)
    assert town.house.tick() == 0
    on(town, now + timedelta(days=1))
    assert town.house.tick() == 1
    assert board.municipal_case(town.crew.expert, case_id)[0].escalated


@pytest.mark.slow
@pytest.mark.parametrize("which", [0, 1])
def test_another_body_has_its_working_days_too(small_town: Town, which: int) -> None:
    town = small_town
    expert: Seat = town.crew.expert
    case = ask(town, asking(town), HERITAGE)
    by = case.consultations[0].reply_by
    # The last of them, or one in the middle.
    close(town, by if which == 0 else TODAY + timedelta(days=1))
    now = shown(town, case.case_id).consultations[0].reply_by
    assert now > by
    (row,) = listed(expert, Part.OPEN).rows
    assert row.reply_by == now
    on(town, now)
    assert town.house.tick() == 0
    on(town, now + timedelta(days=1))
    assert town.house.tick() == 1
    assert shown(town, case.case_id).consultations[0].late
