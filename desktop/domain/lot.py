"""The lot by which instant answers are looked at again: of all so many, of risky ones more."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

DRAW = "draw"
"""Why an answer is looked at: by lot, whatever it is."""
ALL = 100
_DRAWN_OF = 1 << 64


class Risk(StrEnum):
    """What makes an answer one that is rather looked at."""

    BOUNDARY = "boundary"
    RECEIVED = "received"
    DECLARED = "declared"
    ATTORNEY = "attorney"


WEIGHTS: Mapping[Risk, int] = MappingProxyType({Risk.BOUNDARY: ALL, Risk.RECEIVED: ALL})
"""Percent of the answers of that risk which are looked at, where nothing else is published."""


@dataclass(frozen=True)
class LotDraw:
    """Whether an answer is looked at: `why` (empty: it is not), and `drawn`, the percent of all
    answers that the lot took that day, where it took this one."""

    why: str = ""
    drawn: int = 0


def sample(
    case_id: str, seed: str, percent: int, risks: tuple[Risk, ...], weights: Mapping[Risk, int]
) -> LotDraw:
    """The lot of an answer by the day's seed: the same whoever draws it again.

    The lot of all is drawn without a look at the risks, so that what it finds holds of all. Several
    risks add up.
    """
    if is_drawn(case_id, seed, DRAW, percent):
        return LotDraw(DRAW, percent)
    weighed = {risk: weights.get(risk, 0) for risk in risks}
    if is_drawn(case_id, seed, "risk", min(ALL, sum(weighed.values()))):
        return LotDraw(max(weighed, key=lambda risk: weighed[risk]).value)
    return LotDraw()


def is_drawn(case_id: str, seed: str, lot: str, percent: int) -> bool:
    """Whether this lot of the seed takes the case: of all cases so many percent."""
    digest = hmac.new(seed.encode(), f"{lot}:{case_id}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8]) * ALL < percent * _DRAWN_OF
