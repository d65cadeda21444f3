"""A visit's report in words, section by section: what was measured, seen and said there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.calendar import format_jalali, format_time
from desktop.domain.counter import CONDITIONS, STAGES
from desktop.domain.persian import isolate, join_and, to_persian_digits
from desktop.domain.request import SeenViolation, Side, VisitOpinion, VisitReport
from desktop.domain.wordings import TITLES

SIDES = ("شمال", "شرق", "جنوب", "غرب")
_AREA, _METRE = "مترمربع", "متر"
_DECIMAL = re.compile(r"(?<=[۰-۹])\.(?=[۰-۹])")
_NONE_SEEN = "دیده نشد"


@dataclass(frozen=True)
class ReportSection:
    """A heading and its rows (label, value); of what the report does not tell there is no row."""

    title: str
    rows: tuple[tuple[str, str], ...]


def report_sections(report: VisitReport) -> list[ReportSection]:
    """All that the report says, in the order of its form; sections without a row are left out."""
    parts = (
        ("بازدید", _visit(report)),
        ("ابعاد و حدود", _plot(report)),
        ("بنا", _building(report)),
        ("تخلف مشهود", _violations(report)),
        ("عکس‌ها", _photos(report)),
        ("نظر مأمور", _opinion(report)),
    )
    told = [(title, tuple((a, _persian(b)) for a, b in rows if b)) for title, rows in parts]
    return [ReportSection(title, rows) for title, rows in told if rows]


def _visit(report: VisitReport) -> Iterator[tuple[str, str]]:
    yield "روز", isolate(format_jalali(report.visited_on))
    yield "ساعت", format_time(report.visited_at)
    yield "حاضر در محل", report.present
    place = (report.latitude, report.longitude)
    yield "عرض و طول جغرافیایی", "، ".join(isolate(each) for each in place if each)
    yield "توضیح مختصات", report.place_reason


def _plot(report: VisitReport) -> Iterator[tuple[str, str]]:
    if report.sides:
        for side, told in zip(SIDES, report.sides, strict=True):
            yield side, _side(told)
    else:
        yield from zip(SIDES, report.bounds, strict=True)
    yield "عرصه", _with(report.land, _AREA)
    yield "عرض گذر", _with(report.lane_width, _METRE)
    yield "پیشروی همسایه‌ها", _with(report.advance, _METRE)
    yield "کروکی دستی", "در پرونده" if report.sketch is not None else ""


def _side(side: Side) -> str:
    deed = f"سند {side.deed} {_METRE}" if side.deed else ""
    length = f"موجود {side.length} {_METRE}" if side.length else ""
    return "، ".join(part for part in (side.bound, length, deed) if part)


def _building(report: VisitReport) -> Iterator[tuple[str, str]]:
    floors, units = report.counts
    yield "وضعیت کنونی", CONDITIONS.get(report.condition, report.condition)
    yield "مرحلهٔ ساخت", STAGES.get(report.stage, report.stage)
    yield "اعیان", _with(report.built, _AREA)
    yield "طبقه", "" if floors is None else str(floors)
    yield "واحد", "" if units is None else str(units)
    yield "کاربری وضع موجود", report.use


def _violations(report: VisitReport) -> Iterator[tuple[str, str]]:
    for number, seen in enumerate(report.violations, start=1):
        yield to_persian_digits(f"تخلف {number}"), _violation(seen)
    if not report.violations:
        area = _with(report.violation_area, _AREA)
        told = "، ".join(part for part in (report.violation, area) if part)
        yield "تخلف", told or _NONE_SEEN


def _violation(seen: SeenViolation) -> str:
    floor = f"طبقهٔ {seen.floor}" if seen.floor else ""
    photo = f"عکس {seen.photo}" if seen.photo else ""
    return "، ".join(part for part in (seen.short, floor, seen.words, photo) if part)


def _photos(report: VisitReport) -> Iterator[tuple[str, str]]:
    if report.photos is not None:
        yield "شمار عکس‌ها", str(report.photos.pages)
    days = sorted({day for day in report.taken if day is not None})
    yield "روز عکس‌ها", join_and([isolate(format_jalali(day)) for day in days])
    yield "چرا عکس از روز دیگری است", report.photo_reason


def _opinion(report: VisitReport) -> Iterator[tuple[str, str]]:
    known = {each.value: each.word for each in VisitOpinion}
    yield "نظر", known.get(report.opinion, "")
    yield "نتیجه", report.result
    for gate, why in report.cleared.items():
        yield TITLES.get(gate, gate), why


def _with(amount: str, unit: str) -> str:
    return f"{amount} {unit}" if amount else ""


def _persian(text: str) -> str:
    """Decimals as they are read here; a point that ends a sentence stays."""
    return _DECIMAL.sub("٫", to_persian_digits(text))
