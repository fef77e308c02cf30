"""A team words its standup's questions, and the form asks in its words (S4-14)."""

import pytest
from sqlalchemy import select

from models import prompt_forms, questions
from models.domain.errors import Unknown
from models.domain.questions import DEFAULT, Question, Questions
from models.tables import Ceremony, Event
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, make_team

OWN = Questions(learned=Question("What did the data say?"), value=Question(asked=False))


async def reword(team: Team, own: Questions, ceremony_id: int | None = None) -> None:
    async with team.writing() as session:
        await questions.reword(
            session, ceremony_id or team.ceremony.id, own, by=team.ben, now=MORNING
        )


async def test_a_team_asks_in_its_own_words_and_goes_back_to_the_usual_ones(team: Team) -> None:
    await reword(team, OWN)
    async with team.db.reading(team.workspace_id) as session:
        assert await questions.current(session, team.ceremony.id) == OWN
        form = await prompt_forms.form_facts(
            session, team.asks_ana.id, team.of_ana.id, "UANA", NOW.today
        )
        (event,) = await session.scalars(select(Event))
    assert form.questions == OWN
    assert (event.kind, event.by_id) == ("questions_reworded", team.ben.id)
    await reword(team, DEFAULT)
    async with team.db.reading(team.workspace_id) as session:
        assert (await session.get_one(Ceremony, team.ceremony.id)).questions == {}


async def test_another_teams_or_an_ended_standup_is_unknown(team: Team) -> None:
    theirs = await make_team(team.db)
    async with team.writing() as session:
        (await session.get_one(Ceremony, team.ceremony.id)).active = False
    for ceremony_id in (theirs.ceremony.id, team.ceremony.id):
        with pytest.raises(Unknown):
            await reword(team, OWN, ceremony_id)
        async with team.db.reading(team.workspace_id) as session:
            with pytest.raises(Unknown):
                await questions.current(session, ceremony_id)
