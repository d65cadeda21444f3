"""Lines for numbers: bare digits, decimal numbers, amounts of money."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent

from desktop.domain.errors import Refusal
from desktop.domain.money import format_number, rial_in_words
from desktop.domain.persian import clean, to_latin_digits, to_persian_digits
from desktop.ui.widgets.inputs.line import TextLine

_MARKS = " \u200c-–‐−/٬,،."
# `1,350,000.00`, as banks write it: three digits would be another thousand.
_FRACTION = re.compile(r"(?<=[0-9])[./٫]([0-9]{0,2})[ \u2069]*$")
_CENTIMES = re.compile(r"(?<=[0-9])[,،]([0-9]{1,2})[ \u2069]*$")
_RIAL = re.compile(r"\s*(?:ریال|﷼)\s*$")
_GROUPED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?")
# A power, a product, a negative one, of which the digits alone are another number.
_NO_NUMBER = re.compile(r"[0-9][^0-9./٫٬,،\u200c ]+.*[0-9]|[-−]\s*[0-9]")
_ONE_MARK = str.maketrans("/٫،٬", "..,,")
_ABROAD = re.compile(r"(?:00)?980?([1-9][0-9]{9})")


def only_digits(words: str) -> str:
    """The ASCII digits in words written with any of the three kinds."""
    return "".join(c for c in to_latin_digits(words) if c in "0123456789")


def _after(shown: str, digits: int) -> int:
    """Where the cursor stands behind so many digits of what is shown."""
    if digits <= 0:
        return 0
    for index, char in enumerate(shown):
        digits -= char.isdigit()
        if digits == 0:
            return index + 1
    return len(shown)


class DigitsLine(TextLine):
    """Digits only: national id, phone, postal code, number of a bill.

    `length` is the most that fit; `groups` shows them parted by spaces, as (4, 3, 4) for a phone.
    Of a code that has just this length, or that of `whole`, `check` raises a Refusal for one that
    can't be. The value is ASCII digits. What is no digit does not get in, and `refused` says so.
    """

    refused = Signal(str)
    takes_letters = False

    def __init__(
        self,
        length: int = 20,
        *,
        groups: Sequence[int] = (),
        check: Callable[[str], object] | None = None,
        whole: int = 0,
        placeholder: str = "",
        unit: str = "",
        icon: str = "",
    ) -> None:
        self._length, self._groups, self._check = length, tuple(groups), check
        self._whole = whole or length
        # Room for marks of a pasted number; the digits themselves are counted in `reshape`.
        super().__init__(max_length=32_767, placeholder=placeholder, unit=unit, icon=icon)
        self.limit = length
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> str:
        """ASCII digits."""
        return only_digits(self.text())

    def is_whole(self) -> bool:
        """Whether all digits of the code are there and it passes its check."""
        digits = self.value()
        if self._check is None or len(digits) != self._whole:
            return False
        try:
            self._check(digits)
        except Refusal:
            return False
        return True

    def set_value(self, value: str) -> None:
        """Fill the line from digits of any kind."""
        self.setText(self._grouped(only_digits(value)))

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """Digits alone, in their groups."""
        digits = only_digits(words)
        before = len(only_digits(words[:cursor]))
        strange = [c for c in to_latin_digits(words) if c not in "0123456789" and c not in _MARKS]
        if strange:
            self.refused.emit("اینجا فقط رقم نوشته می‌شود.")
        elif len(digits) > self._length:
            count = to_persian_digits(self._length)
            self.refused.emit(f"بیش از {count} رقم جا نمی‌شود.")
        if len(digits) > self._length:
            # Typing in a full line must not push out what stood at its end unseen.
            old = len(digits) - self._length
            fits = cursor == len(words) or old > 1
            digits = digits[: self._length] if fits else digits[: before - 1] + digits[before:]
            before = min(before if fits else before - 1, self._length)
        shown = self._grouped(digits)
        return shown, _after(shown, before)

    def _grouped(self, digits: str) -> str:
        digits = digits[: self._length]
        parts, start = [], 0
        for size in self._groups:
            if start < len(digits):
                parts.append(digits[start : start + size])
            start += size
        if start < len(digits):
            parts.append(digits[start:])
        return to_persian_digits(" ".join(parts) if self._groups else digits)


class PhoneLine(DigitsLine):
    """A phone of this country; `+98`, as other programs copy it, is its first zero."""

    def __init__(self, groups: Sequence[int], check: Callable[[str], object] | None = None) -> None:
        super().__init__(11, groups=groups, check=check)

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """The number as it is dialled here."""
        digits = only_digits(words)
        abroad = _ABROAD.fullmatch(digits)
        if abroad is None:
            return super().reshape(words, cursor)
        shown = self._grouped(f"0{abroad[1]}")
        return shown, len(shown)


class NumberLine(TextLine):
    """A number with at most `places` decimals; `unit` stands at the left end.

    `.`, `/` and `٫` all begin the decimals; so does a comma that does not part thousands. What
    is neither stands as it was typed, to be refused. The value is ASCII text like `240.5`, for
    Decimal.
    """

    refused = Signal(str)
    takes_letters = False

    def __init__(
        self, *, places: int = 2, whole: int = 9, unit: str = "", placeholder: str = ""
    ) -> None:
        self._places, self._whole = places, whole
        super().__init__(max_length=32_767, placeholder=placeholder, unit=unit)
        self.limit = whole
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def value(self) -> str:
        """ASCII digits with at most one full stop; commas only where it is no number."""
        held = _marked(self.text())
        grouped = _GROUPED.fullmatch(held)
        if grouped is not None and len(only_digits(grouped[1])) <= self._whole:
            return held.replace(",", "")
        if held.count(",") == 1 and "." not in held:
            return held.replace(",", ".")
        return held

    def set_value(self, value: str) -> None:
        """Fill the line from a decimal number written in any digits."""
        self.setText(self._shape(value))

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """Digits and their marks."""
        known = "0123456789./٫٬,، \u200c"
        if any(c not in known for c in clean(words)):
            self.refused.emit("اینجا فقط عدد نوشته می‌شود.")
        if _NO_NUMBER.search(clean(words)):
            return self._stood, len(self._stood)
        shown, before = self._shape(words), self._shape(words[:cursor])
        return shown, min(len(shown), len(before))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was made of a comma is seen."""
        if "٬" in self.text() and not self.isReadOnly():
            self.set_value(self.value())
        super().focusOutEvent(event)

    def _shape(self, words: str) -> str:
        held = _marked(words)
        if "," in held:
            return to_persian_digits(held.replace(".", "٫").replace(",", "٬"))
        whole, mark, rest = held.partition(".")
        shown = whole[: self._whole]
        if mark and self._places:
            shown += "٫" + rest.replace(".", "")[: self._places]
        return to_persian_digits(shown)


def _marked(words: str) -> str:
    """ASCII digits, full stops for decimals and commas."""
    latin = to_latin_digits(words).translate(_ONE_MARK)
    return "".join(c for c in latin if c in "0123456789.,")


class MoneyLine(TextLine):
    """An amount in Rial: grouped as one types, «ریال» at the end; `noted` gives it in words."""

    noted = Signal(str)
    refused = Signal(str)
    takes_letters = False

    def __init__(self, *, placeholder: str = "") -> None:
        super().__init__(max_length=32_767, placeholder=placeholder, unit="ریال")
        self.limit = 15
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.textChanged.connect(self._note)

    def value(self) -> int | None:  # type: ignore[override]
        """Whole Rial, or None while the line is empty."""
        digits = only_digits(self.text())
        return int(digits) if digits else None

    def raw(self) -> str:
        """ASCII digits."""
        return only_digits(self.text())

    def set_value(self, value: int | str | None) -> None:
        """Fill the line."""
        self.setText(self._shape(only_digits(str(value)) if value is not None else ""))

    def reshape(self, words: str, cursor: int) -> tuple[str, int]:
        """Digits in threes; what stands behind a decimal point is no Rial."""
        before = len(only_digits(words[:cursor]))
        words = _RIAL.sub("", clean(words))
        fraction = _FRACTION.search(words)
        if fraction is None and only_digits(words) != only_digits(self._stood):
            # Typed alone a comma parts thousands, and is not kept.
            fraction = _CENTIMES.search(words)
        if fraction:
            words = words[: fraction.start()]
            if fraction[1].strip("0") or not fraction[1]:
                self.refused.emit("مبلغ به ریال است و اعشار ندارد.")
        digits = only_digits(words)
        if any(c not in "0123456789" and c not in _MARKS for c in words):
            # Of another unit, or of no sum: the digits alone would be another one.
            self.refused.emit("مبلغ فقط رقم دارد.")
            return self._stood, len(self._stood)
        if len(digits) > self.limit:
            self.refused.emit("مبلغ بزرگ‌تر از آن است که پذیرفته شود.")
        behind = max(0, len(digits) - before)
        shown = self._shape(digits)
        kept = len(only_digits(shown))
        return shown, _after(shown, kept - behind)

    def _shape(self, digits: str) -> str:
        digits = digits[: self.limit]
        return format_number(int(digits)) if digits else ""

    def _note(self) -> None:
        amount = self.value()
        self.noted.emit("" if amount is None else rial_in_words(amount))
