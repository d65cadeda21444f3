"""How long, how many, of what form: the kinds of field that bodies of calls are made of."""

from __future__ import annotations

import re

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
"""A name of a device, a case, a command: as `chance.new_id` writes it."""
