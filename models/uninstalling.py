"""Uninstalled: everything stops, and goes on when the app is installed again (design §4-5)."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, digests, steering
from models.domain.cadence import local_date, zone_of
from models.domain.delivery import DeliveryState
from models.domain.standup import CeremonyKind, PromptState
from models.tables import Ceremony, Delivery, Prompt, Workspace

REASON = "app_uninstalled"
"""Slack's word for why the ceremonies pause."""


async def stop(session: AsyncSession, now: datetime) -> None:
    """Nothing is asked or sent any more in the session's workspace; what was paused before stays so."""
    workspace = await session.get_one(Workspace, session.info["workspace_id"])
    if not workspace.bot_user_id:
        return
    workspace.bot_user_id = ""
    paused = {"paused": True, "pause_reason": REASON, "run_now_at": None}
    unplanned = {"next_day": None, "opens_at": None, "moved_from": None}
    await session.execute(
        update(Ceremony)
        .where(Ceremony.active, ~Ceremony.paused)
        .values(**paused, **unplanned)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(Prompt)
        .where(Prompt.state == PromptState.WAITING)
        .values(state=PromptState.PASSED_OVER)
        .execution_options(synchronize_session=False)
    )
    chronicle.record(session, "uninstalled", project_id=None, by_id=None, at=now)


async def go_on(session: AsyncSession, now: datetime) -> None:
    """Installed again, with `bot_user_id` known: what waited to be said then is old; the ceremonies go on."""
    found = await session.scalars(
        select(Ceremony).where(Ceremony.active, Ceremony.pause_reason == REASON)
    )
    ceremonies = found.all()
    if not ceremonies:
        return
    await session.execute(
        update(Delivery)
        .where(Delivery.state == DeliveryState.WAITING)
        .values(state=DeliveryState.CANCELLED, error=REASON)
        .execution_options(synchronize_session=False)
    )
    for ceremony in ceremonies:
        if ceremony.kind is CeremonyKind.STANDUP:
            await steering.resume(session, ceremony.id, by=None, now=now)
        else:
            ceremony.paused, ceremony.pause_reason = False, None
            yesterday = local_date(now, zone_of(ceremony.tz)) - timedelta(days=1)
            digests.plan(ceremony, after=yesterday, now=now)
