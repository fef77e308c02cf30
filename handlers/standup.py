"""The standup in Slack: setting it up, the answer form, the one-click answers, concluding."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import standup_dm, standup_form
from handlers.blocks.lab import note
from handlers.blocks.setup import standup_form as setup_form
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.experiment import follow_up
from handlers.forms import AnswerForm, AnswerRef, ConclusionForm, InvalidForm, StandupForm, parse
from handlers.more_forms import id_of
from models import answers, prompts, standups, summaries
from models.answers import Remembered, Said
from models.domain.errors import NotInUnit
from models.domain.facts import Pending, StandupFormFacts
from models.domain.standup import EntryStatus
from models.people import meet, require_writer
from models.projects import choices
from models.standups import Plan


async def open_setup(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """`/lab standup`: the channel's standup, or a new one.

    Raises:
        GuestsMayNot, NotMetYet: see `models.people.require_writer`.
        NoProject: there is nothing yet that a standup could ask about.
    """
    await require_writer(session, ask.user)
    here = await standups.in_channel(session, ask.channel) if ask.channel else []
    existing = here[0] if here else None
    of_standup = existing.project_id if existing else None
    projects = await choices(session, ask.today, first=of_standup or ask.channel or "")
    of_channel = next((one for one in projects if one.channel_id == ask.channel), None)
    project_id = existing.project_id if existing else of_channel and of_channel.project_id
    facts = StandupFormFacts(
        projects=projects,
        existing=existing,
        channel_id=ask.channel,
        chosen_project=str(project_id) if project_id else None,
        days=existing.days if existing else StandupFormFacts.days,
    )
    return setup_form(facts, str(existing.ceremony_id) if existing else "")


async def set_up(ask: Ask, session: AsyncSession) -> Reply:
    """Set the standup up, or change it; the person is told whom it asks when Slack has said so.

    Raises:
        InvalidForm: a field can't be taken.
    """
    form = parse(StandupForm, ask.values)
    by = await require_writer(session, ask.user)
    plan = Plan(
        channel_id=form.channel,
        project_id=form.project,
        people=tuple(form.people),
        days=tuple(form.days),
        local_time=form.time,
        tz=by.tz,
    )
    await standups.set_up(
        session,
        plan,
        by=by,
        now=ask.now,
        ceremony_id=int(ask.metadata) if ask.metadata else None,
        run_now=form.start == "now",
    )
    return Reply(
        note(
            "Standup saved",
            [
                "I am looking who is in the channel, and write to you in a moment when I know whom I ask."
            ],
        )
    )


async def open_answer(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """The answer form of one experiment."""
    return await _answer_form(ask, session, concluding=False)


async def open_conclusion(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“It's concluded”: the answer form with the outcomes only, or the second view if that is owed."""
    return await _answer_form(ask, session, concluding=True)


async def _answer_form(ask: Ask, session: AsyncSession, *, concluding: bool) -> dict[str, Any]:
    ref = AnswerRef.of_value(ask.value)
    facts = await prompts.form_facts(session, ref.prompt_id, ref.experiment_id, ask.user, ask.today)
    metadata = ref.model_dump_json()
    card = facts.card
    if concluding and card.pending is not None:
        learned = card.answer.learned if card.answer else card.concluding
        pending = Pending(card.key, card.title, card.pending, learned)
        return standup_form.conclusion_form(pending, metadata)
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
        raise InvalidForm({"value": error.sentence}) from error
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
        GuestsMayNot, NotMetYet: see `models.people.require_writer`.
        Unknown: the answer is gone.
    """
    await require_writer(session, ask.user)
    await summaries.take_to_thread(session, id_of(ask.value), ask.now)
    return Reply(whispered="It has a message of its own in this channel: go on in its thread.")


async def conclude(ask: Ask, session: AsyncSession) -> Reply | None:
    """The second view of a conclusion: what the team should remember, and whether something follows.

    Raises:
        InvalidForm: no learning where one is owed (domain §2.4-1), or no reason.
    """
    form = parse(ConclusionForm, ask.values)
    ref = AnswerRef.of_metadata(ask.metadata)
    is_dropped = "abandon_reason" in (ask.values or {})
    if is_dropped and form.abandon_reason is None:
        raise InvalidForm({"abandon_reason": "Please choose why it is dropped."})
    if not is_dropped and form.learning is None:
        raise InvalidForm({"learning": "One sentence, please: it is what the others keep of this."})
    remembered = Remembered(form.learning, form.adopted, form.abandon_reason)
    experiment = await answers.conclude(
        session, ref.prompt_id, ref.experiment_id, ask.user, remembered, at=ask.at
    )
    return Reply(await follow_up(ask, session, experiment)) if form.follow_up else None
