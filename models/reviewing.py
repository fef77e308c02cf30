"""Taking part in a review: answering what one is asked, and signing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle, last_go, review_answers
from models.db import dialect_of
from models.domain.checklist import Item
from models.domain.errors import BotError, GuestsMayNot, NotMetYet, SignedAlready, Unknown
from models.domain.permissions import NotAllowed
from models.domain.project import Role
from models.domain.review import Answer, ReviewKind, ReviewState, Side
from models.reviews import kept, require_not_over, shown_anew
from models.tables import Member, Membership, Review, ReviewAnswer, ReviewParticipant, Signature


class NotOpenYet(BotError):
    """This review is not open yet: its checklist is asked from its opening on."""


class NothingToConfirm(BotError):
    """Nothing that is asked of you waits for a word: it is confirmed, or asked of somebody else."""


class AnsweredAlready(BotError):
    """Somebody has answered it meanwhile. “Answer” changes what stands there."""


class TwoPeople(BotError):
    """You have signed for the other side. Scientist and engineer are two people."""


class Said(NamedTuple):
    """An answer to an item as somebody gave it; `points` of a test of the ML Test Score."""

    answer: Answer | None
    note: str | None = None
    evidence: str | None = None


class Taking(NamedTuple):
    """An open review, locked, who takes part in it, and in which roles."""

    review: Review
    member: Member
    roles: frozenset[Role]

    @property
    def is_chair(self) -> bool:
        """Whether the person leads it; whoever does may answer for others."""
        return self.review.chair_id == self.member.id or Role.PM in self.roles

    def may_answer(self, item: Item, held: Iterable[Role]) -> bool:
        """Whether the item is theirs: asked of their role, or of one that nobody holds.

        Whoever leads the review may answer for others, unless it is their own word.
        """
        if item.asked_of in self.roles or item.asked_of not in held:
            return True
        return self.is_chair and not item.own_word


async def take_part(session: AsyncSession, review_id: int, slack_id: str) -> Taking:
    """The open review, for somebody from the workspace.

    Raises:
        Unknown: there is no such review.
        ReviewOver, NotOpenYet: it can't be answered now.
        NotMetYet, GuestsMayNot: see `models.permits.permit`.
    """
    review = await session.scalar(select(Review).where(Review.id == review_id).with_for_update())
    if review is None:
        raise Unknown
    found = (
        await session.execute(
            select(Member, Membership.role, ReviewParticipant.proposed)
            .outerjoin(
                Membership,
                and_(Membership.member_id == Member.id, Membership.project_id == review.project_id),
            )
            .outerjoin(
                ReviewParticipant,
                and_(
                    ReviewParticipant.member_id == Member.id,
                    ReviewParticipant.review_id == review.id,
                ),
            )
            .where(Member.slack_id == slack_id)
        )
    ).all()
    if not found or not found[0][0].described:
        raise NotMetYet
    member: Member = found[0][0]
    if member.limited:
        raise GuestsMayNot
    require_not_over(review)
    if review.state is not ReviewState.OPEN:
        raise NotOpenYet
    roles: set[Role | None] = {role for _, role, _ in found}
    if review.kind is ReviewKind.PEER and found[0][2] is False:
        roles.add(Role.DATA_SCIENTIST)  # who looks with fresh eyes answers as a scientist
    return Taking(review, member, frozenset(role for role in roles if role))


async def answer(
    session: AsyncSession, taking: Taking, said: Mapping[str, Said], now: datetime
) -> None:
    """Store what was said about each item; two people at the same moment lose nothing.

    Raises:
        Unknown: the checklist has no such item.
        NotAllowed: an item is asked of a role that others hold.
    """
    if not said:
        return
    review = taking.review
    checklist = kept(review)
    held = await _held(session, review)
    for key in said:
        item = checklist.item(key)
        if item is None:
            raise Unknown
        if not taking.may_answer(item, held):
            raise NotAllowed(f"“{item.label}” is asked of somebody else.")
    rows = [_row(review, key, one, taking.member.id, now) for key, one in said.items()]
    await review_answers.put(session, rows, review_answers.ANSWER)
    chronicle.record(
        session,
        "review_answered",
        project_id=review.project_id,
        by_id=taking.member.id,
        at=now,
        review=review.id,
        answers={key: one.answer and one.answer.value for key, one in said.items()},
    )
    await shown_anew(session, review, now)


async def _held(session: AsyncSession, review: Review) -> frozenset[Role]:
    """The roles that somebody holds who is there to answer."""
    return frozenset(
        await session.scalars(
            select(Membership.role)
            .join(Member, Member.id == Membership.member_id)
            .where(Membership.project_id == review.project_id, Member.active, ~Member.limited)
            .distinct()
        )
    )


async def confirm_unchanged(session: AsyncSession, taking: Taking, now: datetime) -> int:
    """Say that what was answered at the last go still holds, as far as it is theirs; how many answers.

    Raises:
        NothingToConfirm: none of it is.
    """
    review = taking.review
    checklist, held = kept(review), await _held(session, review)

    def mine(key: str) -> bool:
        item = checklist.item(key)
        return item is not None and taking.may_answer(item, held)

    keys = await last_go.confirm(session, review.id, mine, by_id=taking.member.id, now=now)
    if not keys:
        raise NothingToConfirm
    chronicle.record(
        session,
        "review_unchanged",
        project_id=review.project_id,
        by_id=taking.member.id,
        at=now,
        review=review.id,
        items=keys,
    )
    await shown_anew(session, review, now)
    return len(keys)


async def take_item(session: AsyncSession, taking: Taking, place: int, now: datetime) -> None:
    """Say that one sees to an item, by its place, that several could answer; who takes it last has it.

    Raises:
        Unknown: the checklist has no such item.
        NotAllowed: it is asked of a role that others hold.
        AnsweredAlready: there is nothing to see to any more.
    """
    review = taking.review
    items = kept(review).items
    if not 0 <= place < len(items):
        raise Unknown
    item = items[place]
    if not taking.may_answer(item, await _held(session, review)):
        raise NotAllowed(f"“{item.label}” is asked of somebody else.")
    insert = dialect_of(session).insert(ReviewAnswer)
    taken = await session.execute(
        insert.values(_row(review, item.key, Said(None), taking.member.id, now))
        .on_conflict_do_update(
            index_elements=["review_id", "item"],
            set_={"by_id": insert.excluded.by_id, "at": insert.excluded.at},
            where=ReviewAnswer.answer.is_(None) & ReviewAnswer.note.is_(None),
        )
        .returning(ReviewAnswer.id)
    )
    if taken.scalar_one_or_none() is None:
        raise AnsweredAlready
    chronicle.record(
        session,
        "review_item_taken",
        project_id=review.project_id,
        by_id=taking.member.id,
        at=now,
        review=review.id,
        item=item.key,
    )
    await shown_anew(session, review, now)


def _row(review: Review, key: str, said: Said, by_id: int, now: datetime) -> dict[str, object]:
    return {
        "workspace_id": review.workspace_id,
        "review_id": review.id,
        "item": key,
        "answer": said.answer,
        "note": said.note,
        "evidence": said.evidence,
        "given": True,
        "by_id": by_id,
        "at": now,
    }


async def sign(session: AsyncSession, taking: Taking, side: Side, now: datetime) -> None:
    """Sign for a side (S3-27).

    Raises:
        NotAllowed: the person has no role of that side.
        TwoPeople: they signed for the other one.
        SignedAlready: somebody else did for this one.
    """
    review, member = taking.review, taking.member
    if taking.roles.isdisjoint(side.roles):
        raise NotAllowed(f"Only {side.article} in this project can sign here.")
    signed = {
        row.side: row.member_id
        for row in await session.scalars(select(Signature).where(Signature.review_id == review.id))
    }
    if signed.get(side) == member.id:
        return
    if side in signed:
        raise SignedAlready
    if member.id in signed.values():
        raise TwoPeople
    session.add(
        Signature(
            workspace_id=review.workspace_id,
            review_id=review.id,
            side=side,
            member_id=member.id,
            at=now,
        )
    )
    chronicle.record(
        session,
        "review_signed",
        project_id=review.project_id,
        by_id=member.id,
        at=now,
        review=review.id,
        side=side.value,
    )
    await shown_anew(session, review, now)
