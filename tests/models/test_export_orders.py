"""Orders of a file: once a modal, and rights are asked again when it is sent."""

from datetime import timedelta

import pytest

from models import refusals
from models.domain.exported import Exported, Format
from models.domain.messages import Export
from models.export_orders import WANTED_FOR, order, why_not
from models.tables import Delivery, Member
from tests.clock import MORNING
from tests.models.conftest import Team


async def ordered(team: Team, what: Exported = Exported.OWN, asked: str = "V1") -> None:
    async with team.writing() as session:
        ana = await session.get_one(Member, team.ana.id)
        await order(session, ana, what, Format.JSONL, asked=asked, now=MORNING)


async def test_the_same_click_twice_is_one_file(team: Team) -> None:
    await ordered(team)
    await ordered(team)
    await ordered(team, asked="V2")
    first, second = await team.sent(kind="export")
    assert (first.destination, first.expires_at) == ("UANA", MORNING + WANTED_FOR)
    assert first.subject != second.subject
    assert timedelta(hours=1) < WANTED_FOR


@pytest.mark.parametrize(
    ("what", "is_now", "why"),
    [
        (Exported.OWN, {}, None),
        (Exported.OWN, {"limited": True}, None),
        (Exported.OWN, {"active": False}, "they have left"),
        (Exported.WHOLE, {"admin": True}, None),
        (Exported.WHOLE, {"admin": False}, "they are no admin any more"),
        (Exported.WHOLE, {"admin": True, "limited": True}, "they are no admin any more"),
        (Exported.WHOLE, {"admin": True, "active": False}, "they have left"),
    ],
)
async def test_rights_are_asked_again_when_it_is_sent(
    team: Team, what: Exported, is_now: dict[str, bool], why: str | None
) -> None:
    message = Export(member_id=team.ana.id, what=what, form=Format.CSV, asked="V1")
    async with team.writing() as session:
        ana = await session.get_one(Member, team.ana.id)
        for name, value in is_now.items():
            setattr(ana, name, value)
    async with team.db.reading(team.workspace_id) as session:
        assert await why_not(session, message) == why


async def test_nobody_gets_the_file_of_another_workspaces_person(team: Team) -> None:
    message = Export(member_id=9_999, what=Exported.OWN, form=Format.CSV, asked="V1")
    async with team.db.reading(team.workspace_id) as session:
        assert await why_not(session, message) == "they have left"


async def test_who_asked_is_told_what_slack_refuses(team: Team) -> None:
    await ordered(team)
    (row,) = await team.sent(kind="export")
    async with team.writing() as session:
        refused = await session.get_one(Delivery, row.id)
        refused.error = "file_uploads_disabled"
        await refusals.tell_owner(session, refused, MORNING)
        facts = await refusals.facts(session, row.id)
    (told,) = await team.sent(kind="could_not_post")
    assert told.destination == "UANA"
    assert (facts.channel_id, facts.what) == (None, "send you the file")
