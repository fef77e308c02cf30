"""The end of a live model: told 30 days before, confirmed by each, chased, taken back, retired (S3-13)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from handlers.blocks import notices as notices_blocks
from models import (
    acknowledging,
    chronicle_page,
    deprecating,
    end_pages,
    notices,
    retiring,
    stalled,
    telling,
)
from models.deprecating import End, EndAnnouncedAlready, TooSoon
from models.domain.acknowledging import Matter, Subject
from models.domain.decision import DecisionKind
from models.domain.deprecation import EndReason
from models.domain.errors import AskedAlready, NotToldOfIt, Unknown
from models.domain.facts_live import EndPage
from models.domain.findings.kinds import Kind, Unacknowledged
from models.domain.permissions import NotAllowed
from models.domain.project import ProjectStatus, Role, Stage
from models.domain.review import Answer, ReviewKind
from models.retiring import NotOverYet
from models.search import AsOf
from models.tables import Acknowledgement, DeprecationNotice, Event, Member, Notice, Project
from tests.clock import MORNING
from tests.models.conftest import NOW, Team, at
from tests.models.reviewed import opened as opened_review
from tests.models.reviewed import shown as shown_review
from tests.models.test_benchmarks import roles
from tests.models.test_scope_changes import ZONE
from tests.queries import count_queries
from tests.rows import make_review
from tests.rows_decisions import make_decision

STOPS = NOW.today + timedelta(days=30)
END = End(STOPS, EndReason.LOW_USE, "Nobody opens it", "The list in the console", ("UANA", "UBEN"))


@pytest.fixture
async def live(team: Team) -> Team:
    """Ana is the PM, Ben an engineer; the model is in production."""
    await roles(team, ana=Role.PM, ben=Role.ML_ENGINEER)
    async with team.writing() as session:
        await session.execute(update(Project).values(stage=Stage.PRODUCTION))
    return team


async def announced(team: Team, end: End = END, by: str = "UANA") -> int:
    async with team.writing() as session:
        return (await deprecating.announce(session, team.project.id, end, by, NOW)).row.id


async def tick(team: Team, days: int = 0) -> None:
    async with team.db.writing(None) as session:
        await notices.tell_due(session, MORNING + timedelta(days=days))


async def of_ben(team: Team) -> list[tuple[str, bool, bool]]:
    """Kind, told, done, of each of Ben's notices."""
    async with team.db.reading(team.workspace_id) as session:
        found = await session.scalars(
            select(Notice).where(Notice.member_id == team.ben.id).order_by(Notice.id)
        )
        return [(one.kind, one.told_on is not None, one.done_at is not None) for one in found]


async def page(team: Team, days: int = 0, by: str = "UANA") -> EndPage:
    async with team.db.reading(team.workspace_id) as session:
        moment = at(MORNING + timedelta(days=days))
        return await end_pages.page(session, team.project.id, by, moment)


async def test_it_is_told_thirty_days_before_not_a_day_later(live: Team) -> None:
    with pytest.raises(TooSoon) as refused:
        await announced(live, replace(END, stops_on=STOPS - timedelta(days=1)))
    assert "2 April 2026 or later" in refused.value.sentence
    await announced(live)
    (card,) = await live.sent(kind="end_announced")
    assert card.destination == live.project.channel_id
    with pytest.raises(EndAnnouncedAlready):
        await announced(live)


async def test_each_is_asked_now_at_half_time_and_for_the_last_time(live: Team) -> None:
    await announced(live)
    async with live.db.reading(live.workspace_id) as session:
        found = await session.scalars(
            select(Notice).where(Notice.member_id == live.ben.id).order_by(Notice.due_at)
        )
        due = [(one.kind, one.due_at.date() - NOW.today) for one in found]
    assert [(kind, days.days) for kind, days in due] == [
        ("end_to_confirm", 0),
        ("end_still_open", 15),
        ("end_still_open", 23),
    ]


async def test_who_confirms_is_asked_no_more(live: Team) -> None:
    notice_id = await announced(live)
    await tick(live)
    async with live.writing() as session:
        await acknowledging.confirm(session, Subject(Matter.END, notice_id), "UBEN", NOW)
        await acknowledging.confirm(session, Subject(Matter.END, notice_id), "UBEN", NOW)
    assert await of_ben(live) == [
        ("end_to_confirm", True, True),
        ("end_still_open", False, True),
        ("end_still_open", False, True),
    ]
    async with live.db.reading(live.workspace_id) as session:
        facts = await end_pages.facts(session, notice_id)
        told = await telling.notices_facts(session, live.ben.id, NOW.today)
        assert "✓ You have confirmed it." in notices_blocks.notices(told).text
        told = await telling.notices_facts(session, live.ana.id, NOW.today)
        assert "[Read it all] [I know]" in notices_blocks.notices(told).text
    assert ([one.name for one in facts.confirmed], [one.name for one in facts.waiting]) == (
        ["Ben"],
        ["Ana"],
    )
    async with live.writing() as session:
        with pytest.raises(NotToldOfIt):
            await acknowledging.confirm(session, Subject(Matter.END, notice_id), "UCLEO", NOW)
        with pytest.raises(Unknown):
            await end_pages.facts(session, 999)


async def test_the_second_time_says_so(live: Team) -> None:
    await announced(live)
    await tick(live)
    await tick(live, 15)
    assert [told for _, told, _ in await of_ben(live)] == [True, True, False]
    async with live.db.reading(live.workspace_id) as session:
        day = NOW.today + timedelta(days=15)
        told = await telling.notices_facts(session, live.ben.id, day)
    assert (
        "Still to confirm: Fraud detection stops on 2 April." in notices_blocks.notices(told).text
    )


async def unacknowledged(team: Team, days: int) -> list[Unacknowledged]:
    async with team.db.reading(team.workspace_id) as session:
        as_of = AsOf(NOW.today + timedelta(days=days), ZONE)
        facts = await stalled.stalled(session, as_of)
    reasons = [reason for finding in facts.findings for reason in finding.reasons]
    return [
        one
        for one in reasons
        if isinstance(one, Unacknowledged) and one.kind is Kind.NOTICE_UNACKNOWLEDGED
    ]


async def test_three_working_days_without_a_word_are_a_finding_two_are_not(live: Team) -> None:
    notice_id = await announced(live)
    assert await unacknowledged(live, 2) == []
    (found,) = await unacknowledged(live, 3)
    assert (found.notice_id, [one.name for one in found.waiting_for]) == (notice_id, ["Ana", "Ben"])
    async with live.writing() as session:
        for who in ("UANA", "UBEN"):
            await acknowledging.confirm(
                session, Subject(Matter.END, notice_id), who, at(MORNING + timedelta(days=4))
            )
    assert await unacknowledged(live, 4) == []
    assert len(await unacknowledged(live, 3)) == 1, "as of that day"


async def test_who_has_not_confirmed_is_reminded(live: Team) -> None:
    async def reminded(days: int) -> list[str]:
        async with live.writing() as session:
            moment = at(MORNING + timedelta(days=days))
            people = await acknowledging.remind(
                session, Matter.END, live.project.id, "UBEN", moment
            )
            return [one.name for one in people]

    with pytest.raises(Unknown):
        await reminded(0)
    notice_id = await announced(live)
    await tick(live)
    with pytest.raises(AskedAlready):
        await reminded(0)
    assert await reminded(2) == ["Ana", "Ben"]
    await tick(live, 2)
    assert (await of_ben(live))[0] == ("end_to_confirm", True, False)
    with pytest.raises(AskedAlready):
        await reminded(2)
    async with live.writing() as session:
        for who in ("UANA", "UBEN"):
            await acknowledging.confirm(session, Subject(Matter.END, notice_id), who, NOW)
    with pytest.raises(Unknown):
        await reminded(3)


async def test_what_is_taken_back_asks_nobody_any_more(live: Team) -> None:
    notice_id = await announced(live)
    async with live.writing() as session:
        await deprecating.withdraw(session, notice_id, "UANA", NOW)
    assert all(done for _, _, done in await of_ben(live))
    assert await unacknowledged(live, 9) == []
    assert (await page(live)).end is None
    async with live.writing() as session:
        with pytest.raises(Unknown):
            await deprecating.withdraw(session, notice_id, "UANA", NOW)
        assert await session.scalar(select(func.count(Acknowledgement.id))) == 0
    async with live.db.reading(live.workspace_id) as session:
        assert (await end_pages.facts(session, notice_id)).withdrawn_on == NOW.today
        history = await chronicle_page.page(session, live.project.id, AsOf(NOW.today, ZONE))
    assert [one.kind for one in history.lines][:2] == ["stays", "end"]
    assert await announced(live) != notice_id, "another day is another notice"


async def test_only_the_pm_announces_and_takes_back(live: Team) -> None:
    with pytest.raises(NotAllowed):
        await announced(live, by="UBEN")
    notice_id = await announced(live)
    async with live.writing() as session:
        with pytest.raises(NotAllowed):
            await deprecating.withdraw(session, notice_id, "UBEN", NOW)
        with pytest.raises(NotAllowed):
            await retiring.retire(session, live.project.id, "UBEN", NOW)
    assert not (await page(live, by="UBEN")).may_announce


async def test_it_is_retired_after_its_day_and_a_go(live: Team) -> None:
    await announced(live)

    async def retire(days: int) -> None:
        async with live.writing() as session:
            moment = at(MORNING + timedelta(days=days))
            await retiring.retire(session, live.project.id, "UANA", moment)

    with pytest.raises(NotOverYet) as refused:
        await retire(29)
    assert refused.value.sentence == (
        "Not yet: it stops on 2 April 2026; a retirement review with a go."
    )
    async with live.writing() as session:
        review = await make_review(session, live.project, live.ana, kind=ReviewKind.DEPRECATION)
        await make_decision(
            session, live.project, live.ana, kind=DecisionKind.GO, review_id=review.id
        )
    assert (await page(live, 29)).lacking == ("it stops on 2 April 2026",)
    with pytest.raises(NotOverYet):
        await retire(29)
    assert (await page(live, 30)).lacking == ()
    await retire(30)
    assert (await page(live, 30)).retired
    async with live.db.reading(live.workspace_id) as session:
        project = await session.get_one(Project, live.project.id)
        assert project.status is ProjectStatus.RETIRED
        (event,) = await session.scalars(select(Event).where(Event.kind == "status_changed"))
    assert event.data["changes"] == {"status": ["active", "retired"]}
    with pytest.raises(Unknown):
        await retire(31)


async def test_a_review_of_its_end_finds_what_the_notice_says(live: Team) -> None:
    review_id = await opened_review(live, ReviewKind.DEPRECATION)

    async def answers() -> dict[str, tuple[Answer | None, str | None]]:
        facts = await shown_review(live, review_id)
        return {line.item.key: (line.answer, line.note) for line in facts.lines}

    assert (await answers())["notice_sent"] == (None, None)
    notice_id = await announced(live)
    found = await answers()
    assert found["notice_sent"][0] is Answer.YES
    assert found["acknowledged"] == (Answer.NO, "Still to confirm: Ana, Ben")
    async with live.writing() as session:
        await acknowledging.confirm(session, Subject(Matter.END, notice_id), "UBEN", NOW)
    assert (await answers())["acknowledged"] == (Answer.PARTLY, "Still to confirm: Ana")
    assert (await answers())["way_forward"] == (None, "The list in the console")
    async with live.writing() as session:
        await session.execute(update(Member).where(Member.name == "Ana").values(active=False))
    assert (await answers())["acknowledged"] == (Answer.YES, "Confirmed by Ben"), "Ana has left"


async def test_statements(live: Team) -> None:
    with count_queries(live.db) as statements:
        notice_id = await announced(live)
    assert len(statements) <= 6
    with count_queries(live.db) as statements:
        async with live.writing() as session:
            await acknowledging.confirm(session, Subject(Matter.END, notice_id), "UBEN", NOW)
    assert len(statements) <= 6
    with count_queries(live.db) as statements:
        await page(live)
    assert len(statements) <= 7
    async with live.db.reading(live.workspace_id) as session:
        with count_queries(live.db) as statements:
            facts = await end_pages.form_facts(session, live.project.id, "UANA", NOW.today)
        assert len(statements) <= 4
        assert facts.told == ("UBEN",)
        assert await session.scalar(select(func.count(DeprecationNotice.id))) == 1
