"""The office file: none is a demo, wrong keys are named, what can't be opened yet is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.errors import Refusal
from desktop.premises.kind import (
    Kind,
    OfficeFile,
    demand_demo,
    demand_window,
    read_office_file,
)


def _say(folder: Path, text: str) -> None:
    (folder / "office.toml").write_text(text, encoding="utf-8")


def test_without_a_file_it_is_a_demo(tmp_path: Path) -> None:
    assert read_office_file(tmp_path) == OfficeFile()
    assert read_office_file(tmp_path).installation is Kind.DEMO
    demand_demo(tmp_path)
    demand_demo(tmp_path / "nowhere")
    assert demand_window(tmp_path) == OfficeFile()


@pytest.mark.parametrize("text", ["", 'kind = "demo"\n', "\ufeffkind = 'demo'\n"])
def test_a_file_that_asks_for_a_demo_is_opened(tmp_path: Path, text: str) -> None:
    _say(tmp_path, text)
    demand_demo(tmp_path)
    assert not demand_window(tmp_path).is_desk


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('centre = "https://markaz.example"\n', "«باجهٔ دفتر» با مرکز «https://markaz.example»"),
        ('kind = "municipal"\ncentre = "https://m.example"\n', "«میز شهرداری»"),
        ('kind = "office"\n', "«باجهٔ دفتر»"),
        ('kind = "training"\n', "«دفتر آموزشی»"),
        ('kind = "centre"\n', "«مرکز»"),
        # A demo carries its own centre.
        ('kind = "demo"\ncentre = "https://markaz.example"\n', "«https://markaz.example»"),
    ],
)
def test_what_is_no_demo_is_refused_to_commands_in_one_sentence(
    tmp_path: Path, text: str, named: str
) -> None:
    _say(tmp_path, text)
    with pytest.raises(Refusal, match="تنها در دفتر نمونه") as refused:
        demand_demo(tmp_path)
    assert named in refused.value.words
    assert ". " not in refused.value.words, "one sentence"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('kind = "training"\ncentre = "https://m.example"\n', "آموزشی است و مرکز آن را نمی‌پذیرد"),
        ('kind = "centre"\n', "desktop centre"),
        ('kind = "demo"\ncentre = "https://markaz.example"\n', "هنوز نمی‌تواند باز کند"),
    ],
)
def test_what_no_window_opens_is_told(tmp_path: Path, text: str, words: str) -> None:
    _say(tmp_path, text)
    with pytest.raises(Refusal, match=words):
        demand_window(tmp_path)


def test_an_office_to_practise_in_carries_its_own_centre(tmp_path: Path) -> None:
    _say(tmp_path, 'kind = "training"\n')
    file = demand_window(tmp_path)
    assert file.installation is Kind.TRAINING
    assert not file.is_desk


@pytest.mark.parametrize(
    "text",
    [
        'kind = "office"\n',
        'centre = "https://m.example"\n',
        f'kind = "municipal"\ncentre = "https://m.example"\ncertificate = "{"0a" * 32}"\n',
    ],
)
def test_a_real_desk_is_opened_by_the_window(tmp_path: Path, text: str) -> None:
    _say(tmp_path, text)
    file = demand_window(tmp_path)
    assert file.is_desk
    _say(tmp_path, file.as_text())
    assert read_office_file(tmp_path) == file


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('center = "x"\ncolour = "y"\n', "center، colour"),
        ("centre = 5\n", "centre"),
        ('kind = "shop"\n', "kind"),
        ("kind = 1\n", "kind"),
        ('certificate = "ab:cd"\n', "certificate"),
        ('centre = "x\n', "خوانده نشد: سطر ۱ آن درست نیست."),
        ('kind = "demo"\n[[[', "سطر ۲ آن درست نیست."),
        ("kind = [", "خوانده نشد: پایان آن درست نیست."),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    _say(tmp_path, text)
    with pytest.raises(Refusal, match=named):
        demand_demo(tmp_path)


def test_a_file_that_is_no_text_or_no_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_bytes(b"\xff\xfe\x00kind")
    with pytest.raises(Refusal, match="خوانده نشد"):
        demand_demo(tmp_path)
    path.unlink()
    path.mkdir()
    with pytest.raises(Refusal, match="خوانده نشد"):
        demand_demo(tmp_path)
