"""Block A of every form: the applicant as typed, checked and made a party (DOMAIN.md §1.0.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date

from desktop.domain.calendar import add_months
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import (
    foreigner_id,
    landline,
    legal_id,
    mobile,
    national_id,
    natural_id,
    postal_code,
)
from desktop.domain.people import Applicant, Honorific, Party
from desktop.forms.values import read_day, read_name, read_text, read_title

ADDRESS_LIMIT = 200
_OF_AGE = 18 * 12
_BODY_WORDS = {
    Applicant.BANK: "نام بانک و شعبه",
    Applicant.AGENCY: "نام اداره",
    Applicant.NOTARY: "نام دفترخانه",
    Applicant.COMPANY: "نام شرکت",
}
_REPRESENTED_WORDS = {
    Applicant.ATTORNEY: "موکل",
    Applicant.HEIR: "متوفی",
    Applicant.GUARDIAN: "مولی‌علیه",
}


def party_labels(kind: Applicant) -> dict[str, str]:
    """The inputs that block A shows for an applicant, in order: party key → label."""
    if kind.is_body:
        return {
            "last_name": _BODY_WORDS[kind],
            "carrier_id": "کد ملی آورندهٔ نامه",
            "mobile": "تلفن همراه",
            "phone": "تلفن ثابت",
        }
    labels = {"person_id": "کد ملی", "honorific": "عنوان", "first_name": "نام"}
    labels |= {"last_name": "نام خانوادگی", "father": "نام پدر", "birth": "تاریخ تولد"}
    if kind is Applicant.COMPANY:
        labels = {"person_id": "شناسهٔ ملی", "last_name": _BODY_WORDS[kind]}
        labels["carrier_id"] = "کد ملی نماینده"
    if kind.represents:
        whose = _REPRESENTED_WORDS[kind]
        labels["represented_id"] = f"کد ملی {whose}"
        labels["represented_name"] = f"نام {whose}"
    return labels | {
        "mobile": "تلفن همراه",
        "phone": "تلفن ثابت",
        "address": "نشانی متقاضی",
        "postal_code": "کد پستی",
    }


def optional_keys(kind: Applicant) -> frozenset[str]:
    """The keys of block A that may stay empty."""
    company = kind is Applicant.COMPANY
    return frozenset({"phone", "honorific"} | ({"carrier_id"} if company else set()))


def typed(party: Party) -> dict[str, str]:
    """A party as block A's texts, to be checked again or to fill a form."""
    texts = asdict(party)
    birth = party.birth.isoformat() if party.birth else ""
    kept = {key: str(value) for key, value in texts.items() if key not in ("kind", "foreign")}
    return {**kept, "birth": birth, "foreign": "yes" if party.foreign else ""}


def read_party(
    kind: Applicant, texts: Mapping[str, str], today: date
) -> tuple[Party, list[Refusal]]:
    """The party in block A's texts, by `Party`'s names, and every fault, field `party.<key>`.

    `foreign` is `yes` for a person without a national id. What is at fault is left empty.
    """
    foreign = texts.get("foreign") == "yes"
    labels, optional = party_labels(kind), optional_keys(kind)
    kept: dict[str, str] = {}
    faults: list[Refusal] = []
    for key, label in labels.items():
        text = texts.get(key, "")
        if key in optional and not text.strip():
            continue
        try:
            kept[key] = _read(kind, key, label, text, foreign, today)
        except Refusal as refusal:
            faults.append(Refusal(refusal.words, field=f"party.{key}"))
    if kept.get("represented_id") and kept["represented_id"] == kept.get("person_id"):
        whose = _REPRESENTED_WORDS[kind]
        words = f"{kind.word} و {whose} یک نفرند؛ کد ملی یکی نادرست است."
        faults.append(Refusal(words, field="party.represented_id"))
    born = kept.pop("birth", "")
    birth = date.fromisoformat(born) if born else None
    return Party(kind=kind, foreign=foreign, birth=birth, **kept), faults


def _read(kind: Applicant, key: str, label: str, text: str, foreign: bool, today: date) -> str:
    if key == "person_id":
        if kind is Applicant.COMPANY:
            return legal_id(text)
        return foreigner_id(text) if foreign else national_id(text)
    if key == "last_name" and kind in _BODY_WORDS:
        return read_title(text, label)
    if key == "honorific":
        if text not in list(Honorific):
            raise Refusal(f"{label} یکی از «آقای» و «خانم» است؛ یکی را برگزینید.")
        return text
    if key == "birth":
        born = read_day(text, label)
        if born >= today:
            raise Refusal(f"{label} باید پیش از امروز باشد.")
        if add_months(born, _OF_AGE) > today:
            raise Refusal("متقاضی زیر ۱۸ سال است؛ ولی یا قیم او باید درخواست دهد.")
        return born.isoformat()
    if key == "address":
        address = read_text(text, label, ADDRESS_LIMIT)
        if not address:
            raise Refusal(f"{label} را وارد کنید.")
        return address
    if key in _NUMBERS:
        if not text.strip():
            raise Refusal(f"{label} را وارد کنید.")
        return _NUMBERS[key](text)
    return read_name(text, label)


_NUMBERS: Mapping[str, Callable[[str], str]] = {
    "represented_id": natural_id,
    "carrier_id": natural_id,
    "mobile": mobile,
    "phone": landline,
    "postal_code": postal_code,
}
