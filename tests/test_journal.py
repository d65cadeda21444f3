"""The log: one JSON object a line, no long number in it, each bug once under a code."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import journal

ROOT = Path(__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that is logged to."""
    end = journal.start(tmp_path)
    yield tmp_path
    end()


def lines(folder: Path) -> list[dict[str, str]]:
    text = (folder / journal.NAME).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def fault() -> ValueError:
    try:
        int("4420123456x")
    except ValueError as raised:
        return raised
    raise AssertionError


def test_a_line_is_json_in_persian_too(folder: Path) -> None:
    logging.getLogger("desktop.store").warning("باز شد: %s", "نسخهٔ ۱\nسطر دوم")
    (line,) = lines(folder)
    assert line["words"] == "باز شد: نسخهٔ ۱\nسطر دوم"
    assert (line["level"], line["from"]) == ("WARNING", "desktop.store")
    assert line["at"].endswith("+00:00")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("کد ۴۴۲۰۱۲۳۴۵۶ نبود", "کد ********** نبود"),
        ("id=4420123456,", "id=**********,"),
        ("٠٩١٣١٢٣٤٥٦٧", "**********"),
        ("123456789 و 12345678901234567", "123456789 و 12345678901234567"),
        # A foreigner's code has up to sixteen.
        ("کد 123456789012 و 1234567890123456", "کد ********** و **********"),
        (
            "duplicate key\nDETAIL:  Key (name)=(زهرا فلاح) already exists.",
            "duplicate key\nDETAIL: **********",
        ),
    ],
)
def test_no_national_id_reaches_the_log(text: str, masked: str, folder: Path) -> None:
    logging.getLogger("x").info("%s", text)
    assert lines(folder)[-1]["words"] == masked


def test_a_bug_is_logged_once_with_its_trace_and_code(folder: Path) -> None:
    bug = fault()
    code = journal.report(bug)
    assert re.fullmatch(r"[0-9A-F]{4}", code)
    assert journal.report(bug) == code
    assert journal.report(fault()) == code
    first, _ = lines(folder)
    assert first["report"] == code
    assert "ValueError" in first["trace"]
    assert "4420123456" not in json.dumps(first)


def test_what_nobody_caught_is_reported_in_every_thread(tmp_path: Path) -> None:
    program = """
import sys, threading
from pathlib import Path
from desktop import journal
told = []
end = journal.start(Path(sys.argv[1]), told.append)
def fail(): raise RuntimeError("in a thread")
thread = threading.Thread(target=fail); thread.start(); thread.join()
sys.excepthook(*_info()) if False else None
try:
    raise RuntimeError("in the main thread")
except RuntimeError as fault:
    sys.excepthook(type(fault), fault, fault.__traceback__)
print(len(told))
raise SystemExit(3)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (3, "2")
    assert "Traceback" not in done.stderr
    assert [line["trace"].splitlines()[-1] for line in lines(tmp_path)] == [
        "RuntimeError: in a thread", "RuntimeError: in the main thread",
    ]  # fmt: skip


def test_a_hard_crash_leaves_its_stacks(tmp_path: Path) -> None:
    program = (
        "import sys, faulthandler; from pathlib import Path; from desktop import journal;"
        "journal.start(Path(sys.argv[1])); faulthandler._sigsegv()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode != 0
    assert "Segmentation" in (tmp_path / journal.CRASHES).read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_log_stays_small(folder: Path) -> None:
    words = "x" * 100_000
    for _ in range(100):
        logging.getLogger("x").info(words)
    files = sorted(folder.glob(f"{journal.NAME}*"))
    assert len(files) == 6
    assert sum(file.stat().st_size for file in files) < 6_600_000
