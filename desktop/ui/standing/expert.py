"""What an expert said of a case, in words: the conditions lifted, the values entered."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.persian import join_and
from desktop.domain.service import Service
from desktop.domain.wordings import TITLES
from desktop.forms.values import with_unit


def lifted_words(cleared: Mapping[str, str], service: Service | None) -> str:
    """The expert's reasons; where they differ, each behind the conditions that it lifted."""
    own = {use.name: use.rule.title for use in service.gates if use.rule} if service else {}
    titles = {**TITLES, **own}
    gates: dict[str, list[str]] = {}
    for gate, why in cleared.items():
        gates.setdefault(why.rstrip(" ."), []).append(titles.get(gate, "شرط خدمت"))
    if len(gates) < 2:
        return "".join(gates)
    return "؛ ".join(f"{join_and(names)}: {why}" for why, names in gates.items())


def entered_words(entered: Mapping[str, str], service: Service | None) -> str:
    """«ارزش معاملاتی: ۱٬۲۰۰٬۰۰۰ ریال؛ نوع: فلزی»: what the expert entered."""
    fields = {field.key: field for field in service.fields} if service else {}
    told = [
        f"{field.label}: {with_unit(field, text)}"
        for key, text in entered.items()
        if text and (field := fields.get(key)) is not None
    ]
    return "؛ ".join(told)
