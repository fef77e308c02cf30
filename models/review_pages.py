"""Reviews as they are shown: one in full, and lists; read from the rows of the moment."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from models.checklists import scored_of
from models.domain.checklist import Item
from models.domain.errors import Unknown
from models.domain.facts import Person
from models.domain.facts_reviews import (
    Before,
    Condition,
    Decided,
    Line,
    MlScore,
    ReviewFacts,
)
from models.domain.gate import Verdict, verdict
from models.domain.permissions import Action
from models.domain.project import TECHNICAL, Role
from models.domain.review import Answer, ReviewKind, ReviewState, Side
from models.domain.review_known import BY_RULE, Filled, Track, known
from models.end_pages import known_end
from models.people import perhaps, person
from models.permits import permit
from models.review_record import record_of
from models.review_standing import handed_over, lacking_of, outsiders
from models.reviews import kept
from models.tables import Condition as ConditionRow
from models.tables import Decision as DecisionRow
from models.tables import (
    Governance,
    Member,
    Membership,
    Project,
    Review,
    ReviewAnswer,
    ReviewParticipant,
    Signature,
)
from models.walking import numbers_of, walked

Answers = dict[str, tuple[ReviewAnswer, Member | None]]
"""What was said in a review and by whom, by the key of an item or of a test."""


async def facts(session: AsyncSession, review_id: int, today: date) -> ReviewFacts:
    """One review in full; at most seven statements.

    Raises:
        Unknown: there is no such review of a project.
    """
    found: Sequence[Any] = (
        await session.execute(
            select(Review, Project, Governance, handed_over(), ReviewParticipant, Member)
            .join(Project, Project.id == Review.project_id)
            .outerjoin(Governance, Governance.project_id == Project.id)
            .outerjoin(ReviewParticipant, ReviewParticipant.review_id == Review.id)
            .outerjoin(Member, Member.id == ReviewParticipant.member_id)
            .where(Review.id == review_id)
            .order_by(ReviewParticipant.id)
            .options(joinedload(Review.chair))
        )
    ).all()
    if not found:
        raise Unknown
    review, project, _, is_handed_over, *_ = found[0]
    tracks = {row[2].kind: Track(row[2].state, row[2].link) for row in found if row[2] is not None}
    people = {row[5].id: (row[4], row[5]) for row in found if row[5] is not None}
    over = review.state is ReviewState.HELD
    walk = (await walked(session, [project.id], today)).get(project.id)
    answers = await _answers(session, review.id)
    ml_score = _ml_score(answers)
    filled = {}
    if not over:
        record = await record_of(session, project, walk, tracks, today)
        if review.kind is ReviewKind.DEPRECATION:
            record = replace(record, end=await known_end(session, project.id))
        filled = known(record)
        if ml_score is not None and not ml_score.missing:
            filled["ml_test_score"] = Filled(Answer.YES, ml_score.scored.says)
    holders, signed = await _takers(session, review)
    guests = outsiders(review, people.values(), holders)
    if review.kind is ReviewKind.PEER:
        holders[Role.DATA_SCIENTIST] = [*guests, *holders.get(Role.DATA_SCIENTIST, ())]
    lines = _lines(review, answers, filled, holders)
    return ReviewFacts(
        review_id=review.id,
        kind=review.kind,
        title=kept(review).title,
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
        decided=await _decided(session, review.id) if over else None,
        reason=review.reason,
        leads=_leads(review, holders),
        participants=tuple(person(who) for row, who in people.values() if not row.proposed),
        proposed=tuple(person(who) for row, who in people.values() if row.proposed),
        lacking=() if over else lacking_of(review, project, walk, is_handed_over, guests),
        channel_id=review.channel_id,
        ml_score=ml_score,
    )


def _leads(review: Review, holders: Mapping[Role, Sequence[Person]]) -> frozenset[str]:
    chair = {review.chair.slack_id} if review.chair and not review.chair.limited else set()
    by_role = {one.slack_id for role in (Role.PM, *TECHNICAL) for one in holders.get(role, ())}
    return frozenset(by_role | chair)


def judged(lines: Sequence[Line]) -> Verdict:
    """What the answers come to."""
    return verdict([line.item for line in lines], {line.item.key: line.given for line in lines})


async def permitted(session: AsyncSession, facts: ReviewFacts, slack_id: str) -> None:
    """Raise unless the person may steer this review; asks the rows only where their part doesn't say it.

    Raises:
        NotMetYet, GuestsMayNot, NotAllowed: see `models.permits.permit`.
    """
    if slack_id not in facts.leads:
        await permit(session, slack_id, Action.HOLD_REVIEW, project_id=facts.project_id)


async def _takers(
    session: AsyncSession, review: Review
) -> tuple[dict[Role, list[Person]], dict[Side, Person]]:
    """Who holds which role, and who has signed; people who have left, and guests, block nobody."""
    of_project = Membership.project_id == review.project_id
    of_review = Signature.review_id == review.id
    theirs = select(Membership.member_id).where(of_project)
    signers = select(Signature.member_id).where(of_review)
    found: Any = await session.execute(
        select(Member, Membership.role, Signature.side)
        .outerjoin(Membership, and_(Membership.member_id == Member.id, of_project))
        .outerjoin(Signature, and_(Signature.member_id == Member.id, of_review))
        .where(Member.id.in_(theirs) | Member.id.in_(signers))
        .order_by(Membership.id)
    )
    holders: dict[Role, list[Person]] = {}
    signed: dict[Side, Person] = {}
    for member, role, side in found:
        if side is not None:
            signed[side] = person(member)
        if role is not None and member.active and not member.limited:
            holders.setdefault(role, []).append(person(member))
    return holders, signed


def _ml_score(answers: Answers) -> MlScore | None:
    rows = [row for row, _ in answers.values() if row.points is not None]
    if not rows:
        return None
    points = {row.item: row.points or 0.0 for row in rows}
    return scored_of(points, max(row.at for row in rows).date())


def _lines(
    review: Review,
    answers: Answers,
    filled: Mapping[str, Filled],
    holders: Mapping[Role, Sequence[Person]],
) -> tuple[Line, ...]:
    chair = [person(review.chair)] if review.chair else []
    return tuple(
        replace(
            _line(
                item,
                answers.get(item.key),
                filled.get(item.key),
                holders.get(item.asked_of) or chair,
            ),
            nobodys=item.asked_of not in holders,
        )
        for item in kept(review).items
    )


def _line(
    item: Item,
    said: tuple[ReviewAnswer, Member | None] | None,
    filled: Filled | None,
    owed_by: Sequence[Person],
) -> Line:
    """What a person said stands, except where the numbers answer; who has only taken it, owes it."""
    if said is not None and said[0].answer is None and said[0].note is None:
        taker, said = said[1], None
        if taker is not None and taker.active and not taker.limited:
            owed_by = [person(taker)]
    if filled is not None and (said is None or item.key in BY_RULE):
        return Line(item, tuple(owed_by), filled.answer, filled.note, filled.evidence, known=True)
    if said is None:
        return Line(item, tuple(owed_by))
    row, by = said
    if not row.given and by is not None:
        before = Before(row.answer, row.note, row.evidence, person(by), row.at.date())
        return Line(item, tuple(owed_by), before=before)
    return Line(
        item,
        tuple(owed_by),
        row.answer,
        row.note,
        row.evidence,
        None if by is None else person(by),
        known=not row.given,
    )


async def _answers(session: AsyncSession, review_id: int) -> Answers:
    found = await session.execute(
        select(ReviewAnswer, Member)
        .outerjoin(Member, Member.id == ReviewAnswer.by_id)
        .where(ReviewAnswer.review_id == review_id)
    )
    return {row.item: (row, by) for row, by in found}


async def _decided(session: AsyncSession, review_id: int) -> Decided | None:
    owner = aliased(Member)
    found = (
        await session.execute(
            select(DecisionRow, ConditionRow, owner)
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
            for of, row, owns in found
            if of.id == decision.id and row is not None
        ),
    )
