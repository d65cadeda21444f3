"""Tariffs, rates and validity periods, each from its day on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, Field

from desktop.domain.city import City
from desktop.domain.letter import LetterKind
from desktop.domain.money import LARGEST_RIAL, format_number, format_rial
from desktop.domain.persian import clean
from desktop.forms.dated.base import SOUND, Dated, Faulty, Services
from desktop.forms.schema.base import Code, Key
from desktop.forms.schema.tariffs import TariffPart

_NEGATIVE = re.compile(r"[-−]\s*[0-9.]+")


class DatedTariff(Dated, TariffPart):
    """A tariff."""

    @property
    def faulty(self) -> Faulty:
        """Nobody is paid for a request."""
        if _NEGATIVE.fullmatch(self.amount.strip()):
            return "amount", "مبلغ منفی نیست؛ صفر یا بیشتر بنویسید."
        return SOUND

    @property
    def about(self) -> str:
        """The tariff's key."""
        return self.key

    @property
    def words(self) -> str:
        """«۴۵۰٬۰۰۰ ریال، صندوق دفتر»."""
        return f"{_amount_words(self.amount)}، صندوق {self.purse.word}"

    def named(self, services: Services) -> str:
        """The tariff's title."""
        return self.title

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The city's tariffs, and those that services' files bring with them."""
        own = {key: each for service in services.values() for key, each in service.tariffs.items()}
        for tariff in {**own, **city.tariffs}.values():
            yield cls(
                key=tariff.key,
                title=tariff.title,
                purse=tariff.purse,
                amount=tariff.formula.text,
                since=since,
            )

    def put(self, city: City) -> City:
        """The city with this tariff."""
        return replace(city, tariffs={**city.tariffs, self.key: self.value()})


class DatedValidity(Dated):
    """How many Jalali months a service's answers hold that are issued from the day `since` on."""

    service: Code
    months: Annotated[int, Field(ge=1, le=120)]

    @property
    def about(self) -> str:
        """The service's code."""
        return self.service

    @property
    def words(self) -> str:
        """«۶ ماه»."""
        return f"{format_number(self.months)} ماه"

    def named(self, services: Services) -> str:
        """«اعتبار پاسخ «گواهی عدم خلاف»»."""
        service = services.get(self.service)
        return f"اعتبار پاسخ {service.title if service else self.service}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The periods of all services whose answers end after so many months, whoever asks."""
        for service in services.values():
            months = city.months(service)
            if months and not service.letters[LetterKind.ANSWER].spans:
                yield cls(service=service.code, months=months, since=since)

    def put(self, city: City) -> City:
        """The city with this period."""
        return replace(city, validity={**city.validity, self.service: self.months})


class DatedRate(Dated):
    """A figure of a table that formulas look up, Rial: of a pavement, of a zone."""

    table: Key
    key: Annotated[str, AfterValidator(clean)]
    rial: Annotated[int, Field(ge=0)]

    @property
    def faulty(self) -> Faulty:
        """A key is what a form's choice or the records say."""
        if self.rial > LARGEST_RIAL:
            return "rial", "نرخ بزرگ‌تر از آن است که پذیرفته شود."
        bare = self.key and not set("[]") & set(self.key)
        return SOUND if bare else ("key", "کلید نرخ را بنویسید، بی کروشه.")

    @property
    def about(self) -> str:
        """`table[key]`, as a formula looks it up."""
        return f"{self.table}[{self.key}]"

    @property
    def words(self) -> str:
        """«۶٬۸۰۰٬۰۰۰ ریال»."""
        return format_rial(self.rial)

    def named(self, services: Services) -> str:
        """«نرخ restoration[asphalt]»."""
        return f"نرخ {self.about}"

    @classmethod
    def in_place(cls, city: City, services: Services, since: str) -> Iterator[Self]:
        """The figures of all tables, also of those that services' files bring with them."""
        sources = [*(service.rates for service in services.values()), city.rates]
        for table in dict.fromkeys(name for rates in sources for name in rates):
            known: dict[str, Decimal] = {}
            for rates in sources:
                known |= rates.get(table, {})
            for key, rial in known.items():
                yield cls(table=table, key=key, rial=int(rial), since=since)

    def put(self, city: City) -> City:
        """The city with this figure."""
        table = {**city.rates.get(self.table, {}), self.key: Decimal(self.rial)}
        return replace(city, rates={**city.rates, self.table: table})


def _amount_words(amount: str) -> str:
    """A plain sum as read, a formula as it is written."""
    return format_rial(int(amount)) if amount.isdecimal() else f"فرمول {amount}"
