"""Every table that a service file can have, by its name as written without brackets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from desktop.forms.schema.base import Part
from desktop.forms.schema.file import ServiceFile


def _parts(annotation: object) -> Iterator[type[Part]]:
    """The parts that a key's type is made of: `list[FieldPart]` has one."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def _below(part: type[Part], name: str) -> Iterator[tuple[str, type[Part]]]:
    yield name, part
    for key, field in part.model_fields.items():
        for inner in _parts(field.annotation):
            yield from _below(inner, f"{name}.{key}" if name else key)


TABLES: Mapping[str, type[Part]] = dict(_below(ServiceFile, ""))
