"""The machine's fonts have no say: without any and with many, all stands where it stood."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from PySide6.QtGui import QFont, QFontInfo
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QComboBox,
    QFileDialog,
    QListView,
    QMenu,
    QMenuBar,
    QMessageBox,
    QStatusBar,
    QTableView,
    QToolButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.settings import resources
from desktop.ui import fonts, theme
from tests.ui.fonts_child import laid

ROOT = Path(__file__).resolve().parents[2]
# The program's own list stands with what makes the files; a fault there must show here.
CONTROLS = (
    0x061C, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206A, 0x206B,
    0x206C, 0x206D, 0x206E, 0x206F,
)  # fmt: skip
_PAPER = resources() / "fonts" / "Vazirmatn-Regular.ttf"
_NONE = "<fontconfig><cachedir>{cache}</cachedir></fontconfig>"
# The machine's own, two strangers, and the settings of a desktop that draws otherwise than most.
_MANY = """<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>{strangers}</dir><cachedir>{cache}</cachedir>
<match target="font">
  <edit name="hintstyle" mode="assign"><const>hintfull</const></edit>
  <edit name="autohint" mode="assign"><bool>true</bool></edit>
  <edit name="rgba" mode="assign"><const>rgb</const></edit>
</match>
</fontconfig>"""


def _strangers(folder: Path) -> None:
    """A high font with every control and a few letters; another Vazirmatn, twice as wide."""
    folder.mkdir()
    with TTFont(_PAPER) as high:
        for table in high["cmap"].tables:
            empty = dict.fromkeys(CONTROLS, table.cmap[0x200C])
            table.cmap.update({0x05E9: table.cmap[ord("b")], 0x2190: table.cmap[ord("-")], **empty})
        high["hhea"].ascent = high["OS/2"].sTypoAscender = high["OS/2"].usWinAscent = 4000
        for record in high["name"].names:
            record.string = record.toUnicode().replace("Vazirmatn", "Stranger")
        high.save(folder / "stranger.ttf")
    with TTFont(_PAPER) as wide:
        metrics = wide["hmtx"].metrics
        metrics.update({name: (2 * width, left) for name, (width, left) in metrics.items()})
        wide["OS/2"].achVendID = "ELSE"
        wide.save(folder / "vazirmatn.ttf")


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The fontconfig of a machine without fonts and of one with many."""
    folder = tmp_path_factory.mktemp("fontconfig")
    _strangers(folder / "strangers")
    made = {}
    for name, text in (("none", _NONE), ("many", _MANY)):
        made[name] = folder / f"{name}.conf"
        places = {"strangers": folder / "strangers", "cache": folder / f"cache-{name}"}
        made[name].write_text(text.format(**places), encoding="utf-8")
    return made


@dataclass(frozen=True)
class Both:
    """What a child told on either machine."""

    none: Any
    many: Any


def _on_both(machines: Mapping[str, Path], folder: Path, *arguments: str) -> Both:
    """Run the command on both at once."""
    children = {}
    for name, config in machines.items():
        (folder / name).mkdir()
        command = [sys.executable, *arguments, str(folder / name)]
        environment = {**os.environ, "FONTCONFIG_FILE": str(config), "PYTHONPATH": str(ROOT)}
        children[name] = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
    told = {}
    for name, child in children.items():
        out, complaints = child.communicate()
        assert child.returncode == 0, f"{name}: {complaints.decode(errors='replace')}"
        told[name] = json.loads(out)
    return Both(**told)


@pytest.fixture(scope="module")
def kit(machines: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Both:
    """Texts and the pages of the kit."""
    return _on_both(machines, tmp_path_factory.mktemp("kit"), "-m", "tests.ui.fonts_child")


# Names that Qt's list holds on every Linux, whether or not a font answers to them.
_GENERIC = {"Monospace", "Sans Serif", "Serif"}


@pytest.mark.long
def test_the_two_machines_differ(kit: Both) -> None:
    assert set(kit.none["families"]) <= _GENERIC
    assert {"Stranger", "Vazirmatn"} <= set(kit.many["families"])


@pytest.mark.long
def test_what_ours_lacks_is_fetched_where_the_machine_has_it(kit: Both) -> None:
    assert all(fonts.FAMILY not in families for families in kit.many["foreign"].values())
    assert all(families == [fonts.FAMILY] for families in kit.none["foreign"].values())


@pytest.mark.long
def test_letters_and_controls_come_from_our_font_alone(kit: Both) -> None:
    for told in (kit.none, kit.many):
        assert {tuple(families) for _, _, families in told["laid"]} == {(fonts.FAMILY,)}


@pytest.mark.long
def test_texts_are_as_wide_as_high_and_in_the_same_order(kit: Both) -> None:
    assert kit.many["laid"] == kit.none["laid"]
    assert kit.many["order"] == kit.none["order"]


@pytest.mark.long
def test_every_part_of_the_kit_stands_at_the_same_place_and_looks_the_same(kit: Both) -> None:
    assert kit.many["places"] == kit.none["places"]
    assert kit.many["pictures"] == kit.none["pictures"]


@pytest.mark.parametrize(
    "control", [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *CONTROLS], ids=hex
)
def test_a_control_is_never_drawn(qapp: QApplication, control: int) -> None:
    assert laid(f"۱{chr(control)}۲", "headline", 700) == laid("۱۲", "headline", 700)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_every_page_of_an_office_stands_at_the_same_place(
    machines: Mapping[str, Path], tmp_path: Path
) -> None:
    told = _on_both(machines, tmp_path, "-m", "tests.ui.fonts_pages_child")
    assert len(told.none) > 100
    assert told.many == told.none


@pytest.mark.parametrize("machine", [pytest.param("none", marks=pytest.mark.long), "many"])
@pytest.mark.long
def test_the_judges_of_paper_say_the_same(machines: Mapping[str, Path], machine: str) -> None:
    """All of `test_text`, on either machine."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    done = subprocess.run(
        [*command, "tests/reports/test_text.py"],
        cwd=ROOT,
        env={**os.environ, "FONTCONFIG_FILE": str(machines[machine])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]


# What Qt makes by itself, and classes that a desktop's settings give a font of their own.
_MADE_BY_QT = (
    QCalendarWidget, QComboBox, QFileDialog, QListView, QMenu, QMenuBar, QMessageBox, QStatusBar,
    QTableView, QToolButton,
)  # fmt: skip


@pytest.mark.parametrize("kind", _MADE_BY_QT)
def test_whatever_the_program_shows_has_our_font(qtbot: QtBot, kind: type[QWidget]) -> None:
    widget = kind()
    qtbot.addWidget(widget)
    for part in (widget, *widget.findChildren(QWidget)):
        _is_ours(part.font())
        _is_ours(QApplication.font(part))
    _is_ours(QFont())
    _is_ours(QToolTip.font())


def _is_ours(font: QFont) -> None:
    assert QFontInfo(font).family() == fonts.FAMILY
    assert font.hintingPreference() == QFont.HintingPreference.PreferVerticalHinting
    assert font.styleStrategy() == theme.font("body").styleStrategy()


def test_the_windows_files_are_the_papers_with_the_controls(tmp_path: Path) -> None:
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        made = path.parent / "window" / path.name.replace("Vazirmatn", "VazirmatnPishkhan")
        with TTFont(path) as paper, TTFont(made) as window:
            new = window.getBestCmap().keys() - paper.getBestCmap().keys()
            assert new == set(CONTROLS)
            empty = window.getBestCmap()[0x200C]
            assert window.getBestCmap() == paper.getBestCmap() | dict.fromkeys(new, empty)
            assert (window["hmtx"][empty][0], window["glyf"][empty].numberOfContours) == (0, 0)
            same = set(paper.reader.keys()) - {"cmap", "head", "name"}
            assert all(paper.reader[table] == window.reader[table] for table in same)
            assert window["head"].unitsPerEm == paper["head"].unitsPerEm
