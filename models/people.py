"""People: whom Labmate has met, with the name and the time zone that Slack gives."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from models import held, outbox
from models.db import dialect_of
from models.domain.errands import ReadPerson
from models.domain.errors import NotMetYet
from models.domain.facts import Person
from models.domain.working_days import Span
from models.tables import Member, Workspace


class Profile(NamedTuple):
    """What Slack says about a person.

    `limited`: a guest or somebody from another company; `admin`: an owner or admin of the workspace.
    """

    slack_id: str
    name: str
    tz: str
    active: bool
    limited: bool
    admin: bool = False


async def find_member(session: AsyncSession, slack_id: str) -> Member | None:
    """The member with this Slack id, if Labmate has met them."""
    member: Member | None = await session.scalar(select(Member).where(Member.slack_id == slack_id))
    return member


async def meet(session: AsyncSession, slack_id: str, name: str, now: datetime) -> Member:
    """The member with this Slack id; somebody new is asked for at Slack (name, zone).

    Until Slack has answered, a new person has the workspace's zone.
    """
    member = await find_member(session, slack_id)
    if member is not None:
        return member
    return (await welcome(session, {slack_id: name}, now))[0]


async def meet_all(session: AsyncSession, slack_ids: Iterable[str], now: datetime) -> list[Member]:
    """The members with these Slack ids, as `meet`, in at most two statements however many they are."""
    return await welcome(session, dict.fromkeys(sorted(set(slack_ids)), ""), now)


async def welcome(session: AsyncSession, names: Mapping[str, str], now: datetime) -> list[Member]:
    """Members for these Slack ids, with their names as far as these are known.

    Slack is asked about those whom it has not described yet; two statements. Who is known already, or is
    met by somebody else meanwhile, is that member.
    """
    if not names:
        return []
    workspace_id = session.info["workspace_id"]
    zone = select(Workspace.tz).where(Workspace.id == workspace_id).scalar_subquery()
    rows = [
        {
            "workspace_id": workspace_id,
            "slack_id": slack_id,
            "name": name or slack_id,
            "tz": zone,
            "active": True,
            "limited": False,
            "described": False,
            "created_at": now,
        }
        for slack_id, name in names.items()
    ]
    insert = dialect_of(session).insert(Member).values(rows)
    known = insert.on_conflict_do_update(
        index_elements=["workspace_id", "slack_id"], set_={"slack_id": insert.excluded.slack_id}
    )
    met = list(await session.scalars(known.returning(Member)))
    new = [member.slack_id for member in met if not member.described]
    posts = [outbox.Post(ReadPerson(slack_id=slack_id), slack_id) for slack_id in new]
    await outbox.post_all(session, posts, now=now)
    return met


async def require_met(session: AsyncSession, slack_id: str) -> Member:
    """The member with this Slack id, guests too; no statement where the session knows them as its reader.

    Raises:
        NotMetYet: Slack has not said yet who this is.
    """
    member = held.reader(session, slack_id) or await find_member(session, slack_id)
    if member is None or not member.described:
        raise NotMetYet
    held.know(session, member)
    return member


async def remember(
    session: AsyncSession, profiles: Iterable[Profile], now: datetime
) -> list[Member]:
    """Store what Slack said about people, new and known ones; returns each once, in the same order.

    One statement.

    The last admin that is known stays one, whatever Slack says, until there is another.
    """
    wanted = list({profile.slack_id: profile for profile in profiles}.values())
    if not wanted:
        return []
    insert = dialect_of(session).insert(Member)
    other = aliased(Member)
    # As text: SQLAlchemy would list the row that is changed among the tables of the subquery.
    mine: dict[str, ColumnElement[int]] = {
        name: literal_column(f"member.{name}") for name in ("id", "workspace_id")
    }
    is_last = Member.admin & ~exists().where(
        other.workspace_id == mine["workspace_id"],
        other.id != mine["id"],
        other.admin,
        other.active,
    )
    stored = insert.values(
        [
            {
                "workspace_id": session.info["workspace_id"],
                "created_at": now,
                "described": True,
                **profile._asdict(),
            }
            for profile in wanted
        ]
    ).on_conflict_do_update(
        index_elements=["workspace_id", "slack_id"],
        set_={
            **{
                field: insert.excluded[field]
                for field in ("name", "tz", "active", "limited", "described")
            },
            "admin": insert.excluded.admin | is_last,
        },
    )
    found = await session.scalars(
        stored.returning(Member), execution_options={"populate_existing": True}
    )
    by_id = {member.slack_id: member for member in found}
    return [by_id[profile.slack_id] for profile in wanted]


async def known(session: AsyncSession, slack_ids: Sequence[str]) -> dict[str, Profile]:
    """Those of the people whom Labmate has met and Slack has described, by Slack id."""
    found = await session.scalars(
        select(Member).where(Member.slack_id.in_(slack_ids), Member.described)
    )
    return {
        row.slack_id: Profile(row.slack_id, row.name, row.tz, row.active, row.limited, row.admin)
        for row in found
    }


def away_of(member: Member) -> tuple[Span, ...]:
    """The days on which this person is on leave, as far as they are kept: the latest ones."""
    return away_between(member.away_from, member.away_to)


def away_between(away_from: date | None, away_to: date | None) -> tuple[Span, ...]:
    """The same from its two columns."""
    if away_from is None and away_to is None:
        return ()
    return (Span(away_from or date.min, away_to or date.max),)


def perhaps(member: Member | None) -> Person | None:
    """A member where there is one."""
    return None if member is None else person(member)


def person(member: Member) -> Person:
    """A member as messages name them."""
    return Person(member.id, member.slack_id, member.name)
