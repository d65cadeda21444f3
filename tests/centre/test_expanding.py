"""The centre's schema only grows, and the old program goes on writing while it does."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from desktop.centre.schema import SCRIPTS
from tests.plans import GROWING

# What came before was written for centres without a year behind them.
_FIRST = 51
_TAKES = {"drop_column", "drop_table", "rename_table"}
_NARROWS = {"alter_column", "create_check_constraint", "create_unique_constraint"}
_BESIDE = {"index_beside", "drop_index_beside"}

STEP = """
def upgrade():
    op.create_table("taking", sa.Column("at", IsoDate()))
    op.create_index("ix_taking_at", "taking", ["at"])
    op.create_index("ix_office_code", "office", ["code"])
    op.add_column("office", sa.Column("of", sa.Text(), nullable=False, server_default=""))
    op.add_column("office", sa.Column("by", sa.Text()))
"""


def faults(text: str) -> Iterator[str]:
    """What a step of the centre's does that holds up or breaks the old program."""
    calls = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.Call)]
    named = [(getattr(each.func, "attr", getattr(each.func, "id", "")), each) for each in calls]
    new = {_word(each, 0) for name, each in named if name == "create_table"}
    for name, each in named:
        if name in _TAKES:
            yield f"{name}: the old program still reads it"
        if name in _NARROWS:
            yield f"{name}: the old program writes what it wrote"
        if name == "add_column" and _is_demanded(each):
            yield f"add_column {_word(each, 0)}: the old program does not know it"
        table = _word(each, 1)
        if name == "create_index" and table in GROWING - new:
            yield f"{table} grows: desktop.sql.migrate.index_beside"
        if name == "execute" and "INDEX" in _word(each, 0).upper():
            yield "an index by its words: desktop.sql.migrate.index_beside"
    others = [name for name, each in named if isinstance(each.func, ast.Attribute)]
    if others and _BESIDE & dict(named).keys():
        yield f"what is done beside keeps what stands before it: in a step without {others}"


def _is_demanded(adding: ast.Call) -> bool:
    """Whether the column takes no row in which nothing is said of it."""
    (column,) = (each for each in adding.args if isinstance(each, ast.Call))
    said = {each.arg: each.value for each in column.keywords}
    nullable = said.get("nullable")
    may_lack = nullable is None or (isinstance(nullable, ast.Constant) and nullable.value)
    return not may_lack and "server_default" not in said


def _word(call: ast.Call, place: int) -> str:
    given = call.args[place : place + 1]
    return str(given[0].value) if given and isinstance(given[0], ast.Constant) else ""


def test_every_step_lets_the_old_program_go_on() -> None:
    steps = sorted((SCRIPTS / "versions").glob("*.py"))
    texts = {path.name: path.read_text("utf-8") for path in steps if int(path.name[:4]) >= _FIRST}
    assert {name: found for name, text in texts.items() if (found := [*faults(text)])} == {}


@pytest.mark.parametrize(
    "line",
    [
        'op.create_index("ix_fact_kind", "fact", ["kind"])',
        'op.execute("create index ix on fact (kind)")',
        'op.drop_column("fact", "at")',
        'batch.drop_column("at")',
        'op.alter_column("fact", "at", nullable=False)',
        'op.add_column("fact", sa.Column("of", sa.Text(), nullable=False))',
        'index_beside("ix_fact_kind", "fact", ["kind"])',
        'drop_index_beside("ix_fact_kind")',
    ],
)
def test_a_step_that_does_not_is_named(line: str) -> None:
    assert list(faults(STEP)) == []
    assert len(list(faults(f"{STEP}    {line}\n"))) == 1
    beside = 'def upgrade():\n    index_beside("ix_fact_kind", "fact", ["kind"])\n'
    assert list(faults(beside)) == []
