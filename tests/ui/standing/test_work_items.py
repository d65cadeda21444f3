"""Every kind of work item has its sentence; an earlier program's keeps the one that it made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.actions.board import ItemKind, WorkItem
from desktop.actions.waiting import PLACES, Reason
from desktop.domain.persian import strip_isolates
from desktop.ui.pages.outbox.words import REASONS, TO_DO
from desktop.ui.standing.work_items import HEADS, SENTENCES, compared_words, item_words
from tests.shipped import SHIPPED

INQUIRY = SHIPPED["inquiry"]
PAID = {"amount": "450000", "reference": "7182", "paid_on": "2026-11-24", "from": "زهرا فلاح"}
ITEM = WorkItem("1", ItemKind.HELD, "c1", "k1", "pay-fee", "zahra-fallah", "", "", "", "", {},
                datetime(2026, 11, 24, tzinfo=UTC), done=False)  # fmt: skip


def test_every_kind_has_a_sentence() -> None:
    assert set(SENTENCES) == set(HEADS) | {ItemKind.RECALL} == set(ItemKind)
    assert ItemKind.RECALL not in HEADS


def test_every_kind_has_its_place_and_its_words_in_the_list_of_what_waits() -> None:
    told = {Reason(kind) for kind in ItemKind} | {Reason.OVERTAKEN}
    assert set(PLACES) == told
    assert set(REASONS) == set(Reason)
    assert told - {*TO_DO} == {Reason.REFUSED, Reason.OVERTAKEN, Reason.HELD}


@pytest.mark.parametrize(
    ("kind", "told", "held"),
    [
        (ItemKind.HELD, {"report": "A1B2"}, "A۱B۲"),
        (ItemKind.HELD, {"report": ""}, "در نوبت است"),
        (ItemKind.RECALL, {"comment": "نشانی درست نیست"}, "«نشانی درست نیست»"),
        (ItemKind.RECALL, {"reason": "بدهی‌ها نبود"}, "«بدهی‌ها نبود»"),
        (ItemKind.RECALL, {"reopened": "yes"}, "مهلت اعتراض شده بود؛ این نامه باید"),
        (
            ItemKind.RECALL,
            {"contested": "debt", "tracking": "7"},
            "به بدهی وارد دانسته شد؛ این نامه",
        ),
        (ItemKind.RECALL, {"objection": "اعتراض ۷ وارد دانسته شد"}, "۷ وارد دانسته شد؛ این نامه"),
        (ItemKind.DOUBLE, {"office": "دفتر ۲۲", "tracking": "7", "shared": "letter"}, "استعلام"),
        (ItemKind.DOUBLE, {"office": "دفتر ۲۲", "tracking": "7", "shared": "property"}, "همین ملک"),
        (ItemKind.REFUSED, {**PAID, "method": "terminal"}, "از زهرا فلاح: در صندوق به حساب نیامد"),
        (ItemKind.REFUSED, {**PAID, "method": "terminal"}, "به متقاضی برگردانید"),
        # What went into the municipality's account no office gives back.
        (ItemKind.REFUSED, {**PAID, "method": "bill"}, "رسید آن را نگه دارید"),
        (
            ItemKind.MOVED,
            {"day": "2026-11-28", "half": "1", "inspector": "رضا", "reason": "بیماری مأمور"},
            "شنبه ۷ آذر، ۸:۰۰ تا ۱۱:۰۰، با رضا. علت: بیماری مأمور.",
        ),
        (
            ItemKind.CALLED_OFF,
            {"reason": "تغییر منطقهٔ مأمور"},
            "مأمور. به متقاضی اطلاع دهید و برای",
        ),
        (
            ItemKind.PAPER_DIFFERS,
            {"number": "1405/21/7", "names": "مبلغ (ریال)\nمالک", "name": "زارع", "scanned": ""},
            "«مبلغ (ریال)» و «مالک» آن همان نیست",
        ),
        (ItemKind.UNPROVEN, {"number": "21/7", "name": "زارع"}, "چاپ و تحویل نکنید"),
    ],
)
def test_what_was_told_stands_in_it(kind: ItemKind, told: dict[str, str], held: str) -> None:
    assert held in item_words(replace(ITEM, kind=kind, detail=told))


def test_the_words_of_the_centre_and_of_an_earlier_program_stay() -> None:
    assert item_words(replace(ITEM, centre_words="این کار نشد.")) == "این کار نشد."


@pytest.mark.parametrize(
    ("key", "mine", "theirs", "told"),
    [
        ("party.honorific", "sir", "madam", "عنوان؛ نزد شما: «آقای»، نزد مرکز: «خانم»"),
        ("party.honorific", "", "madam", "عنوان؛ نزد شما: «بی‌عنوان»، نزد مرکز: «خانم»"),
        ("party.phone", "", "0351", "تلفن ثابت؛ نزد شما: «نوشته نشده»، نزد مرکز: «۰۳۵۱»"),
        ("letter_date", "2026-11-23", "2026-11-24", "«۱۴۰۵/۰۹/۰۲»، نزد مرکز: «۱۴۰۵/۰۹/۰۳»"),
        ("body_kind", "bank", "notary", "«بانک یا مؤسسهٔ اعتباری»، نزد مرکز: «دفترخانه»"),
    ],
)
def test_two_answers_are_compared_in_words(key: str, mine: str, theirs: str, told: str) -> None:
    item = replace(ITEM, kind=ItemKind.REFUSED, key=key, mine=mine, theirs=theirs)
    assert strip_isolates(compared_words(item, INQUIRY)).endswith(told)
