"""The digest beside the last one: what is another number, what has not changed, which week it is of."""

from dataclasses import replace
from datetime import date

import pytest

from models.domain.leadership_facts import (
    LeadershipFacts,
    Place,
    ProjectFacts,
    Still,
    Waiting,
    What,
    linked,
    spot,
)
from models.domain.leadership_since import since_last, week_to, workday_before
from models.domain.metric import Goal
from models.domain.project import ProjectStatus, Stage

MONDAY = date(2026, 11, 16)
WHAT = What("frauds stopped", "share", Goal.MAX, today=0.41, needed=0.6, value=0.65, reached=True)
FRAUD = ProjectFacts(
    project_id=1,
    key="FRAUD",
    name="Card fraud",
    channel_id=None,
    place=Place.READY,
    stage=Stage.DEVELOPMENT,
    status=ProjectStatus.ACTIVE,
    what=WHAT,
    asked_by=date(2026, 11, 30),
)


def facts(*projects: ProjectFacts, as_of: date = MONDAY) -> LeadershipFacts:
    return LeadershipFacts(as_of, projects, None, None)


def beside(now: ProjectFacts, before: ProjectFacts) -> ProjectFacts:
    """The project in the digest after one that told of `before`."""
    found = since_last(facts(now), facts(before, as_of=date(2026, 11, 9)))
    assert found.before == date(2026, 11, 9)
    return found.projects[0]


def test_the_first_digest_compares_with_nothing() -> None:
    assert since_last(facts(FRAUD), None) == facts(FRAUD)
    new = replace(FRAUD, project_id=2)
    assert beside(new, FRAUD) == new


@pytest.mark.parametrize(
    "before",
    [
        FRAUD,
        replace(FRAUD, running=4, asked_by=None, likely_before=3, story="It leapt."),
        replace(FRAUD, what=replace(WHAT, last=0.5)),
    ],
)
def test_days_that_go_by_change_nothing(before: ProjectFacts) -> None:
    assert beside(FRAUD, before).unchanged


def test_one_more_try_in_a_flat_stretch_changes_nothing() -> None:
    flat = replace(FRAUD, still=Still(date(2026, 9, 8), 7))
    assert beside(flat, replace(FRAUD, still=Still(date(2026, 9, 8), 6))).unchanged
    assert not beside(flat, FRAUD).unchanged


def test_what_waits_longer_has_not_changed() -> None:
    waits = replace(FRAUD, waiting=(Waiting("Terms", 8),))
    assert beside(waits, replace(FRAUD, waiting=(Waiting("Terms", 3),))).unchanged
    assert not beside(waits, FRAUD).unchanged


@pytest.mark.parametrize(
    ("changed", "last"),
    [
        (replace(WHAT, value=0.58), 0.58),
        (replace(WHAT, value=None), None),
        (replace(WHAT, value=0.58, today=0.3), None),
        (replace(WHAT, value=0.58, live=True), None),
        (replace(WHAT, value=58.0, unit="%"), None),
    ],
)
def test_another_number_is_told_with_the_last_one(changed: What, last: float | None) -> None:
    now = beside(FRAUD, replace(FRAUD, what=changed))
    assert not now.unchanged
    assert now.what is not None
    assert now.what.last == last


def test_a_story_makes_it_worth_a_block() -> None:
    assert not beside(replace(FRAUD, story="It leapt."), FRAUD).unchanged
    bare = replace(FRAUD, what=None)
    assert beside(bare, bare).unchanged


def test_a_pm_who_was_asked_keeps_their_date_until_it_is_over() -> None:
    asked = replace(FRAUD, asked_by=date(2026, 11, 20))
    assert beside(FRAUD, asked).asked_by == date(2026, 11, 20)
    over = replace(FRAUD, asked_by=date(2026, 11, 15))
    assert beside(FRAUD, over).asked_by == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "week", "before"),
    [
        (MONDAY, date(2026, 11, 13), date(2026, 11, 13)),
        (date(2026, 11, 13), date(2026, 11, 13), date(2026, 11, 12)),
        (date(2026, 11, 14), date(2026, 11, 13), date(2026, 11, 13)),
        (date(2026, 11, 15), date(2026, 11, 13), date(2026, 11, 13)),
    ],
)
def test_the_week_ends_on_its_last_working_day(day: date, week: date, before: date) -> None:
    assert week_to(day) == week
    assert workday_before(day) == before


def test_a_project_leads_to_its_last_message_where_the_address_is_known() -> None:
    told = facts(replace(FRAUD, spot=spot("C1", "1762941234.000100")), FRAUD)
    assert linked(told, "") == told
    first, second = linked(told, "https://acme.slack.com/").projects
    assert first.link == "https://acme.slack.com/archives/C1/p1762941234000100"
    assert second.link is None
