"""Layout 2 is frozen: what was sealed in it is drawn as it was; and what holds of its letters.

Whoever makes one of the first tests fail is about to change letters that banks hold: a new layout
is wanted.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from desktop.domain.errors import Refusal
from desktop.domain.letter import Facts, Letter, LetterKind, LetterText, Release
from desktop.domain.persian import to_persian_digits
from desktop.reports.letter import LAYOUT, draw
from desktop.reports.letter.attachment import read
from desktop.reports.letter.v1.qr import modules, to_code
from desktop.reports.letter.v2 import bills
from desktop.reports.letter.v2.outlines import Weight, face, outline
from tests.reports.reading import by_a_browser, in_order, pages_of, text_of, words
from tests.reports.samples import RELEASE, UNPROVEN, debts, letter, line_letter, told
from tests.reports.samples import words as letter_words
from tests.reports.test_layout_1 import content

DEBT = letter_words(
    subject="اعلام بدهی",
    paragraphs=("با سلام و احترام؛", "صدور گواهی منوط به پرداخت بدهی به شرح جدول زیر است."),
    table=debts(5),
    closing=("**مهلت پرداخت: تا ۱۴۰۵/۱۰/۰۳.** هر ردیف با شناسهٔ قبض خود پرداخت می‌شود.",),
)
ABOUT = letter_words(
    facts=Facts(
        (
            ("مالک", "فاطمه دهقان"),
            ("کد نوسازی", "۲-۱۴-۳۰۸-۲۷-۱-۰-۰"),
            ("نشانی", "یزد، بلوار آیت‌الله طالقانی، کوچهٔ شهید زارع، پلاک ۲۷، طبقهٔ سوم، واحد ۱۲"),
            ("مساحت عرصه", "۲۴۰٫۵۰ مترمربع"),
        ),
        after=1,
    )
)
TAUGHT = letter_words(head=letter_words().head.in_training())
ENDLESS = letter_words(closing=())
MANY = letter_words(
    addressee="شرکت مهندسین مشاور پایدار کویر یزد و شرکای تضامنی، به نشانی بلوار دانشجو",
    check_at="esalat.example",
    copies=tuple(f"ادارهٔ نمونهٔ شمارهٔ {number} شهر یزد، جهت اطلاع" for number in range(9)),
)
SMALL = replace(
    DEBT,
    table=debts(8),
    closing=(*DEBT.closing, *("پس از پرداخت، رسید را بیاورید. " * 5,) * 3),
)
FAR = letter_words(
    facts=Facts((("مالک", "فاطمه دهقان"), ("شرح کار", "دیوار و سقف انباری " * 260)), after=1)
)
DRAWN: dict[str, tuple[Letter, Release | None, int, str]] = {
    "an answer": (letter(), RELEASE, 1, "c6aa264ba6c2bfc1"),
    "one with key facts": (letter(ABOUT), RELEASE, 1, "86bb56c5fa8cce22"),
    "its second copy": (letter(), RELEASE, 2, "2fba7b71eae53c3c"),
    "its proof": (letter(), None, 1, "079366c1c2ca285f"),
    "a debt letter": (letter(DEBT, kind=LetterKind.DEBT), RELEASE, 1, "be475ebdb212d28a"),
    "a table over pages": (letter(letter_words(table=debts(60))), RELEASE, 1, "83c4e8e6abae7cda"),
    "a sample": (letter(letter_words(sample=True)), RELEASE, 1, "148716400a859bab"),
    "one in training": (letter(TAUGHT), RELEASE, 1, "af2ff4e9d765c1ff"),
    "one that holds on": (letter(ENDLESS, valid_until=""), RELEASE, 1, "39031818abfbf489"),
    "its end alone in the bar": (letter(ENDLESS), RELEASE, 1, "a95e402556fa2cf5"),
    "a refusal to many": (letter(MANY, kind=LetterKind.REFUSAL), RELEASE, 12, "41b1777f1ec25bd5"),
    "a debt in small print": (letter(SMALL, kind=LetterKind.DEBT), RELEASE, 1, "1ac7ddbd0cf0b518"),
    "facts over pages": (letter(FAR), RELEASE, 1, "b2ce00b7fa8a73e7"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", DRAWN)
def test_what_was_sealed_is_drawn_the_same(name: str) -> None:
    value, release, copy, kept = DRAWN[name]
    assert content(draw(value, release, layout=2, copy=copy)) == kept


def test_a_letter_keeps_the_layout_that_it_was_drawn_in() -> None:
    first = draw(line_letter(), UNPROVEN, layout=1, copy=1)
    second = draw(letter(), RELEASE, layout=LAYOUT, copy=1)
    assert b'"layout":1' in first
    assert b'"layout":2' in second


def text_in_order(pdf: bytes, path: Path) -> str:
    path.write_bytes(pdf)
    told = subprocess.run(("pdftotext", str(path), "-"), check=True, capture_output=True)
    return told.stdout.decode()


@pytest.mark.parametrize("text", [letter_words(), ABOUT, DEBT, letter_words(table=debts(12))])
def test_words_are_copied_in_order(text: LetterText) -> None:
    pdf = draw(letter(text), RELEASE, layout=2, copy=1)
    assert in_order(told(text), text_of(pdf)) >= 0.98
    assert in_order(told(text), by_a_browser(pdf)) >= 0.98


def test_two_letters_alike_in_one_sign_are_both_copied() -> None:
    pdf = draw(letter(letter_words(paragraphs=("آیت‌الله، عبدالله.",))), RELEASE, layout=2, copy=1)
    assert {"آیت‌الله", "عبدالله"} <= set(text_of(pdf)) & set(by_a_browser(pdf))


def test_a_letter_from_before_key_facts_is_written_as_it_was() -> None:
    """Its digest is signed and its bytes are kept: a part that it has not must not be told."""
    old, new = letter_words(), ABOUT
    assert old.digest().hex() == "3e27fae0b9e5f52d070ee3aac7252a2c"
    assert replace(new, facts=None).digest() == old.digest() != new.digest()
    pdf = draw(letter(old), RELEASE, layout=2, copy=1)
    assert b'"facts"' not in pdf
    assert read(pdf).text == old
    assert read(draw(letter(new), RELEASE, layout=2, copy=1)).text == new


def test_a_layout_without_key_facts_does_not_leave_them_out() -> None:
    with pytest.raises(Refusal, match="جدول مشخصات"):
        draw(line_letter(ABOUT), UNPROVEN, layout=1, copy=1)
    with pytest.raises(Refusal, match="جای این رمزینه"):
        draw(letter(), RELEASE, layout=1, copy=1)


def test_key_facts_stand_between_the_paragraphs_and_whole_on_a_page() -> None:
    facts = Facts(tuple((f"مشخصهٔ {i}", "متن بلند برای یک سطر " * 4) for i in range(9)), 9)
    long = letter_words(paragraphs=("متن نامه در چند سطر است و تمام می‌شود. " * 9,) * 9, facts=facts)
    first, second = pages_of(draw(letter(long), RELEASE, layout=2, copy=1))[:2]
    assert first.count("مشخصهٔ") == 0
    assert second.count("مشخصهٔ") == 9


def test_a_fact_longer_than_a_page_goes_on_over_the_next_and_loses_no_word() -> None:
    long = "دیوار " * 1_200
    facts = Facts((("مالک", "فاطمه دهقان"), ("شرح کار", long.strip()), ("پایان", "همین")), 1)
    pages = pages_of(draw(letter(letter_words(facts=facts)), RELEASE, layout=2, copy=1))
    assert len(pages) > 2
    assert sum(page.count("دیوار") for page in pages) == 1_200
    assert "همین" in pages[2]
    # None holds more than stands above its foot.
    assert max(page.count("دیوار") for page in pages) < 800


def test_brackets_and_numbers_with_their_marks_are_copied_as_written(tmp_path: Path) -> None:
    said = "شرکت «آب‌وبرق یزد» (سهامی خاص)، شمارهٔ ۱۴۴، مورخ (۱۴۰۵/۰۹/۰۳). رأی («موافقت شد») ۵٪ است."
    text = letter_words(paragraphs=(said,))
    found = text_in_order(draw(letter(text), RELEASE, layout=2, copy=1), tmp_path / "letter.pdf")
    bare = "".join(c for c in found if c not in "\u200f\u202a\u202b\u202c").split()
    assert [word for word in said.split() if word not in bare] == []


def test_a_browser_finds_numbers_with_their_marks() -> None:
    text = letter_words(paragraphs=("شمارهٔ ۱۴۴، مورخ ۱۴۰۵/۰۹/۰۳؛ پلاک ۲۷، طبقهٔ ۳.",))
    pdf = pypdfium2.PdfDocument(draw(letter(text), RELEASE, layout=2, copy=1))
    told = pdf[0].get_textpage().get_text_range().replace("\u200f", "")
    for part in ("۱۴۴،", "۱۴۰۵/۰۹/۰۳؛", "۲۷،", "۳."):
        assert part in told


@pytest.mark.slow
def test_every_bill_has_its_bar_code(tmp_path: Path) -> None:
    pdf = draw(letter(DEBT, kind=LetterKind.DEBT), RELEASE, layout=2, copy=1)
    (tmp_path / "debt.pdf").write_bytes(pdf)
    subprocess.run(
        ("pdftoppm", "-r", "200", "-gray", "-png", "debt.pdf", "page"), check=True, cwd=tmp_path
    )
    only = ("-S*.disable", "-Scode128.enable")
    seen = subprocess.run(
        ("zbarimg", "-q", "--raw", *only, *map(str, tmp_path.glob("page*.png"))),
        check=True,
        capture_output=True,
    ).stdout.decode()
    assert DEBT.table is not None
    wanted = [bill.zfill(13) + payment.zfill(13) for _, bill, payment in bills.of_table(DEBT.table)]
    assert len(wanted) == 5
    assert wanted[0] == "1234567822561" + "0000485041080"
    assert sorted(seen.split()) == sorted(wanted)


@pytest.mark.parametrize("rows", [1, 3, 4])
def test_the_numbers_under_bar_codes_stand_apart_from_what_follows(rows: int) -> None:
    after = "این پاسخ بر پایهٔ سوابق شهرداری تا تاریخ ۱۴۰۵/۰۹/۰۲ است."
    text = replace(DEBT, table=debts(rows), closing=(*DEBT.closing, after))
    drawn = draw(letter(text, kind=LetterKind.DEBT), RELEASE, layout=2, copy=1)
    told = subprocess.run(
        ("pdftotext", "-bbox", "-", "-"), input=drawn, check=True, capture_output=True
    ).stdout.decode()
    found = [
        (float(top), float(bottom), word)
        for top, bottom, word in re.findall(r'yMin="(.*?)".*?yMax="(.*?)">(.*?)<', told)
    ]
    ids = max(bottom for _, bottom, word in found if to_persian_digits(485041080) in word)
    below = min(top for top, _, word in found if "۱۴۰۵/۰۹/۰۲" in word)
    assert below - ids >= 3


@pytest.mark.parametrize("rows", [1, 3, 5, 6, 7, 8, 9, 10, 12, 16, 30])
def test_a_sum_its_ids_and_the_seal_stand_on_one_page(rows: int) -> None:
    text = replace(
        DEBT,
        table=debts(rows),
        closing=(
            *DEBT.closing,
            "به مبلغ عوارض و بهای خدمات می‌توان در کمیسیون مادهٔ ۷۷ قانون شهرداری اعتراض کرد و به "
            "برآورد عوارض نوسازی در کمیسیون مادهٔ ۸ قانون نوسازی و عمران شهری.",
            "این پاسخ بر پایهٔ سوابق شهرداری تا تاریخ ۱۴۰۵/۰۹/۰۲ است.",
        ),
    )
    pages = pages_of(draw(letter(text, kind=LetterKind.DEBT), RELEASE, layout=2, copy=1))
    (page,) = [page for page in pages if "مهلت" in page]
    assert "زارع" in page
    assert to_persian_digits(485041080) in page


def test_a_short_debt_stands_on_one_page_sealed() -> None:
    facts = Facts(
        (
            ("نوع ملک", "واحد آپارتمان"),
            ("مالک", "پروین میرحسینی"),
            ("کد نوسازی", "۳-۱-۱-۲-۱-۱-۰"),
            ("پلاک ثبتی", "۳۵۳۸۳ فرعی از ۳۸۶۰ اصلی، بخش ۸ یزد"),
            ("مساحت اعیان", "۲۲۱٫۱۹ مترمربع"),
            ("نشانی", "یزد، اهرستان، خیابان تیمسار فلاحی، کوچهٔ شهید عابدی، پلاک ۲۹، واحد ۱"),
        ),
        2,
    )
    owed = debts(3)
    total = ("", "جمع کل", "۱۸٬۲۴۳٬۰۰۰", "۱٬۷۱۳٬۰۰۰", "۱۹٬۹۵۶٬۰۰۰", "", "")
    text = replace(
        DEBT,
        paragraphs=(
            "با سلام و احترام؛",
            "بازگشت به درخواست شمارهٔ ۲۱-۰۵۰۹۰۳-۰۲-۰۰۰۲-۳ مورخ ۱۴۰۵/۰۹/۰۳ دربارهٔ ملک با مشخصات زیر:",
            "به آگاهی می‌رساند صدور گواهی عدم خلاف منوط به پرداخت بدهی به شرح جدول زیر است.",
        ),
        facts=facts,
        table=replace(owed, rows=(*owed.rows, total)),
        closing=(
            "**مبلغ قابل پرداخت: ۴۰٬۰۷۹٬۰۰۰ ریال (چهل میلیون و هفتاد و نه هزار ریال)؛ مهلت: تا "
            "۱۴۰۵/۱۲/۲۹.** هر ردیف با شناسهٔ قبض و شناسهٔ پرداخت، یا بارکد خود، به حساب شهرداری "
            "پرداخت می‌شود و پس از تسویهٔ آخرین ردیف، پاسخ درخواست بی‌درنگ صادر می‌شود.",
            "به مبلغ عوارض و بهای خدمات می‌توان در کمیسیون مادهٔ ۷۷ قانون شهرداری اعتراض کرد.",
            "این پاسخ بر پایهٔ سوابق شهرداری تا تاریخ ۱۴۰۵/۰۹/۰۲ است.",
        ),
    )
    for release in (None, RELEASE):
        drawn = draw(letter(text, kind=LetterKind.DEBT), release, layout=2, copy=1)
        assert len(pages_of(drawn)) == 1


def test_who_released_it_and_when_stands_under_the_letter() -> None:
    later = replace(RELEASE, on=date(2026, 11, 28))
    told = text_of(draw(letter(), later, layout=2, copy=1))
    assert "۱۴۰۵/۰۹/۰۷" in told
    assert "۱۴۰۵/۰۹/۰۷" not in text_of(draw(letter(), None, layout=2, copy=1))


def test_a_table_without_bills_has_no_bar_codes() -> None:
    table = debts(3)
    bare = type(table)(table.columns[:5], tuple(row[:5] for row in table.rows), (0, 2, 3, 4))
    assert bills.of_table(bare) == []


def test_the_code_cuts_no_rule() -> None:
    """Around the code four modules stay white on every side that the page has."""
    value = letter()
    pdf = pypdfium2.PdfDocument(draw(value, RELEASE, layout=2, copy=1))
    signed, scale = bytes.fromhex(value.essence + value.signature), 300 / 72
    page = pdf[0].render(scale=scale, grayscale=True).to_pil().convert("L")
    width, height = page.size
    foot = page.crop((0, int(height * 0.75), int(width * 0.35), height))
    across = foot.size[0]
    rows = [sum(foot.crop((0, y, across, y + 1)).histogram()[:160]) for y in range(foot.size[1])]
    # The rule over the foot is the first row; then white; then the code.
    rule = next(y for y, dark in enumerate(rows) if dark)
    assert rows[rule] > 0.7 * across
    code = next(y for y, dark in enumerate(rows) if dark and y > rule + 6)
    module = 28 / 25.4 * 300 / len(modules(to_code(signed)))
    assert code - rule - 4 >= 4 * module
    assert not any(rows[rule + 5 : code])


def test_what_lies_across_a_sample_is_no_word_of_it(tmp_path: Path) -> None:
    pdf = draw(letter(letter_words(sample=True)), RELEASE, layout=2, copy=1)
    found = words(text_in_order(pdf, tmp_path / "letter.pdf"))
    # In the stamp and in the foot; not letter by letter between the lines.
    assert found.count("نمونه") == 2
    assert not {"ن", "م", "و ن"} & set(found)


def test_hands_and_stamp_have_their_places() -> None:
    found = text_of(draw(letter(), RELEASE, layout=2, copy=1))
    assert {"امضا", "مهر", "رونوشت"} <= set(found)


@pytest.mark.parametrize("weight", Weight)
def test_an_embedded_file_is_a_font(weight: Weight) -> None:
    of = face(weight)
    heh = of.shaper.get_nominal_glyph(ord("ه"))
    hamza = of.shaper.get_nominal_glyph(0x0654)
    alef = of.shaper.get_nominal_glyph(ord("آ"))
    outlines = [
        outline((), 0),
        outline(((heh, 0, 0),), of.width(heh)),
        outline(((hamza, 120, 300),), 0),
        outline(((heh, 0, 0), (hamza, 50, 90)), of.width(heh)),
        outline(((alef, 0, 0),), of.width(alef)),
    ]
    font = TTFont(BytesIO(of.subset(outlines)), checkChecksums=2)
    whole = TTFont(Path(__file__).parents[2] / "resources" / "fonts" / f"{weight.value}.ttf")
    names, all_names = font.getGlyphOrder(), whole.getGlyphOrder()
    assert [font["hmtx"][names[i + 1]][0] for i in range(5)] == [o.width for o in outlines]
    glyphs, known = font["glyf"], whole["glyf"]
    assert glyphs[names[1]].numberOfContours == 0
    for at, glyph in ((2, heh), (5, alef)):
        drawn = glyphs[names[at]].getCoordinates(glyphs)[0]
        assert list(drawn) == list(known[all_names[glyph]].getCoordinates(known)[0])
    mark = known[all_names[hamza]].getCoordinates(known)[0]
    moved = glyphs[names[3]].getCoordinates(glyphs)[0]
    assert list(moved) == [(x + 120, y + 300) for x, y in mark]
