"""What the database completes for programs of before, which serve beside this one for a while."""

from __future__ import annotations

from desktop.domain.office import FIRST_DAY
from desktop.sql.following import Following

_COLUMNS = "pos, topic, key, version, effective_from, text, withdraws"
_SAID = "NEW.pos, NEW.topic, NEW.key, NEW.version, NEW.effective_from, NEW.text"
_KEEPS = f"INSERT INTO published_saying ({_COLUMNS}) VALUES ({_SAID}, "

SAYINGS = Following(
    table="published",
    name="said",
    events=("INSERT", "UPDATE"),
    sqlite=(
        f"{_KEEPS}CASE WHEN NEW.topic = 'withdrawn' AND json_valid(NEW.text) "
        "THEN json_extract(NEW.text, '$.day') END);"
    ),
    postgresql=(
        f"{_KEEPS}CASE WHEN NEW.topic = 'withdrawn' AND NEW.text IS JSON OBJECT "
        "THEN NEW.text::json ->> 'day' END);"
    ),
)
"""`published_saying` holds each text that was ever put into `published`, where a text is once: said
again, it lies over what it was. See decision 064."""

_OPENS = (
    "UPDATE office SET office_id = code WHERE code = NEW.code; "
    "INSERT INTO office_code (code, office_id) VALUES (NEW.code, NEW.code); "
    "INSERT INTO office_term (office_id, since, code, kind, name, authority) "
    f"VALUES (NEW.code, '{FIRST_DAY.isoformat()}', NEW.code, '', NEW.name, NEW.authority);"
)
OPENED = Following(
    table="office",
    name="opened",
    events=("INSERT",),
    sqlite=_OPENS,
    postgresql=_OPENS,
    when="NEW.office_id = ''",
)
"""An office that a program before ids opens goes by its code for good, as all did then: no other
may have had that code. See decision 047."""

BESIDE = (SAYINGS, OPENED)
