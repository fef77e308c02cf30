"""Every week, a working day before leaders read, those who lead a project are asked how likely it is."""

from datetime import date

from models import scoring, telling
from models.domain.clock import Moment
from models.domain.facts_scores import LikelyAsked, LikelySaid
from models.domain.messages import Notices
from models.domain.project import Role, Stage
from models.notices import stands
from models.tables import Membership, Notice, Project
from scheduler.steps import digests_due
from tests.models.conftest import Team
from tests.models.test_leadership_posts import FRIDAY, MONDAY, notices, schedule


async def leads(team: Team, *roles: tuple[str, Role]) -> None:
    """The project searches, and these people have these roles; Ana is its PM."""
    async with team.writing() as session:
        (await session.get_one(Project, team.project.id)).stage = Stage.PROTOTYPE
        for name, role in (("ana", Role.PM), *roles):
            member = team.ana if name == "ana" else team.ben
            session.add(Membership(project_id=team.project.id, member_id=member.id, role=role))


async def told(team: Team) -> tuple[object, ...]:
    """What Ben is told on Friday."""
    async with team.db.reading(team.workspace_id) as session:
        return (await telling.notices_facts(session, team.ben.id, FRIDAY.date())).parts


async def test_a_leader_is_asked_before_the_digest_until_it_is_posted(team: Team) -> None:
    await leads(team, ("ben", Role.LEADER))
    await schedule(team)
    (asked,) = await notices(team, "likely_wanted")
    assert (asked.member_id, asked.due_at) == (team.ben.id, FRIDAY)
    async with team.writing() as session:
        (await session.get_one(Notice, asked.id)).told_on = FRIDAY.date()
    name = "Fraud detection"
    unsaid = LikelySaid(team.project.id, name, None, None, fresh=False)
    assert await told(team) == (LikelyAsked(MONDAY.date(), (unsaid,)),)
    for day, value in ((date(2026, 2, 20), 8), (FRIDAY.date(), 5)):
        async with team.writing() as session:
            await scoring.say_confidence(
                session, team.project.id, "UBEN", value, "why", at=Moment(FRIDAY, day)
            )
        said = LikelySaid(team.project.id, name, value, day, fresh=day == FRIDAY.date())
        assert await told(team) == (LikelyAsked(MONDAY.date(), (said,)),)
    async with team.db.reading(team.workspace_id) as session:
        (shown_anew,) = await stands(session, "likely_wanted", team.ben.id)
        assert shown_anew.message == Notices(member_id=team.ben.id, on=FRIDAY.date())
        assert await stands(session, "likely_wanted", team.ana.id) == []
    await digests_due(team.db, MONDAY)
    assert len(await notices(team, "likely_wanted")) == 2, "and the week after again"
    assert await told(team) == (), "it was posted"


async def test_a_pm_who_leads_as_well_has_the_draft_for_it(team: Team) -> None:
    await leads(team, ("ana", Role.LEADER))
    await schedule(team)
    assert await notices(team, "likely_wanted") == []
    (draft,) = await notices(team, "leaders_draft")
    assert draft.member_id == team.ana.id


async def test_another_day_takes_the_question_back(team: Team) -> None:
    await leads(team, ("ben", Role.LEADER))
    await schedule(team)
    await schedule(team, days=("wed",))
    monday, wednesday = await notices(team, "likely_wanted")
    assert monday.done_at is not None
    assert wednesday.done_at is None


async def test_a_live_project_is_not_asked_about(team: Team) -> None:
    await leads(team, ("ben", Role.LEADER))
    await schedule(team, project_id=team.project.id)
    (asked,) = await notices(team, "likely_wanted")
    async with team.writing() as session:
        (await session.get_one(Project, team.project.id)).stage = Stage.PRODUCTION
        (await session.get_one(Notice, asked.id)).told_on = FRIDAY.date()
    assert await told(team) == ()
