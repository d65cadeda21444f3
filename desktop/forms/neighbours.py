"""How a service goes together with the others of its day: their digits, and links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from desktop.domain.form import FieldKind
from desktop.domain.persian import fold, to_persian_digits
from desktop.domain.service import LinkedService, Service
from desktop.forms.faults import among
from desktop.forms.lines import KeyPath
from desktop.forms.values import fault_of_value

Placed = tuple[KeyPath, str]


def neighbour_faults(service: Service, others: Mapping[str, Service]) -> Iterator[Placed]:
    """All that does not go together, each with its path; `others` may hold the service itself."""
    yield from title_faults(service, others.values())
    yield from digit_faults(service, others.values())
    yield from tariff_faults(service, others.values())
    yield from link_faults(service, others)


def title_faults(service: Service, others: Iterable[Service]) -> Iterator[Placed]:
    """A title by which nobody could tell it from another service."""
    alike = (o for o in others if o.code != service.code and fold(o.title) == fold(service.title))
    for other in alike:
        words = f"«{other.title}» نام خدمت دیگری هم هست («{other.code}»)؛ نام دیگری بگذارید."
        yield ("title",), words


def digit_faults(service: Service, others: Iterable[Service]) -> Iterator[Placed]:
    """A key of the home page that another service has."""
    taken = {other.digit: other for other in others if other.code != service.code}
    if service.digit and service.digit in taken:
        digit = to_persian_digits(service.digit)
        words = f"رقم {digit} از آنِ «{taken[service.digit].title}» است؛ رقم دیگری بگذارید."
        yield ("digit",), words


def tariff_faults(service: Service, others: Iterable[Service]) -> Iterator[Placed]:
    """A tariff of another's own: one price published for the name would change the sums of both."""
    for other in others:
        for i, key in enumerate(service.tariffs):
            if key in other.tariffs and other.code != service.code:
                words = f"تعرفهٔ «{key}» از آنِ «{other.title}» است؛ نام دیگری بگذارید."
                yield ("tariff", i, "key"), words


def link_faults(service: Service, others: Mapping[str, Service]) -> Iterator[Placed]:
    """Links to a service that is not there, or to fields that it does not ask."""
    for i, link in enumerate(service.links):
        other = service if link.service == service.code else others.get(link.service)
        if other is None:
            close = among(link.service, others)
            words = f"این خدمت به «{link.service}» پیوند دارد که آن روز ارائه نمی‌شود{close}."
            yield ("link", i, "service"), words
        else:
            yield from ((("link", i, *at), words) for at, words in _carried(service, link, other))


def _carried(service: Service, link: LinkedService, other: Service) -> Iterator[Placed]:
    fields = {field.key: field for field in other.fields}
    for table, keys in (("carry", link.carry), ("give", link.give)):
        for key in keys:
            if key not in fields:
                words = f"«{other.title}» فیلد «{key}» ندارد{among(key, fields)}."
                yield (table, key), words
    own = {field.key: field for field in service.fields}
    for key, carried in link.carry.items():
        if key in fields and carried in own and not _alike(own[carried].kind, fields[key].kind):
            kinds = f"«{carried}» از گونهٔ «{own[carried].kind}» است و «{key}» «{fields[key].kind}»"
            yield ("carry", key), f"{kinds}؛ دو فیلد از یک گونه بنویسید."
    for key, value in link.give.items():
        if key in fields and (fault := fault_of_value(fields[key], value)):
            yield ("give", key), fault


def _alike(one: FieldKind, other: FieldKind) -> bool:
    """Whether an answer of the one kind is kept as one of the other is."""
    return one is other or {one, other} == {FieldKind.TEXT, FieldKind.LONG}
