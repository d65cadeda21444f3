"""The tests of sync can fail: each way of losing or doubling acts that is known is found by them.

A copy of the program is changed in one place, and the tests that are named must fail on it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.once import SHARED

pytestmark = pytest.mark.timeout(900)

ROOT = Path(__file__).parents[2]
_ANEW = (
    'session.flush()\n{0}session.connection().exec_driver_sql("COMMIT")\n'
    '{0}session.connection().exec_driver_sql("BEGIN IMMEDIATE")\n'
)
KILLS, DOOR = "tests/sync/test_kills.py", "tests/centre/test_door.py"
GIVING, RECOVERING = "tests/centre/test_giving_back.py", "tests/centre/test_recovering.py"


@dataclass(frozen=True)
class Mutant:
    """A change of one file that must be noticed by these tests."""

    file: str
    old: str
    new: str
    tests: tuple[str, ...]


_KEPT = "        outbox.keep(session, command)\n"
_APPLIED = """\
    facts.append(session, arrived)
    step("apply:facts")
    head = head_of(piece)
    facts.move_cursor(session, head)
"""
_MOVED = """\
    head = head_of(piece)
    facts.move_cursor(session, head)
"""
_COMMITTED = "                session.commit()\n"
MUTANTS = {
    "outbox in a second transaction": Mutant(
        "desktop/store/acts.py",
        _KEPT,
        _KEPT + " " * 8 + _ANEW.format(" " * 8),
        (f"{KILLS}::test_a_kill_at_a_named_step",),
    ),
    "cursor before rows": Mutant(
        "desktop/sync/apply.py",
        _APPLIED,
        f'{_MOVED}    {_ANEW.format(" " * 4)}    step("apply:facts")\n'
        "    facts.append(session, arrived)\n",
        (f"{KILLS}::test_a_kill_at_a_named_step",),
    ),
    "no fork check": Mutant(
        "desktop/centre/arriving.py",
        '        raise Fork(f"sequence {seq} of {device.device_id}")\n',
        "        return\n",
        (f"{DOOR}::test_another_content_under_a_spent_number_is_a_fork[sqlite]",),
    ),
    "wrong counter": Mutant(
        "desktop/centre/streams.py",
        "        stream.pos += 1\n",
        "        stream.pos += 1 if stream.pos % 5 else 2\n",
        ("tests/centre/test_batches.py",),
    ),
    "handled before the lock": Mutant(
        "desktop/centre/streams.py",
        "    .order_by(StreamRow.name)\n    .with_for_update()\n",
        "    .order_by(StreamRow.name)\n",
        ("tests/centre/test_passing_faults.py::test_six_desks_of_one_office_push_at_once",),
    ),
    "told before it is committed": Mutant(
        "desktop/centre/transacting.py",
        _COMMITTED,
        "                try:\n    " + _COMMITTED + "                except Exception:\n"
        "                    pass\n",
        ("tests/centre/test_passing_faults.py::test_nobody_is_told_of_what_is_not_committed",),
    ),
    "a restored centre takes acts at once": Mutant(
        "desktop/centre/serve.py",
        "        if not route.recovers and centre.recovery.phase(session) is Phase.CLOSED:\n",
        "        if not route.recovers and route.stranger and centre.recovery.phase(session):\n",
        (f"{GIVING}::test_nothing_but_giving_back_is_done_before_all_desks_came",),
    ),
    "given back without the centre's signature": Mutant(
        "desktop/centre/recovering/giving.py",
        "    if head.epoch != row.former or not signed:\n",
        "    if head.epoch != row.former:\n",
        (f"{GIVING}::test_what_the_centre_never_signed_is_not_taken",),
    ),
    "given back, and what was taken is not taken again": Mutant(
        "desktop/centre/recovering/redoing.py",
        "            if before is not None and take is not None:\n",
        "            if before is None and take is not None:\n",
        (f"{RECOVERING}::test_what_the_copy_lacks_comes_back_from_the_desks",),
    ),
    "acts that came back are done once more": Mutant(
        "desktop/centre/recovering/adopted.py",
        "    return {cause: _outcome(told) for cause, told in kinds.items()}\n",
        "    return {}\n",
        (f"{RECOVERING}::test_what_the_copy_lacks_comes_back_from_the_desks",),
    ),
}


def run(folder: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """The tests on the program of the folder, until the first that fails."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    # Houses that the program as it stands has made would hide what the copy does.
    env.pop(SHARED, None)
    env["PYTHONPATH"] = str(folder)
    told = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", *tests]
    return subprocess.run(told, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the program and its tests."""
    folder = tmp_path / "copy"
    for part in ("desktop", "tests", "resources"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_each_mutant_is_a_change_of_the_program_as_it_stands() -> None:
    """Else it must be made anew."""
    found = {
        name: (ROOT / mutant.file).read_text(encoding="utf-8").count(mutant.old)
        for name, mutant in MUTANTS.items()
    }
    assert found == dict.fromkeys(MUTANTS, 1)


@pytest.mark.long
@pytest.mark.full
@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_killed(name: str, copied: Path) -> None:
    mutant = MUTANTS[name]
    file = copied / mutant.file
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    ended = run(copied, *mutant.tests)
    assert ended.returncode == pytest.ExitCode.TESTS_FAILED, ended.stdout + ended.stderr


@pytest.mark.long
@pytest.mark.full
def test_the_program_as_it_stands_passes_what_kills_them(copied: Path) -> None:
    tests = sorted({test for mutant in MUTANTS.values() for test in mutant.tests})
    ended = run(copied, *tests)
    assert ended.returncode == pytest.ExitCode.OK, ended.stdout + ended.stderr
