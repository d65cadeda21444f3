"""What a property's record gives a form: by path, and by the fields that name one."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.property import PropertyRecord
from desktop.domain.record_paths import RECORD_PATHS
from desktop.domain.service import Service

_INHERITED = ("last_permit.", "last_certificate.")


def record_paths(record: PropertyRecord, building: PropertyRecord | None = None) -> dict[str, str]:
    """Path → stored text of all a form may show of a record; what it lacks is left out.

    A flat or shop without a permit or certificate of its own shows its building's.
    """
    building = building if record.code.is_unit else None
    filled: dict[str, str] = {}
    for path, entry in RECORD_PATHS.items():
        value = entry.read(record)
        if not value and building is not None and path.startswith(_INHERITED):
            value = entry.read(building)
        if value:
            filled[path] = value
    return filled


def record_answers(
    service: Service, record: PropertyRecord, building: PropertyRecord | None = None
) -> dict[str, str]:
    """Field key → value, for the service's fields that the record fills."""
    return fill(service, record_paths(record, building))


def fill(service: Service, paths: Mapping[str, str]) -> dict[str, str]:
    """Field key → value from a pre-check's path → text."""
    return {f.key: paths[f.record] for f in service.fields if f.record in paths}
