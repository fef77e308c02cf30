"""Every kind of message is rendered from the rows of the moment."""

from collections.abc import AsyncIterator
from datetime import date, time
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.render import render
from models import digests, leadership_posts, outbox, progress_digest, stages
from models.db import Database
from models.digests import Schedule
from models.domain.charts_asked import Picture
from models.domain.clock import Moment
from models.domain.digest import DigestKind
from models.domain.digest_messages import LeadershipDigest, StakeholderNote
from models.domain.errands import ReadPerson
from models.domain.errors import Unknown
from models.domain.exported import Exported, Format
from models.domain.leadership_facts import LeadershipFacts
from models.domain.live_messages import EndAnnounced, IncidentCard
from models.domain.messages import (
    CHORES,
    READS,
    VIEWS,
    ChartAsked,
    CouldNotPost,
    DecisionBrief,
    DecisionMade,
    Export,
    Message,
    Notices,
    ProgressCharts,
    ProgressDigest,
    ScopeChanged,
    StageMoved,
    StalledDigest,
    StandupDetail,
    StandupIsSet,
    StandupPrompt,
    StandupReminder,
    StandupSummary,
    StandupTrouble,
    TakenToThread,
)
from models.domain.messages_reviews import (
    MonthlyReview,
    ReviewCalendar,
    ReviewCard,
    ReviewChecklist,
    ReviewPlanned,
    ReviewResult,
)
from models.domain.project import Role, Stage
from models.domain.review import ReviewKind, ReviewState
from models.domain.standup import Trouble
from models.search import AsOf
from models.tables import Digest, Event, Member, Membership, Review
from tests.clock import MORNING
from tests.models.conftest import Team, make_team
from tests.rows import (
    make_blocker,
    make_entry,
    make_notice,
    make_review,
)
from tests.rows_decisions import make_decision
from tests.rows_live import make_end, make_incident
from tests.rows_scope import make_scope_change

NOW = Moment(MORNING, MORNING.date())


EVERY_THURSDAY = Schedule("C1", None, ("thu",), time(15), "UTC")


@pytest.fixture
async def team(sqlite: str) -> AsyncIterator[Team]:
    db = Database(sqlite)
    yield await make_team(db)
    await db.close()


async def a_week(session: AsyncSession, ceremony_id: int) -> int:
    """A progress digest that was posted."""
    gathered = await progress_digest.gathered(session, AsOf(NOW.today, ZoneInfo("UTC")))
    content = progress_digest.at_once(gathered).model_dump(mode="json")
    row = Digest(
        ceremony_id=ceremony_id, slot="week", as_of=NOW.today, content=content, created_at=NOW.now
    )
    session.add(row)
    await session.flush()
    return row.id


async def make_reviews(session: AsyncSession, team: Team) -> tuple[Review, Review]:
    """A launch check, and a project review that came round."""
    return await make_review(session, team.project, team.ana), await make_review(
        session,
        team.project,
        team.ana,
        kind=ReviewKind.PROJECT,
        state=ReviewState.SCHEDULED,
        due=date(2026, 2, 25),
        occasion="2026-02",
        opened_at=None,
    )


async def texts(team: Team) -> dict[type[Any], str]:
    """What each kind says, by kind."""
    async with team.writing() as session:
        entry = await make_entry(
            session, team.run, team.ana, team.of_ana, learned="Old months hurt"
        )
        await outbox.post(session, StandupSummary(run_id=team.run.id), to="C1", now=MORNING)
        told = await make_notice(session, team.ben, await make_blocker(session, team.of_ana))
        told.told_on = MORNING.date()
        decision = await make_decision(session, team.project, team.ben)
        scope = await make_scope_change(session, team.project, team.ana, [team.ben])
        review, monthly = await make_reviews(session, team)
        incident, end = (
            await make_incident(session, team.project, team.ana),
            await make_end(session, team.project, team.ana, [team.ben]),
        )
        planned = await digests.schedule(session, EVERY_THURSDAY, by=team.ana, now=MORNING)
    (delivery,) = await team.sent()
    async with team.writing() as session:
        nothing: dict[str, Any] = {"lines": [], "on": []}
        await digests.post_now(session, planned.id, nothing, MORNING.date(), MORNING)
        digest_id = (await session.scalars(select(Digest.id))).one()
        leaders = EVERY_THURSDAY._replace(kind=DigestKind.LEADERSHIP)
        read = await digests.schedule(session, leaders, by=team.ana, now=MORNING)
        empty = leadership_posts.kept(LeadershipFacts(MORNING.date(), (), None, None))
        await digests.post_now(session, read.id, empty, MORNING.date(), MORNING)
        statement = select(Digest.id).where(Digest.ceremony_id == read.id)
        for_leaders = (await session.scalars(statement)).one()
        ana = await session.get_one(Member, team.ana.id)
        ana.described = True
        session.add(Membership(project_id=team.project.id, member_id=team.ana.id, role=Role.PM))
        await stages.move(
            session, team.project.id, "UANA", Stage.PROTOTYPE, "Labels were wrong", NOW
        )
        event_id = (
            await session.scalars(select(Event.id).where(Event.kind == stages.CHANGED))
        ).one()
        progress = await a_week(session, planned.id)
    messages = (
        StandupPrompt(prompt_id=team.asks_ana.id),
        StandupReminder(prompt_id=team.asks_ben.id),
        StandupTrouble(ceremony_id=team.ceremony.id, what=Trouble.REMOVED),
        StandupSummary(run_id=team.run.id),
        StandupDetail(run_id=team.run.id, entry_id=entry.id),
        StandupIsSet(ceremony_id=team.ceremony.id),
        CouldNotPost(delivery_id=delivery.id),
        TakenToThread(entry_id=entry.id),
        Notices(member_id=team.ben.id, on=MORNING.date()),
        StalledDigest(digest_id=digest_id),
        LeadershipDigest(digest_id=for_leaders),
        StakeholderNote(about="stage", number=event_id),
        DecisionMade(decision_id=decision.id),
        DecisionBrief(project_id=team.project.id, on=MORNING.date()),
        ScopeChanged(scope_id=scope.id),
        StageMoved(event_id=event_id),
        ReviewCard(review_id=review.id),
        ReviewChecklist(review_id=review.id),
        ReviewPlanned(review_id=monthly.id),
        MonthlyReview(month="2026-02", project_ids=(team.project.id,)),
        ReviewResult(review_id=review.id),
        ReviewCalendar(review_id=review.id, member_id=team.ana.id, asked="V1"),
        IncidentCard(incident_id=incident.id),
        EndAnnounced(notice_id=end.id),
        Export(member_id=team.ana.id, what=Exported.OWN, form=Format.JSONL, asked="V1"),
        ProgressDigest(digest_id=progress),
        ProgressCharts(digest_id=progress),
        ChartAsked(member_id=team.ana.id, what=Picture.PORTFOLIO, project_id=None, asked="T1"),
    )
    async with team.db.reading(team.workspace_id) as session:
        return {type(message): (await render(session, message, NOW)).text for message in messages}


async def test_every_kind_says_something(team: Team) -> None:
    said = await texts(team)
    assert set(said) == set(get_args(get_args(Message)[0])) - {*READS, *VIEWS, *CHORES}
    assert said[Export].startswith("You have written nothing here so far")
    assert said[StandupPrompt].startswith("Hello Ana. ")
    assert "1 of 2 people answered" in said[StandupSummary]
    assert said[StandupReminder].startswith("Still time until tomorrow 09:30.")
    assert said[StandupTrouble].startswith(
        "Standup in <#C00000001>: I was removed from its channel."
    )
    assert said[StandupDetail].endswith("\nOld months hurt\nNext: train on all merchants")
    assert said[TakenToThread].endswith("Go on here, in the thread.")
    assert said[Notices].startswith("Hello Ben. \nAna needs: Invoices before 2024 (data access).")
    assert said[ReviewCard].startswith("*Launch check: Fraud detection*")
    assert "1 of 23 answered. 10 must-haves and 13 should-haves not met yet." in said[ReviewCard]
    assert "Privacy review done: unanswered (asked: Ana)" in said[ReviewChecklist]
    assert said[ReviewPlanned].startswith(
        "Project review of Fraud detection: by Wednesday, 25 February. Ana leads it."
    )
    assert said[MonthlyReview].startswith("Project reviews, Wednesday, 25 February")
    assert "• Fraud detection, Ana" in said[MonthlyReview]
    assert said[ReviewResult] == "Launch check of Fraud detection is over."
    assert said[ReviewCalendar].startswith("Launch check of Fraud detection: by Tuesday, 10 March")
    assert said[StalledDigest].startswith("*Nothing needs a hand*")
    assert "• Fraud detection: 54 of 100 today, nothing better yet" in said[StalledDigest]
    assert said[ScopeChanged].startswith("*Scope change: Fraud detection*")
    assert "Still to read: Ben." in said[ScopeChanged]
    assert said[StageMoved].startswith(
        "Fraud detection goes back to prototype (was development). Labels were wrong. Next: see"
    )
    assert "Still to confirm: Ben." in said[EndAnnounced]
    assert said[IncidentCard].startswith("*Incident: Fraud detection*")
    assert said[StandupIsSet].startswith("The standup is set. Summary in <#C00000001>.")
    assert said[DecisionMade] == (
        "Fraud detection: hold. The labels come in May. (Ben, 3 Mar; again on 5 May) "
        "<https://lab.slack.com/archives/C1/p1|message>"
    )
    assert said[DecisionBrief].startswith("*Fraud detection, to decide on Tuesday 3 March*")
    assert "Worth: not yet estimated." in said[DecisionBrief]
    assert said[CouldNotPost].startswith("I could not post the standup's summary in <#C1>.")


async def test_leaders_and_stakeholders_are_told_in_plain_words(team: Team) -> None:
    said = await texts(team)
    assert said[StakeholderNote] == (
        "Fraud detection is trying out whether it can work now. Labels were wrong. "
        "Next: a decision whether to go on."
    )
    assert said[LeadershipDigest].startswith("*Machine learning — week to 3 March*")


async def test_what_is_read_has_nothing_to_show_and_what_is_gone_is_unknown(team: Team) -> None:
    async with team.db.reading(team.workspace_id) as session:
        with pytest.raises(TypeError):
            await render(session, ReadPerson(slack_id="U1"), NOW)
        for gone in (
            StandupPrompt(prompt_id=99),
            StandupTrouble(ceremony_id=99, what=Trouble.BACK),
            StalledDigest(digest_id=99),
            LeadershipDigest(digest_id=99),
            StakeholderNote(about="scope", number=99),
            StakeholderNote(about="needed", number=99),
            DecisionMade(decision_id=99),
            DecisionBrief(project_id=99, on=MORNING.date()),
            ReviewCard(review_id=99),
        ):
            with pytest.raises(Unknown):
                await render(session, gone, NOW)
