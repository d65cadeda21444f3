"""The locks: whole, of one mind, with hashes, and in step with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
RUNTIME, CENTRE, CHECK = "requirements.lock", "requirements-centre.lock", "requirements-check.lock"
_PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?P<marker> ; [^\\]+)? \\$")
_HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def pins(lock: str) -> dict[str, str]:
    """Package → version of a lock; every line of it is a pin or a hash."""
    found = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if pin := _PIN.match(line):
            found[pin["name"]] = pin["version"]
        else:
            assert _HASH.match(line), line
    return found


def wanted(group: str | None) -> list[Requirement]:
    """The requirements that pyproject.toml names: the program's, a centre's, or the checks'."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = project["dependency-groups"] | project["project"]["optional-dependencies"]
    lines = named[group] if group else project["project"]["dependencies"]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize(
    ("lock", "group"),
    [
        (RUNTIME, None),
        (CENTRE, None),
        (CENTRE, "centre"),
        (CHECK, None),
        (CHECK, "centre"),
        (CHECK, "check"),
    ],
)
def test_a_lock_answers_every_requirement(lock: str, group: str | None) -> None:
    locked = pins(lock)
    for requirement in wanted(group):
        version = locked.get(canonicalize_name(requirement.name))
        assert version is not None, requirement
        assert requirement.specifier.contains(version), f"{requirement}: {version} is locked"


def test_the_checks_run_on_what_the_program_ships_with() -> None:
    runtime, centre, check = pins(RUNTIME), pins(CENTRE), pins(CHECK)
    assert {name: centre.get(name) for name in runtime} == runtime
    assert {name: check.get(name) for name in centre} == centre
    assert not {"pytest", "mypy", "pyinstaller", "hypothesis"} & set(centre)


def test_no_desk_installs_what_only_a_served_centre_needs() -> None:
    assert not {"fastapi", "starlette", "uvicorn", "prometheus-client"} & set(pins(RUNTIME))


def test_qt_stays_below_the_release_that_aborts_on_python_3_11() -> None:
    assert pins(RUNTIME)["pyside6-essentials"].startswith("6.11.")
