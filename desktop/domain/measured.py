"""A plot as it was measured: whether four sides close, their area and shape, how it differs from
its deed, and why a visit's report goes to an expert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import acos, cos, sin

from desktop.domain.money import format_area
from desktop.domain.persian import join_and, to_persian_digits
from desktop.domain.request import Side, VisitOpinion, VisitReport

SIDES = ("شمال", "شرق", "جنوب", "غرب")
"""The sides of a plot, in the order in which reports have them."""
_CENT = Decimal("0.01")
Corner = tuple[float, float]
"""Metres east and north of the south-western corner."""


def unreached(lengths: Sequence[Decimal]) -> int | None:
    """Which of four sides the other three can't reach, from 0; None where they close."""
    longest = max(range(len(lengths)), key=lambda at: lengths[at])
    return longest if 2 * lengths[longest] >= sum(lengths) else None


def area_of(lengths: Sequence[Decimal]) -> Decimal:
    """The largest area that four sides allow, m² (Brahmagupta); they must close.

    Without a diagonal nobody knows more of it; of a rectangle it is the area.
    """
    half = sum(lengths, Decimal(0)) / 2
    product = Decimal(1)
    for length in lengths:
        product *= half - length
    return product.sqrt().quantize(_CENT, ROUND_HALF_UP)


def corners(lengths: Sequence[Decimal]) -> tuple[Corner, Corner, Corner, Corner]:
    """The plot of that area, its corners from the south-western one on round by the east.

    North, east, south, west; they must close.
    """
    north, east, south, west = (float(length) for length in lengths)
    at_west = _angle(south, west, east, north)
    at_east = _angle(south, east, west, north)
    return (
        (0.0, 0.0),
        (south, 0.0),
        (south - east * cos(at_east), east * sin(at_east)),
        (west * cos(at_west), west * sin(at_west)),
    )


def _angle(base: float, beside: float, opposite: float, across: float) -> float:
    """Between the base and the side beside it, of the quadrilateral that lies on a circle."""
    told = base**2 + beside**2 - opposite**2 - across**2
    of = 2 * (base * beside + opposite * across)
    return acos(max(-1.0, min(1.0, told / of)))


def lengths_of(sides: Sequence[Side]) -> tuple[Decimal, ...]:
    """What was measured, where all four were; nothing else."""
    return _four([side.length for side in sides])


def deed_lengths(sides: Sequence[Side]) -> tuple[Decimal, ...]:
    """What the deed says, where it says all four."""
    return _four([side.deed for side in sides])


def _four(texts: Sequence[str]) -> tuple[Decimal, ...]:
    found = tuple(Decimal(text) for text in texts if text)
    return found if len(found) == len(SIDES) else ()


@dataclass(frozen=True)
class Difference:
    """How much was `found` of what the `deed` says, m²; up to `allowed` percent nobody asks."""

    deed: Decimal
    found: Decimal
    allowed: int

    @property
    def percent(self) -> Decimal:
        """Of the deed's area."""
        return abs(self.found - self.deed) * 100 / self.deed

    @property
    def beyond(self) -> bool:
        """Whether an expert must look."""
        return self.percent > self.allowed

    @property
    def words(self) -> str:
        """«عرصه ۲٫۰۱ مترمربع (۱٪) کمتر از سند است»; empty where they are alike."""
        apart = abs(self.found - self.deed)
        if not apart:
            return ""
        than = "کمتر" if self.found < self.deed else "بیشتر"
        share = f"{self.percent.quantize(Decimal('0.1'), ROUND_HALF_UP).normalize():f}"
        share = to_persian_digits(share.replace(".", "٫"))
        return f"عرصه {format_area(apart)} مترمربع ({share}٪) {than} از سند است"


def difference(
    report_sides: Sequence[Side], land_by_deed: Decimal | None, allowed: int
) -> Difference | None:
    """Between the measured sides and the deed: the records' area, else the deed's own four sides.

    None where either is not known.
    """
    found, deed = lengths_of(report_sides), deed_lengths(report_sides)
    if not found or unreached(found) is not None:
        return None
    if land_by_deed:
        return Difference(land_by_deed, area_of(found), allowed)
    if deed and unreached(deed) is None:
        return Difference(area_of(deed), area_of(found), allowed)
    return None


def against(report: VisitReport, land_by_deed: Decimal | None, allowed: int) -> str:
    """Why an expert looks at what the visit found; empty where the case may go on by itself."""
    told = []
    apart = difference(report.sides, land_by_deed, allowed)
    if apart is not None and apart.beyond:
        told.append(apart.words)
    told += [each.short for each in report.violations]
    if report.violation and not report.violations:
        told.append(report.violation)
    if report.opinion in (VisitOpinion.UNFIT, VisitOpinion.AGAIN):
        told.append(f"نظر مأمور: {VisitOpinion(report.opinion).word}")
    return f"گزارش بازدید: {join_and(told)}" if told else ""
