"""People who leave the team's Slack, and guests: whom a standup asks follows, and its owner hears of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.errands import Chore, Task
from models.domain.project import Role
from models.domain.standup import CeremonyKind, PromptState, Trouble
from models.outbox import follow
from models.people import Profile, find_member, remember
from models.standups import person_is_known, read_whole_channels
from models.tables import Ceremony, Member, Membership, Participant, Prompt, Run
from models.troubles import Told, tell_owners


async def person_changed(session: AsyncSession, profile: Profile, now: datetime) -> None:
    """Slack says that something about somebody has changed: name, zone, guest or not, deactivated or not."""
    before = await find_member(session, profile.slack_id)
    if before is None:
        return
    was_active, was_limited = before.active, before.limited
    (member,) = await remember(session, [profile], now)
    await person_is_known(session, [member.id])
    if member.limited != was_limited:
        await read_whole_channels(session, now)
    if was_active and not member.active:
        chore = Chore(task=Task.LEFT, number=member.id)
        await follow(session, chore, now, partial(has_left, session, member, now))


async def has_left(session: AsyncSession, member: Member, now: datetime) -> None:
    """Nobody waits for them any more, and their standups are somebody else's."""
    await _drop_out(session, member)
    await _hand_over(session, member, now)


async def _drop_out(session: AsyncSession, member: Member) -> None:
    """Nobody waits for an answer of theirs; that is no “no answer”."""
    open_runs = select(Run.id).where(Run.closed_at.is_(None))
    await session.execute(
        update(Prompt)
        .where(
            Prompt.member_id == member.id,
            Prompt.state.in_((PromptState.WAITING, PromptState.ASKED)),
            Prompt.run_id.in_(open_runs),
        )
        # To be shown: it may have been the last one that a summary waits for.
        .values(state=PromptState.PASSED_OVER, remind_at=None, shown=False)
        .execution_options(synchronize_session=False)
    )


async def _hand_over(session: AsyncSession, gone: Member, now: datetime) -> None:
    """Their standups go to the project's PM, else to the participant whom Labmate has known longest."""
    takes_part = select(Participant.ceremony_id).where(Participant.member_id == gone.id)
    found = await session.scalars(
        select(Ceremony)
        .where(
            Ceremony.active,
            Ceremony.kind == CeremonyKind.STANDUP,
            (Ceremony.owner_id == gone.id) | Ceremony.id.in_(takes_part),
        )
        .order_by(Ceremony.id)
        .with_for_update()
    )
    concerned = found.all()
    owned = [ceremony for ceremony in concerned if ceremony.owner_id == gone.id]
    heirs = await _heirs(session, owned)
    for ceremony in owned:
        if ceremony.id in heirs:
            ceremony.owner_id = heirs[ceremony.id]
            chronicle.record(
                session,
                "standup_handed_over",
                project_id=ceremony.project_id,
                by_id=None,
                at=now,
                ceremony=ceremony.id,
                owner=ceremony.owner_id,
            )
    told = [
        Told(ceremony, Trouble.YOURS if ceremony in owned else Trouble.LEFT, gone.name)
        for ceremony in concerned
        if ceremony.owner_id != gone.id
    ]
    await tell_owners(session, told, now)


async def _heirs(session: AsyncSession, ceremonies: Sequence[Ceremony]) -> dict[int, int]:
    """Who takes over each of these standups (member ids); nobody where nobody is left."""
    managers = await session.execute(
        select(Ceremony.id, Member.id)
        .join(Membership, Membership.project_id == Ceremony.project_id)
        .join(Member, Member.id == Membership.member_id)
        .where(
            Ceremony.id.in_([ceremony.id for ceremony in ceremonies]),
            Membership.role == Role.PM,
            Member.active,
            ~Member.limited,
        )
        .order_by(Member.created_at, Member.id)
    )
    participants = await session.execute(
        select(Participant.ceremony_id, Member.id)
        .join(Member, Member.id == Participant.member_id)
        .where(
            Participant.ceremony_id.in_([ceremony.id for ceremony in ceremonies]),
            Member.active,
            ~Member.limited,
        )
        .order_by(Member.created_at, Member.id)
    )
    return _first(participants.all()) | _first(managers.all())


def _first(pairs: Iterable[Sequence[int]]) -> dict[int, int]:
    first: dict[int, int] = {}
    for ceremony_id, member_id in pairs:
        first.setdefault(ceremony_id, member_id)
    return first
