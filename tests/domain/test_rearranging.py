"""Visits that lost their inspector or their day: each gets another place, the fairest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendar import OfficeCalendar
from desktop.domain.rearranging import Begins, Booking, Shift, displaced, rearranged
from desktop.domain.rota import HORIZON_DAYS, Absence, Away, HalfDay, Inspector, Place, Rota

SATURDAY = date(2026, 11, 28)
SUNDAY = SATURDAY + timedelta(days=1)
MORNING = Begins(SATURDAY, 1)
ASKED = datetime(2026, 11, 20, 8, tzinfo=UTC)
WHOLE_WEEK = frozenset(HalfDay(day, half) for day in range(6) for half in (1, 2))


def inspector(
    name: str, *districts: int, visits: int = 2, away: Absence | None = None
) -> Inspector:
    absences = (away,) if away else ()
    return Inspector(name, frozenset(districts or (1,)), WHOLE_WEEK, visits, absences)


def rota(*inspectors: Inspector, closed: tuple[date, ...] = ()) -> Rota:
    return Rota(inspectors, OfficeCalendar({day: "تعطیل" for day in closed}))


def booked(
    number: int, day: date, half: int, who: str, *, due: int = 20, moved: int = 0, asked: int = 0
) -> Booking:
    """A visit in district 1, its promised day so many days after the Saturday."""
    return Booking(
        f"case-{number}",
        Place(day, half, who),
        1,
        SATURDAY + timedelta(days=due),
        moved,
        ASKED + timedelta(hours=asked or number),
    )


def places(shifts: list[Shift]) -> dict[str, Place | None]:
    return {each.booking.case_id: each.place for each in shifts}


SICK = Absence(SATURDAY, SATURDAY)


def test_another_who_goes_there_then_comes_instead_and_nobody_is_called() -> None:
    visits = [booked(1, SATURDAY, 1, "sick"), booked(2, SUNDAY, 1, "sick")]
    (shift,) = rearranged(visits, rota(inspector("sick", away=SICK), inspector("well")), MORNING)
    assert (shift.booking.case_id, shift.place) == ("case-1", Place(SATURDAY, 1, "well"))
    assert (shift.same_time, shift.late) == (True, False)


def test_who_is_promised_soonest_then_who_was_moved_then_who_asked_first_stays_at_his_hour() -> (
    None
):
    visits = [
        booked(1, SATURDAY, 1, "sick"),
        booked(2, SATURDAY, 1, "sick", moved=1),
        booked(3, SATURDAY, 1, "sick", due=3),
        booked(4, SATURDAY, 1, "sick", asked=9),
    ]
    small = rota(inspector("sick", away=SICK), inspector("well", visits=1))
    shifts = rearranged(visits, small, MORNING)
    assert [each.booking.case_id for each in shifts] == ["case-3", "case-2", "case-1", "case-4"]
    assert [each.same_time for each in shifts] == [True, False, False, False]
    assert [(each.place.day, each.place.half) for each in shifts if each.place] == [
        (SATURDAY, 1), (SATURDAY, 2), (SUNDAY, 1), (SUNDAY, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("due", "busy", "place"),
    [
        # What comes after his hour, as long as it is in time; else before it; else late.
        (3, (), (3, 1)),
        (2, (), (1, 2)),
        (2, (1,), (0, 2)),
        # Late already: as soon as may be.
        (0, (0,), (1, 1)),
    ],
)
def test_a_closed_day_is_gone_round(
    due: int, busy: tuple[int, ...], place: tuple[int, int]
) -> None:
    closed = SATURDAY + timedelta(days=2)
    own = booked(1, closed, 1, "one", due=due)
    full = [
        booked(10 * day + number, SATURDAY + timedelta(days=day), half, "one")
        for day in busy
        for half in (1, 2)
        for number in (1 + 2 * half, 2 + 2 * half)
    ]
    shifts = rearranged([own, *full], rota(inspector("one"), closed=(closed,)), MORNING)
    assert [each.place for each in shifts] == [
        Place(SATURDAY + timedelta(days=place[0]), place[1], "one")
    ]
    assert shifts[0].late is (place[0] > due)


def test_nothing_goes_to_a_half_day_that_has_begun() -> None:
    visits = [booked(1, SATURDAY, 1, "sick", due=0), booked(2, SATURDAY, 2, "sick", due=0)]
    two = rota(inspector("sick", away=SICK), inspector("well"))
    assert places(rearranged(visits, two, Begins(SATURDAY, 2))) == {
        "case-1": Place(SATURDAY, 2, "well"),
        "case-2": Place(SATURDAY, 2, "well"),
    }
    assert places(rearranged(visits, two, Begins(SATURDAY, 3))) == {
        "case-1": Place(SUNDAY, 1, "sick"),
        "case-2": Place(SUNDAY, 1, "well"),
    }


def test_half_a_day_away_leaves_the_other_half() -> None:
    visits = [booked(1, SATURDAY, 1, "one"), booked(2, SATURDAY, 2, "one")]
    half = rota(inspector("one", away=Absence(SATURDAY, SATURDAY, 2)))
    assert places(rearranged(visits, half, MORNING)) == {"case-2": Place(SUNDAY, 1, "one")}


def test_where_nobody_goes_any_more_the_visit_is_called_off() -> None:
    (shift,) = rearranged([booked(1, SUNDAY, 1, "one")], rota(inspector("one", 2)), MORNING)
    assert (shift.place, shift.late, shift.same_time) == (None, True, False)


def test_fewer_visits_a_half_day_move_those_whose_turn_comes_last() -> None:
    visits = [booked(number, SUNDAY, 1, "one") for number in (3, 1, 2)]
    less = rota(inspector("one", visits=1))
    assert [each.case_id for each in displaced(visits, less, SATURDAY)] == ["case-2", "case-3"]
    # Of today more may be noted than he makes: they took place.
    noted = [replace(each, place=Place(SATURDAY, 1, "one")) for each in visits]
    assert displaced(noted, less, SATURDAY) == []


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (Away("one", SUNDAY, SATURDAY), "پیش از آغاز"),
        (Away("one", date(2026, 11, 1), date(2026, 11, 2)), "گذشته"),
        (Away("one", SATURDAY, SUNDAY, 1), "تنها برای یک روز"),
        (Away("one", SATURDAY, SATURDAY, 3), "نیمهٔ نخست یا نیمهٔ دوم"),
    ],
)
def test_an_absence_that_can_not_be_is_told(away: Away, said: str) -> None:
    assert [said in words for words in away.faults(SATURDAY)] == [True]


def test_a_sound_absence_has_no_faults() -> None:
    assert not list(Away("one", date(2026, 11, 1), SATURDAY).faults(SATURDAY))
    assert not list(Away("one", SATURDAY, SATURDAY, 2).faults(SATURDAY))


# What may be: up to three inspectors of one or two districts, some of them away, some days closed.
_DAYS = [SATURDAY + timedelta(days=number) for number in range(12)]
_NAMES = ("one", "two", "three")


@st.composite
def rotas(draw: st.DrawFn) -> Rota:
    inspectors = []
    for name in _NAMES[: draw(st.integers(1, 3))]:
        away = tuple(
            Absence(
                min(days), max(days), draw(st.sampled_from((0, 1, 2))) if len(set(days)) == 1 else 0
            )
            for days in draw(st.lists(st.tuples(*[st.sampled_from(_DAYS)] * 2), max_size=2))
        )
        inspectors.append(
            Inspector(
                name,
                frozenset(draw(st.sets(st.integers(1, 2), max_size=2))),
                frozenset(draw(st.sets(st.sampled_from(sorted(WHOLE_WEEK)), max_size=6))),
                draw(st.integers(1, 2)),
                away,
            )
        )
    return rota(*inspectors, closed=tuple(draw(st.sets(st.sampled_from(_DAYS), max_size=3))))


@st.composite
def bookings(draw: st.DrawFn) -> list[Booking]:
    """Booked under whatever rota was before."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        place = Place(
            draw(st.sampled_from(_DAYS)), draw(st.integers(1, 2)), draw(st.sampled_from(_NAMES))
        )
        found.append(
            Booking(
                f"case-{number}",
                place,
                draw(st.integers(1, 2)),
                draw(st.sampled_from(_DAYS)),
                draw(st.integers(0, 2)),
                ASKED + timedelta(hours=draw(st.integers(0, 3))),
            )  # fmt: skip
        )
    return found


begun = st.builds(Begins, st.sampled_from(_DAYS[:3]), st.integers(1, 3))


@pytest.mark.slow
@given(bookings(), rotas(), begun)
def test_nobody_is_lost_and_no_inspector_has_more_than_he_makes(
    visits: list[Booking], now: Rota, begins: Begins
) -> None:
    shifts = rearranged(visits, now, begins)
    moving = {each.booking.case_id for each in shifts}
    assert [each.booking for each in shifts] == displaced(visits, now, begins.day)
    staying = [
        each for each in visits if each.case_id not in moving and each.place.day >= begins.day
    ]
    goers = {each.staff_id: each for each in now.inspectors}
    after = Counter(each.place for each in staying)
    for shift in shifts:
        if shift.place is None:
            continue
        after[shift.place] += 1
        day, half, who = shift.place
        assert (day, half) >= begins
        assert now.calendar.is_working(day)
        assert goers[who].works(day, half)
        assert shift.booking.district in goers[who].districts
    assert all(
        count <= goers[place.staff_id].visits
        for place, count in after.items()
        if place.day > begins.day or place in {each.place for each in shifts}
    )
    # Once moved, nothing is left to move.
    settled = [*staying]
    settled += [replace(each.booking, place=each.place) for each in shifts if each.place]
    assert displaced(settled, now, begins.day) == []


@given(bookings(), rotas(), begun)
@pytest.mark.long
def test_nobody_comes_at_another_hour_while_his_own_is_free(
    visits: list[Booking], now: Rota, begins: Begins
) -> None:
    shifts = rearranged(visits, now, begins)
    moving = {each.booking.case_id for each in shifts}
    after = Counter(each.place for each in visits if each.case_id not in moving)
    after.update(each.place for each in shifts if each.place)
    for shift in shifts:
        own = shift.booking.slot
        if not shift.same_time and (own.day, own.half) >= begins:
            assert not now.left(own, after)
        if shift.place is None:
            assert not any(now.left(slot, after) for slot in now.ahead(own.district, begins.day))


@given(bookings(), rotas(), begun)
@pytest.mark.long
def test_of_two_at_one_hour_the_one_whose_turn_is_first_is_not_worse_off(
    visits: list[Booking], now: Rota, begins: Begins
) -> None:
    shifts = rearranged(visits, now, begins)
    for first, second in zip(shifts, shifts[1:], strict=False):
        if first.booking.slot == second.booking.slot:
            assert first.booking.turn < second.booking.turn
            assert first.same_time or not second.same_time
            assert first.place is not None or second.place is None


def test_the_horizon_ends() -> None:
    empty = rota(inspector("one"))
    ahead = list(empty.ahead(1, SATURDAY))
    assert len(ahead) == 2 * HORIZON_DAYS
    assert ahead[0].day == SUNDAY
