"""What is said of a checked letter in words, on screen and on the command line alike."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.consultation_letter import OUTCOME as CONSULTATION
from desktop.domain.identifiers import Plate
from desktop.domain.letter import LetterKind
from desktop.domain.minutes import OUTCOME
from desktop.domain.money import format_area, format_number
from desktop.domain.persian import isolate, to_persian_digits
from desktop.domain.short_code import short_code, spaced
from desktop.domain.signer import Signed
from desktop.reports.verify import Checked, FileState, verify_pdf
from desktop.scans.alike import look_alike
from desktop.wire.letter_files import Ended
from desktop.wire.verdicts import Judged, Trust, Verdict

_OUTCOMES: dict[str, str] = {
    # Not every answer is good news: what it says stands in the letter.
    LetterKind.ANSWER: "پاسخ درخواست",
    LetterKind.REFUSAL: "پاسخ منفی",
    LetterKind.DEBT: "اعلام بدهی",
    OUTCOME: Signed.CONVERSION.word,
    CONSULTATION: Signed.CONSULTATION.word,
}
_ENDED = {
    Ended.VOID: "این نامه از {day} باطل است؛ آن را نپذیرید.",
    Ended.REPLACED: "این نامه از {day} باطل و نامهٔ {by} جایگزین آن است؛ آن را نپذیرید.",
    Ended.RECALLED: "شهرداری این نامه را از {day} فراخوانده است؛ آن را نپذیرید.",
}
_SHOWS_OTHER = "آنچه در این پرونده دیده می‌شود همان نیست که امضا شده است."
_RESAVED = (
    "امضا درست است؛ پرونده را برنامهٔ دیگری دوباره ذخیره کرده است. آنچه در آن می‌بینید را با"
    " نوشته‌های زیر برابر کنید."
)


def check_pdf(data: bytes, trust: Trust, today: str) -> Checked:
    """The verdict on a letter's PDF on the day; one that another program wrote anew must still show
    what was signed.
    """
    checked = verify_pdf(data, trust, today)
    if checked.state is FileState.RESAVED and not look_alike(data, checked.drawn):
        return Checked(Judged(Verdict.FALSE, _SHOWS_OTHER))
    return checked


def sentence(judged: Judged) -> str:
    """The verdict, and why, in one line."""
    told = [judged.verdict.word]
    if judged.ended is not None:
        by = isolate(to_persian_digits(judged.ended.by))
        told.append(_ENDED[judged.ended.why].format(day=_day(judged.ended.day), by=by))
    elif judged.why:
        told.append(judged.why)
    if judged.verdict is Verdict.VALID:
        told.append(f"ابطال تا {_day(judged.list_day)} دیده شد.")
    return "؛ ".join(told)


def file_sentence(checked: Checked) -> str:
    """What became of the file, where that is to be told; empty for a whole one."""
    told = checked.text is not None and checked.state is FileState.RESAVED
    return _RESAVED if told else ""


def lines(judged: Judged, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    """(label, value) of what is signed, to be compared with the paper by eye; `titles` are those of
    services by code. Of a code that nobody's known key signed nothing is told."""
    essence = judged.essence
    if essence is None:
        return []
    code, releaser, city = judged.code, judged.releaser, judged.city
    until = _day(essence.valid_until) if essence.valid_until else "بدون پایان"
    share = f"، {to_persian_digits(f'{essence.share.normalize():f}')} دانگ" if essence.share else ""
    rows = [
        ("شماره", isolate(to_persian_digits(essence.number))),
        ("تاریخ", _day(essence.issued)),
        ("مالک", f"{essence.owner}{share}" if essence.owner else ""),
        ("مبلغ (ریال)", "" if essence.amount is None else _number(essence.amount)),
        ("اعتبار تا", until),
        ("برای", essence.purpose),
        ("خدمت", titles.get(essence.service, essence.service)),
        ("نتیجه", _OUTCOMES.get(essence.outcome, essence.outcome)),
        ("کد نوسازی", isolate(to_persian_digits(essence.renewal_code))),
        ("پلاک ثبتی", _plate(essence.plate)),
        ("مساحت عرصه", f"{format_area(essence.area)} مترمربع" if essence.area else ""),
        ("چهار رقم پایانی شناسهٔ مالک", to_persian_digits(essence.owner_tail)),
        ("دفتر", to_persian_digits(essence.office)),
        ("صادرکننده", city.city if city is not None else ""),
        ("تأییدکننده", releaser.name if releaser is not None and code is not None else ""),
        ("روز تأیید", _day(code.on) if code is not None and releaser is not None else ""),
        ("نسخه", to_persian_digits(code.copy) if code is not None else ""),
        ("کد کوتاه", isolate(to_persian_digits(spaced(short_code(essence.number))))),
    ]
    return [(label, value) for label, value in rows if value]


def _number(amount: int) -> str:
    return to_persian_digits(format_number(amount))


def _plate(plate: Plate | None) -> str:
    return plate.words if plate is not None else ""


def _day(compact: str) -> str:
    return isolate(to_persian_digits(f"{compact[:4]}/{compact[4:6]}/{compact[6:]}"))
