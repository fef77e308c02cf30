"""The leadership digest beside the one before it: what was another number then, and what has not changed."""

from dataclasses import replace
from datetime import date, timedelta

from models.domain.leadership_facts import LeadershipFacts, ProjectFacts, What
from models.domain.metric import TOLERANCE


def since_last(now: LeadershipFacts, before: LeadershipFacts | None) -> LeadershipFacts:
    """The digest beside the one before it: what was said then, and which projects have not changed."""
    if before is None:
        return now
    earlier = {one.project_id: one for one in before.projects}
    projects = tuple(_beside(one, earlier.get(one.project_id), now.as_of) for one in now.projects)
    return replace(now, projects=projects, before=before.as_of)


def week_to(day: date) -> date:
    """The last working day up to `day`, Monday's own morning left out: the end of the week that is told."""
    back = {0: 3, 5: 1, 6: 2}.get(day.weekday(), 0)
    return day - timedelta(days=back)


def workday_before(day: date) -> date:
    """The working day before: a PM reads on it what leaders will read."""
    return week_to(day) if week_to(day) < day else day - timedelta(days=1)


def _beside(now: ProjectFacts, before: ProjectFacts | None, today: date) -> ProjectFacts:
    if before is None:
        return now
    if now.asked_by and before.asked_by and before.asked_by >= today:
        now = replace(now, asked_by=before.asked_by)
    if now.what and before.what and _moved(now.what, before.what):
        now = replace(now, what=replace(now.what, last=before.what.value))
    return replace(now, unchanged=now.story is None and _essence(now) == _essence(before))


def _moved(now: What, before: What) -> bool:
    """Whether the two results can be compared and differ: another baseline is another measure."""
    if now.value is None or before.value is None:
        return False
    comparable = (now.unit, now.live) == (before.unit, before.live)
    same_start = abs(now.today - before.today) <= TOLERANCE
    return comparable and same_start and abs(now.value - before.value) > TOLERANCE


def _essence(facts: ProjectFacts) -> ProjectFacts:
    """What makes a project worth a block anew: not that days go by, nor how many experiments run."""
    return replace(
        facts,
        what=facts.what and replace(facts.what, last=None),
        still=facts.still and replace(facts.still, tries=0),
        waiting=tuple(replace(one, days=0) for one in facts.waiting),
        asked_by=None,
        likely_before=None,
        story=None,
        running=0,
        unchanged=False,
        spot=None,
        link=None,
    )
