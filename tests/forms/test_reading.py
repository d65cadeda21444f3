"""A service file as an editor may have saved it: understood, or told in one sentence."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import pytest

from desktop.forms.catalogue import SERVICES, whole_text
from desktop.forms.faults import FaultyFile
from desktop.forms.loader import load, load_all
from desktop.forms.reading import LONGEST, MOST_LINES, read_text, text_of
from desktop.forms.text_checks import PRINTABLE
from desktop.reports.letter.v1.fonts import Weight
from desktop.reports.letter.v1.wrap import words as lines_of_words
from tests.forms.planting import BASES

GOOD = BASES["harim"]
PERSIAN = GOOD.index("عنوان خدمت")


def saved(content: bytes) -> str:
    return text_of(content, "harim.toml")


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        codecs.BOM_UTF8 + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        codecs.BOM_UTF8 + GOOD.replace("\n", "\r\n").encode(),
    ],
)
def test_marks_of_encoding_and_other_line_ends_are_understood(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "harim.toml"
    path.write_bytes(content)
    assert read_text(path) == GOOD
    # What is published is the same text, whatever the editor.
    assert load(read_text(path), path.name).version == load(GOOD, path.name).version
    assert whole_text(path).startswith(GOOD[:100])


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (GOOD.encode("utf-16"), 1, "UTF-16"),
        (GOOD.encode("utf-16-le"), 1, "UTF-16"),
        (GOOD.encode("utf-16-be"), 1, "UTF-16"),
        # The first letter of the first line is Persian already.
        ("# گزارش\n".encode("cp1256"), 1, "UTF-8"),
        (b'code = "harim"\n\ntitle = "\xda\xe4\xe6\xc7\xe4"\n', 3, "Windows-1256"),
    ],
)
def test_another_encoding_is_told_with_the_way_out(content: bytes, line: int, words: str) -> None:
    with pytest.raises(FaultyFile) as told:
        saved(content)
    (fault,) = told.value.file_faults
    assert fault.line == line
    assert words in fault.advice
    assert "UTF-8" in fault.advice


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FaultyFile, match="خوانده نشد"):
        read_text(tmp_path / "nothing.toml")
    with pytest.raises(FaultyFile, match="خوانده نشد"):
        read_text(tmp_path)


def test_a_file_longer_than_any_service_is_told_and_nothing_more_is_done() -> None:
    field = '\n[[field]]\nkey = "f"\nlabel = "ف"\nkind = "text"\nrequired = true\n'
    for text in (GOOD + field * 830, GOOD + "# " + "x" * LONGEST):
        with pytest.raises(FaultyFile) as told:
            load(text, "harim.toml")
        (fault,) = told.value.file_faults
        assert "۲۰۰۰ سطر" in fault.advice
        assert fault.line == min(text.count("\n") + 1, MOST_LINES + 1)
    ship = (path.read_text(encoding="utf-8") for path in SERVICES.glob("*.toml"))
    assert max(text.count("\n") for text in ship) < MOST_LINES / 4


@pytest.mark.parametrize("opening", ["[", "{ a = "])
def test_brackets_without_end_are_told(opening: str) -> None:
    with pytest.raises(FaultyFile, match="بیش از اندازه"):
        load(f'code = "harim"\nfield = {opening * 5000}', "harim.toml")
    with pytest.raises(FaultyFile, match="بیش از اندازه"):
        load(f'code = "harim"\ndigit = {"9" * 5000}', "harim.toml")


def test_a_folder_tells_files_of_every_kind(tmp_path: Path) -> None:
    (tmp_path / "harim.toml").write_bytes(codecs.BOM_UTF8 + GOOD.encode())
    assert list(load_all(tmp_path)) == ["harim"]
    (tmp_path / "arabic.toml").write_bytes("عنوان".encode("cp1256"))
    (tmp_path / "empty.toml").write_bytes(b"")
    with pytest.raises(FaultyFile) as told:
        load_all(tmp_path)
    assert [fault.file for fault in told.value.file_faults] == ["arabic.toml", "empty.toml"]


def test_what_a_file_may_hold_the_letters_font_can_draw() -> None:
    allowed = re.findall(f"[{PRINTABLE}]", "".join(map(chr, range(0x20, 0xD800))))
    assert set("پژگچکیآءئؤهٔةًّ‌«»؛،؟٪٫٬۰۹–—…×") <= set(allowed)
    assert not set("\u200f\u0640\u0682\t") & set(allowed)
    for character in allowed:
        lines_of_words(f"ب{character}ب", Weight.REGULAR)
