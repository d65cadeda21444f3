"""What a visit measured: sides that close or don't, their area and shape, what goes to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.lawful_reports import photo_fault, seen_faults, sides_fault
from desktop.domain.measured import against, area_of, corners, difference, unreached
from desktop.domain.request import DocumentFile, SeenViolation, Side, VisitOpinion, VisitReport

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
REPORT = VisitReport(
    visited_at=NOW, present="مالک", land="193.99", built="0.00", floors=0, units=0, use="مسکونی",
    condition="land", bounds=("کوچه", "پلاک ۲۹", "پلاک ۲۵", "کوچه"), lane_width="8", advance="",
    violation="", violation_area="", latitude="", longitude="", result="مطابق مدارک", cleared={},
    photos=DocumentFile("b" * 64, 4_000, 3), opinion=VisitOpinion.FITS,
)  # fmt: skip
BUILT: dict[str, object] = {"condition": "built", "built": "120.50", "floors": 2, "units": 1}
PLOT = ("12.10", "16.20", "12.00", "16.00")


def sides(*lengths: str, deed: tuple[str, ...] = ("", "", "", "")) -> tuple[Side, ...]:
    return tuple(Side(by, length, "کوچه") for by, length in zip(deed, lengths, strict=True))


def decimals(*lengths: str) -> list[Decimal]:
    return [Decimal(length) for length in lengths]


def test_the_area_is_reckoned_from_the_sides() -> None:
    assert area_of(decimals("12.00", "16.35", "12.00", "16.35")) == Decimal("196.20")
    assert area_of(decimals(*PLOT)) == Decimal("194.00")


LENGTHS = st.lists(st.integers(1, 10_000), min_size=4, max_size=4).map(
    lambda told: [Decimal(each) / 100 for each in told]
)


@given(LENGTHS)
def test_a_plot_that_closes_has_its_sides_and_its_area(lengths: list[Decimal]) -> None:
    if unreached(lengths) is not None:
        assert sides_fault([str(each) for each in lengths]).startswith("این چهار ضلع به هم نمی‌رسند")
        return
    south_west, south_east, north_east, north_west = corners(lengths)
    drawn = [
        dist(north_west, north_east),
        dist(south_east, north_east),
        dist(south_west, south_east),
        dist(south_west, north_west),
    ]
    assert drawn == pytest.approx([float(each) for each in lengths], abs=1e-3)
    ring = [south_west, south_east, north_east, north_west]
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    twice = sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairs)
    assert twice / 2 == pytest.approx(float(area_of(lengths)), abs=0.02)


@pytest.mark.parametrize(
    ("lengths", "words"),
    [
        (("", "", "", ""), ""),
        (PLOT, ""),
        (("12", "", "12", "16"), "طول ضلع شرق را هم بنویسید، یا هیچ‌کدام را."),
        (("12", "60", "12", "16"), "این چهار ضلع به هم نمی‌رسند؛ ضلع شرق را ببینید."),
        (("12", "0", "12", "16"), "طول ضلع شرق را به متر بنویسید."),
        (("12", "16", "-3", "16"), "طول ضلع جنوب را به متر بنویسید."),
        (("12", "16", "NaN", "16"), "طول ضلع جنوب را به متر بنویسید."),
        (("12", "16", "99999", "16"), "طول ضلع جنوب را به متر بنویسید."),
    ],
)
def test_sides_that_cannot_be_are_told(lengths: tuple[str, ...], words: str) -> None:
    assert sides_fault(lengths) == words


def test_the_difference_is_from_the_records_else_from_the_deeds_sides() -> None:
    measured = sides(*PLOT, deed=("12", "16.35", "12", "16.35"))
    by_record = difference(measured, Decimal("200.00"), 3)
    assert by_record is not None
    assert by_record.words == "عرصه ۶٫۰۰ مترمربع (۳٪) کمتر از سند است"
    assert not by_record.beyond
    by_deed = difference(measured, None, 1)
    assert by_deed is not None
    assert by_deed.words == "عرصه ۲٫۲۰ مترمربع (۱٫۱٪) کمتر از سند است"
    assert by_deed.beyond
    assert difference(sides(*PLOT), None, 3) is None
    assert difference(sides("", "", "", ""), Decimal(200), 3) is None


def test_what_speaks_against_the_request_goes_to_an_expert() -> None:
    assert against(REPORT, Decimal(200), 3) == ""
    # A report of before had no opinion.
    assert against(replace(REPORT, opinion=""), None, 3) == ""
    far = replace(REPORT, sides=sides(*PLOT))
    assert (
        against(far, Decimal(210), 3) == "گزارش بازدید: عرصه ۱۶٫۰۰ مترمربع (۷٫۶٪) کمتر از سند است"
    )
    seen = (SeenViolation("اضافه‌بنا", "همکف", "18.50", "انبار", 3),)
    assert (
        against(replace(REPORT, violations=seen), None, 3) == "گزارش بازدید: اضافه‌بنا ۱۸٫۵۰ مترمربع"
    )
    # A report of before said it in words.
    assert "انبار بی‌پروانه" in against(replace(REPORT, violation="انبار بی‌پروانه"), None, 3)
    again = replace(REPORT, opinion=VisitOpinion.AGAIN)
    assert against(again, None, 3) == "گزارش بازدید: نظر مأمور: نیازمند بازدید دوم"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sides": sides("12", "60", "12", "16")}, "length.east"),
        ({"sides": (Side("", "12", "کوچه"),)}, "length.north"),
        ({"violations": (SeenViolation("", "", "3", "", 1),)}, "violations"),
        ({"violations": (SeenViolation("اضافه‌بنا", "", "3", "", 4),)}, "violations"),
        ({"violations": (SeenViolation("ناشناخته", "", "3", "", 1),)}, "violations"),
        ({"violations": (SeenViolation("اضافه‌بنا", "", "-3", "", 1),)}, "violations"),
        ({"sides": sides(*PLOT, deed=("12", "", "-1", ""))}, "deed.south"),
        ({"opinion": "perhaps"}, "opinion"),
        ({"opinion": ""}, "opinion"),
        ({"result": " "}, "result"),
        ({"bounds": ("کوچه", "", "پلاک ۲۵", "کوچه")}, "bound.east"),
        ({"land": ""}, "land"),
        ({"land": "-5"}, "land"),
        ({"land": "NaN"}, "land"),
        ({"land": "1000000"}, "land"),
        ({"lane_width": ""}, "lane_width"),
        ({"lane_width": "20000"}, "lane_width"),
        ({"advance": "-1"}, "advance"),
        ({"condition": "strange"}, "condition"),
        ({"built": "12"}, "condition"),
        ({"use": "انبار"}, "use"),
        ({**BUILT, "units": 2**31 - 1}, "units"),
        ({"condition": "underway"}, "stage"),
        ({**BUILT, "built": ""}, "built"),
        ({**BUILT, "built": "-3"}, "built"),
        ({**BUILT, "built": "999999999.99"}, "built"),
        ({**BUILT, "floors": 0}, "floors"),
        ({**BUILT, "floors": 2**31 - 1}, "floors"),
        ({"photos": None}, "photos"),
        ({"photos": DocumentFile("b" * 64, 4_000, 1)}, "photos"),
        ({"taken": (date(2026, 11, 24), date(2026, 11, 23))}, "photo_reason"),
    ],
)
def test_a_report_that_cannot_be_is_refused_beside_its_cause(
    changes: dict[str, object], field: str
) -> None:
    assert not list(seen_faults(REPORT))
    assert not list(seen_faults(replace(REPORT, **BUILT)))  # type: ignore[arg-type]
    ((told, _),) = seen_faults(replace(REPORT, **changes))  # type: ignore[arg-type]
    assert told == field


def test_a_photo_of_another_day_asks_for_a_reason() -> None:
    today = date(2026, 11, 24)
    assert photo_fault((None, today), today) == ""
    words = photo_fault((today, date(2026, 11, 23)), today)
    assert words == "عکس ۲ دیروز گرفته شده است؛ دلیل بنویسید."
    assert "۱ آذر" in photo_fault((date(2026, 11, 22),), today)
    old = replace(REPORT, taken=(date(2026, 11, 22),), photo_reason="دوربین تنظیم نبود")
    assert not list(seen_faults(old))


@pytest.mark.parametrize(
    ("condition", "built", "unmeasured"),
    [
        ("land", "", False),
        ("land", "0.00", False),
        ("underway", "", True),
        ("built", "", True),
        ("underway", "42.00", False),
        ("underway", "0.00", False),
    ],
)
def test_what_stands_and_was_not_measured_is_known_as_such(
    condition: str, built: str, unmeasured: bool
) -> None:
    assert replace(REPORT, condition=condition, built=built).unmeasured is unmeasured
