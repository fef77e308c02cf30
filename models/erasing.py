"""Erasing what somebody wrote (design §4-5): the words go; numbers, outcomes and dates stay."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any

from pydantic import BaseModel
from sqlalchemy import case, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import chronicle
from models.domain.errands import Chore, Task
from models.domain.errors import BotError
from models.domain.messages import (
    Message,
    Notices,
    StalledDigest,
    StandupDetail,
    StandupPrompt,
    StandupSummary,
    TakenToThread,
)
from models.domain.messages_reviews import ReviewCard, ReviewChecklist
from models.outbox import Post, follow, refresh_all
from models.tables import (
    Blocker,
    CharterAnswer,
    Digest,
    Event,
    Experiment,
    Measurement,
    Member,
    Notice,
    Prompt,
    Replay,
    ReviewAnswer,
    Score,
    Snooze,
    StandupEntry,
)

ERASED = "(erased)"
"""Stands where there were words."""
A_FORMER_MEMBER = "A former member"
PERSONAL: tuple[tuple[Any, Any, tuple[Any, ...]], ...] = (
    (
        StandupEntry,
        StandupEntry.member_id,
        (StandupEntry.learned, StandupEntry.next_step, StandupEntry.blocker_text),
    ),
    (Experiment, Experiment.owner_id, (Experiment.next_step, Experiment.extension_reason)),
    (Measurement, Measurement.excluded_by_id, (Measurement.excluded_note,)),
    (Blocker, Blocker.raised_by_id, (Blocker.text,)),
    (Blocker, Blocker.owner_id, (Blocker.said,)),
    (CharterAnswer, CharterAnswer.by_id, (CharterAnswer.text,)),
    (Replay, Replay.by_id, (Replay.text,)),
    (Score, Score.member_id, (Score.why,)),
    (ReviewAnswer, ReviewAnswer.by_id, (ReviewAnswer.note, ReviewAnswer.evidence)),
    (Snooze, Snooze.by_id, (Snooze.reason,)),
)
"""Tables with the column that says whose the words are, and the columns that hold them."""
HYPOTHESES = (
    Experiment.title,
    Experiment.change,
    Experiment.expected_effect,
    Experiment.because,
    Experiment.learning,
)
"""What the team tested and learned: erased only where that is wished, too (domain §9-10: kept for ever)."""
IN_EVENTS = (
    "reason",
    "note",
    "text",
    "ask",
    "answer",
    "said",
    "why",
    "learning",
    "unmeasured",
    "despite",
)
"""Words in the lines of the chronicle, by their keys; ids, numbers and states stay."""
IN_NOTICES = {"help_wanted": "ask", "number_set_aside": "note"}
"""Words in what others are told, by kind."""


class Ordered(BaseModel):
    """A wish on its way through the outbox, and whose it is."""

    by_id: int
    hypotheses: bool
    name: bool


class StillHere(BotError):
    """That person is still here, and can erase it themselves: /lab settings, Erase what I wrote."""


@dataclass(frozen=True)
class Wish:
    """What goes besides answers, plans and notes: `hypotheses` and learnings; the `name` of who left."""

    hypotheses: bool = False
    name: bool = False


def require_theirs(whose: Member, by: Member) -> None:
    """Whether these are one's own words, or those of somebody who has left.

    Raises:
        StillHere: somebody else's, who is still here.
    """
    if whose.id != by.id and whose.active:
        raise StillHere


async def order(
    session: AsyncSession, whose: Member, wish: Wish, *, by: Member, now: datetime
) -> None:
    """Have somebody's words erased, in a moment: they may stand in a dozen tables.

    Raises:
        StillHere: somebody else's, who is still here.
    """
    require_theirs(whose, by)
    more = Ordered(by_id=by.id, **asdict(wish)).model_dump_json()
    chore = Chore(task=Task.ERASE, number=whose.id, more=more)
    await follow(session, chore, now, partial(erase, session, whose, wish, by=by, now=now))


async def done(session: AsyncSession, chore: Chore, now: datetime) -> None:
    """What was ordered, by the chore that it became."""
    wished = Ordered.model_validate_json(chore.more)
    whose = await session.get_one(Member, chore.number)
    by = await session.get_one(Member, wished.by_id)
    await erase(session, whose, Wish(wished.hypotheses, wished.name), by=by, now=now)


async def erase(
    session: AsyncSession, whose: Member, wish: Wish, *, by: Member, now: datetime
) -> None:
    """Erase somebody's words, and have what still shows them in Slack shown anew.

    Constant statements, however much it is. A line of the chronicle says that it was done, without a word
    of it.

    Raises:
        StillHere: somebody else's, who is still here.
    """
    require_theirs(whose, by)
    for table, author, columns in PERSONAL:
        await _words_go(session, table, author == whose.id, columns)
    shown = await _of_digests(session, whose) if wish.hypotheses else []
    if wish.hypotheses:
        await _words_go(session, Experiment, Experiment.owner_id == whose.id, HYPOTHESES)
    events = await _of_events(session, whose)
    shown += await _of_notices(session, whose, events)
    shown += await _of_standups(session, whose)
    shown += await _of_reviews(session, whose)
    if wish.name and not whose.active:
        whose.name = A_FORMER_MEMBER
    about = {"member": whose.id, "hypotheses": wish.hypotheses}
    chronicle.record(session, "words_erased", project_id=None, by_id=by.id, at=now, **about)
    await session.flush()
    await refresh_all(session, [Post(message, "") for message in shown], now=now)


async def _words_go(session: AsyncSession, table: Any, theirs: Any, columns: Iterable[Any]) -> None:
    """What holds something says that it was erased; what is empty stays so."""
    await session.execute(
        update(table)
        .where(theirs)
        .values({column: case((column.is_(None), None), else_=ERASED) for column in columns})
        .execution_options(synchronize_session=False)
    )


async def _of_events(session: AsyncSession, whose: Member) -> Sequence[Event]:
    """Their lines of the chronicle, now without words."""
    events = (await session.scalars(select(Event).where(Event.by_id == whose.id))).all()
    for event in events:
        if any(event.data.get(key) for key in IN_EVENTS):
            event.data = event.data | {key: ERASED for key in IN_EVENTS if event.data.get(key)}
    return events


async def _of_notices(
    session: AsyncSession, whose: Member, events: Sequence[Event]
) -> list[Message]:
    """What others were told in their words, or about what they raised; the messages that show it."""
    aside = {one.data.get("measurement") for one in events if one.kind == "number_set_aside"}
    mine = await session.scalars(
        select(Blocker.id).where(
            or_(Blocker.raised_by_id == whose.id, Blocker.owner_id == whose.id)
        )
    )
    blockers = set(mine)
    found = await session.scalars(
        select(Notice).where(
            Notice.kind.in_((*IN_NOTICES, "blocker_to_clear", "blocker_cleared", "blocker_said"))
        )
    )
    shown: list[Message] = []
    for notice in found:
        said = notice.payload
        theirs = said.get("by_id") == whose.id or said.get("measurement_id") in aside
        word = IN_NOTICES.get(notice.kind)
        if theirs and word and said.get(word):
            notice.payload = said | {word: ERASED}
        if notice.told_on and (theirs or said.get("blocker_id") in blockers):
            shown.append(Notices(member_id=notice.member_id, on=notice.told_on))
    return shown


async def _of_standups(session: AsyncSession, whose: Member) -> list[Message]:
    entries = await session.execute(
        select(StandupEntry.id, StandupEntry.run_id).where(StandupEntry.member_id == whose.id)
    )
    shown: list[Message] = []
    for entry_id, run_id in entries:
        shown += [
            StandupDetail(run_id=run_id, entry_id=entry_id),
            StandupSummary(run_id=run_id),
            TakenToThread(entry_id=entry_id),
        ]
    prompts = await session.scalars(select(Prompt.id).where(Prompt.member_id == whose.id))
    return [*shown, *(StandupPrompt(prompt_id=prompt_id) for prompt_id in prompts)]


async def _of_reviews(session: AsyncSession, whose: Member) -> list[Message]:
    """Cards and checklists name what was said about an item."""
    found = await session.scalars(
        select(ReviewAnswer.review_id).where(ReviewAnswer.by_id == whose.id).distinct()
    )
    return [
        what(review_id=review_id) for review_id in found for what in (ReviewCard, ReviewChecklist)
    ]


async def _of_digests(session: AsyncSession, whose: Member) -> list[Message]:
    """Posted digests name hypotheses by their titles."""
    mine = await session.scalars(select(Experiment.id).where(Experiment.owner_id == whose.id))
    theirs = {f"experiment:{experiment_id}" for experiment_id in mine}
    shown: list[Message] = []
    for digest in await session.scalars(select(Digest)):
        content = {
            name: [_unnamed(line, theirs) for line in part] if name in {"lines", "on"} else part
            for name, part in digest.content.items()
        }
        if content != digest.content:
            digest.content = content
            shown.append(StalledDigest(digest_id=digest.id))
    return shown


def _unnamed(line: dict[str, Any], theirs: set[str]) -> dict[str, Any]:
    return line | {"name": ERASED} if line.get("subject") in theirs else line
