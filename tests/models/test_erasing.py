"""Erasing what somebody wrote: no personal column holds a word of theirs, what others wrote stays."""

from typing import Any

import pytest
from sqlalchemy import JSON, String, Text, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import erasing
from models.chronicle import record
from models.domain.messages import StandupDetail, StandupSummary
from models.domain.messages_reviews import ReviewCard, ReviewChecklist
from models.domain.notices import HelpWanted, NumberSetAside
from models.domain.review import ReviewKind, ReviewState
from models.domain.score import Axis
from models.erasing import A_FORMER_MEMBER, ERASED, HYPOTHESES, PERSONAL, StillHere, Wish
from models.outbox import post
from models.tables import (
    Base,
    CharterAnswer,
    Digest,
    Event,
    Member,
    Replay,
    Review,
    ReviewAnswer,
    Score,
    ScoreRound,
    Snooze,
)
from tests.clock import MORNING
from tests.models.conftest import Team
from tests.queries import count_queries
from tests.rows import make_blocker, make_entry, make_measurement, make_notice

DAY = MORNING.date()
MINE, THEIRS = "Ana's own words", "Ben's own words"
IN_JSON = {"event.data", "notice.payload", "digest.content"}
"""Personal words stand in these, too: erased by key."""
STAYS = {
    "workspace.name",
    "member.name",
    "delivery.payload",
    "delivery.error",
    "project.name",
    "project.business_goal",
    "project.problem",
    "project.thresholds",
    "ceremony.questions",
    "ceremony.leave_out",
    "leader_note.sentence",
    "checklist.content",
    "deprecation_notice.reason",
    "deprecation_notice.instead",
    "governance.link",
    "metric.name",
    "metric.business_phrase",
    "metric.value_model",
    "review.reason",
    "review.checklist",
    "benchmark.baseline_source",
    "benchmark.reason",
    "benchmark.earlier",
    "decision.reason",
    "decision.dissent",
    "decision.evidence",
    "decision.link",
    "experiment.link",
    "experiment.links",
    "measurement.url",
    "measurement.excluded_reason",
    "condition.text",
    "condition.item",
    "condition.evidence",
    "scope_change.before",
    "scope_change.after",
    "scope_change.because",
    "scope_change.for_design",
    "scope_change.for_engineering",
    "scope_change.safe_to_build",
    "incident.what",
    "incident.fix",
    "incident.prevention",
    "incident.told",
}
"""The team's own record: what was agreed and decided, names, addresses, and words chosen from a list."""


def columns() -> set[str]:
    """Every column that could hold somebody's words: text without a length, and JSON."""
    return {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Text | JSON)
        or (type(column.type) is String and column.type.length is None)
    }


def personal() -> dict[str, Any]:
    listed = [column for _, _, these in PERSONAL for column in these]
    return {f"{one.class_.__tablename__}.{one.key}": one for one in (*listed, *HYPOTHESES)}


def test_every_text_column_is_personal_or_the_teams() -> None:
    assert columns() - IN_JSON - set(personal()) == STAYS, (
        "say in models/erasing.py whose words it holds"
    )


async def write(team: Team, member: Member, words: str) -> None:
    """Somebody writes into everything that there is to write in."""
    experiment = team.of_ana if member.id == team.ana.id else team.of_ben
    ids = {"project_id": team.project.id}
    async with team.writing() as session:
        entry = await make_entry(
            session,
            team.run,
            member,
            experiment,
            learned=words,
            next_step=words,
            blocker_text=words,
        )
        number = await make_measurement(
            session,
            experiment,
            0.6,
            excluded_on=DAY,
            excluded_reason="leak",
            excluded_note=words,
            excluded_by_id=member.id,
        )
        mine = await session.merge(experiment)
        for column in ("title", "change", "because", "expected_effect", "learning"):
            setattr(mine, column, words)
        mine.next_step = mine.extension_reason = words
        blocker = await make_blocker(session, experiment, member, text=words, said=words)
        key = f"goal_{member.id}"
        by: dict[str, Any] = {"by_id": member.id}
        session.add(CharterAnswer(**ids, **by, key=key, text=words, at=MORNING))
        tenant = {"workspace_id": team.workspace_id}
        session.add(Replay(**tenant, **by, experiment_id=experiment.id, text=words))
        session.add(
            Snooze(
                **by, subject="project:1", kind="idle", until=DAY, reason=words, created_at=MORNING
            )
        )
        opened = ScoreRound(**ids, opened_by_id=member.id, opened_at=MORNING, revealed_at=MORNING)
        # One of a kind is open at a time, and each of the two has a review of their own.
        kind = ReviewKind.PEER if member.id == team.ana.id else ReviewKind.STAKEHOLDER
        review = Review(**ids, kind=kind, state=ReviewState.OPEN, due=DAY, created_at=MORNING)
        session.add_all([opened, review])
        await session.flush()
        session.add(
            ReviewAnswer(
                **by, review_id=review.id, item="x", note=words, evidence=words, at=MORNING
            )
        )
        for said in (ReviewCard(review_id=review.id), ReviewChecklist(review_id=review.id)):
            await post(session, said, to="C00000001", now=MORNING)
        gave: dict[str, Any] = {"member_id": member.id, "axis": next(iter(Axis)), "value": 7}
        session.add(Score(**ids, **gave, round_id=opened.id, why=words, on=DAY, at=MORNING))
        await _tell_others(session, team, member, words, (entry, number, blocker))


async def _tell_others(
    session: AsyncSession, team: Team, member: Member, words: str, rows: tuple[Any, Any, Any]
) -> None:
    """The chronicle, what others are told, posted messages and digests."""
    entry, number, blocker = rows
    line: dict[str, Any] = {"project_id": team.project.id, "by_id": member.id, "at": MORNING}
    record(session, "timebox_extended", **line, days=3, reason=words)
    record(session, "number_set_aside", **line, measurement=number.id, note=words)
    other = team.ben if member.id == team.ana.id else team.ana
    for about in (
        HelpWanted(blocker_id=blocker.id, by_id=member.id, ask=words),
        NumberSetAside(measurement_id=number.id, note=words),
    ):
        payload = about.model_dump(mode="json")
        named: dict[str, Any] = {"subject": about.subject, "kind": about.kind, "told_on": DAY}
        await make_notice(session, other, blocker, payload=payload, **named)
    content = {"lines": [{"subject": f"experiment:{entry.experiment_id}", "name": words}], "on": []}
    slot = f"{member.id}"
    session.add(
        Digest(
            ceremony_id=team.ceremony.id,
            slot=slot,
            as_of=DAY,
            content=content,
            created_at=MORNING,
        )
    )
    for message in (
        StandupDetail(run_id=team.run.id, entry_id=entry.id),
        StandupSummary(run_id=team.run.id),
    ):
        await post(session, message, to="C00000001", now=MORNING)


async def everything(team: Team) -> dict[str, list[str]]:
    """What every column holds that could hold words."""
    held: dict[str, list[str]] = {}
    async with team.db.reading(None) as session:
        for mapper in Base.registry.mappers:
            for row in await session.scalars(select(mapper.class_)):
                for column in mapper.columns:
                    name = f"{mapper.class_.__tablename__}.{column.key}"
                    held.setdefault(name, []).append(str(getattr(row, column.key)))
    return held


def holding(held: dict[str, list[str]], words: str) -> set[str]:
    return {name for name, values in held.items() if any(words in value for value in values)}


async def erase(team: Team, wish: Wish, whose: Member | None = None) -> int:
    async with team.writing() as session:
        ana = await session.get_one(Member, team.ana.id)
        target = await session.get_one(Member, (whose or ana).id)
        with count_queries(team.db) as asked:
            await erasing.erase(session, target, wish, by=ana, now=MORNING)
    return len(asked)


async def test_not_a_word_is_left_and_what_others_wrote_stays(team: Team) -> None:
    await write(team, team.ana, MINE)
    await write(team, team.ben, THEIRS)
    before = await everything(team)
    assert holding(before, MINE) == set(personal()) | IN_JSON, "the test writes into every one"
    await erase(team, Wish(hypotheses=True))
    after = await everything(team)
    assert holding(after, MINE) == set()
    assert holding(after, THEIRS) == holding(before, THEIRS)
    assert after["measurement.value"] == before["measurement.value"]
    assert "words_erased" in after["event.kind"]
    refreshes = [row.subject for row in await team.sent() if row.operation == "refresh"]
    assert refreshes == [], "what was not posted yet is written from the rows of then"


async def test_hypotheses_and_learnings_stay_unless_they_are_to_go(team: Team) -> None:
    await write(team, team.ana, MINE)
    await erase(team, Wish())
    left = holding(await everything(team), MINE)
    assert left == {f"experiment.{column.key}" for column in HYPOTHESES} | {"digest.content"}


async def test_what_stands_in_slack_is_shown_anew(team: Team) -> None:
    await write(team, team.ana, MINE)
    async with team.writing() as session:
        for row in await team.sent():
            sent = await session.merge(row)
            sent.state, sent.sent_at = "sent", MORNING  # type: ignore[assignment]
    await erase(team, Wish())
    refreshed = {row.kind for row in await team.sent() if row.operation == "refresh"}
    standup, review = {"standup_detail", "standup_summary"}, {"review_card", "review_checklist"}
    assert refreshed == standup | review


async def test_constant_statements_however_much_it_is(team: Team) -> None:
    few = await erase(team, Wish(hypotheses=True))
    await write(team, team.ana, MINE)
    much = await erase(team, Wish(hypotheses=True))
    assert much <= few + 6
    assert much <= 30


async def test_for_somebody_else_only_when_they_have_left(team: Team) -> None:
    await write(team, team.ben, THEIRS)
    with pytest.raises(StillHere):
        await erase(team, Wish(name=True), team.ben)
    async with team.writing() as session:
        (await session.get_one(Member, team.ben.id)).active = False
    await erase(team, Wish(hypotheses=True, name=True), team.ben)
    held = await everything(team)
    assert holding(held, THEIRS) == set()
    assert A_FORMER_MEMBER in held["member.name"]
    assert "Ben" not in held["member.name"]
    assert ERASED in held["standup_entry.learned"]
    async with team.db.reading(team.workspace_id) as session:
        (line,) = await session.scalars(select(Event).where(Event.kind == "words_erased"))
    assert line.data == {"member": team.ben.id, "hypotheses": True}
