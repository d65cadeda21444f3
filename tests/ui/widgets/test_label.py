"""A line that is read: it runs from the right, whatever it begins with."""

from __future__ import annotations

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.domain.persian import isolate
from desktop.ui.widgets.label import Label, Sentence

_LONG = "این نامه ابطال شده است؛ نسخهٔ چاپ‌شده را پس بگیرید و آن را امحا کنید"


def test_a_sentence_takes_two_lines_before_it_is_cut(qtbot: QtBot) -> None:
    sentence = Sentence(_LONG)
    qtbot.addWidget(sentence)
    sentence.show()
    whole = sentence.sizeHint().width()
    lines = []
    for share in (1.1, 0.6, 0.25):
        sentence.resize(round(whole * share), 60)
        assert sentence.text() == _LONG
        high = sentence.heightForWidth(sentence.width())
        lines.append(round(high / sentence.fontMetrics().lineSpacing()))
        # Whoever can't read it there hears it whole, and points at it.
        assert sentence.accessibleName() == _LONG
        assert bool(sentence.toolTip()) is (share == 0.25)
    assert lines == [1, 2, 2]
    sentence.setText("متصل")
    assert sentence.toolTip() == ""


def test_a_word_wider_than_the_line_is_broken(qtbot: QtBot) -> None:
    endless, code = "میرجلیلی" * 8, "۲۱-۰۵۰۹۰۳-۰۲-۰۰۰۱-۵"
    for words in (endless, f"به نام {endless}"):
        label = Label(words, wrap=True)
        qtbot.addWidget(label)
        measure = label.fontMetrics()
        wide, step = measure.horizontalAdvance(endless), measure.lineSpacing()
        assert label.minimumSizeHint().width() < wide / 4
        label.resize(wide // 3, label.heightForWidth(wide // 3))
        assert label.height() >= 3 * step
        label.show()
        image = label.grab().toImage()
        for top in (0, label.height() - step):
            assert _has_ink(image, top, top + step)
        # Where it has room it stands in one line, its letters joined.
        label.resize(wide + 60, label.heightForWidth(wide + 60))
        assert label.height() < 2 * step
        assert label.text() == words
    one, loosened = Label(endless), Label(endless, wrap=True)
    for label in (one, loosened):
        qtbot.addWidget(label)
        label.resize(wide + 2, step)
    assert one.grab().toImage() == loosened.grab().toImage()
    both = Label(f"{endless} {code}", wrap=True)
    qtbot.addWidget(both)
    assert both.minimumSizeHint().width() >= both.fontMetrics().horizontalAdvance(code)


def _has_ink(image: QImage, top: int, bottom: int) -> bool:
    ground, across = image.pixel(0, 0), range(image.width())
    return any(image.pixel(x, y) != ground for y in range(top, bottom) for x in across)


def test_a_line_that_begins_with_a_date_reads_from_the_right(qtbot: QtBot) -> None:
    moment = Label(f"{isolate('۱۴۰۵/۰۹/۰۳')}، {isolate('۸')}")
    other = Label(f"{isolate('۸')}، {isolate('۱۴۰۵/۰۹/۰۳')}")
    assert moment.text() == f"{isolate('۱۴۰۵/۰۹/۰۳')}، {isolate('۸')}"
    rights = []
    for label in (moment, other):
        qtbot.addWidget(label)
        label.resize(300, 40)
        label.show()
        rights.append(label.grab().toImage())
    # What comes first stands at the right: a date there is wider than a digit.
    first, second = (_words_at_the_right(image) for image in rights)
    assert first > 3 * second


def _words_at_the_right(image: QImage) -> int:
    """How wide the first run of ink is, from the right, up to a gap of four pixels."""
    ground = image.pixel(5, image.height() // 2)
    ink = [
        any(image.pixel(x, y) != ground for y in range(2, image.height() - 2))
        for x in range(image.width() - 3, -1, -1)
    ]
    begins = ink.index(True)
    for x in range(begins, len(ink) - 4):
        if not any(ink[x : x + 4]):
            return x - begins
    return len(ink) - begins
