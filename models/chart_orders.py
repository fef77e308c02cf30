"""Orders of a chart: somebody asks, it is drawn when it is delivered, and comes as a message to them."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.domain.charts import Chart
from models.domain.charts_asked import Picture
from models.domain.clock import Moment
from models.domain.errors import Unknown
from models.domain.messages import ChartAsked
from models.outbox import Post, post_all
from models.people import require_met
from models.portfolios import portfolio_chart
from models.reading import readable
from models.series import progress_charts
from models.tables import Member

WANTED_FOR = timedelta(days=1)
"""A picture that Slack couldn't take for so long is not sent any more: it can be asked for again."""


async def order(
    session: AsyncSession,
    slack_id: str,
    what: Picture,
    project_id: int | None,
    *,
    asked: str,
    now: datetime,
) -> None:
    """Have a picture sent to somebody; `asked` is the click: twice there is once.

    Raises:
        NotMetYet: Slack has not said yet who this is.
        Unknown: there is no such project, or none that they see.
    """
    member = await require_met(session, slack_id)
    if project_id is not None:
        await readable(session, project_id)
    message = ChartAsked(member_id=member.id, what=what, project_id=project_id, asked=asked)
    await post_all(session, [Post(message, slack_id, expires_at=now + WANTED_FOR)], now=now)


async def pictures(session: AsyncSession, message: ChartAsked, at: Moment) -> list[Chart]:
    """What is to be drawn, as the session's reader sees it; empty where there is nothing yet."""
    if message.what is Picture.PORTFOLIO:
        chart = await portfolio_chart(session, at.today)
        return [chart] if chart.bets else []
    if message.project_id is None:
        return []
    charts = await progress_charts(session, [message.project_id], at.today, at.now)
    return list(charts.values())


async def reader(session: AsyncSession, message: ChartAsked) -> str:
    """Whose picture it is: their Slack id.

    Raises:
        Unknown: nobody knows them any more.
    """
    member = await session.get(Member, message.member_id)
    if member is None:
        raise Unknown
    return member.slack_id


async def why_not(session: AsyncSession, message: ChartAsked) -> str | None:
    """Why a picture must not be sent: rights are asked again when it is."""
    member = await session.scalar(select(Member).where(Member.id == message.member_id))
    return None if member is not None and member.active else "they have left"
