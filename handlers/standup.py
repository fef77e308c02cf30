"""The standup in Slack: the answer form, the one-click answers, concluding."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import standup_dm, standup_form
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.experiment import follow_up
from handlers.forms import AnswerForm, AnswerRef, InvalidForm, parse
from handlers.forms_answers import id_of
from handlers.forms_course import ConclusionForm
from models import answers, prompt_forms, prompts, summaries
from models.answers import Said
from models.domain.errors import NotInUnit
from models.domain.permissions import Action
from models.domain.standup import EntryStatus
from models.people import meet
from models.permits import permit


async def open_answer(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The answer form of one experiment."""
    return await _answer_form(ask, ask.value, session, concluding=False)


async def open_update(ask: Ask, value: str, session: AsyncSession) -> dict[str, Any]:
    """The answer form of what `value` says, “prompt:experiment”; the second view if that is owed."""
    return await _answer_form(ask, value, session, concluding=False, finishes=True)


async def open_conclusion(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“It's concluded”: the answer form with the outcomes only, or the second view if that is owed."""
    return await _answer_form(ask, ask.value, session, concluding=True, finishes=True)


async def _answer_form(
    ask: Ask, value: str, session: AsyncSession, *, concluding: bool, finishes: bool = False
) -> dict[str, Any]:
    ref = AnswerRef.of_value(value)
    facts = await prompt_forms.form_facts(
        session, ref.prompt_id, ref.experiment_id, ask.user, ask.today, finishes=finishes
    )
    metadata = ref.model_dump_json()
    if facts.pending is not None:
        return standup_form.conclusion_form(facts.pending, metadata)
    return standup_form.answer_form(facts, metadata, concluding=concluding)


async def answer(ask: Ask, session: AsyncSession) -> Reply | None:
    """Store an answer; one that ends the hypothesis goes on to the second view.

    Raises:
        InvalidForm: a field can't be taken.
        NotYours, RunClosed, ExperimentConcluded, Unknown: see `models.answers.answer`.
    """
    form = parse(AnswerForm, ask.values)
    ref = AnswerRef.of_metadata(ask.metadata)
    owner = await meet(session, form.blocker_owner, "", ask.now) if form.blocker_owner else None
    said = Said(
        status=form.status,
        learned=form.learned,
        typed=form.value,
        next_step=form.next_step,
        blocker_kind=form.blocker_kind,
        blocker_text=form.blocker_text if form.blocker_kind else None,
        blocker_owner_id=owner.id if owner and form.blocker_kind else None,
        measured="value" in (ask.values or {}),
    )
    try:
        pending = await answers.answer(
            session, ref.prompt_id, ref.experiment_id, ask.user, said, at=ask.at
        )
    except NotInUnit as error:
        more = "If not, open “Other number”." if error.short != error.sentence else ""
        raise InvalidForm({"value": f"{error.short} {more}".strip()}) from error
    return Reply(standup_form.conclusion_form(pending, ask.metadata)) if pending else None


async def no_change(ask: Ask, session: AsyncSession) -> None:
    """One click: still running, nothing new. A full answer (S0-3)."""
    ref = AnswerRef.of_value(ask.value)
    said = Said(status=EntryStatus.STILL_TESTING, no_change=True)
    await answers.answer(session, ref.prompt_id, ref.experiment_id, ask.user, said, at=ask.at)


async def doing_else(ask: Ask, session: AsyncSession) -> None:
    """“Not experimenting now”: what the person is on instead."""
    prompt_id, _, doing = ask.value.partition(":")
    await answers.not_experimenting(session, int(prompt_id), ask.user, doing, at=ask.at)


async def show_more(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The experiments that didn't fit in the DM."""
    return standup_dm.more(await prompts.facts(session, int(ask.value), ask.today))


async def show_all(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """What a reminder is about, with its buttons."""
    return standup_dm.more(await prompts.facts(session, int(ask.value), ask.today), first=0)


async def take_to_thread(ask: Ask, session: AsyncSession) -> Reply:
    """One answer of the summary goes on in a thread of its own, with the people whom it concerns (S3-24).

    Raises:
        GuestsMayNot, NotMetYet: see `models.permits.permit`.
        Unknown: the answer is gone.
    """
    await permit(session, ask.user, Action.TAKE_TO_THREAD)
    await summaries.take_to_thread(session, id_of(ask.value), ask.now)
    return Reply(whispered="It has a message of its own in this channel: go on in its thread.")


async def conclude(ask: Ask, session: AsyncSession) -> Reply | None:
    """The second view of a conclusion: what the team should remember, and whether something follows.

    Raises:
        InvalidForm: no learning, reason or word where one is owed (domain §2.4-1, S1-26).
    """
    form = parse(ConclusionForm, ask.values)
    ref = AnswerRef.of_metadata(ask.metadata)
    experiment = await answers.conclude(
        session, ref.prompt_id, ref.experiment_id, ask.user, form.remembered, at=ask.at
    )
    return Reply(await follow_up(ask, session, experiment)) if form.follow_up else None
