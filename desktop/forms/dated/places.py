"""Districts, least parcels and the bodies that ask by letter, each from its day on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator

from desktop.domain.city import City
from desktop.domain.money import format_number
from desktop.domain.persian import clean, fold, to_persian_digits
from desktop.forms.dated.base import LONGEST, SOUND, TOO_LONG, Dated, Faulty, Services, digest
from desktop.forms.figures import Count

_ONE_WORD = re.compile(r"[^\[\]:\s]{1,24}")
_BE_ONE_WORD = "یک واژهٔ بی‌فاصله و حداکثر ۲۴ نویسه باشد، مانند R1."
_LAST_DISTRICT = 999
_INSIDE, _OUTSIDE = "در محدودهٔ شهر", "بیرون از محدودهٔ شهر"


class DatedParcel(Dated):
    """The least parcel of a land split in a zone, whole m²."""

    zone: str
    least: Count

    @property
    def faulty(self) -> Faulty:
        """A zone is one word, as the records know it."""
        return (
            SOUND if _ONE_WORD.fullmatch(self.zone) else ("zone", f"«{self.zone}» {_BE_ONE_WORD}")
        )

    @property
    def about(self) -> str:
        """The zone."""
        return self.zone

    @property
    def words(self) -> str:
        """«۲۰۰ مترمربع»."""
        return f"{format_number(self.least)} مترمربع"

    def named(self, services: Services) -> str:
        """«حد نصاب تفکیک پهنهٔ R1»."""
        return f"حد نصاب تفکیک پهنهٔ {self.zone}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The least parcels of all zones."""
        for zone, least in city.parcels.items():
            yield cls(zone=zone, least=least, since=since)

    def put(self, city: City) -> City:
        """The city with this figure."""
        return replace(city, parcels={**city.parcels, self.zone: self.least})


class DatedDistrict(Dated):
    """A district of renewal codes: the city's own, or where to go with it (empty: nobody knows)."""

    district: int
    ours: bool
    where: str = ""

    @property
    def faulty(self) -> Faulty:
        """A district is a number of a renewal code; a place to go is for others than the city's."""
        if not 1 <= self.district <= _LAST_DISTRICT:
            return "district", f"منطقه عددی از ۱ تا {format_number(_LAST_DISTRICT)} است."
        if self.ours and self.where:
            return "where", "جای مراجعه تنها برای منطقه‌ای است که از شهر نیست؛ خالی بگذارید."
        return ("where", TOO_LONG) if len(self.where) > LONGEST else SOUND

    @property
    def about(self) -> str:
        """The district's number."""
        return str(self.district)

    @property
    def words(self) -> str:
        """«در محدودهٔ شهر», or where to go."""
        if self.ours:
            return _INSIDE
        return f"{_OUTSIDE}، مراجعه به {self.where}" if self.where else _OUTSIDE

    def named(self, services: Services) -> str:
        """«منطقهٔ ۲»."""
        return f"منطقهٔ {to_persian_digits(self.district)}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The city's districts, then those of which it is known where to go."""
        for district in city.districts:
            yield cls(district=district, ours=True, since=since)
        for district, where in city.where.items():
            if district not in city.districts:
                yield cls(district=district, ours=False, where=where, since=since)

    def before(self, city: City, services: Services) -> Self:
        """What is known of the district; of one that nobody named, nothing."""
        nothing = self.model_copy(update={"ours": False, "where": ""})
        return super().before(city, services) or nothing

    def put(self, city: City) -> City:
        """The city with this district, or without it."""
        others = [each for each in city.districts if each != self.district]
        where = {key: words for key, words in city.where.items() if key != self.district}
        if self.ours:
            others.append(self.district)
        elif self.where:
            where[self.district] = self.where
        return replace(city, districts=tuple(sorted(others)), where=where)


class DatedBody(Dated):
    """A bank, agency or notary that may ask by letter, or may no longer (`listed`)."""

    name: Annotated[str, AfterValidator(clean)]
    listed: bool

    @property
    def faulty(self) -> Faulty:
        """A body has a name."""
        if not self.name:
            return "name", "نام مرجع را بنویسید."
        return ("name", TOO_LONG) if len(self.name) > LONGEST else SOUND

    @property
    def about(self) -> str:
        """16 hex digits of the folded name's sha256: another spelling is the same body."""
        return digest(fold(self.name))

    @property
    def words(self) -> str:
        """Whether it is on the list."""
        return "در فهرست مراجع" if self.listed else "بیرون از فهرست مراجع"

    def named(self, services: Services) -> str:
        """The body's name."""
        return to_persian_digits(self.name)

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The whole list."""
        for name in city.bodies:
            yield cls(name=name, listed=True, since=since)

    def before(self, city: City, services: Services) -> Self:
        """The body as the list has it; what is on no list is off it."""
        return super().before(city, services) or self.model_copy(update={"listed": False})

    def put(self, city: City) -> City:
        """The city with this body on its list, or without it."""
        others = tuple(name for name in city.bodies if fold(name) != fold(self.name))
        return replace(city, bodies=(*others, self.name) if self.listed else others)
