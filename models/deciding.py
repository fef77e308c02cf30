"""Deciding about a project outside a review: what is recommended by rule, and the form's facts."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, case, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import decided, decisions
from models.decisions import Decided, Within
from models.domain.advice import Advice, advise, differs
from models.domain.clock import Moment
from models.domain.deciding import stage_after
from models.domain.decision import DecisionKind
from models.domain.decision_facts import DecisionForm, DecisionsPage, ToDecide
from models.domain.errors import NoProject, Unknown
from models.domain.findings.kinds import Thresholds
from models.domain.permissions import Action
from models.domain.project import ProjectStatus, Role
from models.domain.review import ReviewState
from models.permits import permit, permit_known
from models.planning import InHand
from models.reading import readable
from models.scope_forms import IS_PRIMARY
from models.tables import Benchmark, Decision, Member, Membership, Metric, Project, Review
from models.walking import Walked, numbers_of, stop_mark, walked, walked_from

MOST_PROJECTS = 100
"""What a menu of Slack's holds."""
MOST_LISTED = 10


class Typed(NamedTuple):
    """What somebody has decided, as they typed it; `said` is evidence in words or a link."""

    kind: DecisionKind
    reason: str
    next_on: date | None = None
    said: str | None = None
    dissent: str | None = None
    link: str | None = None
    supersedes_id: int | None = None


async def decide(
    session: AsyncSession, project_id: int, slack_id: str, typed: Typed, *, at: Moment
) -> tuple[Decision, Project]:
    """Record what was decided, with the facts of the day and what the rule recommends.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
        Unknown, ReplacedAlready: see `models.decisions.require_replaceable`.
        DayIsPast, NotReady: see `models.decisions.decide`.
    """
    by, project, walk, before = await _take(
        session, project_id, slack_id, typed.supersedes_id, at.today
    )
    advice = advice_for(project, walk, at.today)
    evidence: dict[str, object] = {
        "differs": differs(typed.kind, advice),
        "rule": advice.rule.value,
        **evidence_of(walk),
        **({"said": typed.said} if typed.said else {}),
    }
    of_today = Decided(
        typed.kind,
        typed.reason,
        next_on=typed.next_on,
        link=typed.link,
        dissent=typed.dissent,
        supersedes_id=typed.supersedes_id,
        recommended=advice.kind,
        evidence=evidence,
    )
    within = Within(progress=walk.progress if walk else None, before=before)
    return await decisions.decide(
        session, InHand(project, by), of_today, at=at, within=within
    ), project


async def _take(
    session: AsyncSession, project_id: int, slack_id: str, replaces_id: int | None, today: date
) -> tuple[Member, Project, Walked | None, int | None]:
    """Who may decide, the project, locked, how far it has come, and the replaced decision's review.

    Two statements.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed, Unknown, ReplacedAlready: see `decide`.
    """
    found = (
        await session.execute(
            select(
                *(Member, Project, Membership.role, Metric, Benchmark),
                *decisions.replaceable(replaces_id),
            )
            .select_from(Member)
            .join(Project, Project.id == project_id)
            .outerjoin(
                Membership,
                and_(Membership.member_id == Member.id, Membership.project_id == project_id),
            )
            .outerjoin(Metric, IS_PRIMARY)
            .outerjoin(
                Benchmark, and_(Benchmark.metric_id == Metric.id, Benchmark.effective <= today)
            )
            .where(Member.slack_id == slack_id)
            .order_by(Benchmark.version)
            .with_for_update(of=Project)
        )
    ).all()
    if not found:
        await permit(session, slack_id, Action.DECIDE, project_id=project_id)
        raise Unknown
    by, project, *_, is_its, replaced, of_review = found[0]
    roles = [row.role for row in found]
    await permit_known(session, by, roles, Action.DECIDE, project_id=project_id)
    decisions.require_replaceable(is_its, replaced)
    versions = [(row.Metric, row.Benchmark) for row in found if row.Benchmark is not None]
    return by, project, await walked_from(session, versions, today), of_review


def advice_for(
    project: Project, walk: Walked | None, today: date, *, on: date | None = None
) -> Advice:
    """What the rule recommends for a decision `on` that day, with what is known `today`."""
    return advise(
        walk.progress if walk else None,
        stop_mark(walk, project.stop_by, project.stop_threshold),
        stage=project.stage,
        today=today,
        on=on,
        thresholds=Thresholds(**project.thresholds),
    )


def evidence_of(walk: Walked | None) -> dict[str, object]:
    """The project's numbers, for those who ask later why it was decided so."""
    if walk is None:
        return {}
    numbers = numbers_of(walk)
    return {
        "baseline": numbers.baseline,
        "best": numbers.best,
        "acceptance": numbers.acceptance,
        "version": numbers.benchmark_version,
    }


async def form(
    session: AsyncSession, first: int | str, today: date, *, slack_id: str = ""
) -> DecisionForm:
    """The form about the project with the id, key or channel `first`.

    Otherwise about the first by name, of those that the person with this Slack id decides on if any.

    Raises:
        NoProject: there is none yet.
    """
    projects = await _projects(session, first, slack_id)
    if not projects:
        raise NoProject
    project = projects[0]
    walk = (await walked(session, [project.id], today)).get(project.id)
    standing, _ = await decided.of_project(session, project.id, standing=True)
    by_name = sorted(projects, key=lambda one: (one.name, one.id))
    return DecisionForm(
        projects=tuple(_to_decide(one) for one in by_name),
        chosen=_to_decide(project),
        numbers=numbers_of(walk) if walk else None,
        advice=advice_for(project, walk, today),
        leads_to=stage_after(DecisionKind.GO, project.stage),
        standing=standing,
    )


async def _projects(session: AsyncSession, first: int | str, slack_id: str) -> Sequence[Project]:
    """Those in work, and the one asked for even if it has ended: a decision can take that back."""
    if isinstance(first, int):
        is_first = Project.id == first
    else:
        is_first = or_(Project.key == first, Project.channel_id == first)
    theirs = exists().where(
        Membership.project_id == Project.id,
        Membership.role.in_((Role.PM, Role.LEADER)),
        Membership.member_id == Member.id,
        Member.slack_id == slack_id,
    )
    in_work = Project.status.in_((ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD))
    found = await session.scalars(
        select(Project)
        .where(or_(is_first, in_work), Project.status != ProjectStatus.RETIRED)
        .order_by(
            case((is_first, 0), else_=1),
            case((in_work, 0), else_=1),
            case((theirs, 0), else_=1),
            Project.name,
            Project.id,
        )
        .limit(MOST_PROJECTS)
    )
    return found.all()


def _to_decide(row: Project) -> ToDecide:
    return ToDecide(row.id, row.key, row.name, row.stage, row.status)


async def waiting_review(session: AsyncSession, project_id: int) -> int:
    """The review of the project that is due first and is not held.

    Raises:
        Unknown: none waits any more.
    """
    found: int | None = await session.scalar(
        select(Review.id)
        .where(
            Review.project_id == project_id,
            Review.state.in_((ReviewState.SCHEDULED, ReviewState.OPEN)),
        )
        .order_by(Review.due, Review.id)
        .limit(1)
    )
    if found is None:
        raise Unknown("No review of this project waits any more.")
    return found


async def page(session: AsyncSession, project_id: int) -> DecisionsPage:
    """All decisions of a project, replaced ones too.

    Raises:
        Unknown: see `models.reading.readable`.
    """
    project = await readable(session, project_id)
    found, more = await decided.of_project(session, project.id, MOST_LISTED)
    return DecisionsPage(project.id, project.key, project.name, found, more)
