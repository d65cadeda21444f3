"""A draft of a form whose service has changed: every word is there, none in another's place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.actions import drafts, intake
from desktop.domain.form import Choice, FieldKind, ServiceField
from desktop.domain.service import Service
from desktop.ui.pages.form.aside import carried
from tests.shipped import SHIPPED
from tests.ui.pages.conftest import Office
from tests.ui.pages.form_hands import Clerk

SERVICE = SHIPPED["no-violation"]


def changed(key: str, **changes: Any) -> Service:
    """The service with one field otherwise; without `changes` that field is gone."""
    fields = [
        replace(field, **changes) if field.key == key else field
        for field in SERVICE.fields
        if changes or field.key != key
    ]
    return replace(SERVICE, fields=tuple(fields))


def kept(**details: str) -> Mapping[str, Any]:
    return {"details": details, "documents": {}, "party": {"applicant": "owner"}}


def field(key: str) -> ServiceField:
    return SERVICE.field(key)


def test_nothing_changed_nothing_is_set_aside() -> None:
    found = carried(SERVICE, SERVICE, kept(report_number="12", stage="پی", unchanged="yes"))
    assert found.aside == ()
    assert found.kept["details"] == {"report_number": "12", "stage": "پی", "unchanged": "yes"}


def test_a_field_that_is_gone() -> None:
    found = carried(SERVICE, changed("report_number"), kept(report_number="12/ن", stage="پی"))
    assert found.aside == ((field("report_number").label, "۱۲/ن"),)
    assert found.kept["details"] == {"stage": "پی"}


def test_a_field_of_another_kind() -> None:
    now = changed("report_number", kind=FieldKind.DATE)
    found = carried(SERVICE, now, kept(report_number="۱۲/ن"))
    assert found.aside == ((field("report_number").label, "۱۲/ن"),)
    assert found.kept["details"] == {}


def test_an_option_that_is_gone() -> None:
    options = field("stage").choices
    now = changed("stage", choices=(*options[1:], Choice("other", "دیگر")))
    found = carried(SERVICE, now, kept(stage=options[0].value))
    assert found.aside == ((field("stage").label, options[0].label),)
    assert found.kept["details"] == {}


def test_a_shorter_field_cuts_nothing() -> None:
    found = carried(SERVICE, changed("report_number", longest=3), kept(report_number="12345"))
    assert found.aside == ((field("report_number").label, "۱۲۳۴۵"),)


def test_a_document_and_a_standing_that_are_gone() -> None:
    document = SERVICE.documents[0]
    now = replace(SERVICE, documents=SERVICE.documents[1:], applicants=SERVICE.applicants[1:])
    typed = {"seen": "yes", "number": "12", "date": "", "papers": ""}
    whole = {**kept(), "documents": {document.key: typed}}
    whole["party"] = {"applicant": SERVICE.applicants[0].value}
    found = carried(SERVICE, now, whole)
    assert found.aside == (
        (document.title, "اصل دیده شد، شمارهٔ ۱۲"),
        ("سمت متقاضی", SERVICE.applicants[0].word),
    )


def tabled(*keys: str) -> Service:
    """A service that asks a table with columns of these keys, whole numbers but for a text."""
    columns = [
        ServiceField(
            key=key,
            label=f"ستون {key}",
            kind=FieldKind.TEXT if key == "name" else FieldKind.WHOLE,
        )
        for key in keys
    ]
    table = ServiceField(key="lanes", label="گذرها", kind=FieldKind.TABLE, columns=tuple(columns))
    return replace(SERVICE, fields=(*SERVICE.fields, table))


LANES = json.dumps([{"name": "کوچهٔ ب", "front": "2"}, {"name": "کوچهٔ پ"}], ensure_ascii=False)


def test_of_a_changed_table_the_columns_that_are_asked_stay() -> None:
    found = carried(tabled("name", "front"), tabled("name", "depth"), kept(lanes=LANES))
    assert json.loads(found.kept["details"]["lanes"]) == [{"name": "کوچهٔ ب"}, {"name": "کوچهٔ پ"}]
    assert found.aside == (("گذرها، ستون «ستون front»", "۲"),)


def test_a_table_that_is_gone_is_read_out_row_by_row() -> None:
    found = carried(tabled("name", "front"), SERVICE, kept(lanes=LANES))
    told = "ستون name کوچهٔ ب، ستون front ۲؛ ستون name کوچهٔ پ"
    assert found.aside == (("گذرها", told),)
    assert "lanes" not in found.kept["details"]


def test_a_table_that_only_grew_loses_nothing() -> None:
    found = carried(tabled("name", "front"), tabled("depth", "front", "name"), kept(lanes=LANES))
    assert found.aside == ()
    assert json.loads(found.kept["details"]["lanes"]) == json.loads(LANES)


def test_what_was_set_aside_before_stays() -> None:
    first = carried(SERVICE, changed("report_number"), kept(report_number="12"))
    again = carried(SERVICE, SERVICE, first.kept)
    assert again.aside == first.aside


@pytest.mark.long
def test_it_is_told_over_the_form_and_outlives_leaving(office: Office, qtbot: QtBot) -> None:
    clerk = Clerk(office, qtbot)
    clerk.put("party.first_name", "فاطمه")
    clerk.page.leave()
    seat = office.window.seat
    (draft,) = drafts.mine(seat)
    body = json.loads(draft.body)
    body["details"]["colour"] = "آبی"
    # As a draft of before versions were kept with it.
    del body["version"], body["aside"]
    code = intake.services(seat.desk)["no-violation"].code
    drafts.save(seat, draft.draft_id, code, draft.title, json.dumps(body, ensure_ascii=False))
    for _ in range(2):
        clerk.open("no-violation", draft.draft_id)
        card = clerk.page.aside
        assert card.isVisible()
        told = [label.text() for label in card.findChildren(QLabel)]
        assert any("این قلم دیگر پرسیده نمی‌شود" in words and "آبی" in words for words in told)
        assert clerk.body.party.name().startswith("فاطمه")
        clerk.put("party.last_name", "دهقان")
        clerk.page.leave()
    card.dropped.emit()
    assert not card.isVisible()
    clerk.page.leave()
    clerk.open("no-violation", draft.draft_id)
    assert not clerk.page.aside.isVisible()
