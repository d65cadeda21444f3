"""When the next round is: at once, debounced, regularly with jitter, or backed off."""

from __future__ import annotations

from random import Random

REGULAR = 30.0
# While the desk waits at the centre a round is only to see that all is well.
_WAITING = 120.0
JITTER = 0.3
DEBOUNCE = 0.2
LONGEST = 300.0
_FIRST_RETRY = 2.0
# It is asked all the while by every desk of the city, and opens once the last of them came.
_RECOVERING = 10.0


def after_round(
    failures: int, random: Random, *, waits: bool = False, recovering: bool = False
) -> float:
    """Seconds to the next round; `failures` counts the rounds in a row that were not well.

    Without failures every 30 s ± 30 %, four times as rarely where the desk `waits` at the centre,
    which tells it of news; else backed off to at most 5 minutes with full jitter, so
    that after an outage the offices don't come back in step. A centre that is `recovering` takes
    back what desks have, and is asked every 10 s ± 30 %: the city waits for the last of them.
    """
    if recovering:
        return _RECOVERING * random.uniform(1 - JITTER, 1 + JITTER)
    if not failures:
        return (_WAITING if waits else REGULAR) * random.uniform(1 - JITTER, 1 + JITTER)
    ceiling = min(LONGEST, _FIRST_RETRY * 2.0 ** min(failures, 16))
    # Not at once again: a centre that is down must not be asked without pause.
    return max(DEBOUNCE, random.uniform(0, ceiling))


def after_act(urgent: bool) -> float:
    """Seconds to the round that an act calls for: at once for registration, payment, booking."""
    return 0.0 if urgent else DEBOUNCE
