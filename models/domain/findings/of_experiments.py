"""What could use a hand in one experiment (domain §2.5). Working days are its owner's."""

from collections.abc import Iterable, Iterator

from models.domain.findings.kinds import Blocked, Overdue, Reason, Silent, Unmeasured
from models.domain.findings.state import Asked, Blocker, Experiment, happened
from models.domain.timebox import worked
from models.domain.working_days import Span, elapsed


def reasons(experiment: Experiment, asked: Asked) -> Iterator[Reason]:
    """Its reasons in their order. A paused one, or one whose owner is away, raises nothing."""
    if not experiment.is_open(asked.today) or experiment.rests(asked.today):
        return
    yield from blocked(experiment.blockers, asked)
    if experiment.started_on is None or experiment.started_on > asked.today:
        return
    off = (*experiment.owner.away, *experiment.pauses, *asked.holidays)
    latest = min((span.start for span in experiment.pauses), default=None)
    days = worked(experiment.started_on, asked.today, off, experiment.paused_days, since=latest)
    yield from _unmeasured(experiment, asked, days)
    if days > experiment.timebox:
        yield Overdue(days, days - experiment.timebox, experiment.timebox, experiment.extended)
    yield from _silent(experiment, asked, off)


def blocked(blockers: Iterable[Blocker], asked: Asked) -> Iterator[Reason]:
    """Blockers open for too long, the oldest first; Monday to Friday without public holidays."""
    for blocker in sorted(blockers, key=lambda one: (one.opened_on, one.blocker_id)):
        days = elapsed(blocker.opened_on, asked.today, asked.holidays)
        waits = days >= asked.thresholds.blocked_days and blocker.opened_on <= asked.today
        if waits and not happened(blocker.resolved_on, asked.today):
            yield Blocked(days, blocker.blocker_id, blocker.text, blocker.owner)


def _unmeasured(experiment: Experiment, asked: Asked, days: int) -> Iterator[Reason]:
    """Half the timebox may pass before a number, so that data work and long runs raise no alarm."""
    valid = any(
        one.on <= asked.today and not happened(one.excluded_on, asked.today)
        for one in experiment.numbers
    )
    patience = max(asked.thresholds.unmeasured_days, experiment.timebox / 2)
    if experiment.awaits_number and not valid and days >= patience:
        yield Unmeasured(days)


def _silent(experiment: Experiment, asked: Asked, off: tuple[Span, ...]) -> Iterator[Reason]:
    """The last word is the latest of start, entry, change and measurement, excluded ones too."""
    if asked.standups is None:
        return
    words = (experiment.started_on, *experiment.heard, *(one.on for one in experiment.numbers))
    last = max(day for day in words if day is not None and day <= asked.today)
    missed = asked.standups.missed(last, asked.today, off, experiment.owner)
    if missed >= asked.thresholds.silent_standups:
        yield Silent(missed, last)
