"""What an objection is against, to whom it belongs, and what an upheld one corrects."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.calendar import format_day_month
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import anyones_id
from desktop.domain.money import NO_AREA, format_area, format_rial, read_area, read_rial
from desktop.domain.objection import Ground
from desktop.domain.people import Role
from desktop.domain.persian import is_blank, isolate, join_and, to_persian_digits

FIELD = "contested"
"""The field of a form that says what is contested."""
INTEREST = "interest"
"""The document that shows the interest of who is not among the recorded owners."""
EXCUSE = "excuse"
"""The field in which who comes too late says why."""
_DEBT_NAMED = ("year", "kind")
"""What of a debt's key (`property.Debt.key`) names it for people, in its order."""


UPHELD, REJECTED = "upheld", "rejected"
"""The fields whose choices are the reasons of an answer."""
CORRECTED, PAPER, SINCE, NEXT = "corrected", "paper", "since", "next_way"
"""The fields under which a letter finds what else the unit's answer says."""


class Unit(StrEnum):
    """Who answers an objection at the municipality."""

    RECORDS = "records"
    FINANCE = "finance"
    REVIEW = "review"

    @property
    def word(self) -> str:
        """What it is called on screen and paper."""
        return _UNITS[self]

    @property
    def answers(self) -> frozenset[Role]:
        """Whose answer it is."""
        return _ANSWERS[self]

    @property
    def signs(self) -> frozenset[Role]:
        """Whose signature may be the second one."""
        return _ANSWERS[self] | {Role.SIGNER, Role.SUPERVISOR}


_UNITS = {
    Unit.RECORDS: "واحد نوسازی",
    Unit.FINANCE: "واحد درآمد",
    Unit.REVIEW: "واحد شهرسازی",
}
_ANSWERS = {
    Unit.RECORDS: frozenset({Role.EXPERT}),
    Unit.FINANCE: frozenset({Role.FINANCE}),
    # Who refused does not answer: where there is one expert, the supervisor does.
    Unit.REVIEW: frozenset({Role.EXPERT, Role.SUPERVISOR}),
}


class Contested(StrEnum):
    """What is contested: a fact of the record, or a refusal."""

    LAND = "land"
    BUILT = "built"
    USE = "use"
    OWNER = "owner"
    DEBT = "debt"
    REFUSAL = "refusal"

    @property
    def word(self) -> str:
        """What it is called on screen and paper."""
        return _WORDS[self]

    @property
    def of_record(self) -> bool:
        """Whether it is a fact of the record, for which there is no term."""
        return self is not Contested.REFUSAL

    @property
    def is_area(self) -> bool:
        """Whether it is an area in m²."""
        return self in (Contested.LAND, Contested.BUILT)

    @property
    def is_seen_there(self) -> bool:
        """Whether a visit can tell what is right."""
        return self.is_area or self is Contested.USE

    @property
    def unit(self) -> Unit:
        """Who answers."""
        return _BELONGS[self]

    @property
    def correctable(self) -> frozenset[Contested]:
        """What an answer may correct: the levies that rest on an area or a use as well."""
        if self in (Contested.LAND, Contested.BUILT, Contested.USE):
            return frozenset({self, Contested.DEBT})
        return frozenset({self}) if self.of_record else frozenset()

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Where a rejected objection can be taken next, the likeliest first."""
        return _NEXT[self]

    @property
    def stayed(self) -> str:
        """What rests in the first case until there is an answer."""
        if self is Contested.REFUSAL:
            return "تا پاسخ اعتراض، پاسخ منفی این پرونده قطعی شمرده نمی‌شود."
        return "تا پاسخ اعتراض، مهلت پرداخت شمرده نمی‌شود و جریمه‌ای افزوده نمی‌شود."


_WORDS = {
    Contested.LAND: "مساحت عرصه",
    Contested.BUILT: "مساحت اعیان",
    Contested.USE: "کاربری",
    Contested.OWNER: "مالک",
    Contested.DEBT: "بدهی",
    Contested.REFUSAL: "پاسخ منفی",
}
_BELONGS = {
    Contested.LAND: Unit.RECORDS,
    Contested.BUILT: Unit.RECORDS,
    Contested.USE: Unit.RECORDS,
    Contested.OWNER: Unit.RECORDS,
    Contested.DEBT: Unit.FINANCE,
    Contested.REFUSAL: Unit.REVIEW,
}
_OF_LEVIES = (Ground.RENEWAL_LEVY, Ground.DUES, Ground.OTHER)
_NEXT = {
    Contested.LAND: _OF_LEVIES,
    Contested.BUILT: _OF_LEVIES,
    Contested.USE: (Ground.OTHER, *_OF_LEVIES[:2]),
    Contested.OWNER: (Ground.OTHER,),
    Contested.DEBT: (Ground.DUES, Ground.RENEWAL_LEVY, Ground.OTHER),
    Contested.REFUSAL: (Ground.OTHER, Ground.FIRST_RULING, Ground.FINAL_RULING, Ground.HOLD),
}


class Stage(StrEnum):
    """How far an objection is, as its first case is told."""

    REGISTERED = "registered"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


def contested_of(answers: Mapping[str, str]) -> Contested:
    """What the answers of a form contest. Raises Refusal when they name nothing of it."""
    try:
        return Contested(answers.get(FIELD, ""))
    except ValueError:
        raise Refusal("برگزینید به چه اعتراض دارید.", field=FIELD) from None


def upheld_words(contested: Contested, tracking: str) -> str:
    """Why what the first case had been answered no longer holds."""
    code = isolate(to_persian_digits(tracking))
    return f"اعتراض {code} به {contested.word} وارد دانسته شد"


def person_key(person_id: str) -> str:
    """What names a recorded owner where the id itself is nobody's to read: 16 hex digits."""
    return hashlib.sha256(f"owner|{person_id}".encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Correction:
    """What the record says from now on of one thing.

    `value` and `former` are an area as decimal text in m², a use, or a debt's sum in Rial; for an
    owner `value` is the id of who is put in the place of the one that `key` names (`person_key`),
    with that name, and `former` is empty. Of a debt `key` is `Debt.key`.
    """

    item: Contested
    value: str
    former: str
    key: str = ""
    first_name: str = ""
    last_name: str = ""

    @property
    def needs_second(self) -> bool:
        """Whether one person alone can't answer for it: it lowers money or what money rests on, or
        changes use or title."""
        if self.item.is_area:
            return Decimal(self.value) < Decimal(self.former)
        if self.item is Contested.DEBT:
            return int(self.value) < int(self.former)
        return True

    @property
    def what(self) -> str:
        """What is put right; of a debt which one: «بدهی نوسازی ۱۴۰۳»."""
        _, *named = self.key.split(":")
        if self.item is not Contested.DEBT or len(named) < len(_DEBT_NAMED):
            return self.item.word
        year, kind = named[: len(_DEBT_NAMED)]
        return to_persian_digits(f"{self.item.word} {kind} {year}")

    def answers(self, contested: Contested) -> str:
        """Which part of the objection it answers, or that it follows from the rest."""
        return f"اعتراض به {contested.word}" if self.item is contested else "به تبع آن"

    @property
    def words(self) -> str:
        """«مساحت عرصه از ۲۸۵٫۰۰ مترمربع به ۲۶۸٫۴۰ مترمربع»; of an owner who it is now."""
        if self.item is Contested.OWNER:
            name = to_persian_digits(f"{self.first_name} {self.last_name}".strip())
            return f"نام مالک به {name}"
        before, now = self.read(self.former), self.read(self.value)
        return f"{self.what} از {before} به {now}"

    def read(self, text: str) -> str:
        """A value of this kind as it is read."""
        if self.item.is_area:
            return f"{format_area(Decimal(text))} مترمربع"
        if self.item is Contested.DEBT:
            return format_rial(int(text))
        return f"«{text}»" if text else "نامعلوم"

    def demand_sound(self) -> None:
        """Raise Refusal, beside `value`, when it is no value of its kind or changes nothing."""
        if self.item.is_area:
            if f"{read_area(self.value):.2f}" != self.value or not Decimal(self.value):
                raise Refusal("مساحت درست را به مترمربع بنویسید.", field="value")
            _demand_number(self.former)
        elif self.item is Contested.DEBT:
            if str(read_rial(self.value)) != self.value or not self.key:
                raise Refusal("مبلغ درست را به ریال بنویسید.", field="value")
            read_rial(self.former)
        elif self.item is Contested.OWNER:
            if anyones_id(self.value) != self.value:
                raise Refusal("کد ملی مالک درست را بنویسید.", field="value")
            if is_blank(self.first_name) or is_blank(self.last_name) or not self.key:
                raise Refusal("نام و نام خانوادگی مالک درست را بنویسید.", field="name")
        elif is_blank(self.value):
            raise Refusal("کاربری درست را بنویسید.", field="value")
        if self.value == self.former:
            raise Refusal("سابقه همین را می‌گوید؛ چیزی اصلاح نمی‌شود.", field="value")


def _demand_number(text: str) -> None:
    """Also less than nothing may stand on the record, and is what is to be put right."""
    if not re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,6})?", text):
        raise Refusal(NO_AREA, field="value")


@dataclass(frozen=True)
class Corrected:
    """A correction as it lies on the record: since which day, by the objection of that code."""

    correction: Correction
    on: date
    tracking: str

    @property
    def sign(self) -> str:
        """What stands beside the value wherever the record is shown."""
        return f"اصلاح‌شده {format_day_month(self.on)}، به موجب اعتراض"


def sentence_of(corrections: Iterable[Correction]) -> str:
    """What was corrected, as a letter says it."""
    return join_and([each.words for each in corrections])


def sign_of(corrected: Iterable[Corrected], item: Contested) -> str:
    """The sign of the newest correction of the item, or empty."""
    own = [each for each in corrected if each.correction.item is item]
    return max(own, key=lambda each: each.on).sign if own else ""


def signs_words(corrected: Iterable[Corrected]) -> str:
    """«مساحت عرصه: اصلاح‌شده ۳ آذر، به موجب اعتراض؛ …», each item once; empty where none is."""
    told = {each.correction.item: each for each in sorted(corrected, key=lambda each: each.on)}
    return "؛ ".join(f"{item.word}: {each.sign}" for item, each in told.items())
