"""What a service asks money for, held against the tariffs that the city has."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from desktop.domain.city import City
from desktop.domain.formula import FormulaFault, NotKnown, PartKind, Values, evaluate
from desktop.domain.known import RECORD_KINDS, kinds_of
from desktop.domain.service import Service
from desktop.domain.tariff import Purse, Tariff
from desktop.forms.expert_checks import MAY_BE_EMPTY
from desktop.forms.faults import FileFault, among
from desktop.forms.lines import KeyPath, Lines, written
from desktop.forms.raw import Raw

_BEFOREHAND = "کارمزد پیش از هر پاسخی گرفته می‌شود"
_NO_NUMBER = "عدد نمی‌دهد؛ فرمول آن را درست کنید."
_NEGATIVE = "از صفر کمتر است؛ مبلغ آن را درست کنید."


class TariffPlace(StrEnum):
    """Where in a service's file a fault of a tariff stands: where it is asked, or its own table."""

    ASKED = "asked"
    KEY = "key"
    AMOUNT = "amount"
    RATES = "rates"


@dataclass(frozen=True)
class ChargeFault:
    """Why a sum that a service asks for could not be worked out, in a Persian sentence.

    `about` is the tariff's key; for `TariffPlace.RATES` the name of the table.
    """

    about: str
    place: TariffPlace
    words: str


def charge_faults(
    service: Service, city: City, held: Service | None = None
) -> Iterator[ChargeFault]:
    """Every fault of what the service asks for on a day of that city.

    `held` is the version in force: what the municipality has since published in the place of one
    of its own tariffs is no other's.
    """
    yield from _taken(service, city, held)
    seen = city.serving(service)
    answered = {
        **kinds_of(service.fields),
        **RECORD_KINDS,
        **dict.fromkeys(seen.rates, PartKind.RATES),
    }
    charged = [key for use in service.gates for key in use.tariffs]
    for key in dict.fromkeys([*service.fees.values(), *charged]):
        tariff = seen.tariffs.get(key)
        if tariff is None:
            words = f"تعرفهٔ «{key}» نه در داده‌های شهرداری است و نه در این پرونده"
            yield ChargeFault(key, TariffPlace.ASKED, f"{words}{among(key, seen.tariffs)}.")
            continue
        own = key in service.tariffs and key not in city.tariffs
        place = TariffPlace.AMOUNT if own else TariffPlace.ASKED
        if key in service.fees.values():
            told = [*_fee_faults(seen, tariff)]
        else:
            told = [*_faults(service, seen, tariff, answered)]
        for words in told:
            yield ChargeFault(key, place, f"تعرفهٔ «{tariff.title}» {words}")
        if key in charged and tariff.purse is Purse.OFFICE:
            words = "از صندوق دفتر است؛ آنچه دروازه می‌خواهد با قبض به حساب شهرداری می‌رود."
            yield ChargeFault(key, TariffPlace.ASKED, f"تعرفهٔ «{tariff.title}» {words}")


def _is_negative(tariff: Tariff, values: Values | None = None) -> bool:
    """Raises NotKnown where it can't be worked out."""
    amount = evaluate(tariff.formula, values or {})
    return isinstance(amount, Decimal) and amount < 0


def _fee_faults(city: City, tariff: Tariff) -> Iterator[str]:
    """Why a fee of the counter, which is told before anything is answered, can't be worked out."""
    formula, rates = tariff.formula, dict.fromkeys(city.rates, PartKind.RATES)
    asked = "، ".join(f"«{name}»" for name in sorted(formula.names - rates.keys()))
    try:
        if asked:
            yield f"بر {asked} است؛ {_BEFOREHAND} و تنها عدد و جدول نرخ می‌شناسد."
        elif formula.check(rates) is not PartKind.NUMBER:
            yield _NO_NUMBER
        elif _is_negative(tariff, city.rates):
            yield _NEGATIVE
    except FormulaFault as fault:
        yield f"درست نیست: {fault}"
    except NotKnown:
        yield f"با این نرخ‌ها حساب نمی‌شود؛ {_BEFOREHAND}."


def placed(faults: Iterable[ChargeFault], text: str, name: str) -> list[FileFault]:
    """The faults with line and key in the whole text of the file `name`, which was loaded."""
    raw, lines = Raw(tomllib.loads(text)), Lines(text)
    told = []
    for fault in faults:
        path = _path(raw, fault)
        told.append(FileFault(name, lines.of(path), written(path), fault.words))
    return told


def _taken(service: Service, city: City, held: Service | None) -> Iterator[ChargeFault]:
    """Names of the file's own that are the municipality's already."""
    words = "در داده‌های شهرداری هست؛ نام دیگری بگذارید یا همان را به کار ببرید."
    for key in service.tariffs:
        if key in city.tariffs and (held is None or key not in held.tariffs):
            yield ChargeFault(key, TariffPlace.KEY, f"تعرفهٔ «{key}» {words}")
    for name in service.rates:
        if name in city.rates and (held is None or name not in held.rates):
            yield ChargeFault(name, TariffPlace.RATES, f"جدول نرخ «{name}» {words}")


def _faults(
    service: Service, city: City, tariff: Tariff, kinds: Mapping[str, PartKind]
) -> Iterator[str]:
    try:
        lacking = sorted(tariff.formula.names - kinds.keys())
        if lacking:
            names = "، ".join(f"«{name}»" for name in lacking)
            yield f"بر {names} است و این فرم چنین فیلدی ندارد؛ بیفزایید."
        elif tariff.formula.check(kinds) is not PartKind.NUMBER:
            yield _NO_NUMBER
        elif not tariff.formula.names and _is_negative(tariff):
            yield _NEGATIVE
        else:
            yield from _without_rate(service, city, tariff)
            yield from _left_empty(service, tariff)
    except FormulaFault as fault:
        yield f"درست نیست: {fault}"


def _without_rate(service: Service, city: City, tariff: Tariff) -> Iterator[str]:
    """Choices of the form that a table has no rate for: nobody could be asked to pay."""
    choices = {field.key: field.choices for field in service.fields}
    for table, key in sorted(tariff.formula.look_ups):
        missing = [c for c in choices.get(key, ()) if c.value not in city.rates[table]]
        if missing:
            named = "، ".join(f"«{choice.label}» ({choice.value})" for choice in missing)
            yield f"در جدول نرخ «{table}» برای {named} نرخی ندارد؛ بیفزایید."


def _left_empty(service: Service, tariff: Tariff) -> Iterator[str]:
    """What the expert may leave empty: the sum would wait for it in vain."""
    for field in service.fields:
        optional = field.by_expert and not field.required and field.formula is None
        if optional and field.key in tariff.formula.roots:
            yield MAY_BE_EMPTY.format(key=field.key)


def _path(raw: Raw, fault: ChargeFault) -> KeyPath:
    if fault.place is TariffPlace.RATES:
        return ("rates", fault.about)
    if fault.place is not TariffPlace.ASKED:
        own = next(i for i, part in raw.tariffs if part.key == fault.about)
        return ("tariff", own, str(fault.place))
    for occasion, key in raw.fees.items():
        if key == fault.about:
            return ("fees", occasion)
    gate, part = next((i, g) for i, g in raw.gates if fault.about in g.value().tariffs)
    return ("gate", gate, "charges" if part.charges else "use")
