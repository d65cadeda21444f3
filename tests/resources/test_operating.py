"""The operator's page names commands and figures that there are."""

from __future__ import annotations

import re
from pathlib import Path

from desktop.centre import metrics
from desktop.cli.apps import centre_app

PAGE = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")


def test_every_command_that_it_names_is_one() -> None:
    named = set(re.findall(r"`(?:run )?centre ([a-z][a-z-]+)", PAGE))
    there = {
        each.name or getattr(each.callback, "__name__", "")
        for each in centre_app.registered_commands
    }
    assert named
    assert named <= there


def test_every_figure_that_it_watches_is_told() -> None:
    source = Path(metrics.__file__).read_text(encoding="utf-8")
    told = set(re.findall(r'"(?:pishkhan_)?([a-z_]+)",\s+f?"', source))
    named = set(re.findall(r"pishkhan_([a-z_]+)", PAGE))
    assert named
    assert {re.sub("_(bucket|count|info|total)$", "", name) for name in named} <= told
