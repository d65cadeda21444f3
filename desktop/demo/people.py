"""The demo's office, the municipality's desk, and their made-up people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.domain.hours import Hours, Span
from desktop.domain.made_up import made_up_national_id
from desktop.domain.office import MUNICIPALITY, OfficeCard, OfficeKind, StepFree
from desktop.domain.people import Role, Staff

PASSWORD = "نمونه"
OFFICE = OfficeCard(
    code="21",
    name="دفتر پیشخوان ۲۱",
    address="یزد، بلوار آیت‌الله طالقانی",
    phone="03537250021",
    postal_code="8915818411",
    district=2,
    authority="دفتر به استناد صورت‌جلسهٔ واگذاری ۱۴۰۴/۱۰/۲۰ (نمونه) از سوی شهرداری پاسخ می‌دهد.",
    sample=True,
    kind=OfficeKind.COUNTER,
    holder="محمد زارع",
    licence="۷۲-۲۱۴",
    licence_until=date(2028, 11, 1),
    neighbourhood="نعیم‌آباد",
    latitude="31.89020",
    longitude="54.39480",
    hours=Hours(week=((Span(450, 840), Span(960, 1200)),) * 5 + ((Span(450, 780),), ())),
    counters=3,
    step_free=StepFree.YES,
)
MUNICIPAL = OfficeCard(
    code=MUNICIPALITY,
    name="مدیریت هماهنگی و نظارت بر ساخت و سازها",
    address="یزد، میدان آزادی",
    phone="03536260000",
    postal_code="8913613111",
    district=0,
    authority="",
    sample=True,
)
_WEEK = ("شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه")
ROUNDS = (
    ("ali-kargar", {"districts": [1, 2, 3, 4, 5], "half_days": {day: [1, 2] for day in _WEEK}}),
)
"""Who visits which district on which half-days (`forms.rota`)."""
_FIRST_ID = 990_001  # apart from those of the city's people and of its other offices'
_PEOPLE = (
    Staff("zahra-fallah", "زهرا فلاح", Role.CLERK, "21", title="متصدی، باجهٔ ۲"),
    Staff("mohammad-zare", "محمد زارع", Role.MANAGER, "21", title="مسئول دفتر پیشخوان ۲۱"),
    Staff("saeed-nouri", "سعید نوری", Role.EXPERT, MUNICIPALITY, title="کارشناس شهرسازی"),
    Staff("ali-kargar", "علی کارگر", Role.INSPECTOR, MUNICIPALITY, title="مأمور بازدید"),
    Staff("hamid-mirjalili", "حمید میرجلیلی", Role.SUPERVISOR, MUNICIPALITY, title="ناظر شهرداری"),
    # What one supervisor prepares another one signs.
    Staff("maryam-shayegh", "مریم شایق", Role.SUPERVISOR, MUNICIPALITY, title="ناظر شهرداری"),
    # Last, so that the digits by which the others are picked stay theirs.
    Staff("leila-dehghan", "لیلا دهقان", Role.FINANCE, MUNICIPALITY, title="کارشناس مالی"),
    Staff("neda-rahimi", "ندا رحیمی", Role.ADMIN, MUNICIPALITY, title="راهبر سامانه"),
    Staff("parvin-heidari", "پروین حیدری", Role.PLANNER, MUNICIPALITY, title="برنامه‌ریز بازدید"),
    # What one expert may not decide another one does, and a third person signs it.
    Staff("leila-rajabi", "لیلا رجبی", Role.EXPERT, MUNICIPALITY, title="کارشناس شهرسازی"),
    Staff("nahid-abouei", "ناهید ابویی", Role.SIGNER, MUNICIPALITY, title="رئیس ادارهٔ شهرسازی"),
)
STAFF = tuple(
    replace(each, national_id=made_up_national_id(_FIRST_ID + place))
    for place, each in enumerate(_PEOPLE)
)
