"""What was published is taken back before its day, by who may; versions say where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.actions import publishing
from desktop.actions.desk import Seat
from desktop.demo.city import Scenario
from desktop.domain.errors import Refusal
from desktop.domain.stream import Topic
from desktop.wire.publishing import DraftBody
from desktop.wire.services import VersionState
from tests.houses import MORNING
from tests.publish import (
    WHY,
    changed,
    figures,
    in_force,
    offered,
    refused_words,
    renamed,
    tariff,
)
from tests.town import Town

TOMORROW = MORNING.date() + timedelta(days=1)
LATER = MORNING.date() + timedelta(days=40)


def take_back(town: Town, draft: DraftBody, reason: str = WHY) -> str:
    (item,) = draft.items
    seat = town.crew.supervisor
    return publishing.withdraw(seat, draft.topic, item.key, item.day, reason).remains


@pytest.mark.long
def test_what_is_to_hold_is_withdrawn_before_its_day_and_can_be_said_again(town: Town) -> None:
    crew = town.crew
    draft = renamed("walling", TOMORROW)
    assert "هنوز به این رایانه نرسیده" in refused_words(lambda: take_back(town, draft))
    in_force(crew, renamed("walling", TOMORROW, "شتاب‌زده"))
    again = renamed("walling", TOMORROW)
    in_force(crew, again.model_copy(update={"replaces": "شتاب‌زده"}))
    assert offered(town) == "نام تازه"
    assert "دلیل را دست‌کم" in refused_words(lambda: take_back(town, draft, " نه  "))
    assert take_back(town, draft) == "مجوز دیوارکشی"
    # Both that were said for the day are gone, and what held goes on.
    assert offered(town) == "مجوز دیوارکشی"
    town.clock.moment += timedelta(days=1)
    assert offered(town, 0) == "مجوز دیوارکشی"
    assert town.register(town.record(Scenario.CLEAN), "clearance")
    # The very same text may be put into force later, and from its day on it stays.
    later = renamed("walling", TOMORROW + timedelta(days=1))
    in_force(crew, later)
    take_back(town, later)
    in_force(crew, renamed("walling", TOMORROW + timedelta(days=1)))
    assert offered(town) == "نام تازه"
    town.clock.moment += timedelta(days=1)
    assert offered(town, 0) == "نام تازه"
    assert "پس گرفته نمی‌شود" in refused_words(lambda: take_back(town, later))


@pytest.mark.slow
def test_who_withdraws_is_one_who_prepares_and_the_word_is_of_what_stands(
    small_town: Town,
) -> None:
    crew = small_town.crew
    draft = renamed("walling", TOMORROW)
    in_force(crew, draft)
    for seat in (crew.expert, crew.inspector):
        words = refused_words(
            lambda seat=seat: publishing.withdraw(seat, Topic.SERVICE, "walling", TOMORROW, WHY)  # type: ignore[misc]
        )
        assert "این کار با" in words
    # A word kept from before does not withdraw what was said since.
    seen: list[object] = []
    ask = crew.supervisor.desk.ask

    def held(call, body, /):  # type: ignore[no-untyped-def]
        seen.append((call, body))
        raise Refusal("خط قطع است.")

    cut = Seat(
        replace(crew.supervisor.desk, ask=held), crew.supervisor.staff, crew.supervisor.signer
    )
    assert refused_words(lambda: publishing.withdraw(cut, Topic.SERVICE, "walling", TOMORROW, WHY))
    take_back(small_town, draft)
    in_force(crew, renamed("walling", TOMORROW))
    (kept,) = seen
    assert "نسخهٔ دیگری" in refused_words(lambda: ask(*kept))  # type: ignore[misc]
    assert offered(small_town) == "نام تازه"


@pytest.mark.long
def test_the_same_figure_of_an_earlier_day_goes_on_when_it_is_taken_back_of_a_later(
    small_town: Town,
) -> None:
    crew, last = small_town.crew, LATER + timedelta(days=1)
    for amount, day in (("460000", TOMORROW), ("470000", LATER), ("460000", last)):
        in_force(crew, figures(crew, Topic.TARIFF, tariff("office", amount, day)))
    # Of the last day said twice again, with another between: all of it goes.
    for amount in ("480000", "460000"):
        in_force(crew, figures(crew, Topic.TARIFF, tariff("office", amount, last)))
    publishing.withdraw(crew.supervisor, Topic.TARIFF, "office", last, WHY)
    small_town.house.office.sync()
    office, centre = small_town.house.office.desk, small_town.house.centre
    for day, words in ((TOMORROW, "460000"), (LATER, "470000"), (last, "470000")):
        with office.store.reading() as session:
            assert office.reference.city(session, day).tariffs["office"].formula.text == words
        with centre.reading() as session:
            assert centre.reference.city(session, day).tariffs["office"].formula.text == words


@pytest.mark.long
def test_what_something_else_rests_on_is_not_withdrawn(small_town: Town) -> None:
    crew = small_town.crew
    fee = tariff("office", "460000", TOMORROW)
    in_force(crew, figures(crew, Topic.TARIFF, fee))
    assert (
        publishing.withdraw(crew.supervisor, Topic.TARIFF, "office", TOMORROW, WHY).remains
        == "۴۵۰٬۰۰۰ ریال، صندوق دفتر"
    )
    tunnel = changed("excavation", TOMORROW, "digit = 7\n").items[0].text
    tunnel = tunnel.replace('"excavation"', '"tunnel"', 1)
    tunnel = tunnel.replace("مجوز حفاری", "مجوز تونل", 1)
    draft = publishing.service_draft("tunnel.toml", tunnel, TOMORROW)
    in_force(crew, draft)
    link = changed("water", TOMORROW, 'service = "excavation"', 'service = "tunnel"')
    in_force(crew, link)
    words = refused_words(lambda: take_back(small_town, draft))
    assert "«tunnel» پیوند دارد" in words
    take_back(small_town, link)
    assert take_back(small_town, draft) == ""


@pytest.mark.long
def test_versions_are_listed_with_where_they_stand(town: Town) -> None:
    crew = town.crew

    def states() -> list[tuple[str, VersionState]]:
        (found,) = (each for each in publishing.services(crew.expert) if each.code == "walling")
        return [(version.title, version.state) for version in found.versions]

    old = "مجوز دیوارکشی"
    assert states() == [(old, VersionState.IN_FORCE)]
    in_force(crew, renamed("walling", TOMORROW, "یک"))
    in_force(crew, renamed("walling", TOMORROW, "دو").model_copy(update={"replaces": "یک"}))
    in_force(crew, renamed("walling", LATER, "سه").model_copy(update={"replaces": "دو"}))
    later = renamed("walling", LATER + timedelta(days=1), "چهار")
    publishing.prepare(crew.supervisor, later.model_copy(update={"replaces": "سه"}))
    assert states() == [
        ("چهار", VersionState.WAITING),
        ("سه", VersionState.COMING),
        ("دو", VersionState.COMING),
        ("یک", VersionState.REPLACED),
        (old, VersionState.IN_FORCE),
    ]
    publishing.withdraw(crew.supervisor, Topic.SERVICE, "walling", LATER, WHY)
    town.clock.moment += timedelta(days=1)
    assert states()[1:] == [
        ("سه", VersionState.WITHDRAWN),
        ("دو", VersionState.IN_FORCE),
        ("یک", VersionState.REPLACED),
        (old, VersionState.FORMER),
    ]
    (found,) = (each for each in publishing.services(crew.expert) if each.code == "walling")
    assert found.title == "دو"
    in_force_now = found.versions[2]
    assert in_force_now.people == ["حمید میرجلیلی", "مریم شایق"]
    assert publishing.publication(crew.expert, in_force_now.publication).ended
    text_ = publishing.version_text(crew.expert, "walling", in_force_now.version)
    assert 'title = "دو"' in text_
    assert refused_words(lambda: publishing.version_text(crew.expert, "walling", "none"))
    # In the order of the home page, those with a digit first.
    codes = [each.code for each in publishing.services(crew.expert)]
    assert codes[:3] == ["no-violation", "inquiry", "transfer"]
