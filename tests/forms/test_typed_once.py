"""A paper whose number a field and a document's row both ask says one thing in both places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.domain.form import Document
from desktop.domain.request import SeenDocument
from desktop.domain.service import Service
from desktop.forms.documents import contradictions
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load
from tests.shipped import SHIPPED

FOLDER = Path(__file__).parents[2] / "desktop" / "forms" / "services"
TODAY = date(2026, 11, 24)
LINKED = [
    (service, document)
    for service in SHIPPED.values()
    for document in service.documents
    if document.number_field
]


def seen(document: Document, number: str, dated: date | None = TODAY) -> SeenDocument:
    return SeenDocument(document.key, document.title, seen=True, number=number, dated=dated)


def differing(
    service: Service, document: Document, shown: SeenDocument, *, recorded: bool = False
) -> list[str | None]:
    answers = {document.number_field: "1405/88"}
    if document.date_field:
        answers[document.date_field] = TODAY.isoformat()
    found = contradictions(service, [document], [shown], answers, recorded=recorded)
    return [fault.field for fault in found]


@pytest.mark.parametrize(
    ("service", "document"), LINKED, ids=[f"{s.code} {d.key}" for s, d in LINKED]
)
def test_a_contradiction_is_told_beside_both(service: Service, document: Document) -> None:
    row = f"document.{document.key}"
    assert differing(service, document, seen(document, "1405/88")) == []
    assert differing(service, document, seen(document, "")) == []
    assert differing(service, document, seen(document, "1405/89")) == [document.number_field, row]
    if document.date_field:
        other = seen(document, "1405/88", TODAY - timedelta(days=1))
        assert differing(service, document, other) == [document.date_field, row]
        both = replace(other, number="1405/89")
        assert differing(service, document, both) == [
            document.number_field,
            row,
            document.date_field,
        ]


def test_what_the_records_fill_is_their_word() -> None:
    service = SHIPPED["permit-renewal"]
    document = next(each for each in service.documents if each.key == "permit")
    other = seen(document, "1405/89")
    assert differing(service, document, other, recorded=True) == []
    assert differing(service, document, other) == ["permit_number", "document.permit"]


def test_every_letter_that_a_form_and_its_papers_ask_is_one() -> None:
    """Of each service, the fields with a number whose paper is among its documents."""
    found = {(s.code, d.key, d.number_field, d.date_field) for s, d in LINKED}
    assert found == {
        ("completion", "lift_certificate", "lift_approval", ""),
        ("excavation", "company_letter", "utility_letter", ""),
        ("inquiry", "inquiry_letter", "letter_number", "letter_date"),
        ("no-violation", "supervisor_report", "report_number", ""),
        ("permit-amendment", "permit", "permit_number", ""),
        ("permit-renewal", "permit", "permit_number", ""),
        ("reissue", "lost_notice", "notice_number", ""),
        ("subdivision", "map", "map_number", ""),
        ("subdivision", "court_letter", "letter_number", "letter_date"),
        ("transfer", "notary_letter", "letter_number", "letter_date"),
    }


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('number_field = "letter_number"', 'number_field = "leter_number"', "leter_number"),
        ('number_field = "letter_number"', 'number_field = "letter_date"', "letter_date"),
        ('date_field = "letter_date"', 'date_field = "letter_number"', "letter_number"),
    ],
)
def test_a_link_to_what_cannot_hold_it_is_told(old: str, new: str, told: str) -> None:
    text = (FOLDER / "transfer.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(FaultyFile) as faulty:
        load(text.replace(old, new), "transfer.toml")
    assert any(told in fault.advice for fault in faulty.value.file_faults)
