"""A letter of the municipality to one office: services handed over to it, or taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.act import Act
from desktop.domain.calendar import format_jalali
from desktop.domain.delegation import Delegation
from desktop.domain.letter import LetterHead
from desktop.domain.office import OfficeCard
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.signer import Signer


class OfficeLetterKind(StrEnum):
    """What a letter to an office tells it."""

    DELEGATION = "delegation"
    WITHDRAWAL = "withdrawal"

    @property
    def subject(self) -> str:
        """Its subject, as it stands on the letter."""
        return _SUBJECTS[self]


_SUBJECTS = {
    OfficeLetterKind.DELEGATION: "واگذاری خدمت",
    OfficeLetterKind.WITHDRAWAL: "پایان واگذاری خدمت",
}


@dataclass(frozen=True)
class LetterService:
    """A row of the annex: a service, its term, and which version of which delegation says so.

    `heir` is the name of the office that finishes the open cases where it is not this one.
    """

    service: str
    title: str
    since: date
    until: date | None
    key: str
    version: str
    heir: str = ""
    replaces: bool = False


@dataclass(frozen=True)
class OfficeLetter:
    """The letter as a value: drawn from nothing else, so it is the same on every desk.

    `office` is the office's id, `addressee` how it was called on the day of the letter. `signer` is
    who signs by the municipality's data, `second` and `second_title` the person whose signature put
    the `publication` into force after that of `prepared`; what the upgrade founded nobody signed in
    the program. Without a number it is not signed yet.
    """

    number: str
    dated: date
    kind: OfficeLetterKind
    head: LetterHead
    office: str
    code: str
    addressee: str
    services: tuple[LetterService, ...]
    act: Act
    signer: Signer
    prepared: str
    second: str
    second_title: str
    publication: str
    sample: bool = False

    @property
    def key(self) -> str:
        """Under which key it is told: of one publication an office has one of each kind and act."""
        parts = (self.publication, self.office, self.kind, self.act.words)
        return hashlib.sha256(":".join(parts).encode()).hexdigest()[:32]

    @property
    def since(self) -> date:
        """The first day on which it changes anything."""
        return min(each.since for each in self.services)

    @property
    def term(self) -> tuple[date, date | None] | None:
        """From when until when, where that is the same for all its services."""
        terms = {(each.since, each.until) for each in self.services}
        return terms.pop() if len(terms) == 1 else None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What the letter says before its annex."""
        return tuple(_PARAGRAPHS[self.kind](self))


@dataclass(frozen=True)
class Signing:
    """What all letters of one publication share: their head, their day, and who signs.

    `second` is empty while nobody signed it second.
    """

    publication: str
    dated: date
    head: LetterHead
    signer: Signer
    prepared: str
    second: str = ""
    second_title: str = ""


def number_of(year: int, serial: int) -> str:
    """`1405/12`: the municipality's own letters are numbered in one series of the Jalali year."""
    return f"{year}/{serial}"


def letters_of(
    delegations: Sequence[tuple[Delegation, str]],
    offices: Mapping[str, OfficeCard],
    titles: Mapping[str, str],
    signing: Signing,
) -> list[OfficeLetter]:
    """One letter for each office, what it is told and by which act; in the order of their codes.

    `delegations` come with the version of their text, `offices` by id, `titles` by
    service. None of them has a number.
    """
    groups: dict[tuple[str, OfficeLetterKind, Act], list[LetterService]] = {}
    for one, version in delegations:
        kind = OfficeLetterKind.WITHDRAWAL if one.withdrawn else OfficeLetterKind.DELEGATION
        row = LetterService(
            service=one.service,
            title=titles.get(one.service, one.service),
            since=one.since,
            until=one.until,
            key=one.key,
            version=version,
            heir=_called(offices[one.heir]) if one.heir in offices else one.heir,
            replaces=one.replaces,
        )
        groups.setdefault((one.office, kind, one.act), []).append(row)
    made = [
        OfficeLetter(
            number="",
            dated=signing.dated,
            kind=kind,
            head=signing.head,
            office=office,
            code=offices[office].code,
            addressee=_called(offices[office]),
            services=tuple(rows),
            act=act,
            signer=signing.signer,
            prepared=signing.prepared,
            second=signing.second,
            second_title=signing.second_title,
            publication=signing.publication,
            sample=offices[office].sample,
        )
        for (office, kind, act), rows in groups.items()
    ]
    return sorted(made, key=lambda each: (each.code.zfill(20), each.kind, each.act.words))


def _called(card: OfficeCard) -> str:
    """«دفتر پیشخوان ۲۱، بلوار طالقانی»."""
    name, code = to_persian_digits(card.name.removeprefix("دفتر ")), to_persian_digits(card.code)
    kind = f"{card.kind.word} " if card.kind else ""
    name = name.removeprefix(kind)
    known = name if code in name.split() else f"{code}، {name}"
    return f"دفتر {kind}{known}"


def _by(letter: OfficeLetter) -> str:
    act = letter.act
    number, day = isolate(to_persian_digits(act.number)), isolate(format_jalali(act.dated))
    return to_persian_digits(f"به استناد مصوبهٔ شمارهٔ {number} مورخ {day}، {act.body}")


def _services(letter: OfficeLetter) -> str:
    if len(letter.services) == 1:
        return f"خدمت «{letter.services[0].title}»"
    return "خدمت‌های پیوست"


def _delegation(letter: OfficeLetter) -> Iterator[str]:
    when = "در مدت‌های نوشته‌شده در پیوست"
    if letter.term is not None:
        since, until = letter.term
        when = f"از تاریخ {isolate(format_jalali(since))}"
        when += f" تا {isolate(format_jalali(until))}" if until else ""
    yield (
        f"{_by(letter)}، پذیرش درخواست‌های {_services(letter)} و پاسخ به آن‌ها {when} به آن دفتر"
        " واگذار می‌شود."
    )
    if any(each.replaces for each in letter.services):
        yield "این واگذاری از همان تاریخ جایگزین واگذاری پیشین همین خدمت‌ها به آن دفتر است."
    yield (
        "هر خدمت تنها توسط متصدی آموزش‌دیدهٔ همان خدمت انجام می‌شود. درخواستی که پس از پایان مدت"
        " برسد پذیرفته نمی‌شود."
    )


def _withdrawal(letter: OfficeLetter) -> Iterator[str]:
    when = "از تاریخ‌های نوشته‌شده در پیوست"
    if letter.term is not None:
        when = f"از تاریخ {isolate(format_jalali(letter.since))}"
    ended = letter.term[1] if letter.term is not None else None
    if ended is not None:
        yield (
            f"{_by(letter)}، واگذاری {_services(letter)} به آن دفتر که تا تاریخ"
            f" {isolate(format_jalali(ended))} بود پایان یافته است و {when} پرونده‌های باز آن به"
            " دفتر دیگری می‌رود."
        )
    else:
        yield (
            f"{_by(letter)}، واگذاری {_services(letter)} به آن دفتر {when} پایان می‌یابد و از آن پس"
            " درخواست تازه‌ای پذیرفته نمی‌شود."
        )
    heirs = {each.heir for each in letter.services}
    if heirs == {""}:
        yield "پرونده‌های باز این خدمت‌ها در همان دفتر به پایان می‌رسد و مهلت آن‌ها ادامه دارد."
        yield "تحویل نامه‌های صادرشده و مهرشده مانند پیش انجام می‌شود."
    elif len(heirs) == 1:
        yield (
            f"پرونده‌های باز این خدمت‌ها توسط {heirs.pop()} به پایان می‌رسد؛ مهلت آن‌ها ادامه دارد و"
            " به متقاضیان اعلام می‌شود."
        )
    else:
        yield (
            "دفتری که پرونده‌های باز هر خدمت را به پایان می‌رساند در پیوست آمده است؛ مهلت‌ها ادامه"
            " دارد و به متقاضیان اعلام می‌شود."
        )
    if heirs != {""}:
        yield (
            "نامه‌هایی که صادر یا مهر شده و هنوز تحویل نشده است با پروندهٔ خود می‌رود و همان دفتر آن‌ها"
            " را تحویل می‌دهد."
        )


_PARAGRAPHS: Mapping[OfficeLetterKind, Callable[[OfficeLetter], Iterator[str]]] = {
    OfficeLetterKind.DELEGATION: _delegation,
    OfficeLetterKind.WITHDRAWAL: _withdrawal,
}
