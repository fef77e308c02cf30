"""The stalled digest: reading it, scheduling it, putting a finding off."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import digest_forms, words
from handlers.blocks import leadership as leadership_blocks
from handlers.blocks import progress_digest as progress_blocks
from handlers.blocks import stalled as blocks
from handlers.blocks.document import Rendered
from handlers.blocks.lab import note
from handlers.blocks.reasons import because
from handlers.deps import Ask
from handlers.doors import Reply
from handlers.forms import InvalidForm, parse
from handlers.forms_digest import DigestForm, FindingRef, SnoozeForm
from handlers.forms_leadership import ChannelRef, kind_of
from models import (
    composing,
    digests,
    leadership_posts,
    posting,
    progress_digest,
    snoozes,
    visible,
)
from models.digests import Schedule
from models.domain.digest import DigestKind
from models.domain.digest_facts import StalledFacts
from models.domain.facts import Numbers
from models.domain.findings.raising import Finding
from models.domain.leadership_facts import linked
from models.domain.leadership_since import since_last
from models.domain.permissions import Action
from models.leadership import leadership
from models.permits import permit
from models.projects import choices
from models.search import AsOf, ceremonies
from models.snoozes import PutOff
from models.stalled import stalled

PUT_OFF = timedelta(days=7)
LONGEST = timedelta(days=180)


async def say(ask: Ask, session: AsyncSession) -> Rendered:
    """`/lab digest [KIND]`: as it would read now, for its reader only; what could use a hand at first."""
    await visible.met(session)
    return await PREVIEWS[kind_of(ask.text.lower().split())](ask, session)


async def _stalled(ask: Ask, session: AsyncSession) -> Rendered:
    known = await ceremonies(session)
    facts = await stalled(session, AsOf(ask.today, ask.home.zone), known=known)
    return blocks.preview(facts, composing.among(known, ask.channel or ""), ask.channel or "")


async def _leadership(ask: Ask, session: AsyncSession) -> Rendered:
    """As leaders of this channel would read it: without what is left out of it here."""
    page, before = await leadership_posts.scheduled(session, ask.channel or "", ask.today)
    as_of = AsOf(ask.today, ask.home.zone)
    about = page.project_id if page else None
    facts = await leadership(session, as_of, about, leave_out=page.leave_out if page else ())
    told = linked(since_last(facts, before), ask.home.url)
    return leadership_blocks.preview(told, page, ask.channel or "")


async def _progress(ask: Ask, session: AsyncSession) -> Rendered:
    """The team's week, of the project that is told in this channel, or of all."""
    kind = DigestKind.PROGRESS
    page = await digests.in_channel(session, ask.channel, kind) if ask.channel else None
    as_of = AsOf(ask.today, ask.home.zone)
    about = page.project_id if page else None
    gathered = await progress_digest.gathered(session, as_of, about, drawn=False)
    facts = await progress_digest.facts(session, progress_digest.at_once(gathered))
    return progress_blocks.preview(facts, page, ask.channel or "")


PREVIEWS = {
    DigestKind.STALLED: _stalled,
    DigestKind.LEADERSHIP: _leadership,
    DigestKind.PROGRESS: _progress,
}


async def open_schedule(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """When the digest is posted in this channel.

    Raises:
        GuestsMayNot, NotMetYet: see `models.permits.permit`.
        NoProject: there is nothing yet that a digest could be about.
    """
    await permit(session, ask.user, Action.SCHEDULE_DIGEST)
    kind = kind_of([ask.value, *ask.text.lower().split()])
    here = None if (ask.channel or "D").startswith("D") else ask.channel
    known = await digests.in_channel(session, here, kind) if here else None
    projects = await choices(session, ask.today, first=here or "")
    return digest_forms.schedule_form(known, projects, here, kind)


async def schedule(ask: Ask, session: AsyncSession) -> Reply:
    """Post the digest from now on, or at other times than until now.

    Raises:
        InvalidForm: a field can't be taken.
    """
    form = parse(DigestForm, ask.values)
    by = await permit(session, ask.user, Action.SCHEDULE_DIGEST)
    kind = kind_of([ask.metadata])
    zone = by.tz if kind is DigestKind.STALLED else ask.home.zone.key
    plan = Schedule(
        form.channel, form.project, tuple(form.days), form.time, zone, kind, form.leave_out
    )
    page = await composing.schedule(session, plan, by=by, now=ask.now)
    return Reply(note("Digest scheduled", [digest_forms.when(page)]))


async def stop(ask: Ask, session: AsyncSession) -> Reply:
    """Post no more digests in the channel of the button's value."""
    by = await permit(session, ask.user, Action.SCHEDULE_DIGEST)
    of = ChannelRef.of(ask.value)
    stopped = await composing.stop(session, of.channel, of.kind, by=by, now=ask.now)
    return Reply(whispered="It is posted no more." if stopped else "It was not posted here.")


async def post(ask: Ask, session: AsyncSession) -> Reply:
    """Post the scheduled digest of the button's channel now, beside its schedule."""
    await permit(session, ask.user, Action.SCHEDULE_DIGEST)
    of = ChannelRef.of(ask.value)
    posted = await composing.post_at_once(session, of.channel, of.kind, ask.now)
    return Reply(whispered="It is on its way." if posted else "It was posted this minute already.")


async def post_here(ask: Ask, session: AsyncSession) -> Reply:
    """`/lab digest KIND now`: the same, of the channel where it is typed."""
    here = ChannelRef(kind_of(ask.text.lower().split()), ask.channel or "")
    return await post(replace(ask, value=here.value), session)


async def open_more(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“+2 more”: every reason of one subject with its action, as of now; shown anew when one was taken."""
    ref = FindingRef.of(ask.value)
    facts = await stalled(session, AsOf(ask.today, ask.home.zone))
    finding = _finding(facts, ref)
    if finding is None:
        return note("Settled", ["Nothing is to be said about it any more."])
    return blocks.reasons(finding, _numbers(facts, finding), ref.digest_id, ask.today)


async def open_snooze(ask: Ask, session: AsyncSession) -> dict[str, Any]:
    """“Not now …”: until when, and why."""
    await permit(session, ask.user, Action.PUT_OFF)
    ref = FindingRef.of(ask.value)
    facts = await stalled(session, AsOf(ask.today, ask.home.zone))
    finding = _finding(facts, ref)
    if finding is None:
        return note("Settled", ["Nothing is to be said about it any more."])
    why = because(finding.first, _numbers(facts, finding), ask.today)
    return digest_forms.snooze_form(finding.subject.name, why, ask.today + PUT_OFF, ref.value)


async def snooze(ask: Ask, session: AsyncSession) -> Reply:
    """Put it off.

    Raises:
        InvalidForm: no reason, or a date that is over or too far away.
    """
    form = parse(SnoozeForm, ask.values)
    ref = FindingRef.of(ask.metadata)
    by = await permit(session, ask.user, Action.PUT_OFF)
    if not ask.today < form.until <= ask.today + LONGEST:
        raise InvalidForm({"until": "A day from tomorrow on, within half a year, please."})
    putting = PutOff(ref.subject, ref.kinds, form.until, form.reason)
    await snoozes.put_off(session, putting, by=by, now=ask.now)
    await posting.acted_on(session, ref.digest_id, ask.now)
    again = f"{words.weekday(form.until)}, {words.long_day(form.until)}"
    return Reply(note("Put off", [f"It is said again from {again} on."]))


def _finding(facts: StalledFacts, ref: FindingRef) -> Finding | None:
    return next((one for one in facts.findings if one.subject.ref == ref.subject), None)


def _numbers(facts: StalledFacts, finding: Finding) -> Numbers | None:
    of = finding.subject.project_id
    return next((line.numbers for line in facts.projects if line.project_id == of), None)
