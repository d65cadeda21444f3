"""Figures published one by one, each with the day from which it holds, over the figures file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.domain.city import City
from desktop.domain.stream import Topic
from desktop.forms.dated.base import Dated, Services
from desktop.forms.dated.blackouts import DatedBlackout
from desktop.forms.dated.bounds import DatedBounds
from desktop.forms.dated.city_places import DatedPlace
from desktop.forms.dated.consultees import DatedConsultee
from desktop.forms.dated.enforcement import DatedRule
from desktop.forms.dated.half_days import DatedDistrictName, DatedHalfDay
from desktop.forms.dated.limits import DatedLimit
from desktop.forms.dated.money import DatedRate, DatedTariff, DatedValidity
from desktop.forms.dated.places import DatedBody, DatedDistrict, DatedParcel
from desktop.forms.dated.promises import DatedPromise
from desktop.forms.dated.reasons import DatedReason
from desktop.forms.dated.signers import DatedSigner
from desktop.forms.dated.words import DatedObjection, DatedWord

__all__ = [
    "DATED", "Dated", "DatedBlackout", "DatedBody", "DatedBounds", "DatedConsultee",
    "DatedDistrict", "DatedDistrictName", "DatedHalfDay", "DatedLimit", "DatedObjection",
    "DatedParcel", "DatedPlace", "DatedPromise",
    "DatedRate", "DatedReason", "DatedRule", "DatedSigner", "DatedTariff", "DatedValidity",
    "DatedWord", "Services", "with_dated",
]  # fmt: skip

DATED: Mapping[Topic, type[Dated]] = {
    Topic.TARIFF: DatedTariff,
    Topic.VALIDITY: DatedValidity,
    Topic.RATE: DatedRate,
    Topic.PARCEL: DatedParcel,
    Topic.DISTRICT: DatedDistrict,
    Topic.BODY: DatedBody,
    Topic.WORD: DatedWord,
    Topic.OBJECTION: DatedObjection,
    Topic.ENFORCEMENT: DatedRule,
    Topic.SIGNER: DatedSigner,
    Topic.PLACE: DatedPlace,
    Topic.CONSULTEE: DatedConsultee,
    Topic.PROMISE: DatedPromise,
    Topic.REVIEW_REASON: DatedReason,
    Topic.BLACKOUT: DatedBlackout,
    Topic.LIMIT: DatedLimit,
    Topic.BOUNDS: DatedBounds,
    Topic.HALF_DAY: DatedHalfDay,
    Topic.DISTRICT_NAME: DatedDistrictName,
}
"""What is published figure by figure, each topic's in its own shape."""


def with_dated(city: City, items: Iterable[Dated]) -> City:
    """The city with these in place of its own; the last of a figure wins."""
    for item in items:
        city = item.put(city)
    return city
