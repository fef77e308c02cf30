"""Of several standups one asks about an experiment, and nobody is asked twice a day for nothing."""

from typing import Any

from sqlalchemy import update

from models import answers, asking, prompts
from models.domain.experiment import Status
from models.domain.standup import Part, PromptState
from models.tables import Ceremony, Experiment, Member, Participant, Prompt
from tests.clock import MORNING
from tests.models.conftest import NOW, Team
from tests.models.test_asking import RUNNING, TUESDAY, does, prompt_of
from tests.rows import make_ceremony, make_experiment, make_prompt, make_run


async def second_standup(team: Team, **columns: Any) -> Prompt:
    """Another standup of Ana's, of the same day, with her prompt in it waiting."""
    async with team.db.writing(None) as session:
        ana = await session.get_one(Member, team.ana.id)
        other = await make_ceremony(session, [ana], name="Second", **columns)
        run = await make_run(session, other)
        return await make_prompt(session, run, ana, state=PromptState.WAITING)


async def cards(team: Team, prompt_id: int) -> list[int]:
    async with team.db.reading(None) as session:
        facts = await prompts.facts(session, prompt_id, TUESDAY)
    return [card.experiment_id for card in facts.cards]


async def test_an_experiment_is_asked_about_in_its_projects_own_standup(team: Team) -> None:
    second = await second_standup(team, project_id=team.project.id)
    assert await cards(team, team.asks_ana.id) == []
    assert await cards(team, second.id) == [team.of_ana.id]
    async with team.db.writing(None) as session:  # while that is paused, in the other one
        await session.execute(update(Ceremony).where(Ceremony.name == "Second").values(paused=True))
    assert await cards(team, team.asks_ana.id) == [team.of_ana.id]


async def test_of_two_alike_the_older_asks(team: Team) -> None:
    second = await second_standup(team)
    assert await cards(team, team.asks_ana.id) == [team.of_ana.id]
    assert await cards(team, second.id) == []
    async with team.db.writing(None) as session:  # unless she only reads along there
        await session.execute(
            update(Participant)
            .where(Participant.ceremony_id == team.ceremony.id)
            .values(part=Part.OBSERVER)
        )
    assert await cards(team, second.id) == [team.of_ana.id]


async def test_who_has_nothing_to_say_here_is_not_asked_twice_a_day(team: Team) -> None:
    second = await second_standup(team)
    assert await does(team, asking.ask_due, now=MORNING) == [0]
    assert (await prompt_of(team, second.id)).state is PromptState.PASSED_OVER


async def test_who_has_nothing_to_say_anywhere_is_asked_once(team: Team) -> None:
    second = await second_standup(team)
    async with team.db.writing(None) as session:
        await session.execute(update(Experiment).values(status=Status.PAUSED))
        await session.execute(
            update(Prompt).where(Prompt.member_id == team.ana.id).values(state=PromptState.WAITING)
        )
    assert await does(team, asking.ask_due, now=MORNING) == [1]
    assert (await prompt_of(team, team.asks_ana.id)).state is PromptState.ASKED
    assert (await prompt_of(team, second.id)).state is PromptState.PASSED_OVER


async def test_each_standup_asks_about_its_own_project(team: Team) -> None:
    async with team.db.writing(None) as session:
        project = await session.get_one(type(team.project), team.project.id)
        await session.refresh(project, ["metrics"])
        await make_experiment(session, project, team.ana)
    second = await second_standup(team, project_id=team.project.id)
    assert len(await cards(team, second.id)) == 2
    async with team.writing() as session:
        await answers.answer(session, second.id, team.of_ana.id, "UANA", RUNNING, at=NOW)
    assert len(await cards(team, second.id)) == 2
