"""A filled form against its service: every fault at once, each beside its own field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.calendar import parse_jalali
from desktop.domain.errors import Refusal
from desktop.domain.identifiers import Plate
from desktop.domain.made_up import made_up_foreigner_id
from desktop.domain.people import Applicant, Party
from desktop.domain.request import Consent, DocumentFile, Request, SeenDocument
from desktop.forms.answers import (
    Filled,
    check,
    check_request,
    conditions,
)
from desktop.forms.example_records import OTHER_ID, OWNER_ID
from desktop.forms.party import optional_keys, party_labels, read_party, typed
from desktop.forms.recorded import fill, record_answers, record_paths
from desktop.wire.codec import adapter, plain
from tests.shipped import RECORDS, SHIPPED

TODAY = date(2026, 11, 24)
PERSON = {
    "person_id": "۹۹۹۰۰۰۱۰۱۴",
    "honorific": "madam",
    "first_name": "فاطمه",
    "last_name": "دهقان",
    "father": "علی",
    "birth": "1360/01/01",
    "mobile": "09132514408",
    "address": "یزد، بلوار جمهوری",
    "postal_code": "8915818411",
}
COMPANY = {
    "person_id": "14001234562",
    "last_name": "شرکت خانه‌سازی یزد",
    "mobile": "09132514408",
    "address": "یزد",
    "postal_code": "8915818411",
}
BANK = {
    "last_name": "بانک مسکن، شعبهٔ مرکزی یزد",
    "carrier_id": OTHER_ID,
    "mobile": "09132514408",
}
ANSWERS = {
    "stage": "سفت‌كاري",
    "purpose": "انتقال",
    "report_number": "۱۱۸۱/ن",
    "report_date": "۱۴۰۵/۰۹/۰۳",
}


PICTURE = DocumentFile("f" * 64, 150_000, 1)


def seen(service: str, answers: Mapping[str, str]) -> tuple[SeenDocument, ...]:
    """All documents that these answers ask for, complete."""
    return tuple(
        SeenDocument(
            d.key,
            d.title,
            True,
            answers.get(d.number_field) or "88214",
            day_of(answers.get(d.date_field, "")),
            PICTURE if d.scan else None,
        )
        for d in SHIPPED[service].asked_documents(answers)
    )


def day_of(said: str) -> date:
    """What the form says of the paper's day, where it can be read."""
    try:
        return parse_jalali(said)
    except Refusal:
        return TODAY


def filled(**changes: object) -> Filled:
    """A complete form of no-violation by the owner, with changes."""
    form = Filled(
        applicant=Applicant.OWNER,
        party=PERSON,
        code="۲/۱۴/۳۰۸/۲۷/۱",
        unchanged="yes",
        answers=ANSWERS,
        record="found",
    )
    form = replace(form, **changes)  # type: ignore[arg-type]
    if "documents" in changes:
        return form
    return replace(form, documents=seen("no-violation", conditions(form)))


def faults(form: Filled, service: str = "no-violation") -> dict[str, str]:
    """Field → words."""
    found = check(SHIPPED[service], form, TODAY).faults
    told = {fault.field or "": fault.words for fault in found}
    assert len(told) == len(found)
    return told


def test_a_complete_form_has_no_fault_and_is_kept_clean() -> None:
    checked = check(SHIPPED["no-violation"], filled(), TODAY)
    assert checked.faults == ()
    assert checked.code == "2-14-308-27-1-0-0"
    assert checked.party.person_id == OWNER_ID
    assert checked.party.birth == date(1981, 3, 21)
    assert checked.answers == {
        "stage": "سفت‌کاری",
        "purpose": "انتقال",
        "report_number": "1181/ن",
        "report_date": "2026-11-24",
    }


def test_an_empty_form_tells_everything_at_once() -> None:
    told = faults(Filled(applicant=Applicant.OWNER, party={}, documents=()))
    assert list(told)[:9] == [
        *(f"party.{key}" for key in PERSON if key not in optional_keys(Applicant.OWNER)),
        "property.code",
    ]
    assert {"stage", "purpose", "report_number", "report_date", "address", "land_area"} <= set(told)
    assert {"document.deed", "document.national_card"} <= set(told)
    assert told["stage"] == "مرحلهٔ ساختمانی را برگزینید."
    assert told["party.first_name"] == "نام را وارد کنید."


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("person_id", "", "کد ملی را وارد کنید."),
        ("person_id", "999000101", "کد ملی باید ۱۰ رقم باشد؛ اکنون ۹ رقم است."),
        ("person_id", "1111111111", "کد ملی نمی‌تواند از یک رقم تکراری باشد."),
        ("first_name", "Ali", "نام را تنها با حروف فارسی بنویسید."),
        ("last_name", "ا", "نام خانوادگی دست‌کم دو حرف دارد."),
        ("birth", "1405/09/03", "تاریخ تولد باید پیش از امروز باشد."),
        ("birth", "1387/09/04", "متقاضی زیر ۱۸ سال است؛ ولی یا قیم او باید درخواست دهد."),
        ("birth", "1360/13/01", "تاریخ تولد: چنین روزی در تقویم نیست."),
        ("mobile", "0913", "تلفن همراه ۱۱ رقم دارد و با ۰۹ آغاز می‌شود."),
        ("phone", "12", "تلفن ثابت را با کد شهر، ۱۱ رقم، وارد کنید؛ مانند ۰۳۵۳۶۲۳۴۵۶۷."),
        ("honorific", "doctor", "عنوان یکی از «آقای» و «خانم» است؛ یکی را برگزینید."),
        ("postal_code", "0000000000", "کد پستی نمی‌تواند از یک رقم تکراری باشد."),
        (
            "address",
            "ا" * 10_000,
            "نشانی متقاضی حداکثر ۲۰۰ نویسه می‌گیرد؛ اکنون ۱۰٬۰۰۰ نویسه است. کوتاه‌تر بنویسید.",
        ),
    ],
)
def test_block_a(key: str, text: str, words: str) -> None:
    assert faults(filled(party={**PERSON, key: text})) == {f"party.{key}": words}


@pytest.mark.parametrize("kind", Applicant)
def test_every_applicant_has_a_block_a_that_can_be_filled_and_filled_again(kind: Applicant) -> None:
    texts = BANK if kind.is_body else COMPANY if kind is Applicant.COMPANY else PERSON
    if kind.represents:
        texts = {**texts, "represented_id": OTHER_ID, "represented_name": "جواد حاتمی"}
    party, told = read_party(kind, texts, TODAY)
    assert told == []
    assert read_party(kind, typed(party), TODAY) == (party, [])
    _, all_told = read_party(kind, {}, TODAY)
    missing = set(party_labels(kind)) - optional_keys(kind)
    assert {fault.field for fault in all_told} == {f"party.{key}" for key in missing}


def test_a_party_from_before_anybody_was_asked_is_read() -> None:
    kept = plain(read_party(Applicant.OWNER, PERSON, TODAY)[0])
    assert kept.pop("honorific") == "madam"
    old = adapter(Party).validate_python(kept)
    assert old.addressed is None
    assert plain(old) == {**kept, "honorific": ""}


def test_a_foreigner_has_another_number() -> None:
    texts = {**PERSON, "person_id": "123456789012", "foreign": "yes"}
    party, told = read_party(Applicant.OWNER, texts, TODAY)
    assert (told, party.person_id, party.foreign) == ([], "123456789012", True)
    assert read_party(Applicant.OWNER, typed(party), TODAY) == (party, [])


def test_a_foreigner_consents_is_represented_and_brings_a_letter() -> None:
    code = made_up_foreigner_id(7)
    assert faults(filled(consents=(Consent(code, ""),))) == {}
    texts = {**PERSON, "represented_id": code, "represented_name": "امید نوری"}
    _, told = read_party(Applicant.ATTORNEY, texts, TODAY)
    assert [each.field for each in told] == []


def test_nobody_represents_himself() -> None:
    texts = {**PERSON, "represented_id": OWNER_ID, "represented_name": "فاطمه دهقان"}
    answers = {**ANSWERS, "poa_office": "27"}
    told = faults(filled(applicant=Applicant.ATTORNEY, party=texts, answers=answers))
    assert list(told) == ["party.represented_id"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": ""}, "property.code"),
        ({"code": "2-14"}, "property.code"),
        ({"code": "2-14-308-27-0-4-0"}, "property.code"),
        ({"code": "", "plate_main": "65"}, "property.plate"),
        ({"plate_main": "65", "plate_sub": "1"}, "property.plate"),
        ({"plate_section": "2", "plate_main": "0", "plate_sub": "1"}, "property.plate"),
        ({"applicant": Applicant.BUYER}, "applicant"),
        ({"unchanged": "perhaps"}, "unchanged"),
        ({"consents": (Consent("123", ""),)}, "consent.1"),
        ({"consents": (Consent(OWNER_ID, ""),)}, "consent.1"),
        ({"consents": (Consent(OTHER_ID, ""), Consent(OTHER_ID, ""))}, "consent.2"),
    ],
)
def test_property_and_the_rest(changes: dict[str, object], field: str) -> None:
    assert list(faults(filled(**changes))) == [field]


def test_a_section_chosen_by_itself_is_no_half_plate() -> None:
    assert faults(filled(plate_section="2")) == {}
    checked = check(
        SHIPPED["no-violation"],
        filled(code="", plate_section="۲", plate_main="۶۵", plate_sub="۰"),
        TODAY,
    )
    assert checked.plate == Plate(2, 65, 0)


def test_dates_stand_in_order() -> None:
    told = faults(filled(answers={**ANSWERS, "report_date": "1405/09/04"}))
    assert told == {"report_date": "تاریخ گزارش ناظر باید امروز یا پیش از آن باشد."}
    answers = {
        "body_kind": "bank", "letter_number": "1", "letter_date": "1405/09/01",
        "subject": "mortgage", "answer_by": "1405/08/30",
    }  # fmt: skip
    form = filled(applicant=Applicant.BANK, party=BANK, answers=answers)
    form = replace(form, documents=seen("inquiry", conditions(form)))
    assert list(faults(form, "inquiry")) == ["answer_by"]


def test_a_condition_asks_and_unasks() -> None:
    deal = {
        "deal": "sale", "building": "land", "scope": "share", "letter_number": "1",
        "letter_date": "1405/09/01", "other_name": "جواد حاتمی", "other_id": OTHER_ID,
        "other_kind": "person",
        "body": "دفتر اسناد رسمی شمارهٔ ۲۷ یزد", "before_plan": "yes",
    }  # fmt: skip
    form = filled(answers=deal)
    form = replace(form, documents=seen("transfer", conditions(form)))
    assert list(faults(form, "transfer")) == ["share"]
    whole = replace(form, answers={**deal, "scope": "whole", "share": "۲ دانگ"})
    checked = check(SHIPPED["transfer"], whole, TODAY)
    assert checked.faults == ()
    assert not {"share", "before_plan"} & set(checked.answers)


def test_a_bodys_name_is_the_answer_that_gate_and_letter_look_at() -> None:
    answers = {
        "body_kind": "bank", "letter_number": "1", "letter_date": "1405/09/01",
        "subject": "mortgage",
    }  # fmt: skip
    form = filled(applicant=Applicant.BANK, party=BANK, answers=answers, unchanged="")
    form = replace(form, documents=seen("inquiry", conditions(form)))
    checked = check(SHIPPED["inquiry"], form, TODAY)
    assert checked.faults == ()
    assert checked.answers["body"] == BANK["last_name"]


def test_a_place_without_record_is_described() -> None:
    assert set(faults(filled(record="none"))) == {"address", "land_area"}
    assert set(faults(filled(record="unknown"))) == {"address", "land_area"}
    described = {**ANSWERS, "address": "یزد، کوچهٔ شمس", "land_area": "۲۱۰"}
    assert faults(filled(record="none", answers=described)) == {}


def test_documents_follow_the_applicant_and_want_number_and_date() -> None:
    form = filled()
    without = tuple(d for d in form.documents if d.key != "deed")
    assert list(faults(replace(form, documents=without))) == ["document.deed"]
    undated = tuple(replace(d, dated=None) for d in form.documents)
    assert faults(replace(form, documents=undated)) == {
        "document.deed": "تاریخ «سند مالکیت» را وارد کنید."
    }
    early = tuple(replace(d, dated=d.dated and TODAY + timedelta(days=1)) for d in form.documents)
    assert faults(replace(form, documents=early)) == {
        "document.deed": "تاریخ «سند مالکیت» نمی‌تواند پس از امروز باشد."
    }
    unnumbered = tuple(replace(d, number=" ") for d in form.documents)
    assert list(faults(replace(form, documents=unnumbered))) == [
        "document.supervisor_report",
        "document.renewal_receipt",
    ]
    long = tuple(replace(d, number="1" * 31) for d in form.documents)
    found = faults(replace(form, documents=long))
    assert sum(key.startswith("document.") for key in found) == len(form.documents)


def test_the_letter_of_a_body_comes_with_its_picture() -> None:
    answers = {
        "body_kind": "bank", "letter_number": "1", "letter_date": "1405/09/01",
        "subject": "mortgage",
    }  # fmt: skip
    form = filled(applicant=Applicant.BANK, party=BANK, answers=answers, unchanged="")
    form = replace(form, documents=seen("inquiry", conditions(form)))
    without = [replace(d, file=None) for d in form.documents]
    assert faults(replace(form, documents=without), "inquiry") == {
        "document.inquiry_letter": "تصویر «نامهٔ استعلام» پیوست نشده است."
    }
    for file in (
        DocumentFile("f" * 63, 10, 1),
        DocumentFile("F" * 64, 10, 1),
        DocumentFile("f" * 64, 0, 1),
        DocumentFile("f" * 64, 10_000_001, 1),
        DocumentFile("f" * 64, 10, 0),
    ):
        wrong = [replace(d, file=file) for d in form.documents]
        assert "document.inquiry_letter" in faults(replace(form, documents=wrong), "inquiry")


def test_a_request_is_checked_again_as_it_travels() -> None:
    service = SHIPPED["no-violation"]
    form = filled()
    checked = check(service, form, TODAY)
    request = Request(
        service=service.code, version=service.version, tracking="", received_on=TODAY,
        party=checked.party, code=checked.code, plate=None, unchanged="yes",
        answers=checked.answers, documents=tuple(form.documents),
    )  # fmt: skip
    assert check_request(service, request, TODAY) == ()
    broken = replace(request, party=Party(Applicant.OWNER), answers={"stage": "بام"})
    fields = {fault.field for fault in check_request(service, broken, TODAY)}
    assert {"party.person_id", "stage", "purpose"} <= fields


def test_a_record_fills_the_fields_that_name_it() -> None:
    found = RECORDS["clean"](TODAY).found
    assert found.record is not None
    answers = record_answers(SHIPPED["no-violation"], found.record)
    assert answers == {"permit_number": "2-1147", "permit_until": "2027-11-24"}
    paths = record_paths(found.record)
    assert (paths["land"], paths["last_visit"]) == ("240.50", "2026-05-24")
    assert "owners" not in "".join(paths)
    assert fill(SHIPPED["building-permit"], paths) == {"zone_use": "مسکونی", "zone": "R1"}


def test_a_flat_shows_its_buildings_permit() -> None:
    found = RECORDS["clean-unit"](TODAY).found
    assert found.record is not None
    assert "last_permit.number" not in record_paths(found.record)
    paths = record_paths(found.record, found.building)
    assert paths["last_permit.number"] == "2-1147"
