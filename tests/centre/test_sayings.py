"""Whatever is said and taken back of published texts, centre and desk answer as a list would."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from desktop.centre import people
from desktop.centre.context import CENTRE_ACTOR, Centre
from desktop.centre.publication_tables import PublishedRow
from desktop.centre.reference import not_withdrawn, publication, read_texts, text_of
from desktop.centre.schema import SCRIPTS, upgrade_centre
from desktop.centre.signing import CentreKeys
from desktop.centre.tables import FactRow
from desktop.domain.stream import CITY, Published, Topic, withdrawn_key
from desktop.premises.clocks import SystemClock
from desktop.premises.embedded import open_centre
from desktop.sql.engine import Place, writer
from desktop.store import published
from desktop.store.open import Store

FIRST = date(2026, 11, 24)
DAYS = [FIRST + timedelta(days=days) for days in range(4)]
TOPIC, KEYS, TEXTS = Topic.PARCEL, ("R1", "R2"), ("one", "two")


@dataclass(frozen=True)
class Said:
    """A text said of a key for a day."""

    key: str
    words: str
    day: date


@dataclass(frozen=True)
class TakenBack:
    """A text of a key taken back for a day, or as an older program may have told it: for all."""

    key: str
    words: str
    day: date | None


Saying = Said | TakenBack
_MOST = 10
_keys, _words, _days = st.sampled_from(KEYS), st.sampled_from(TEXTS), st.sampled_from(DAYS)
sayings = st.lists(
    st.builds(Said, _keys, _words, _days) | st.builds(TakenBack, _keys, _words, st.none() | _days),
    max_size=_MOST,
)


def told_as(saying: Saying) -> Published:
    """The fact of the stream `city` that says it."""
    if isinstance(saying, Said):
        return publication(TOPIC, saying.key, saying.day, saying.words)
    words = "{}" if saying.day is None else json.dumps({"day": saying.day.isoformat()})
    version = publication(TOPIC, saying.key, FIRST, saying.words).version
    key = withdrawn_key(TOPIC.value, saying.key)
    made = publication(Topic.WITHDRAWN, key, FIRST, words)
    return Published(made.topic, key, version, FIRST, words, made.sha256)


def standing(said: list[Saying]) -> list[tuple[int, Said]]:
    """What was said and nobody took back since, by its number from 1."""
    return [
        (number, one)
        for number, one in enumerate(said, start=1)
        if isinstance(one, Said)
        and not any(
            isinstance(back, TakenBack)
            and (back.key, back.words) == (one.key, one.words)
            and back.day in {None, one.day}
            for back in said[number:]
        )
    ]


def holding(said: list[Saying], day: date) -> dict[str, str]:
    """By key, the words that hold on the day: of the newest day, what was said last."""
    begun = sorted((one.day, number, one) for number, one in standing(said) if one.day <= day)
    return {one.key: one.words for _, _, one in begun}


@pytest.fixture
def centre(centre_url: Place) -> Iterator[Centre]:
    opened = open_centre(centre_url, CentreKeys.new(demo=True), SystemClock())
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "office.sqlite", reserve=4096)
    yield made
    made.close()


class _Over(Exception):
    pass


@contextmanager
def taken_back(begun: Callable[[], object]) -> Iterator[Session]:
    """A session whose writing leaves nothing behind."""
    with suppress(_Over), begun() as session:  # type: ignore[attr-defined]
        yield session
        raise _Over


_tried = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.slow
@_tried
@given(said=sayings, upto=st.integers(0, _MOST))
def test_a_centre_answers_what_a_list_of_sayings_answers(
    centre: Centre, said: list[Saying], upto: int
) -> None:
    with taken_back(centre.writing) as session:
        at = centre.clock()
        before = session.scalar(select(func.max(FactRow.pos)).where(FactRow.stream == CITY))
        # Some at once, the others one by one, as publications come.
        people.tell(session, [told_as(one) for one in said[:3]], CENTRE_ACTOR, at)
        for one in said[3:]:
            people.tell(session, [told_as(one)], CENTRE_ACTOR, at)
        first = 1 + (before or 0)
        for day in DAYS:
            found = read_texts(session, TOPIC, day, upto=first - 1 + upto)
            held = {key: each.text for key, each in found.items()}
            assert held == holding(said[:upto], day)
        rows = session.scalars(
            select(PublishedRow)
            .where(PublishedRow.topic == TOPIC.value, not_withdrawn())
            .order_by(PublishedRow.pos)
        )
        assert [
            (row.pos - first + 1, Said(row.key, row.text, row.effective_from)) for row in rows
        ] == standing(said)
        for key in KEYS:
            for words in TEXTS:
                version = publication(TOPIC, key, FIRST, words).version
                ever = any(
                    isinstance(one, Said) and (one.key, one.words) == (key, words) for one in said
                )
                assert text_of(session, TOPIC, key, version) == (words if ever else None)


@pytest.mark.slow
@_tried
@given(said=sayings, upto=st.integers(0, _MOST))
def test_a_desk_answers_what_a_list_of_sayings_answers(
    store: Store, said: list[Saying], upto: int
) -> None:
    with taken_back(store.writing) as session:
        published.keep(session, {pos: told_as(one) for pos, one in enumerate(said, start=1)})
        for day in DAYS:
            found = published.in_force(session, TOPIC, day, upto=upto)
            held = {key: item.text for key, item in found.items()}
            assert held == holding(said[:upto], day)
        stands = standing(said)
        in_order = [one for _, one in stands]
        assert [read(item) for item in published.all_told(session, TOPIC)] == in_order
        for key in KEYS:
            own = [(pos, one) for pos, one in stands if one.key == key]
            assert [read(item) for item in published.told(session, TOPIC, key)] == [
                one for _, one in own
            ]
            for day in DAYS:
                last = {one.words: pos for pos, one in own if one.day == day}
                assert published.places(session, TOPIC, key, day) == sorted(last.values())
        for day in DAYS:
            coming = [read(item) for item in published.coming(session, TOPIC, day)]
            later = [(one.day, pos, one) for pos, one in stands if one.day > day]
            assert coming == [one for _, _, one in sorted(later, key=lambda each: each[:2])]


def read(item: published.Item) -> Said:
    """What the item says."""
    return Said(item.key, item.text, item.effective_from)


@pytest.mark.slow
def test_a_centre_of_before_learns_what_its_stream_says_and_the_program_before_goes_on(
    any_url: Place, disposed: Callable[[Engine], Engine]
) -> None:
    """The program before lays a text that is said again over what it was; its facts have both."""
    engine = disposed(writer(any_url))
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    later = DAYS[2]
    said: list[Saying] = [
        Said("R1", "one", FIRST),
        Said("R1", "one", later),
        TakenBack("R1", "one", later),
        Said("R1", "two", later),
    ]
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0027_newest")
    tell(engine, said)
    upgrade_centre(engine)
    assert holds(engine, DAYS[1]) == {"R1": "one"}
    assert holds(engine, later) == {"R1": "two"}
    assert withdrawn_days(engine) == [None, None, later, None]
    # What a process of before publishes while this one serves is heard here too.
    tell(engine, [Said("R1", "one", FIRST), TakenBack("R1", "two", later)])
    assert holds(engine, later) == {"R1": "one"}
    assert withdrawn_days(engine)[4:] == [None, later]


def tell(engine: Engine, said: list[Saying]) -> None:
    """As any program tells it: the facts, and each text where it was said last."""
    with Session(engine) as session, session.begin():
        facts = [told_as(one) for one in said]
        people.tell(session, facts, CENTRE_ACTOR, datetime(2026, 11, 24, 8, tzinfo=UTC))


def holds(engine: Engine, day: date) -> dict[str, str]:
    """By key, the words that hold on the day."""
    with Session(engine) as session:
        return {key: one.text for key, one in read_texts(session, TOPIC, day).items()}


def withdrawn_days(engine: Engine) -> list[date | None]:
    """For which day each saying takes one back."""
    with Session(engine) as session:
        rows = select(PublishedRow.withdraws).order_by(PublishedRow.pos)
        return list(session.scalars(rows))
