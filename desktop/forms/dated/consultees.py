"""Another body that the municipality asks by letter, from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from desktop.domain.city import City
from desktop.domain.consultation import Consultee, consultee_named
from desktop.domain.money import format_number
from desktop.domain.persian import clean, fold, to_persian_digits
from desktop.domain.wordings import TITLES
from desktop.forms.dated.base import LONGEST, SOUND, TOO_LONG, Dated, Faulty, Services, digest

MOST_DAYS = 120


class DatedConsultee(Dated):
    """A body with its term in working days; `listed` is no for one that is asked no more."""

    name: Annotated[str, AfterValidator(clean)]
    addressee: str
    days: Annotated[int, Field(ge=0)]
    by_hand: bool = False
    gates: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    listed: bool = True

    @property
    def faulty(self) -> Faulty:
        """It has a name, somebody to write to, and a term."""
        if not self.name:
            return "name", "نام مرجع را بنویسید."
        if not self.addressee.strip():
            return "addressee", "بنویسید نامه خطاب به چه کسی است."
        if not 1 <= self.days <= MOST_DAYS:
            return "days", f"مهلت پاسخ از ۱ تا {format_number(MOST_DAYS)} روز کاری است."
        if strange := [gate for gate in self.gates if gate not in TITLES]:
            return "gates", f"شرطی به نام «{strange[0]}» نداریم."
        parts = {"name": self.name, "addressee": self.addressee}
        long = (part for part, text in parts.items() if len(text) > LONGEST)
        return next(((part, TOO_LONG) for part in long), SOUND)

    @property
    def about(self) -> str:
        """16 hex digits of the folded name's sha256: another spelling is the same body."""
        return digest(fold(self.name))

    @property
    def words(self) -> str:
        """«تا ۱۰ روز کاری؛ برای بافت تاریخی؛ از دست متقاضی هم», or that it is asked no more."""
        if not self.listed:
            return "دیگر از آن استعلام نمی‌شود"
        parts = [to_persian_digits(f"تا {self.days} روز کاری")]
        if self.gates:
            parts.append(f"برای {'، '.join(TITLES.get(gate, gate) for gate in self.gates)}")
        if self.by_hand:
            parts.append("پاسخ از دست متقاضی هم")
        return "؛ ".join(parts)

    def named(self, services: Services) -> str:
        """«آب و فاضلاب، که پاسخش پایان «انشعاب آب» است»: titles, which `words` don't know."""
        titles = {code: service.title for code, service in services.items()}
        ends = "، ".join(f"«{titles.get(e, e)}»" for e in self.services)
        return to_persian_digits(f"{self.name}، که پاسخش پایان {ends} است" if ends else self.name)

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The whole list."""
        for consultee in city.consultees:
            yield cls(**vars(consultee), since=since)

    def before(self, city: City, services: Services) -> Self:
        """The body as the list has it; what is on no list is off it."""
        known = consultee_named(city.consultees, self.name)
        if known is None:
            return self.model_copy(update={"listed": False})
        return type(self)(**vars(known), since=self.since)

    def put(self, city: City) -> City:
        """The city with this body where it stood on the list, or without it."""
        own = Consultee(
            self.name, self.addressee, self.days, self.by_hand, self.gates, self.services
        )
        listed = list(city.consultees)
        keys = [fold(each.name) for each in listed]
        at = keys.index(fold(self.name)) if fold(self.name) in keys else len(listed)
        listed[at : at + 1] = [own] if self.listed else []
        return replace(city, consultees=tuple(listed))
