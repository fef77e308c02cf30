"""A conclusion in the standup says a word where one is owed: no number, a guardrail that breaks."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from models import answers, prompt_forms
from models.answers import Remembered, Said
from models.domain.experiment import Outcome
from models.domain.facts import Pending
from models.domain.project import Role
from models.domain.standup import EntryStatus
from models.tables import Event
from tests.models.conftest import NOW, Team
from tests.models.test_benchmarks import roles
from tests.models.test_metrics import LATENCY, add
from tests.rows import make_measurement

SUPPORTED = Said(EntryStatus.SUPPORTED, learned="It helps")


async def say(team: Team, said: Said) -> Pending:
    async with team.writing() as session:
        pending = await answers.answer(
            session, team.asks_ana.id, team.of_ana.id, "UANA", said, at=NOW
        )
    assert pending is not None
    return pending


async def opened_again(team: Team) -> Pending | None:
    async with team.db.reading(team.workspace_id) as session:
        facts = await prompt_forms.form_facts(
            session, team.asks_ana.id, team.of_ana.id, "UANA", NOW.today, finishes=True
        )
    return facts.pending


@pytest.mark.parametrize(("typed", "measured"), [(None, False), (57.0, True)])
async def test_what_has_no_number_is_asked_why(
    team: Team, typed: float | None, measured: bool
) -> None:
    pending = await say(team, replace(SUPPORTED, typed=typed))
    assert pending.measured is measured
    assert await opened_again(team) == pending


async def test_a_broken_guardrail_is_asked_about_but_not_of_what_is_dropped(team: Team) -> None:
    await roles(team, ana=Role.PM)
    (latency,) = await add(team, LATENCY)
    async with team.db.writing(None) as session:
        await make_measurement(session, team.of_ana, 72, metric_id=latency)
    pending = await say(team, SUPPORTED)
    assert pending.measured
    assert [(one.metric_name, one.value) for one in pending.breaks] == [("Answer time", 72)]
    dropped = await say(team, replace(SUPPORTED, status=EntryStatus.ABANDONED))
    assert (dropped.outcome, dropped.breaks) == (Outcome.ABANDONED, ())


async def test_the_words_are_kept_beside_the_outcome(team: Team) -> None:
    await say(team, SUPPORTED)
    words = Remembered("It helps", adopted=False, unmeasured="Seen by eye", despite="Rare")
    async with team.writing() as session:
        await answers.conclude(session, team.asks_ana.id, team.of_ana.id, "UANA", words, at=NOW)
    async with team.db.reading(team.workspace_id) as session:
        (event,) = await session.scalars(select(Event).where(Event.kind == "experiment_concluded"))
    assert (event.data["unmeasured"], event.data["despite"]) == ("Seen by eye", "Rare")
