"""The units for systemd begin commands that there are, and stop them as the centre ends."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

import pytest

from desktop.centre.api import Limits
from desktop.cli.apps import centre_app
from desktop.settings import resources

UNITS = sorted((resources() / "centre").glob("*.service"))


def read(unit: Path) -> ConfigParser:
    """A unit; a key may stand several times, and has capital letters."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(unit, encoding="utf-8")
    return parser


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_begins_a_command_of_the_centre(unit: Path) -> None:
    program, family, command, *_ = read(unit)["Service"]["ExecStart"].split()
    assert program.endswith("/run")
    assert family == "centre"
    commands = centre_app.registered_commands
    names = {each.name or getattr(each.callback, "__name__", "") for each in commands}
    assert command in names


def test_the_service_is_given_the_time_that_its_last_calls_need() -> None:
    service = read(resources() / "centre" / "pishkhan-centre.service")["Service"]
    assert int(service["TimeoutStopSec"]) > Limits().ending_s
    assert len(UNITS) == 4
