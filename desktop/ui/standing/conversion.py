"""How far a conversion is, in words: its headline, its chip, what a counter's test said."""

from __future__ import annotations

from datetime import date, datetime

from desktop.actions.conversions import ConversionLook, Counter
from desktop.actions.counter_test import CounterTest, Tried, tried_words
from desktop.domain.calendar import (
    format_day_month,
    format_jalali,
    format_long,
    format_time,
    weekday,
)
from desktop.domain.conversion import ConversionStep
from desktop.domain.persian import isolate, to_persian_digits
from desktop.ui.palette import Tone
from desktop.ui.standing.office import OfficeStanding, desk_title
from desktop.ui.times import moment
from desktop.ui.widgets.lists.steps import Step as StepLine
from desktop.ui.widgets.told.chip import ChipLook

TABLE = (
    ConversionStep.APPLICATION,
    ConversionStep.LICENCE,
    ConversionStep.PREMISES,
    ConversionStep.STAFF,
    ConversionStep.EQUIPMENT,
)
"""The steps that are papers or are counted; the others have cards of their own."""
_ALL = len(ConversionStep)


def steps_done(look: ConversionLook) -> int:
    """How many of the eight steps are complete."""
    lacking = {step for step, _ in look.lacking}
    counted = sum(step not in lacking for step in (*TABLE, ConversionStep.TEST))
    signed = look.state.converted_on is not None
    waits = look.waiting is not None
    return counted + (2 if signed else 1 if waits else 0)


def progress_chip(look: ConversionLook, today: date) -> ChipLook:
    """«۵ گام از ۸»."""
    on = look.state.converted_on
    if on is not None and on <= today:
        return ChipLook("تبدیل شد", "circle-check", "ok")
    words = to_persian_digits(f"{steps_done(look)} گام از {_ALL}")
    return ChipLook(words, "arrows-exchange", "visit")


def standing(look: ConversionLook, today: date) -> OfficeStanding | None:
    """The headline where something was signed; None while the path is gone."""
    on = look.state.converted_on
    if on is not None and on <= today:
        words = f"این دفتر در {isolate(format_jalali(on))} تبدیل شده است"
        sentence = "پرونده‌ها و نامه‌ها با هر دو کد پیدا می‌شود؛ شماره‌ها از نو آغاز نشد."
        return OfficeStanding(words, sentence, "ok", "circle-check")
    if on is not None:
        words = f"تبدیل در {weekday(on)} {format_day_month(on)}، ۰۰:۰۰"
        sentence = (
            "هر دو امضا زده شد. باجه‌ای که آن هنگام خط ندارد با نخستین تماس تبدیل می‌شود؛ تا آن روز"
            " می‌توان امضا را برگرداند."
        )
        return OfficeStanding(words, sentence, "visit", "calendar-event")
    if look.waiting is not None:
        first = look.waiting.prepared
        words = "صورت‌جلسه منتظر امضای دوم است"
        sentence = f"امضای نخست: {first.name}. نفر دیگری باید همین صورت‌جلسه را ببیند و امضا کند."
        return OfficeStanding(words, sentence, "review", "clock")
    if not look.has_path:
        words = "این دفتر کارگزاری نیست"
        sentence = "تنها کارگزاری به پیشخوان تبدیل می‌شود؛ اینجا کاری نیست."
        return OfficeStanding(words, sentence, "neutral", "info-circle")
    return None


def paper_words(step: ConversionStep, look: ConversionLook) -> str:
    """«۷۲-۲۵-۱۰۶۲ تا ۱۴۰۸/۰۶/۳۱»; of training, for what nobody is trained."""
    if step is ConversionStep.STAFF:
        lacks = [words for of, words in look.lacking if of is step]
        return lacks[0].rstrip(".") if lacks else "برای همهٔ خدمت‌های این دفتر"
    done = look.step(step)
    if done is None:
        return "—"
    number = isolate(to_persian_digits(done.number))
    return f"{number} تا {isolate(format_jalali(done.until))}" if done.until else f"شمارهٔ {number}"


def step_state(step: ConversionStep, look: ConversionLook) -> tuple[str, Tone, str]:
    """The word, tone and icon of a step: «کامل», or what it lacks."""
    lacks = [words for of, words in look.lacking if of is step]
    if not lacks:
        return "کامل", "ok", "circle-check"
    # A licence that ends too soon is there, and does not do.
    lapsed = step is not ConversionStep.STAFF and look.step(step) is not None
    return ("نادرست" if lapsed else "لازم است", "pay", "alert-triangle")


def test_words(counter: Counter, look: ConversionLook, now: datetime) -> tuple[str, str, Tone, str]:
    """Of a counter: its title, what its test said, tone and word."""
    title = desk_title(counter.desk)
    if counter.test is None:
        return title, "هنوز درخواست آزمایشی نفرستاده است.", "pay", "نیامده"
    told = [each for each in look.state.steps if each.done.step is ConversionStep.TEST]
    own = [each for each in told if each.done.counter == counter.number]
    when = moment(own[-1].at, now)
    if counter.test.fault:
        return title, f"{to_persian_digits(counter.test.fault)}، {when}", "pay", "ناتمام"
    tried = "بی پیش‌بررسی آزمایشی"
    if counter.test.until is not None:
        tried = f"پیش‌بررسی آزمایشی از سوابق تا {format_day_month(counter.test.until)} پاسخ گرفت"
    return title, f"{own[-1].name}، {when}؛ {tried}", "ok", "درست"


def day_words(day: date, today: date) -> str:
    """«شنبه، ۱۱ روز دیگر»."""
    ahead = (day - today).days
    if ahead <= 0:
        return format_long(day)
    return to_persian_digits(f"{weekday(day)}، {ahead} روز دیگر")


def counter_standing(test: CounterTest, now: datetime) -> OfficeStanding:
    """The headline of a counter's own test."""
    title = to_persian_digits(f"باجهٔ {test.counter}")
    if test.converted_on is not None:
        day = isolate(format_jalali(test.converted_on))
        sentence = "صورت‌جلسهٔ تبدیل امضا شده است؛ آزمایش دیگری لازم نیست."
        return OfficeStanding(f"تبدیل این دفتر: {day}", sentence, "ok", "circle-check")
    if not test.asked:
        words = "این دفتر کارگزاری نیست"
        sentence = "درخواست آزمایشی تنها پیش از تبدیل کارگزاری به پیشخوان لازم است."
        return OfficeStanding(words, sentence, "neutral", "info-circle")
    if test.told is None or test.told_at is None:
        words = f"{title} هنوز آزموده نشده است"
        sentence = "یک نامهٔ بی‌اعتبار چاپ کنید و بگویید درست درآمد یا نه؛ نتیجه به شهرداری می‌رود."
        return OfficeStanding(words, sentence, "pay", "alert-triangle")
    when = f"{test.told_by}، {moment(test.told_at, now)}"
    if test.told.fault:
        fault = to_persian_digits(test.told.fault)
        return OfficeStanding(f"{title} درست نبود", f"{fault}؛ {when}", "pay", "alert-triangle")
    return OfficeStanding(f"{title} درست است", when, "ok", "circle-check")


def counter_steps(
    test: CounterTest, now: datetime, tried: Tried | None, *, printed: bool
) -> list[StepLine]:
    """Line and centre, data and clock, a pre-check, the letter, the result."""
    right = test.told is not None and not test.told.fault
    found = "؛ ".join(test.faults)
    data = to_persian_digits(f"{test.services} خدمت آماده، ساعت و برنامه درست")
    told = counter_standing(test, now).sentence if test.told is not None else "گفته نشده است"
    return [
        StepLine("خط و مرکز", f"مرکز پاسخ داد، {format_time(test.reached_at)}", "done"),
        StepLine("داده‌ها، ساعت و برنامه", found or data, "error" if found else "done"),
        StepLine(
            "پیش‌بررسی آزمایشی",
            tried_words(tried)
            if printed or tried
            else "نمونه‌ای از یک خدمت دفتر از مرکز پرسیده می‌شود",
            "done" if printed or tried else "later" if found else "current",
        ),
        StepLine(
            "چاپ نامهٔ آزمایشی",
            "به چاپگر رفت" if printed else "نامه‌ای که هیچ اعتباری ندارد",
            "done" if printed else "current" if tried else "later",
        ),
        StepLine("نتیجه", told, "done" if right else "current" if printed else "later"),
    ]
