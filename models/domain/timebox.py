"""How long an experiment has been worked on: one rule for cards, lists and findings (domain §2.5).

Days are working days, Monday to Friday, without the owner's days off and without its pauses. The day on
which it starts is the first. The timebox is over when as many days have passed as it has; from the next
one on it is overdue.
"""

from collections.abc import Iterable
from datetime import date

from models.domain.working_days import ONE_DAY, Span, elapsed


def pause_of(since: date | None, until: date | None, *, paused: bool) -> tuple[Span, ...]:
    """The latest pause as days off: up to the day before it went on; without an end while it is `paused`."""
    if since is None:
        return ()
    if until is not None:
        return (Span(since, until - ONE_DAY),)
    return (Span(since, date.max),) if paused else ()


def worked(
    started: date, until: date, off: Iterable[Span], earlier: int = 0, *, since: date | None = None
) -> int:
    """The working days in [started, until) that were spent on it.

    `off` are its owner's days off and its latest pause. `earlier` are the working days of the pauses before
    the latest, which began on `since`: their dates are not kept, so they are taken off from `since` on only.
    """
    days = elapsed(started, until, off)
    return max(days - earlier, 0) if since is not None and since <= until else days
