"""The citizens' page tells what the centre has published, and what a desk would tell that day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.actions import nearest
from desktop.centre import people
from desktop.centre.offices_page import offices_page
from desktop.centre.reference import publication
from desktop.domain.errors import Refusal
from desktop.domain.stop import Stop, Stopped
from desktop.domain.stream import Topic
from desktop.forms.published_values import value_text
from desktop.premises.served import write_offices_page
from tests import nearby
from tests.delegated import ACT, WHY
from tests.town import Town


@pytest.mark.slow
def test_the_page_knows_what_a_desk_knows(quick_town: Town, tmp_path: Path) -> None:
    town = quick_town
    centre, made = town.house.centre, nearby.settle(town.house)
    stopped = Stop(Stopped.OFFICE, "office02", town.clock.moment, WHY, ACT)
    with centre.writing() as session:
        told = publication(Topic.STOP, stopped.who, nearby.TODAY, value_text(stopped))
        people.publish(session, [told], centre.clock())
    town.house.office.sync()
    with centre.reading() as session:
        page = offices_page(session, centre, centre.clock())
    known = nearest.known(town.crew.clerk.desk)
    assert {o.card.code: o for o in page.offices} == {o.card.code: o for o in known.offices}
    assert [o.card.code for o in page.offices] == sorted(each.card.code for each in made)
    assert [s.code for s in page.services] == list(known.services)
    assert (page.places, page.calendar) == (known.places, known.calendar)
    (halted,) = (o for o in page.offices if o.card.own_id == "office02")
    assert halted.services == {}
    # What begins later is in it with its day.
    later = page.told_on + timedelta(days=1)
    assert any(
        term.since >= later for o in page.offices for terms in o.services.values() for term in terms
    )
    written = write_offices_page(centre, tmp_path / "page.html")
    assert (written.offices, written.services) == (40, 21)
    assert written.size == (tmp_path / "page.html").stat().st_size < 1_000_000
    with pytest.raises(Refusal, match="نوشته نشد"):
        write_offices_page(centre, tmp_path / "no" / "page.html")
