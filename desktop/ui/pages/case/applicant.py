"""What the form says of the applicant and the records of the place, for who decides upon it."""

from __future__ import annotations

from desktop.domain.calendar import format_jalali
from desktop.domain.identifiers import phone_words
from desktop.domain.people import Party
from desktop.domain.persian import isolate, to_persian_digits


def applicant_rows(party: Party, address: str) -> list[tuple[str, str]]:
    """Label and value of what is known; ids stand masked in the side panel.

    `address` is the property's, as the municipality knows it.
    """
    rows = [
        ("نام متقاضی", to_persian_digits(party.name)),
        ("نام پدر", to_persian_digits(party.father)),
        ("تاریخ تولد", isolate(format_jalali(party.birth)) if party.birth else ""),
        ("همراه", phone_words(party.mobile)),
        ("تلفن", phone_words(party.phone)),
        ("کد پستی", isolate(to_persian_digits(party.postal_code)) if party.postal_code else ""),
        ("نشانی متقاضی", to_persian_digits(party.address)),
        ("نشانی ملک", to_persian_digits(address)),
    ]
    return [(label, value) for label, value in rows if value]
