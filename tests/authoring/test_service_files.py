"""`./run service new` and `check`, as a person at the municipality uses them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.authoring.checking import check, lines_of
from desktop.authoring.fresh import write_fresh
from desktop.authoring.holding import shipped
from desktop.cli import main
from desktop.demo.requests import BUSIEST
from desktop.domain.errors import Refusal
from desktop.forms.catalogue import SERVICES
from desktop.forms.charges import charge_faults
from tests.shipped import SHIPPED

DAY = date(2026, 11, 24)
HOLDING = shipped()
CITY = HOLDING.city
Spoil = Callable[[str], str]


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A fresh file, nothing filled in yet."""
    path = tmp_path / "harim.toml"
    write_fresh(path, DAY)
    return path


def _words(path: Path) -> list[str]:
    (checked,) = check([path], HOLDING, DAY)
    words = [fault.words for fault in checked.faults]
    assert lines_of(checked) == words
    return words


@pytest.mark.slow
def test_a_fresh_file_is_right_as_it_stands_and_has_every_outcome(fresh: Path) -> None:
    (checked,) = check([fresh], HOLDING, DAY)
    assert not checked.faults
    service = checked.service
    assert service is not None
    assert service.code == "harim"
    assert {example.outcome for example in service.examples} == {
        "answer", "pay", "visit", "review", "refuse",
    }  # fmt: skip
    assert lines_of(checked) == [
        "harim.toml: درست است. عنوان خدمت: ۱۰ پرسش، ۱۱ مدرک، ۱۱ دلیل، ۵ نمونه "
        "(answer، pay، visit، review، refuse)."
    ]


def test_a_file_that_is_there_is_left_alone(fresh: Path) -> None:
    fresh.write_text("mine", encoding="utf-8")
    with pytest.raises(Refusal, match="دست نخورد"):
        write_fresh(fresh, DAY)
    assert fresh.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("name", ["حریم.toml", "Harim.toml", "ha rim.toml", "harim.txt", "a.toml"])
def test_a_name_that_is_no_code_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal, match="کد خدمت"):
        write_fresh(tmp_path / name, DAY)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda t: t.replace('kind = "long"', 'kind = "lang"'), ["field[2].kind", "long"]),
        (lambda t: t.replace('"clean"', '"clen"'), ["example[1].record", "شاید «clean»"]),
        (lambda t: t.replace('"standing",', '"standin",'), ["شاید «standing»"]),
        (lambda t: t.replace("[term]", "[term"), ["سطر ۳۸"]),
        (lambda t: t.replace('outcome = "visit"', 'outcome = "answer"'), ["بی‌سابقه", "visit"]),
        (lambda t: t.replace('office = "office"', 'office = "ofice"'), ["«ofice»", "office"]),
        (lambda t: t.replace("{{ property.sentence }}", "{{ fields.reson }}"), ["reson"]),
    ],
)
def test_each_fault_is_told_with_its_place_and_advice(
    fresh: Path, spoil: Spoil, said: list[str]
) -> None:
    text = fresh.read_text(encoding="utf-8")
    assert spoil(text) != text
    fresh.write_text(spoil(text), encoding="utf-8")
    words = " ".join(_words(fresh))
    for part in said:
        assert part in words


def test_a_tariff_that_asks_what_the_form_does_not_is_told() -> None:
    digging, scaffold = (SHIPPED[code] for code in ("excavation", "scaffold"))
    assert not list(charge_faults(digging, CITY))
    dug = replace(scaffold, gates=(*scaffold.gates, *(g for g in digging.gates if g.tariffs)))
    (restoration, deposit) = charge_faults(dug, CITY)
    assert "هزینهٔ ترمیم" in restoration.words
    assert "«length»" in deposit.words


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    assert "خوانده نشد" in _words(tmp_path / "nothing.toml")[0]
    odd = tmp_path / "odd.toml"
    odd.write_bytes(b"\xff\xfe\x00")
    assert "UTF-16" in _words(odd)[0]


@pytest.mark.slow
def test_a_file_is_held_against_its_own_name_and_against_those_that_ship(fresh: Path) -> None:
    text = fresh.read_text(encoding="utf-8")
    fresh.write_text(text.replace('icon = "', 'digit = 3\nicon = "', 1), encoding="utf-8")
    (words,) = _words(fresh)
    assert "سطر ۹" in words
    assert "«نقل و انتقال»" in words
    other = fresh.with_name("hareem.toml")
    other.write_text(text, encoding="utf-8")
    (words,) = _words(other)
    assert "سطر ۴، code" in words
    assert "harim.toml" in words


@pytest.mark.long
def test_the_busiest_shipped_files_are_right() -> None:
    checked = list(check([SERVICES / f"{code}.toml" for code in BUSIEST], HOLDING, DAY))
    assert [one.name for one in checked if one.faults] == []
    assert len(checked) == len(BUSIEST)


@pytest.mark.long
def test_every_shipped_file_is_right() -> None:
    checked = list(check([], HOLDING, DAY))
    assert [one.name for one in checked if one.faults] == []
    assert len(checked) == len(list(SERVICES.glob("*.toml")))


@pytest.mark.slow
def test_the_command_ends_well_or_not(
    fresh: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PISHKHAN_HOME", str(tmp_path / "home"))
    assert main(["service", "check", str(fresh)]) == 0
    assert "درست است" in capsys.readouterr().out
    assert main(["service", "new", str(fresh)]) == 1
    assert "دست نخورد" in capsys.readouterr().err
    fresh.write_text("code = 1", encoding="utf-8")
    assert main(["service", "check", str(fresh)]) == 1
    assert main(["service", "new", str(tmp_path / "bam.toml")]) == 0
    assert main(["verify", "no letter"]) == 1
