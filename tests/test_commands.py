"""`run` and `check` on machines that lack something, with stand-ins for the system's tools."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-centre.lock")

# Everything is installed but what MISSING names; every call that would change the machine is noted.
DPKG = 'for last; do :; done; case " $MISSING " in *" $last "*) exit 1;; esac; printf installed'
PYTHON = """
case "$1" in
  -c) echo "$0" ;;
  -m) echo "python $*" >>"$LOG"; [ "$2" = pip ] && exit "${PIP_FAILS:-0}"
      [ "$2" = venv ] && mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
  -P) shift; echo "started $* on ${QT_QPA_PLATFORM:-a window}" ;;
esac
"""
STAND_INS = {
    "dpkg-query": DPKG,
    "apt-cache": 'case "$2" in *t64) exit 1;; esac',
    "apt-get": 'echo "apt-get $*" >>"$LOG"; case " $APT_FAILS " in *" $1 "*) exit 100;; esac',
    "sudo": '[ "$MAY_SUDO" ] || exit 1; [ "$2" = true ] || { shift; echo sudo >>"$LOG"; "$@"; }',
    "id": 'echo "${USER_ID:-1000}"',
    "python3": PYTHON,
}


class Machine:
    """A copy of the two commands beside stand-ins for apt, sudo and Python."""

    def __init__(self, folder: Path) -> None:
        self.project, self.tools, self.log = folder / "a b", folder / "tools", folder / "log"
        (self.project / ".ci").mkdir(parents=True)
        self.tools.mkdir()
        for name in ("run", "check", ".ci/prepare.sh", *LOCKS):
            shutil.copy(ROOT / name, self.project / name)
        # The system's own Python is the stand-in too.
        prepare, own = self.project / ".ci/prepare.sh", str(self.tools / "python3")
        text = prepare.read_text(encoding="utf-8").replace("/usr/bin/python3", own)
        prepare.write_text(text, encoding="utf-8")
        for name, script in STAND_INS.items():
            path = self.tools / name
            path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            path.chmod(0o755)

    def start(
        self, *arguments: str, command: str = "run", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """What the command says, with the given variables and no others but the path."""
        path = os.pathsep.join([str(self.tools), "/usr/bin", "/bin"])
        return subprocess.run(
            [self.project / command, *arguments],
            env={"PATH": path, "LOG": str(self.log), **environment},
            cwd=self.tools,
            capture_output=True,
            text=True,
            check=False,
        )

    def changes(self) -> list[str]:
        """What was done to the machine since the last look."""
        done = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return done


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_no_display_is_said_in_one_line_that_names_the_tour(machine: Machine) -> None:
    told = machine.start()
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "./run tour DIR" in told.stderr
    assert machine.changes() == []


def test_the_first_start_makes_the_environment_and_the_second_does_not(machine: Machine) -> None:
    first = machine.start("tour", "a folder")
    assert first.stdout == "started -m desktop tour a folder on offscreen\n"
    venv, pip = machine.changes()
    assert venv.startswith("python -m venv")
    assert "--require-hashes" in pip
    second = machine.start("tour", "a folder", PIP_FAILS="1")
    assert (second.stdout, second.stderr) == (first.stdout, "")
    assert machine.changes() == []


def test_a_window_where_there_is_a_display(machine: Machine) -> None:
    assert machine.start(DISPLAY=":7").stdout == "started -m desktop on a window\n"


def test_a_new_lock_is_installed(machine: Machine) -> None:
    machine.start("day")
    machine.changes()
    with (machine.project / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# newer\n")
    machine.start("day")
    (pip,) = machine.changes()
    assert "pip install" in pip


def test_what_failed_is_tried_again(machine: Machine) -> None:
    failed = machine.start("day", PIP_FAILS="1")
    assert failed.returncode == 1
    assert "requirements.lock could not be installed" in failed.stderr
    machine.changes()
    assert machine.start("day").returncode == 0
    assert len(machine.changes()) == 1


def test_without_the_right_to_install_one_line_says_what_to_run(machine: Machine) -> None:
    told = machine.start("day", MISSING="libgl1 libglib2.0-0 libglib2.0-0t64")
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1] == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libglib2.0-0 libgl1"
    )
    assert machine.changes() == []


@pytest.mark.parametrize("right", [{"USER_ID": "0"}, {"MAY_SUDO": "yes"}])
def test_with_the_right_only_what_is_missing_is_installed(
    machine: Machine, right: dict[str, str]
) -> None:
    done = machine.start("day", MISSING="libegl1", **right)
    assert done.returncode == 0
    apt = [line for line in machine.changes() if line.startswith("apt-get")]
    assert apt == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends libegl1",
    ]


def test_a_source_that_is_down_stops_nothing_that_another_has(machine: Machine) -> None:
    none = machine.start("day", USER_ID="0", MISSING="libegl1", APT_FAILS="update install")
    assert none.returncode != 0
    assert "apt-get could not install" in none.stderr
    done = machine.start("day", USER_ID="0", MISSING="libegl1", APT_FAILS="update")
    assert done.returncode == 0
    assert "Some package lists could not be fetched." in done.stderr


def test_a_package_under_its_older_name_is_not_missing(machine: Machine) -> None:
    machine.start("day", USER_ID="0", MISSING="libglib2.0-0t64")
    assert not [line for line in machine.changes() if line.startswith("apt-get")]


@pytest.mark.parametrize("command", ["data show", "service list", "decide", "records FILE"])
def test_what_draws_nothing_wants_no_windows_packages(machine: Machine, command: str) -> None:
    told = machine.start(*command.split(), MISSING="libegl1")
    assert told.returncode == 0
    machine.changes()
    # The window on the same machine still says what it lacks, and makes nothing twice.
    assert "libegl1" in machine.start(DISPLAY=":7", MISSING="libegl1").stderr
    assert machine.start("service", "preview", "FILE", MISSING="libegl1").returncode == 1
    assert machine.start(*command.split(), MISSING="libegl1", PIP_FAILS="1").returncode == 0
    assert machine.changes() == []


def test_a_centre_wants_its_own_lock_and_the_databases_programs(machine: Machine) -> None:
    machine.start("day")
    machine.changes()
    lacks = "libegl1 postgresql-client-17 postgresql-client-18"
    told = machine.start("centre", "status", USER_ID="0", MISSING=lacks)
    assert told.stdout == "started -m desktop centre status on offscreen\n"
    *apt, pip = machine.changes()
    assert apt[-1].endswith(" postgresql-client-18")
    assert "libegl1" not in " ".join(apt)
    assert pip.endswith("requirements-centre.lock")
    # Neither takes the other's away, and neither is installed twice.
    for command in ("day", "centre"):
        assert machine.start(command, "x", PIP_FAILS="1").returncode == 0
    assert machine.changes() == []


def test_check_refuses_an_unknown_argument_and_explains_itself(machine: Machine) -> None:
    assert machine.start("--fast", command="check").returncode == 2
    assert "--quick" in machine.start("--help", command="check").stdout
    assert machine.changes() == []
