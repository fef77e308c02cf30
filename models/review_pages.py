"""Reviews as they are shown: one in full, and lists; read from the rows of the moment."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models.decided import replacement
from models.domain.errors import Unknown
from models.domain.facts import Person
from models.domain.facts_reviews import (
    Condition,
    Decided,
    ReviewFacts,
)
from models.domain.metric import MetricKind
from models.domain.permissions import Action
from models.domain.project import TECHNICAL, Role
from models.domain.review import Answer, ReviewKind, ReviewState, Side
from models.domain.review_known import Filled, Track, known
from models.end_pages import end_record
from models.last_go import own_checklist
from models.people import perhaps, person
from models.permits import permit
from models.review_lines import Answers, judged, lines_of, score_of
from models.review_record import record_of
from models.review_standing import gone, lacking_of, outsiders
from models.reviews import CANCELLED, kept
from models.tables import (
    Benchmark,
    Event,
    Governance,
    Member,
    Membership,
    Metric,
    Project,
    Review,
    ReviewAnswer,
    ReviewParticipant,
    Signature,
)
from models.tables import Condition as ConditionRow
from models.tables import Decision as DecisionRow
from models.walking import numbers_of, walked_from

OWN = own_checklist(Review.kind).correlate(Review).scalar_subquery()
"""What a review that is not open yet begins with."""


class Holder(NamedTuple):
    """Somebody, and the roles that they hold in the project."""

    member: Member
    roles: set[Role]


class InFull(NamedTuple):
    """A review as it is shown, its rows, and the one whom it was asked about.

    `gone`: the reviews of the project whose go still stands, of those that a launch needs.
    """

    facts: ReviewFacts
    review: Review
    project: Project
    about: Holder | None
    gone: frozenset[ReviewKind]


async def facts(session: AsyncSession, review_id: int, today: date) -> ReviewFacts:
    """One review in full; five statements, of one that was held one less or one more.

    Raises:
        Unknown: there is no such review of a project.
    """
    return (await in_full(session, review_id, today)).facts


async def in_full(
    session: AsyncSession,
    review_id: int,
    today: date,
    *,
    about: str = "",
    locked: bool = False,
) -> InFull:
    """As `facts`, with the rows, `locked` if it is to be changed, and the member of the Slack id `about`.

    Raises:
        Unknown: there is no such review of a project.
    """
    handed_over, launched = gone(ReviewKind.HANDOVER), gone(ReviewKind.DEPLOYMENT)
    asked = (
        select(
            *(Review, Project, Governance, handed_over, ReviewParticipant, Member, OWN, launched),
            *(Metric, Benchmark),
        )
        .join(Project, Project.id == Review.project_id)
        .outerjoin(Governance, Governance.project_id == Project.id)
        .outerjoin(ReviewParticipant, ReviewParticipant.review_id == Review.id)
        .outerjoin(Member, Member.id == ReviewParticipant.member_id)
        .outerjoin(Metric, and_(Metric.project_id == Project.id, Metric.kind == MetricKind.PRIMARY))
        .outerjoin(Benchmark, and_(Benchmark.metric_id == Metric.id, Benchmark.effective <= today))
        .where(Review.id == review_id)
        .order_by(ReviewParticipant.id, Benchmark.version)
        .options(joinedload(Review.chair))
    )
    if locked:
        asked = asked.with_for_update(of=Review)
    found: Sequence[Any] = (await session.execute(asked)).all()
    if not found:
        raise Unknown
    review, project, _, is_handed_over, _, _, own, is_launched, *_ = found[0]
    tracks = {row[2].kind: Track(row[2].state, row[2].link) for row in found if row[2] is not None}
    people = {row[5].id: (row[4], row[5]) for row in found if row[5] is not None}
    held = review.state is ReviewState.HELD
    # Until the tick has written down what was known, the record still says it.
    over = held and review.wakes_at is None
    walk = await walked_from(session, _versions(row[8:10] for row in found), today)
    answers = await _answers(session, review.id)
    ml_score = score_of(answers)
    filled: dict[str, Filled] = {}
    if not over and review.kind is ReviewKind.DEPRECATION:
        filled = known(await end_record(session, project.id))
    elif not over:
        filled = known(await record_of(session, project, walk, tracks, today))
    if not over and ml_score is not None and not ml_score.missing:
        filled["ml_test_score"] = Filled(Answer.YES, ml_score.scored.says)
    holders, signed, asked_about = await _takers(session, review, about)
    guests = outsiders(review, people.values(), holders)
    if review.kind is ReviewKind.PEER:
        holders[Role.DATA_SCIENTIST] = [*guests, *holders.get(Role.DATA_SCIENTIST, ())]
    lines = lines_of(review, kept(review, own, project), answers, filled, holders)
    shown = ReviewFacts(
        review_id=review.id,
        kind=review.kind,
        title=kept(review, own).title,
        state=review.state,
        due=review.due,
        project_id=project.id,
        project_key=project.key,
        project_name=project.name,
        goal=project.business_goal,
        chair=perhaps(review.chair),
        lines=lines,
        verdict=judged(lines),
        signed=signed,
        numbers=numbers_of(walk) if walk else None,
        decided=await _decided(session, review.id) if held else None,
        reason=review.reason,
        leads=_leads(review, holders),
        participants=tuple(person(who) for row, who in people.values() if not row.proposed),
        proposed=tuple(person(who) for row, who in people.values() if row.proposed),
        lacking=() if held else lacking_of(review, project, walk, is_handed_over, guests),
        channel_id=review.channel_id,
        ml_score=ml_score,
        not_held=await _not_held(session, review),
    )
    launch = ((ReviewKind.HANDOVER, is_handed_over), (ReviewKind.DEPLOYMENT, is_launched))
    return InFull(
        shown, review, project, asked_about, frozenset(kind for kind, stands in launch if stands)
    )


def _versions(rows: Iterable[Sequence[Any]]) -> Iterable[tuple[Metric, Benchmark]]:
    """Each benchmark of the primary metric, once."""
    return {mark.id: (metric, mark) for metric, mark in rows if mark is not None}.values()


def _leads(review: Review, holders: Mapping[Role, Sequence[Person]]) -> frozenset[str]:
    chair = {review.chair.slack_id} if review.chair and not review.chair.limited else set()
    by_role = {one.slack_id for role in (Role.PM, *TECHNICAL) for one in holders.get(role, ())}
    return frozenset(by_role | chair)


async def permitted(session: AsyncSession, facts: ReviewFacts, slack_id: str) -> None:
    """Raise unless the person may steer this review; asks the rows only where their part doesn't say it.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    if slack_id not in facts.leads:
        await permit(session, slack_id, Action.HOLD_REVIEW, project_id=facts.project_id)


class _Takers(NamedTuple):
    holders: dict[Role, list[Person]]
    signed: dict[Side, Person]
    about: Holder | None


async def _takers(session: AsyncSession, review: Review, about: str) -> _Takers:
    """Who holds which role, who has signed, and whoever is asked `about`, with their roles.

    People who have left, and guests, block nobody.
    """
    of_project = Membership.project_id == review.project_id
    of_review = Signature.review_id == review.id
    theirs = select(Membership.member_id).where(of_project)
    signers = select(Signature.member_id).where(of_review)
    found: Any = await session.execute(
        select(Member, Membership.role, Signature.side)
        .outerjoin(Membership, and_(Membership.member_id == Member.id, of_project))
        .outerjoin(Signature, and_(Signature.member_id == Member.id, of_review))
        .where(or_(Member.id.in_(theirs), Member.id.in_(signers), Member.slack_id == about))
        .order_by(Membership.id)
    )
    holders: dict[Role, list[Person]] = {}
    signed: dict[Side, Person] = {}
    asked: Holder | None = None
    for member, role, side in found:
        if member.slack_id == about:
            asked = asked or Holder(member, set())
            asked.roles.update({role} - {None})
        if side is not None:
            signed[side] = person(member)
        if role is not None and member.active and not member.limited:
            holders.setdefault(role, []).append(person(member))
    return _Takers(holders, signed, asked)


async def _answers(session: AsyncSession, review_id: int) -> Answers:
    found = await session.execute(
        select(ReviewAnswer, Member)
        .outerjoin(Member, Member.id == ReviewAnswer.by_id)
        .where(ReviewAnswer.review_id == review_id)
    )
    return {row.item: (row, by) for row, by in found}


async def _not_held(session: AsyncSession, review: Review) -> str:
    """Why it is cancelled; no statement where it is not."""
    if review.state is not ReviewState.CANCELLED:
        return ""
    said: str | None = await session.scalar(
        select(Event.data["reason"].as_string())
        .where(
            Event.project_id == review.project_id,
            Event.kind == CANCELLED,
            Event.data["review"].as_integer() == review.id,
        )
        .order_by(Event.id.desc())
        .limit(1)
    )
    return said or ""


async def _decided(session: AsyncSession, review_id: int) -> Decided | None:
    owner, later = aliased(Member), aliased(DecisionRow)
    found = (
        await session.execute(
            select(DecisionRow, ConditionRow, owner, later)
            .outerjoin(later, later.supersedes_id == DecisionRow.id)
            .outerjoin(ConditionRow, ConditionRow.decision_id == DecisionRow.id)
            .outerjoin(owner, owner.id == ConditionRow.owner_id)
            .where(DecisionRow.review_id == review_id)
            .order_by(DecisionRow.id.desc(), ConditionRow.id)
            .options(joinedload(DecisionRow.by))
        )
    ).all()
    if not found:
        return None
    decision = found[0][0]
    return Decided(
        kind=decision.kind,
        reason=decision.reason,
        by=person(decision.by),
        on=decision.on,
        differs=bool(decision.evidence.get("differs")),
        dissent=decision.dissent,
        next_on=decision.next_on,
        conditions=tuple(
            Condition(row.text, person(owns), row.due, row.met_on)
            for of, row, owns, _ in found
            if of.id == decision.id and row is not None
        ),
        replaced_by=replacement(found[0][3]),
    )
