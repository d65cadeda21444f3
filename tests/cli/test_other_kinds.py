"""An office file that asks for another kind: each command says so in a sentence, makes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from desktop import app, cli
from desktop.ui.look import place_settings
from desktop.ui.window import Window

OFFICE = 'kind = "office"\ncentre = "https://markaz.example"\n'
CENTRE = 'kind = "centre"\n'
COMMANDS = (
    ["tour", "pictures"],
    ["day"],
    ["bench"],
    ["decide", "--records", "r", "--requests", "q.csv", "--on", "1405/09/03", "--out", "o.csv"],
    ["records", "export", "--as-of", "1405/09/03", "--by", "مریم شایق"],
    ["service", "list"],
    ["data", "show"],
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, in which nothing but the office file is."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("PISHKHAN_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


def _is_alone(home: Path) -> bool:
    return [path.name for path in home.parent.rglob("*")] == ["home", "office.toml"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(("text", "named"), [(OFFICE, "«باجهٔ دفتر»"), (CENTRE, "«مرکز»")])
def test_a_command_says_that_it_is_for_a_demo_and_makes_nothing(
    home: Path, capsys: pytest.CaptureFixture[str], command: list[str], text: str, named: str
) -> None:
    (home / "office.toml").write_text(text, encoding="utf-8")
    assert cli.main(command) == 1
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert named in said[0]
    assert "تنها در دفتر نمونه" in said[0]
    assert _is_alone(home)


@pytest.mark.parametrize("command", [["centre", "status"], ["trust"], ["join"]])
def test_a_file_that_nobody_understands_is_told_before_anything_is_made(
    home: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    (home / "office.toml").write_text('kind = "shop"\n', encoding="utf-8")
    assert cli.main(command) == 1
    assert "kind" in capsys.readouterr().err
    assert _is_alone(home)


def test_who_asks_what_is_wrong_changes_nothing(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "office.toml").write_text('kind = "shop"\n', encoding="utf-8")
    assert cli.main(["doctor"]) == 1
    assert "kind" in capsys.readouterr().out
    assert _is_alone(home)


@pytest.mark.parametrize("text", [OFFICE, CENTRE, ""])
def test_an_old_machines_disk_is_read_on_any_machine(
    home: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (home / "office.toml").write_text(text, encoding="utf-8")
    (home.parent / "disk").mkdir()
    assert cli.main(["salvage", str(home.parent / "disk")]) == 1
    said = capsys.readouterr().err
    assert "دفتر نمونه" not in said
    assert "disk" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "words"),
    [
        (CENTRE, "مرکز پنجره ندارد"),
        ('kind = "demo"\ncentre = "https://markaz.example"\n', "هنوز نمی‌تواند باز کند"),
        ('kind = "shop"\n', "kind"),
    ],
)
def test_the_window_says_what_it_does_not_open_and_makes_nothing(
    home: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, text: str, words: str
) -> None:
    (home / "office.toml").write_text(text, encoding="utf-8")
    said: list[str] = []

    def look(_: QApplication) -> int:
        (window,) = (w for w in qapp.topLevelWidgets() if isinstance(w, Window) and w.isVisible())
        labels = window.sign_in.findChildren(QLabel)
        said.extend(each.text() for each in labels if each.isVisible() and words in each.text())
        window.close()
        window.deleteLater()
        return 0

    place_settings(home)
    monkeypatch.setattr(app, "make_application", lambda: qapp)
    monkeypatch.setattr(type(qapp), "exec", look)
    assert app.run() == 1
    assert len(said) == 1
    assert _is_alone(home)
