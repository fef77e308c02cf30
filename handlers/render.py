"""From a message of the outbox to what Slack shows: facts are read from the rows of this moment."""

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import (
    brief,
    charts,
    deprecating,
    export,
    leadership,
    notices,
    project_plan,
    reminder,
    scope_changes,
    setup,
    stakeholder_notes,
    stalled,
    standup_dm,
    standup_summary,
    trouble,
)
from handlers.blocks import decisions as decision_blocks
from handlers.blocks import incidents as incident_blocks
from handlers.blocks import progress_digest as progress_blocks
from handlers.blocks.document import Rendered
from handlers.render_reviews import OfReview, of_review
from models import (
    addresses,
    briefs,
    chart_orders,
    decided,
    end_pages,
    incident_pages,
    leadership_posts,
    posting,
    progress_digest,
    prompts,
    refusals,
    scope_pages,
    stages,
    standups,
    summaries,
    telling,
    troubles,
    visible,
)
from models import stakeholder_notes as told_stakeholders
from models.domain.clock import Moment
from models.domain.digest_messages import LeadershipDigest, StakeholderNote
from models.domain.errands import Chore, HomePage, ModalPage, ReadChannel, ReadPerson
from models.domain.leadership_facts import linked
from models.domain.live_messages import EndAnnounced, IncidentCard
from models.domain.messages import (
    ChartAsked,
    CouldNotPost,
    DecisionBrief,
    DecisionMade,
    Export,
    Message,
    Notices,
    ProgressCharts,
    ProgressDigest,
    ScopeChanged,
    StageMoved,
    StalledDigest,
    StandupDetail,
    StandupIsSet,
    StandupPrompt,
    StandupReminder,
    StandupSummary,
    StandupTrouble,
    TakenToThread,
)


async def render(session: AsyncSession, message: Message, at: Moment) -> Rendered:
    """The message as it should read now.

    Raises:
        Unknown: what it is about is gone.
    """
    match message:
        case StandupPrompt() | StandupReminder():
            return await _question(session, message, at)
        case StandupSummary() | StandupDetail() | TakenToThread():
            return await _in_channel(session, message, at)
        case Notices(member_id=member_id, on=on):
            return notices.notices(await telling.notices_facts(session, member_id, on))
        case StandupIsSet() | StandupTrouble() | CouldNotPost():
            return await _to_owner(session, message)
        case (
            StalledDigest()
            | (LeadershipDigest() | StakeholderNote())
            | StageMoved()
            | ScopeChanged()
            | (DecisionMade() | DecisionBrief())
        ):
            return await _of_projects(session, message, at)
        case _:
            return await _of_the_rest(session, message, at)


async def _of_the_rest(
    session: AsyncSession,
    message: IncidentCard
    | EndAnnounced
    | Export
    | ChartAsked
    | ProgressDigest
    | ProgressCharts
    | ReadChannel
    | ReadPerson
    | HomePage
    | ModalPage
    | Chore
    | OfReview,
    at: Moment,
) -> Rendered:
    match message:
        case IncidentCard(incident_id=incident_id):
            return incident_blocks.card(await incident_pages.facts(session, incident_id, at.now))
        case EndAnnounced(notice_id=notice_id):
            return deprecating.card(await end_pages.facts(session, notice_id))
        case Export() | ChartAsked() | ProgressDigest() | ProgressCharts():
            return await _beside_files(session, message, at)
        case ReadChannel() | ReadPerson() | HomePage() | ModalPage() | Chore():
            raise TypeError("that is no message in a conversation")
        case _:
            return await of_review(session, message, at)


async def _question(
    session: AsyncSession, message: StandupPrompt | StandupReminder, at: Moment
) -> Rendered:
    facts = await prompts.facts(session, message.prompt_id, at.today)
    match message:
        case StandupPrompt():
            return standup_dm.prompt(facts)
        case StandupReminder():
            return reminder.reminder(facts, at.now)


async def _in_channel(
    session: AsyncSession, message: StandupSummary | StandupDetail | TakenToThread, at: Moment
) -> Rendered:
    match message:
        case StandupSummary(run_id=run_id):
            facts = await summaries.summary_facts(session, run_id, at.today, at.now)
            return standup_summary.summary(facts)
        case StandupDetail(entry_id=entry_id):
            return standup_summary.detail(await summaries.detail_facts(session, entry_id, at.today))
        case TakenToThread(entry_id=entry_id):
            topic = await summaries.topic(session, entry_id, at.today)
            return standup_summary.taken_to_thread(topic)


async def _digest(
    session: AsyncSession, message: StalledDigest | LeadershipDigest | StakeholderNote, at: Moment
) -> Rendered:
    match message:
        case StakeholderNote():
            return stakeholder_notes.message(await told_stakeholders.facts(session, message))
        case StalledDigest(digest_id=digest_id):
            return stalled.digest(await posting.facts(session, digest_id, at))
        case LeadershipDigest(digest_id=digest_id):
            posted = await leadership_posts.facts(session, digest_id)
            return leadership.digest(linked(posted, addresses.address(session)))


async def _of_projects(
    session: AsyncSession,
    message: StalledDigest
    | LeadershipDigest
    | StakeholderNote
    | StageMoved
    | ScopeChanged
    | DecisionMade
    | DecisionBrief,
    at: Moment,
) -> Rendered:
    match message:
        case DecisionMade() | DecisionBrief():
            return await _of_decisions(session, message, at)
        case StalledDigest() | LeadershipDigest() | StakeholderNote():
            return await _digest(session, message, at)
        case ScopeChanged(scope_id=scope_id):
            return scope_changes.message(await scope_pages.facts(session, scope_id))
        case StageMoved(event_id=event_id):
            return project_plan.moved(await stages.moved_facts(session, event_id))


async def _of_decisions(
    session: AsyncSession, message: DecisionMade | DecisionBrief, at: Moment
) -> Rendered:
    match message:
        case DecisionMade(decision_id=decision_id):
            return decision_blocks.made(await decided.facts(session, decision_id))
        case DecisionBrief(project_id=project_id, on=on):
            return brief.message(await briefs.facts(session, project_id, at, on=on))


async def _beside_files(
    session: AsyncSession,
    message: Export | ChartAsked | ProgressDigest | ProgressCharts,
    at: Moment,
) -> Rendered:
    """A digest with pictures in its thread; and what is said where a file is empty, or was not drawn."""
    match message:
        case Export(what=what):
            return export.nothing(what)
        case ChartAsked():
            visible.read_as(session, await chart_orders.reader(session, message))
            return charts.instead(await chart_orders.pictures(session, message, at))
        case ProgressDigest(digest_id=digest_id):
            facts = await progress_digest.posted(session, digest_id)
            return progress_blocks.digest(facts, charts=True)
        case ProgressCharts(digest_id=digest_id):
            return charts.instead(await progress_digest.pictures(session, digest_id))


async def _to_owner(
    session: AsyncSession, message: StandupIsSet | StandupTrouble | CouldNotPost
) -> Rendered:
    match message:
        case StandupIsSet(ceremony_id=ceremony_id):
            return setup.standup_is_set(await standups.page_of(session, ceremony_id))
        case StandupTrouble():
            return trouble.trouble(await troubles.facts(session, message))
        case CouldNotPost(delivery_id=delivery_id):
            return setup.could_not_post(await refusals.facts(session, delivery_id))
