"""«گواهی حریم»: a service nobody here has heard of, from its file to a printed letter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop.authoring.checking import whole
from desktop.authoring.holding import shipped
from desktop.domain.errors import Refusals
from desktop.trial.stage import MORNING
from tests.reports.reading import codes_of, text_of

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]

# As somebody at the municipality writes it, beginning with `./run service new`.
HARIM = '''
code = "harim"
title = "گواهی حریم"
act = "صدور گواهی حریم"
effective = 2026-11-24
icon = "map-pin"
family = "property"
purpose = "فاصلهٔ ملک از حریم مسیل، راه‌آهن یا خط برق."
legal_basis = ["مادهٔ ۱۰۰ قانون شهرداری"]
applicants = ["owner", "attorney", "heir"]
declares = false
include = ["applicants", "unrecorded", "refusal", "debt"]
gate = ["standing", "deceased", { use = "plan-conflict", effect = "review" }, "debt", "parent"]

[fees]
office = "office"

[term]
days = 5
red_from = 4

[[field]]
key = "harim_of"
label = "حریم چه؟"
kind = "choice"
choices = ["مسیل", "راه‌آهن", "خط برق"]
required = true

[[field]]
key = "distance"
label = "فاصله تا محور"
kind = "metres"
least = 1
required = true

[letter.answer]
subject = "گواهی حریم"
addressee = "{{ applicant.salutation }}"
body = """
بازگشت به درخواست شمارهٔ {{ request.tracking }} دربارهٔ {{ property.sentence }}، گواهی می‌شود ملک به فاصلهٔ {{ fields.distance }} متر از محور {{ fields.harim_of }} و بیرون از حریم آن است.

{% for note in notes %}{{ note }} {% endfor %}{{ basis }}
"""
copies = ["پروندهٔ ملک"]

[[example]]
name = "بیرون از حریم"
record = "clean"
outcome = "answer"
answers = { harim_of = "مسیل", distance = "38" }
gates = []

[[example]]
name = "بدهی سررسیدشده"
record = "debt"
outcome = "pay"
answers = { harim_of = "مسیل", distance = "38" }

[[example]]
name = "بی‌سابقه"
record = "none"
outcome = "visit"
answers = { harim_of = "مسیل", distance = "38" }

[[example]]
name = "در طرح"
record = "widening"
outcome = "review"
answers = { harim_of = "مسیل", distance = "38" }

[[example]]
name = "بیرون از شهر"
record = "outside-city"
outcome = "refuse"
answers = { harim_of = "مسیل", distance = "38" }
'''  # noqa: E501


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file on the desk of who wrote it."""
    path = tmp_path / "harim.toml"
    path.write_text(HARIM, encoding="utf-8")
    return path


def test_the_file_is_short_and_right(file: Path) -> None:
    assert HARIM.count("\n") < 90
    service, text = whole(file, shipped(), MORNING.date())
    assert service.title == "گواهی حریم"
    assert "[letter.refuse]" in text, "the blocks are in what is published"
    file.write_text(HARIM.replace('outcome = "answer"', 'outcome = "pay"'), encoding="utf-8")
    with pytest.raises(Refusals, match="بیرون از حریم"):
        whole(file, shipped(), MORNING.date())


@pytest.mark.long
@pytest.mark.full
def test_it_goes_from_its_file_to_a_printed_letter(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "preview"
    environment = {**os.environ, "PISHKHAN_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "desktop", "service", "preview", str(file), str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.DEVNULL)
    kept = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    by_name = {one["name"]: folder / one["file"] for one in kept}
    form = QImage(str(by_name["form"]))
    assert (form.width(), form.height() > 768) == (1366, True), "the form in one tall picture"
    assert {"receipt", "answer-proof", "outcome", "letter-answer-printed"} <= by_name.keys()
    pdf = by_name["answer-copy-1"].read_bytes()
    assert {"گواهی", "محور", "مسیل", "۳۸٫۰۰"} <= set(text_of(pdf))
    assert len(codes_of(pdf, 150)) == 1
