"""The summary is read from the rows of the moment (domain §3.5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from models import answers, summaries
from models.domain.errors import Unknown
from models.domain.facts_summary import Line, SummaryFacts
from models.domain.standup import EntryStatus, PromptState
from models.tables import Ceremony, Experiment, Member, Prompt, Run
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, make_team
from tests.models.test_answers import STILL, entry_of, say
from tests.rows import make_entry, make_experiment, make_run

TODAY = MORNING.date()


async def summary(team: Team, now: timedelta = timedelta(hours=1)) -> SummaryFacts:
    async with team.db.reading(team.workspace_id) as session:
        return await summaries.summary_facts(session, team.run.id, TODAY, MORNING + now)


async def test_it_says_who_has_answered_and_who_is_still_to_come(team: Team) -> None:
    before = await summary(team)
    assert (before.asked, before.answered, before.lines) == (2, 0, ())
    assert [person.name for person in before.still_to_come] == ["Ana", "Ben"]
    await say(team)
    after = await summary(team)
    assert (after.asked, after.answered) == (2, 1)
    assert [person.name for person in after.still_to_come] == ["Ben"]
    assert after.no_answer == ()
    (line,) = after.lines
    assert (line.key, line.who.name, line.answer.learned) == ("FRAUD-1", "Ana", "Old months hurt")
    assert (line.answer.value, line.answer.unit) == (0.57, "share")


async def test_no_answer_is_only_whose_own_time_is_over(team: Team) -> None:
    async with team.db.writing(None) as session:
        row = await session.get_one(Prompt, team.asks_ana.id)
        row.closes_at = MORNING + timedelta(minutes=30)
    facts = await summary(team)
    assert [person.name for person in facts.no_answer] == ["Ana"]
    assert [person.name for person in facts.still_to_come] == ["Ben"]


async def test_who_could_not_be_asked_or_has_left_is_not_named(team: Team) -> None:
    async with team.db.writing(None) as session:
        (await session.get_one(Prompt, team.asks_ana.id)).state = PromptState.PASSED_OVER
        (await session.get_one(Member, team.ben.id)).active = False
    facts = await summary(team)
    assert (facts.asked, facts.no_answer, facts.still_to_come) == (0, (), ())


@pytest.mark.parametrize(("state", "field"), [("away", "away"), ("skipped", "sitting_out")])
async def test_who_is_away_or_sits_it_out_is_not_missing(
    team: Team, state: str, field: str
) -> None:
    async with team.db.writing(None) as session:
        (await session.get_one(Prompt, team.asks_ana.id)).state = PromptState(state)
    facts = await summary(team)
    assert (facts.asked, [person.name for person in getattr(facts, field)]) == (1, ["Ana"])
    assert [person.name for person in facts.still_to_come] == ["Ben"]


async def test_who_is_elsewhere_has_answered(team: Team) -> None:
    async with team.writing() as session:
        await answers.not_experimenting(session, team.asks_ana.id, "UANA", "review", at=NOW)
    facts = await summary(team)
    assert (facts.answered, facts.lines) == (1, ())
    assert [(person.name, doing) for person, doing in facts.elsewhere] == [("Ana", "review")]


async def test_it_counts_from_the_run_before(team: Team) -> None:
    assert (await summary(team)).since is None
    async with team.db.writing(None) as session:
        ceremony = await session.get_one(Ceremony, team.ceremony.id)
        for n in (5, 2, -2):
            then = TODAY - timedelta(days=n)
            opened = MORNING - timedelta(days=n)
            await make_run(session, ceremony, day=then, opened_at=opened)
        await make_run(session, ceremony, slot="now", opened_at=MORNING - timedelta(hours=1))
    assert (await summary(team)).since == TODAY - timedelta(days=2)


async def test_what_began_that_day_is_told_and_counted(team: Team) -> None:
    async with team.db.writing(None) as session:
        for n in range(23):
            await make_experiment(session, team.project, team.ana, title=f"Idea {n}")
        await make_experiment(session, team.project, team.ana, started_on=date(2026, 3, 2))
    facts = await summary(team)
    assert facts.started_in_all == 25
    assert len(facts.started) == 20
    assert facts.started[2] == ("Idea 0", "Fraud detection")


async def test_a_projects_standup_tells_of_that_project_only(team: Team) -> None:
    async with team.db.writing(None) as session:
        await session.execute(update(Ceremony).values(project_id=team.project.id))
        await session.execute(update(Experiment).values(started_on=date(2026, 3, 2)))
    facts = await summary(team)
    assert facts.started == ()
    assert [name for name, _ in facts.projects] == ["Fraud detection"]


async def test_the_projects_it_was_about_stand_below(team: Team) -> None:
    assert (await summary(team)).projects == ()
    await say(team)
    ((name, numbers),) = (await summary(team)).projects
    assert (name, numbers.best) == ("Fraud detection", 0.57)


async def test_a_closed_run_says_so(team: Team) -> None:
    async with team.db.writing(None) as session:
        (await session.get_one(Run, team.run.id)).closed_at = MORNING
    assert (await summary(team)).closed


async def test_one_answer_in_full(team: Team) -> None:
    await say(team, replace(STILL, status=EntryStatus.REFUTED))
    entry = await entry_of(team)
    async with team.db.reading(team.workspace_id) as session:
        line: Line = await summaries.detail_facts(session, entry.id, TODAY)
    assert (line.who.name, line.answer.status, line.day) == ("Ana", EntryStatus.REFUTED, 1)


async def test_what_is_gone_or_anothers_is_unknown(team: Team) -> None:
    theirs = await make_team(team.db)
    async with team.db.writing(None) as session:
        elsewhere = await make_entry(session, team.run, team.ana, None)
        other = await make_entry(session, theirs.run, theirs.ana, theirs.of_ana)
    async with team.db.reading(team.workspace_id) as session:
        for run_id in (10_000, theirs.run.id):
            with pytest.raises(Unknown):
                await summaries.summary_facts(session, run_id, TODAY, MORNING)
        for entry_id in (10_000, elsewhere.id, other.id):
            with pytest.raises(Unknown):
                await summaries.detail_facts(session, entry_id, TODAY)
