"""Figures with a day of their own: put in the city's place, told, written to a sheet and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from desktop.domain.calendar import parse_jalali
from desktop.domain.city_places import PlaceKind
from desktop.domain.enforcement import OfficeRule
from desktop.domain.errors import Refusal, Refusals
from desktop.domain.limits import Limit
from desktop.domain.objection import Ground
from desktop.domain.people import Role
from desktop.domain.promise import ESCALATES_TO
from desktop.domain.record_words import MEANING_WORDS, DebtStatus, WordColumn
from desktop.domain.signer import Signed
from desktop.domain.step import Step
from desktop.domain.stream import Topic
from desktop.domain.tariff import Purse
from desktop.forms.dated import (
    DATED,
    Dated,
    DatedBlackout,
    DatedBody,
    DatedBounds,
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
    with_dated,
)
from desktop.forms.sheet_cells import DISTRICT_NAME
from desktop.forms.sheet_rows import SheetRow
from desktop.forms.sheets import CALENDAR, SHEETS, FiguresSheet, sheet_of
from desktop.forms.shipped import shipped_city
from tests.shipped import CITY, SHIPPED

SINCE = "1405/10/01"
DAY = parse_jalali(SINCE)

words = st.text("آابپتسشکگلمی ‌", min_size=1, max_size=20).filter(str.strip)
figures = st.one_of(
    st.builds(
        DatedTariff,
        key=st.sampled_from(["office", "visit", "deposit"]),
        title=words,
        purse=st.sampled_from(Purse),
        amount=st.integers(0, 10**12).map(str) | st.just("length * 2"),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedValidity,
        service=st.sampled_from(["no-violation", "inquiry"]),
        months=st.integers(1, 120),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedRate,
        table=st.sampled_from(["restoration", "zones"]),
        key=st.sampled_from(["asphalt", "R1", "بافت"]),
        rial=st.integers(0, 10**12),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedParcel,
        zone=st.sampled_from(["R1", "R9", "historic"]),
        least=st.integers(1, 10**6),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedDistrict,
        district=st.integers(1, 9),
        ours=st.just(True),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedDistrict,
        district=st.integers(1, 9),
        ours=st.just(False),
        where=st.sampled_from(["", "شهرداری زارچ"]),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedBody,
        name=st.sampled_from(["بانک ملی، شعبهٔ مرکزی یزد", "بانک رسالت"]),
        listed=st.booleans(),
        since=st.just(SINCE),
    ),
    st.sampled_from(WordColumn).flatmap(
        lambda column: st.builds(
            DatedWord,
            column=st.just(column),
            word=st.sampled_from(["قطعی", "قطعي ", "قولنامه", "تازه", "پایان کار"]),
            meaning=st.sampled_from([*map(str, column.meanings), ""]),
            since=st.just(SINCE),
        )
    ),
    st.builds(
        DatedRule,
        rule=st.sampled_from([OfficeRule.DELEGATION, OfficeRule.TRAINING]),
        service=st.sampled_from(["", "no-violation"]),
        begins=st.sampled_from(["", SINCE, "1405/11/09"]),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedSigner,
        paper=st.sampled_from(Signed),
        title=words,
        name=words,
        deputy=st.just("زهرا کریمی"),
        acting=st.booleans(),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedPlace,
        kind=st.sampled_from(PlaceKind),
        name=st.sampled_from(["نعیم‌آباد", "نعيم آباد", "کوی نو", "خیابان قیام"]),
        latitude=st.just("31.8842"),
        longitude=st.sampled_from(["54.3972", "54.40"]),
        postal=st.sampled_from([(), ("89158",), ("891", "89136")]),
        listed=st.booleans(),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedPromise,
        step=st.sampled_from(Step),
        service=st.sampled_from(["", "inquiry"]),
        days=st.integers(2, 120),
        warn_days=st.integers(0, 1),
        to=st.sampled_from(ESCALATES_TO),
        listed=st.booleans(),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedBlackout,
        title=st.sampled_from(["محرم", "مُحَرَّم", "نوروز", "جشنواره"]),
        year=st.just(1406),
        first=st.sampled_from(["1406/03/10", "1406/12/01"]),
        last=st.just("1406/12/10"),
        barred=st.booleans(),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedReason,
        sentence=st.sampled_from(["اصل سند مالکیت دیده شد", "اصل سند مالكيت  دیده شد", "تازه"]),
        gates=st.sampled_from([("deed",), ("deed", "waqf")]),
        articles=st.sampled_from([(), ("مادهٔ ۱۰۰، تبصرهٔ ۸",)]),
        listed=st.booleans(),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedLimit,
        limit=st.sampled_from(Limit),
        value=st.integers(10, 12),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedBounds,
        south=st.sampled_from(["31.75", "31.7500"]),
        north=st.just("32.02"),
        west=st.just("54.20"),
        east=st.sampled_from(["54.50", "55.00"]),
        since=st.just(SINCE),
    ),
    st.builds(DatedObjection, ground=st.sampled_from(Ground), sentence=words, since=st.just(SINCE)),
    st.builds(
        DatedHalfDay,
        half=st.sampled_from([1, 2]),
        begins=st.sampled_from(["8:00", "8", "08:00", "11:30"]),
        ends=st.sampled_from(["12:00", "14:00"]),
        since=st.just(SINCE),
    ),
    st.builds(
        DatedDistrictName,
        district=st.sampled_from([1, 5, 9]),
        name=st.sampled_from(["", "ناحیهٔ تاریخی", "ناحيهٔ  تاریخی", "شهرک دانش"]),
        since=st.just(SINCE),
    ),
)

PROMISED = DatedPromise(
    step=Step.REVIEW, service="walling", days=5, warn_days=1, to=Role.SIGNER, since=SINCE
)

IN_YAZD = DatedBounds(south="31.75", north="32.02", west="54.20", east="54.50", since=SINCE)


@pytest.mark.slow
@given(st.lists(figures, max_size=6))
def test_what_is_put_stands_and_the_last_of_a_figure_wins(items: list[Dated]) -> None:
    city = with_dated(CITY, items)
    last = {(type(item), item.about): item for item in items}
    for item in last.values():
        assert item.stands(city, SHIPPED), item
        assert item.words
        assert item.named(SHIPPED)
    # A published text says the same when it is read again.
    for topic, kind in DATED.items():
        for item in (each for each in items if type(each) is kind):
            assert DATED[topic].model_validate_json(item.model_dump_json()) == item


@pytest.mark.slow
@given(figures)
def test_the_city_before_it_is_left_as_it_was(item: Dated) -> None:
    before = shipped_city()
    item.put(before)
    assert before == CITY
    old = item.before(before, SHIPPED)
    assert old is None or (old.about, old.day) == (item.about, item.day)


def test_one_body_in_two_spellings_is_one() -> None:
    ours = DatedBody(name="بانک ملی، شعبهٔ مرکزی یزد", listed=True, since=SINCE)
    theirs = DatedBody(name="بانك ملي ، شعبه مركزي يزد", listed=False, since=SINCE)
    assert ours.about == theirs.about
    left = theirs.put(CITY).bodies
    assert len(left) == len(CITY.bodies) - 1
    assert ours.name not in left


def test_a_place_keeps_its_row_and_leaves_the_list_whole() -> None:
    moved = DatedPlace(
        kind=PlaceKind.NEIGHBOURHOOD, name="محلهٔ نعيم آباد", latitude="31.89", longitude="54.40",
        since=SINCE,
    )  # fmt: skip
    before = [place.name for place in CITY.places]
    after = moved.put(CITY).places
    assert [place.latitude for place in after if place.name == moved.name] == ["31.89"]
    assert before.index("نعیم‌آباد") == [place.name for place in after].index(moved.name)
    gone = moved.model_copy(update={"listed": False}).put(CITY).places
    assert [place.name for place in gone] == [name for name in before if name != "نعیم‌آباد"]


def test_a_word_keeps_its_place_on_its_list_and_stands_on_one() -> None:
    """The first word of a list is the one that letters and samples say."""
    city = DatedWord(column=WordColumn.DEBT, word="قطعي", meaning="final", since=SINCE).put(CITY)
    assert city.words.word(DebtStatus.FINAL) == "قطعی"
    moved = DatedWord(column=WordColumn.DEBT, word="قطعی", meaning="settled", since=SINCE)
    assert moved.put(CITY).words.debt("قطعي") is DebtStatus.SETTLED
    assert moved.put(CITY).words.word(DebtStatus.FINAL) == ""
    with pytest.raises(ValidationError, match="معنای «waqf»"):
        DatedWord(column=WordColumn.DEBT, word="قطعی", meaning="waqf", since=SINCE)


def test_every_meaning_has_a_word_of_its_own_in_its_column() -> None:
    for column in WordColumn:
        told = [MEANING_WORDS[meaning] for meaning in column.meanings]
        assert len(set(told)) == len(told)


@pytest.mark.parametrize(
    "item",
    [
        DatedRate(table="restoration", key="a[b", rial=1, since=SINCE),
        DatedRate(table="restoration", key="asphalt", rial=10**15, since=SINCE),
        DatedParcel(zone="پهنهٔ یک", least=1, since=SINCE),
        DatedDistrict(district=0, ours=True, since=SINCE),
        DatedDistrict(district=1_000, ours=False, since=SINCE),
        DatedDistrict(district=7, ours=False, where="ش" * 401, since=SINCE),
        DatedBody(name="", listed=True, since=SINCE),
        DatedPlace(kind=PlaceKind.STREET, name="قیام", latitude="", longitude="", since=SINCE),
        DatedPlace(kind=PlaceKind.STREET, name="قیام", latitude="31.9", longitude="", since=SINCE),
        DatedPlace(
            kind=PlaceKind.STREET, name="", latitude="31.90", longitude="54.30", since=SINCE
        ),
        DatedPlace(
            kind=PlaceKind.STREET,
            name="قیام",
            latitude="31.90",
            longitude="54.30",
            postal=("۸۹",),
            since=SINCE,
        ),
        DatedBody(name="ب" * 401, listed=True, since=SINCE),
        *(
            PROMISED.model_copy(update=wrong)
            for wrong in (
                {"days": 0},
                {"days": -3},
                {"days": 121},
                {"warn_days": 5},
                {"warn_days": 6},
                {"warn_days": -1},
                {"to": Role.EXPERT},
                {"to": Role.INSPECTOR},
            )
        ),
        DatedObjection(ground=Ground.HOLD, sentence="نزد {who} بروید.", since=SINCE),
        *(DatedLimit(limit=Limit.LESSON, value=days, since=SINCE) for days in (0, -1, 366)),
        DatedLimit(limit=Limit.SECOND_LOOK, value=101, since=SINCE),
        *(
            IN_YAZD.model_copy(update=wrong)
            for wrong in (
                {"south": "31.7"},
                {"north": "31.75"},
                {"north": "91.00"},
                {"west": "54.50"},
                {"east": "181.00"},
                dict.fromkeys(("south", "north", "west", "east"), ""),
            )
        ),
    ],
)
def test_what_an_older_figures_file_may_say_is_not_said_anew(item: Dated) -> None:
    """It stays readable where it stands, and is no figure that somebody publishes."""
    city = item.put(CITY)
    assert item.stands(city, SHIPPED)
    assert item.fault
    # And a person is led to the column that it is about.
    (sheet,) = (
        s for s in SHEETS.values() if isinstance(s, FiguresSheet) and type(item) is DATED[s.topic]
    )
    assert sheet.parts[item.faulty[0]] in {column.heading for column in sheet.columns}
    assert DatedDistrict(district=7, ours=True, where="شاهدیه", since=SINCE).fault


def test_a_text_of_an_earlier_program_is_read() -> None:
    """As `./run data publish` wrote it before a figure was signed."""
    tariff = '{"key":"office","title":"کارمزد دفتر","purse":"office","amount":"520000",'
    item = DATED[Topic.TARIFF].model_validate_json(f'{tariff}"since":"1405/10/01"}}')
    assert (item.about, item.day) == ("office", DAY)
    months = '{"service":"no-violation","months":3,"since":"1405/10/01"}'
    assert DATED[Topic.VALIDITY].model_validate_json(months).words == "۳ ماه"


def rows(sheet: FiguresSheet, cells: Iterator[tuple[str, ...]]) -> list[SheetRow]:
    headings = [column.heading for column in sheet.columns]
    return [
        SheetRow(number, dict(zip(headings, row, strict=True)))
        for number, row in enumerate(cells, 2)
    ]


FIGURES = {kind: sheet for kind, sheet in SHEETS.items() if isinstance(sheet, FiguresSheet)}


def test_every_dated_topic_has_a_sheet() -> None:
    assert {sheet.topic for sheet in FIGURES.values()} == set(DATED)
    assert SHEETS["calendar"] is CALENDAR
    with pytest.raises(Refusal, match="tariffs"):
        sheet_of("wishes")


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("گام", "بایگانی", "«گام» یکی از این‌هاست"),
        ("پس از مهلت به", "شهردار", "«پس از مهلت به» یکی از این‌هاست"),
        ("روز کاری", "0", "از ۱ تا ۱۲۰ روز کاری"),
        ("روز کاری", "-3", "با رقم"),
        ("هشدار (روز)", "7", "کوتاه‌تر"),
    ],
)
def test_a_promise_that_none_can_keep_is_told_beside_its_column(
    heading: str, cell: str, words: str
) -> None:
    sheet = FIGURES["promises"]
    (row,) = rows(sheet, sheet.rows(PROMISED.put(CITY), SHIPPED, DAY))
    assert row.cells["خدمت"] == SHIPPED["walling"].title
    with pytest.raises(Refusal, match=re.escape(words)) as told:
        sheet.figure({**row.cells, heading: cell}, DAY)
    assert told.value.field == heading


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("آغاز منع", "1407/03/17", "آغاز منع در سال ۱۴۰۶ نیست"),
        ("سال", "17", "سال را با چهار رقم"),
        ("پایان منع", "1406/03/16", "پایان منع پیش از آغاز آن است"),
        ("پایان منع", "1406/09/16", "از ۶۰ روز بیشتر نیست"),
        ("منع", "", "نام این منع"),
        ("ممنوع است؟", "شاید", "بله، خیر"),
    ],
)
def test_a_blackout_that_can_not_be_is_told_beside_its_column(
    heading: str, cell: str, words: str
) -> None:
    sheet = FIGURES["blackouts"]
    row = next(
        each
        for each in rows(sheet, sheet.rows(CITY, SHIPPED, DAY))
        if (each.cells["منع"], each.cells["سال"]) == ("محرم", "1406")
    )
    with pytest.raises(Refusal, match=re.escape(words)) as told:
        sheet.figure({**row.cells, heading: cell}, DAY)
    assert told.value.field == heading


@pytest.mark.parametrize(
    ("kind", "heading", "cell", "words"),
    [
        ("limits", "مقدار", "سی", "با رقم"),
        ("limits", "مقدار", "400", "از ۱ تا ۳۶۵ روز"),
        ("limits", "مهلت یا سقف", "مهلت خواب", "یکی از این‌هاست"),
        ("bounds", "عرض شمالی", "31.70", "از عرض جنوبی بیشتر"),
        ("bounds", "طول غربی", "۵۴", "دو رقم اعشار"),
        ("bounds", "طول شرقی", "", "چهار عدد"),
        ("half-days", "از ساعت", "هشت", "مانند 8:00"),
        ("half-days", "از ساعت", "24:00", "مانند 8:00"),
        ("half-days", "تا ساعت", "8:00", "پس از آغاز آن"),
        ("half-days", "نیم‌روز", "شب", "یکی از این‌هاست"),
        ("district-names", "منطقه", "0", "از ۱ تا"),
        ("district-names", "نام منطقه", "ن" * 41, "کوتاه کنید"),
    ],
)
def test_a_number_of_the_city_that_can_not_be_is_told_beside_its_column(
    kind: str, heading: str, cell: str, words: str
) -> None:
    sheet = FIGURES[kind]
    row, *_ = rows(sheet, sheet.rows(CITY, SHIPPED, DAY))
    with pytest.raises(Refusal, match=re.escape(words)) as told:
        sheet.figure({**row.cells, heading: cell}, DAY)
    assert told.value.field == heading


def test_every_number_of_the_city_is_one_that_it_may_be() -> None:
    for limit in Limit:
        assert getattr(CITY, limit) in limit.span, limit
    assert len({limit.word for limit in Limit}) == len(Limit)


def test_where_nobody_told_where_the_city_lies_that_can_be_told() -> None:
    nowhere = replace(CITY, bounds=None)
    (untold,) = DatedBounds.in_place(nowhere, SHIPPED, SINCE)
    assert (untold.words, untold.put(CITY).bounds) == ("گفته نشده است", None)
    assert IN_YAZD.before(nowhere, SHIPPED) == untold
    told = IN_YAZD.put(nowhere).bounds
    assert told is not None
    assert told.holds(Decimal("31.90"), Decimal("54.37"))


@pytest.mark.parametrize("kind", FIGURES)
def test_a_sheet_as_it_was_written_changes_nothing_and_says_all(kind: str) -> None:
    # No promise ships: what is promised is the municipality's to say.
    assert CITY.promises == ()
    sheet, city = FIGURES[kind], PROMISED.put(CITY)
    written = rows(sheet, sheet.rows(city, SHIPPED, DAY))
    assert written
    assert sheet.items(written, city, SHIPPED, DAY) == []
    # With a day in each row the whole of it is said again, as it stands.
    dated = [SheetRow(row.number, {**row.cells, "از روز": SINCE}) for row in written]
    items = sheet.items(dated, city, SHIPPED, DAY)
    assert [number for number, _ in items] == [row.number for row in dated]
    assert all(item.stands(city, SHIPPED) and item.day == DAY for _, item in items)
    assert DATED[sheet.topic] is type(items[0][1])
    # And a cell changed without a day is told with its row.
    cells = written[0].cells
    changed = {h: f"{cells[h]}7" for h in sheet.parts.values() if cells[h].isdecimal()}
    if kind == "district-names":
        # A number tells one district from the others.
        changed = {DISTRICT_NAME: "شهرک دانش"}
    if changed:
        with pytest.raises(Refusals, match="ردیف ۲"):
            sheet.items([SheetRow(2, {**cells, **changed})], city, SHIPPED, DAY)


def test_a_reason_stays_in_its_place_and_one_off_the_list_is_offered_no_more() -> None:
    first, *others = CITY.reasons_for("deed")
    spelled = first.words.replace("ک", "ك")
    said = DatedReason(sentence=spelled, gates=("deed", "waqf"), articles=("مادهٔ ۴۶",), since=SINCE)
    city = said.put(CITY)
    (changed, *after), waqf = city.reasons_for("deed"), city.reasons_for("waqf")
    assert (changed.code, changed.words, changed.articles) == (
        first.code,
        first.words,
        ("مادهٔ 46",),
    )
    assert changed.papers == first.papers
    assert after == others
    assert changed in waqf
    gone = said.model_copy(update={"listed": False}).put(city)
    assert gone.reasons_for("deed") == tuple(others)
    new = said.model_copy(update={"sentence": "رأی دادگاه دیده شد"})
    assert new.before(gone, SHIPPED).words == "دیگر در فهرست نیست"
    assert new.put(gone).reasons_for("deed")[-1].words == "رأی دادگاه دیده شد"
