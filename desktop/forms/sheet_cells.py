"""Each kind of figure as the cells of a row, and a row as the figure that it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from desktop.domain.calendar import iso_jalali, parse_jalali
from desktop.domain.city_places import PlaceKind
from desktop.domain.enforcement import OfficeRule
from desktop.domain.errors import Refusal
from desktop.domain.formula import Formula, FormulaFault
from desktop.domain.limits import Limit
from desktop.domain.money import read_rial
from desktop.domain.objection import Ground
from desktop.domain.persian import fold, to_persian_digits
from desktop.domain.promise import ESCALATES_TO
from desktop.domain.record_words import MEANING_WORDS, WordColumn
from desktop.domain.signer import Signed
from desktop.domain.step import Step
from desktop.domain.tariff import Purse
from desktop.domain.wordings import TITLES
from desktop.forms.dated import (
    Dated,
    DatedBlackout,
    DatedBody,
    DatedBounds,
    DatedConsultee,
    DatedDistrict,
    DatedDistrictName,
    DatedHalfDay,
    DatedLimit,
    DatedObjection,
    DatedParcel,
    DatedPlace,
    DatedPromise,
    DatedRate,
    DatedReason,
    DatedRule,
    DatedSigner,
    DatedTariff,
    DatedValidity,
    DatedWord,
    Services,
)
from desktop.forms.dated.half_days import HALF_WORDS
from desktop.forms.dated.words import AUTHORITY, AUTHORITY_SHOWN

KEY, TITLE, PURSE, AMOUNT = "کلید", "عنوان", "صندوق", "مبلغ یا فرمول (ریال)"
CODE, SERVICE, MONTHS = "کد خدمت", "خدمت", "اعتبار (ماه)"
TABLE, RATE_KEY, RIAL = "جدول نرخ", "کلید نرخ", "نرخ (ریال)"
ZONE, LEAST = "پهنه", "کوچک‌ترین قطعه (مترمربع)"
DISTRICT, OURS, WHERE = "منطقه", "از شهر است؟", "کجا مراجعه شود"
BODY, LISTED = "نام مرجع", "در فهرست است؟"
ADDRESSEE, REPLY_DAYS, BY_HAND = "خطاب نامه", "پاسخ تا (روز کاری)", "از دست متقاضی؟"
AT_GATES, ENDS = "در شرط", "پایان خدمت (کد)"
STEP, STEP_DAYS, EVERY_SERVICE = "گام", "روز کاری", "همهٔ خدمت‌ها"
WARN_DAYS, ESCALATES = "هشدار (روز)", "پس از مهلت به"
REASON, ARTICLES = "دلیل", "مستند (جدا با «؛»)"
COLUMN, RECORD_WORD, MEANING, NO_MEANING = "ستون سوابق", "واژه", "معنا", "بی‌معنا"
PAPER, SIGNER_TITLE, SIGNER_NAME, DEPUTY = "نامه", "سمت", "نام", "جانشین"
ACTING = "امضا با جانشین"
RULE, BEGINS = "قاعده", "روز اجرا"
PLACE_KIND, PLACE, POSTAL = "گونه", "نام محله یا خیابان", "آغاز کدهای پستی"
LATITUDE, LONGITUDE = "عرض جغرافیایی", "طول جغرافیایی"
GROUND, SENTENCE = "دلیل پاسخ منفی", "راه و مهلت اعتراض"
BLACKOUT, YEAR, BARRED = "منع", "سال", "ممنوع است؟"
FIRST_DAY, LAST_DAY = "آغاز منع", "پایان منع"
LIMIT, VALUE, UNIT = "مهلت یا سقف", "مقدار", "یکا"
SOUTH, NORTH, WEST, EAST = "عرض جنوبی", "عرض شمالی", "طول غربی", "طول شرقی"
HALF, FROM_HOUR, TO_HOUR = "نیم‌روز", "از ساعت", "تا ساعت"
DISTRICT_NAME = "نام منطقه"
DAY, OCCASION, HOLIDAY_KIND = "روز", "مناسبت", "نوع"
PURSES = {purse.word: purse for purse in Purse}
HOLIDAY_KINDS = {"رسمی": "official", "برآوردی": "estimated"}
YES_NO = {"بله": True, "خیر": False}
Cells = Mapping[str, str]
_Value = TypeVar("_Value")


def one_of(cells: Cells, heading: str, known: Mapping[str, _Value]) -> _Value:
    """The value of the word in that column. Raises Refusal for a word that is none.

    Here and below `field` of a refusal is the heading of the column that it stands beside.
    """
    word = fold(cells[heading])
    for each, value in known.items():
        if fold(each) == word:
            return value
    raise Refusal(f"«{heading}» یکی از این‌هاست: {'، '.join(known)}.", field=heading)


def _number(cells: Cells, heading: str, example: str) -> int:
    text = cells[heading]
    if not text.isdecimal() or len(text) > 15:
        raise Refusal(f"«{heading}» را با رقم بنویسید، مانند {example}.", field=heading)
    return int(text)


def _read(cells: Cells, heading: str, read: Callable[[str], _Value]) -> _Value:
    try:
        return read(cells[heading])
    except Refusal as refusal:
        raise Refusal(refusal.words, field=heading) from refusal


def _amount(text: str) -> str:
    """A plain sum without its separators, or a formula. Raises Refusal for neither."""
    try:
        return str(read_rial(text))
    except Refusal:
        pass
    try:
        Formula(text).names  # noqa: B018
    except FormulaFault as fault:
        raise Refusal(str(fault)) from fault
    return text


def tariff_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A tariff as a row."""
    assert isinstance(item, DatedTariff)
    return item.key, item.title, item.purse.word, item.amount


def tariff(cells: Cells, since: str) -> Dated:
    """A row as a tariff."""
    purse = one_of(cells, PURSE, PURSES)
    amount = _read(cells, AMOUNT, _amount)
    return DatedTariff(key=cells[KEY], title=cells[TITLE], purse=purse, amount=amount, since=since)


def validity_cells(item: Dated, services: Services) -> tuple[str, ...]:
    """A validity period as a row."""
    assert isinstance(item, DatedValidity)
    return item.service, services[item.service].title, str(item.months)


def validity(cells: Cells, since: str) -> Dated:
    """A row as a validity period."""
    return DatedValidity(service=cells[CODE], months=_number(cells, MONTHS, "۶"), since=since)


def rate_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A rate as a row."""
    assert isinstance(item, DatedRate)
    return item.table, item.key, str(item.rial)


def rate(cells: Cells, since: str) -> Dated:
    """A row as a rate."""
    rial = _read(cells, RIAL, read_rial)
    return DatedRate(table=cells[TABLE], key=cells[RATE_KEY], rial=rial, since=since)


def parcel_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A least parcel as a row."""
    assert isinstance(item, DatedParcel)
    return item.zone, str(item.least)


def parcel(cells: Cells, since: str) -> Dated:
    """A row as a least parcel."""
    return DatedParcel(zone=cells[ZONE], least=_number(cells, LEAST, "۲۰۰"), since=since)


def district_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A district as a row."""
    assert isinstance(item, DatedDistrict)
    return str(item.district), _word(item.ours), item.where


def district(cells: Cells, since: str) -> Dated:
    """A row as a district."""
    ours = one_of(cells, OURS, YES_NO)
    return DatedDistrict(
        district=_number(cells, DISTRICT, "۲"),
        ours=ours,
        where=to_persian_digits(cells[WHERE]),
        since=since,
    )


def body_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A body as a row."""
    assert isinstance(item, DatedBody)
    return to_persian_digits(item.name), _word(item.listed)


def body(cells: Cells, since: str) -> Dated:
    """A row as a body."""
    return DatedBody(name=cells[BODY], listed=one_of(cells, LISTED, YES_NO), since=since)


def word_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A word of the records as a row."""
    assert isinstance(item, DatedWord)
    return item.column.word, to_persian_digits(item.word), meanings_of(item.column)[item.meaning]


def record_word(cells: Cells, since: str) -> Dated:
    """A row as a word of the records."""
    column = one_of(cells, COLUMN, {column.word: column for column in WordColumn})
    meanings = {word: meaning for meaning, word in meanings_of(column).items()}
    meaning = one_of(cells, MEANING, meanings)
    return DatedWord(column=column, word=cells[RECORD_WORD], meaning=meaning, since=since)


def meanings_of(column: WordColumn) -> dict[str, str]:
    """What a word of the column can mean, as it is written in the sheet; on no list is one too."""
    return {str(each): MEANING_WORDS[each] for each in column.meanings} | {"": NO_MEANING}


def objection_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A way to object as a row."""
    assert isinstance(item, DatedObjection)
    return item.ground.word, item.words


def objection(cells: Cells, since: str) -> Dated:
    """A row as a way to object."""
    ground = one_of(cells, GROUND, {ground.word: ground for ground in Ground})
    # People write the place of a name in their own words; the program's own are taken too.
    sentence = to_persian_digits(cells[SENTENCE]).replace(AUTHORITY_SHOWN, AUTHORITY)
    return DatedObjection(ground=ground, sentence=sentence, since=since)


def _word(yes: bool) -> str:
    return next(word for word, value in YES_NO.items() if value is yes)


def rule_cells(item: Dated, services: Services) -> tuple[str, ...]:
    """A rule's day as a row."""
    assert isinstance(item, DatedRule)
    return item.rule.word, item.service, _service_or_all(item.service, services), item.begins


def rule(cells: Cells, since: str) -> Dated:
    """A row as a rule's day; without a service it is that of all."""
    known = {each.word: each for each in OfficeRule}
    begins = cells[BEGINS] and iso_jalali(_read(cells, BEGINS, parse_jalali))
    named = one_of(cells, RULE, known)
    return DatedRule(rule=named, service=cells[CODE], begins=begins, since=since)


def signer_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A signer as a row."""
    assert isinstance(item, DatedSigner)
    return item.paper.word, item.title, item.name, item.deputy, _word(item.acting)


def signer(cells: Cells, since: str) -> Dated:
    """A row as a signer."""
    return DatedSigner(
        paper=one_of(cells, PAPER, {each.word: each for each in Signed}),
        title=cells[SIGNER_TITLE],
        name=cells[SIGNER_NAME],
        deputy=cells[DEPUTY],
        acting=one_of(cells, ACTING, YES_NO),
        since=since,
    )


def place_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A neighbourhood or street as a row."""
    assert isinstance(item, DatedPlace)
    postal = "، ".join(item.postal)
    told = item.kind.word, to_persian_digits(item.name), item.latitude, item.longitude
    return *told, postal, _word(item.listed)


def place(cells: Cells, since: str) -> Dated:
    """A row as a neighbourhood or street."""
    return DatedPlace(
        kind=one_of(cells, PLACE_KIND, {each.word: each for each in PlaceKind}),
        name=cells[PLACE],
        latitude=cells[LATITUDE],
        longitude=cells[LONGITUDE],
        postal=_keys(cells[POSTAL]),
        listed=one_of(cells, LISTED, YES_NO),
        since=since,
    )


def consultee_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A body that is asked as a row."""
    assert isinstance(item, DatedConsultee)
    told = item.name, item.addressee, str(item.days), _titles(item.gates), "، ".join(item.services)
    return *told, _word(item.by_hand), _word(item.listed)


def consultee(cells: Cells, since: str) -> Dated:
    """A row as a body that is asked."""
    return DatedConsultee(
        name=cells[BODY],
        addressee=cells[ADDRESSEE],
        days=_number(cells, REPLY_DAYS, "۱۰"),
        gates=_gates(cells),
        services=_keys(cells[ENDS]),
        by_hand=one_of(cells, BY_HAND, YES_NO),
        listed=one_of(cells, LISTED, YES_NO),
        since=since,
    )


def reason_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A reason that experts give as a row."""
    assert isinstance(item, DatedReason)
    articles = to_persian_digits("؛ ".join(item.articles))
    sentence = to_persian_digits(item.sentence)
    return sentence, _titles(item.gates), articles, _word(item.listed)


def reason(cells: Cells, since: str) -> Dated:
    """A row as a reason that experts give."""
    articles = (each.strip() for each in cells[ARTICLES].split("؛"))
    return DatedReason(
        sentence=cells[REASON],
        gates=_gates(cells),
        articles=tuple(each for each in articles if each),
        listed=one_of(cells, LISTED, YES_NO),
        since=since,
    )


def _titles(gates: Iterable[str]) -> str:
    return "، ".join(TITLES.get(gate, gate) for gate in gates)


def _gates(cells: Cells) -> tuple[str, ...]:
    """The conditions of a row, each named by its title. Raises Refusal for one that is none."""
    gates = {fold(title): gate for gate, title in TITLES.items()}
    named = [each.strip() for each in re.split(r"[،,؛]", cells[AT_GATES]) if each.strip()]
    for each in named:
        if fold(each) not in gates:
            raise Refusal(f"شرطی به نام «{each}» نداریم.", field=AT_GATES)
    return tuple(gates[fold(each)] for each in named)


def _keys(text: str) -> tuple[str, ...]:
    """What stands in a cell with spaces or commas between."""
    return tuple(re.findall(r"[^\s،,؛]+", text))


def promise_cells(item: Dated, services: Services) -> tuple[str, ...]:
    """What is promised of a step as a row."""
    assert isinstance(item, DatedPromise)
    title = _service_or_all(item.service, services)
    days = str(item.days), str(item.warn_days)
    return item.step.word, item.service, title, *days, item.to.word, _word(item.listed)


def _service_or_all(code: str, services: Services) -> str:
    known = services.get(code)
    return (known.title if known else code) or EVERY_SERVICE


def promise(cells: Cells, since: str) -> Dated:
    """A row as what is promised of a step; without a service it is of all."""
    return DatedPromise(
        step=one_of(cells, STEP, {each.word: each for each in Step}),
        service=cells[CODE],
        days=_number(cells, STEP_DAYS, "۵"),
        warn_days=_number(cells, WARN_DAYS, "۱"),
        to=one_of(cells, ESCALATES, {role.word: role for role in ESCALATES_TO}),
        listed=one_of(cells, LISTED, YES_NO),
        since=since,
    )


def blackout_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A blackout as a row."""
    assert isinstance(item, DatedBlackout)
    title = to_persian_digits(item.title)
    return title, str(item.year), item.first, item.last, _word(item.barred)


def blackout(cells: Cells, since: str) -> Dated:
    """A row as a blackout."""
    first, last = (_read(cells, each, parse_jalali) for each in (FIRST_DAY, LAST_DAY))
    return DatedBlackout(
        title=cells[BLACKOUT],
        year=_number(cells, YEAR, "۱۴۰۶"),
        first=iso_jalali(first),
        last=iso_jalali(last),
        barred=one_of(cells, BARRED, YES_NO),
        since=since,
    )


def limit_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A term, share or most number as a row."""
    assert isinstance(item, DatedLimit)
    return item.limit.word, str(item.value), item.limit.unit


def limit(cells: Cells, since: str) -> Dated:
    """A row as a term, share or most number."""
    named = one_of(cells, LIMIT, {each.word: each for each in Limit})
    return DatedLimit(limit=named, value=_number(cells, VALUE, "۳۰"), since=since)


def bounds_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """The bounds of the city as a row."""
    assert isinstance(item, DatedBounds)
    return item.south, item.north, item.west, item.east


def bounds(cells: Cells, since: str) -> Dated:
    """A row as the bounds of the city."""
    south, north, west, east = (cells[each] for each in (SOUTH, NORTH, WEST, EAST))
    return DatedBounds(south=south, north=north, west=west, east=east, since=since)


def half_day_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """A half-day of visits as a row."""
    assert isinstance(item, DatedHalfDay)
    return HALF_WORDS[item.half], item.begins, item.ends


def half_day(cells: Cells, since: str) -> Dated:
    """A row as a half-day of visits."""
    half = one_of(cells, HALF, {word: number for number, word in HALF_WORDS.items()})
    begins, ends = (cells[each].replace("٫", ":") for each in (FROM_HOUR, TO_HOUR))
    return DatedHalfDay(half=half, begins=begins, ends=ends, since=since)


def district_name_cells(item: Dated, _: Services) -> tuple[str, ...]:
    """What a district is called as a row."""
    assert isinstance(item, DatedDistrictName)
    return str(item.district), to_persian_digits(item.name)


def district_name(cells: Cells, since: str) -> Dated:
    """A row as what a district is called."""
    number = _number(cells, DISTRICT, "۲")
    return DatedDistrictName(district=number, name=cells[DISTRICT_NAME], since=since)
