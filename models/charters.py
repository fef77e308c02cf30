"""The charter's answers: kept by key, read again by the reviews (domain §4.7)."""

from collections.abc import Collection, Mapping

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.charter import Kind, Topic
from models.domain.clock import Moment
from models.domain.errors import Unknown
from models.domain.project import RiskTier, Serving
from models.planning import InHand
from models.tables import CharterAnswer, Project


async def answers_of(session: AsyncSession, project_id: int, topic: Topic) -> dict[str, str]:
    """What is answered of a topic, by key; choices as their value.

    Raises:
        Unknown: there is no such project.
    """
    keys = [one.key for one in topic.questions]
    its = and_(CharterAnswer.project_id == Project.id, CharterAnswer.key.in_(keys))
    found = (
        await session.execute(
            select(Project, CharterAnswer)
            .outerjoin(CharterAnswer, its)
            .where(Project.id == project_id)
        )
    ).all()
    if not found:
        raise Unknown
    project = found[0][0]
    rows: list[CharterAnswer | None] = [row for _, row in found]
    said = {row.key: row.text for row in rows if row is not None}
    stands = {
        "problem": project.problem,
        "serving": project.serving.value if project.serving else None,
        "explainability": _yes_no(project.explainability_required),
    }
    for one in topic.questions:
        value = stands.get(one.key)
        if value is not None:
            said[one.key] = value
    return said


def _yes_no(required: bool | None) -> str | None:
    return None if required is None else "yes" if required else "no"


async def answer(
    session: AsyncSession,
    hand: InHand,
    topic: Topic,
    said: Mapping[str, str | None],
    *,
    shown: Collection[str],
    at: Moment,
) -> None:
    """The answers to a topic of the charter. One that was `shown` and is empty now is taken back.

    What somebody else has answered since the form was opened stays, where this form says nothing.
    """
    project = hand.project
    found = await session.scalars(
        select(CharterAnswer).where(
            CharterAnswer.project_id == project.id,
            CharterAnswer.key.in_([one.key for one in topic.questions]),
        )
    )
    rows = {row.key: row for row in found}
    changed: list[str] = []
    for one in topic.questions:
        text, row = said.get(one.key), rows.get(one.key)
        if text is None and (row is None or one.key not in shown):
            continue
        if row is not None and row.text == text:
            continue
        changed.append(one.key)
        _in_column(project, one.key, one.kind, text)
        if text is None:
            await session.delete(row)
        elif row is not None:
            row.text, row.by_id, row.at = text, hand.by.id, at.now
        else:
            session.add(_row(project.id, one.key, text, hand.by.id, at))
    if changed:
        chronicle.record(
            session,
            "charter_answered",
            project_id=project.id,
            by_id=hand.by.id,
            at=at.now,
            keys=changed,
        )


def _row(project_id: int, key: str, text: str, by_id: int, at: Moment) -> CharterAnswer:
    return CharterAnswer(project_id=project_id, key=key, text=text, by_id=by_id, at=at.now)


def _in_column(project: Project, key: str, kind: Kind, text: str | None) -> None:
    """The answers that stand with the project itself."""
    match kind:
        case Kind.RISK:
            project.risk_tier = RiskTier(text or RiskTier.MEDIUM)
        case Kind.SERVING:
            project.serving = Serving(text) if text else None
        case Kind.YES_NO:
            project.explainability_required = None if text is None else text == "yes"
        case Kind.TEXT if key == "problem":
            project.problem = text
        case Kind.TEXT:
            pass
