"""`[[tariff]]` and `[rates.NAME]`: what is asked for, of the municipality or of one service."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from desktop.domain.formula import Formula
from desktop.domain.persian import clean
from desktop.domain.tariff import Purse, Tariff
from desktop.forms.schema.base import Code, FormulaText, Key, Part, Shown

Rial = Annotated[int, Field(ge=0)]
# A choice's value as answers keep it, so that a table is looked up by what was chosen.
Chosen = Annotated[str, StringConstraints(min_length=1)]
RatesPart = dict[Key, dict[Chosen, Rial]]


class TariffPart(Part):
    """`[[tariff]]`: what is asked for, in Rial: a formula over the form's answers and the rates."""

    key: Code
    title: Shown
    purse: Annotated[Purse, Field(strict=False)]
    amount: FormulaText

    def value(self) -> Tariff:
        """The tariff as the program knows it."""
        return Tariff(self.key, self.title, self.purse, Formula(self.amount))


def rate_tables(written: RatesPart) -> dict[str, Mapping[str, Decimal]]:
    """The tables of rates by name, Rial by what is looked up."""
    return {
        name: {clean(key): Decimal(rial) for key, rial in table.items()}
        for name, table in written.items()
    }
