"""Who walks a case, at what city, and what they have in their hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from desktop.domain.act import Act
from desktop.domain.consultation import Consultee
from desktop.domain.decision import Outcome
from desktop.domain.enforcement import OfficeRule
from desktop.domain.form import Choice, FieldKind, ServiceField
from desktop.domain.gates import Finding, Owed
from desktop.domain.people import Role, Staff
from desktop.domain.request import DocumentFile, VisitOpinion, VisitReport
from desktop.domain.ruling import Ruled
from desktop.domain.service import Effect
from desktop.domain.setting import Setting
from tests.office import CITY, CLERK, MANAGER, SERVICE, plain_tariff

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
VISIT_FEE = 2_500_000
EXPERT = Staff("expert-1", "سعید نوری", Role.EXPERT, "municipality")
INSPECTOR = Staff("inspector-1", "علی کارگر", Role.INSPECTOR, "municipality")
FINANCE = Staff("finance-1", "لیلا دهقان", Role.FINANCE, "municipality")
PLANNER = Staff("planner-1", "پروین حیدری", Role.PLANNER, "municipality")
SUPERVISOR = Staff("supervisor-1", "حمید میرجلیلی", Role.SUPERVISOR, "municipality")
SIGNER = Staff("signer-1", "ناهید ابویی", Role.SIGNER, "municipality")
CENTRE = Staff("centre", "مرکز", Role.CENTRE, "")
PEOPLE = {
    p.role: p
    for p in (
        CLERK, MANAGER, EXPERT, SIGNER, INSPECTOR, PLANNER, FINANCE, SUPERVISOR, CENTRE,
    )
}  # fmt: skip
SETTING = Setting(
    service=replace(SERVICE, fees={"office": "office-fee", "visit": "visit-fee"}),
    city=replace(
        CITY,
        tariffs={**CITY.tariffs, "visit-fee": plain_tariff("visit-fee", VISIT_FEE)},
        consultees=(
            Consultee("میراث فرهنگی", "مدیرکل", 10, by_hand=True),
            Consultee("ترافیک", "معاون", 5),
            Consultee("شرکت آب", "مدیرعامل", 10, by_hand=True, services=(SERVICE.code,)),
        ),
    ),
    now=NOW,
    releasers=2,
)
TWO_SIGN = replace(SETTING.city, enforced={OfficeRule.COUNTERSIGN: TODAY})
OUTCOMES = {
    Outcome.ANSWER: (),
    Outcome.REFUSE: (Finding("hold", "known", Effect.REFUSE),),
    Outcome.PAY: (Finding("debt", "due", Effect.PAY),),
    Outcome.VISIT: (Finding("record", "none", Effect.VISIT),),
    Outcome.REVIEW: (Finding("deed", "informal", Effect.REVIEW),),
}
ACT = Act("۱۲", TODAY, "شورای شهر")
OWED = (Owed("debt:1404", "نوسازی", 1404, 1_000_000, 0), Owed("debt:1405", "پسماند", 1405, 5, 0))
FINED = Finding("violation", "open", Effect.REVIEW, {"count": 1, "status": "جریمه", "fine": 7})
RULED = (Ruled("مالک", "4420123456"),)
REPORT = VisitReport(
    visited_at=NOW,
    present="مالک",
    land="240.50",
    built="186.00",
    floors=2,
    units=1,
    use="مسکونی",
    condition="built",
    bounds=("کوچه", "پلاک ۲۹", "پلاک ۲۵", "کوچه"),
    lane_width="8.00",
    advance="",
    violation="",
    violation_area="",
    latitude="31.8974",
    longitude="54.3569",
    result="مطابق مدارک",
    cleared={},
    opinion=VisitOpinion.FITS,
    photos=DocumentFile("b" * 64, 4_000, 2),
)


REASONS = tuple(
    ServiceField(key, key, FieldKind.CHOICE, choices=(Choice(word, word),), by_expert=True)
    for key, word in (("upheld", "خطا"), ("rejected", "نه"))
)
