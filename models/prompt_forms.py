"""The form of one experiment in a standup: what was said before, or what its conclusion still owes."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import tables
from models.domain.errors import ExperimentConcluded, NotYours, RunClosed
from models.domain.experiment import Outcome
from models.domain.facts import Blocker, FormFacts, Pending, Person
from models.domain.questions import questions_of
from models.guardrails import measured_by
from models.people import perhaps
from models.prompts import facts_of, load_prompt
from models.tables import Member


async def form_facts(
    session: AsyncSession,
    prompt_id: int,
    experiment_id: int,
    slack_id: str,
    today: date,
    *,
    finishes: bool = False,
) -> FormFacts:
    """The answer form of one experiment, with what was said before; to finish, what its conclusion owes.

    Raises:
        Unknown: the prompt or the experiment is gone.
        NotYours: somebody else was asked.
        ExperimentConcluded: it was concluded elsewhere, not by this answer.
        RunClosed: nothing can be answered any more; a conclusion that is pending can be finished.
    """
    prompt = await load_prompt(session, prompt_id)
    whole = await facts_of(session, prompt, today)
    if whole.person.slack_id != slack_id:
        raise NotYours
    card = next((card for card in whole.cards if card.experiment_id == experiment_id), None)
    if card is None:
        raise ExperimentConcluded
    if whole.closed and card.pending is None:
        raise RunClosed
    asked = questions_of(prompt.run.ceremony.questions)
    if finishes and card.pending is not None:
        learned = card.answer.learned if card.answer else card.concluding
        pending = Pending(card.key, card.title, card.pending, learned)
        pending = await with_words_owed(session, experiment_id, pending, today)
        return FormFacts(prompt_id, card, asked, pending)
    card = replace(card, in_the_way=await _in_the_way(session, experiment_id, whole.person))
    return FormFacts(prompt_id, card, asked)


async def with_words_owed(
    session: AsyncSession, experiment_id: int, pending: Pending, today: date
) -> Pending:
    """The same with what its conclusion says a word about (S1-26, domain §3.4); what is dropped owes none."""
    if pending.outcome is Outcome.ABANDONED:
        return pending
    measured = (await measured_by(session, [experiment_id], today))[experiment_id]
    return replace(pending, measured=measured.any, breaks=measured.breaks)


async def _in_the_way(session: AsyncSession, experiment_id: int, by: Person) -> Blocker | None:
    """What this person last raised about an experiment, while it is open."""
    found = (
        await session.execute(
            select(tables.Blocker, Member)
            .outerjoin(Member, Member.id == tables.Blocker.owner_id)
            .where(
                tables.Blocker.experiment_id == experiment_id,
                tables.Blocker.raised_by_id == by.member_id,
                tables.Blocker.resolved_at.is_(None),
                tables.Blocker.risk.is_(False),
            )
            .order_by(tables.Blocker.id.desc())
            .limit(1)
        )
    ).one_or_none()
    if found is None:
        return None
    row, owner = found
    return Blocker(row.kind, row.text, perhaps(owner))
