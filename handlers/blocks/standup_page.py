"""A standup's page: how it is set up, what comes next, who has answered; and the list of a channel's."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from slack_sdk.models.blocks import InteractiveElement

from handlers.blocks import words
from handlers.blocks.document import Bold, Channel, Document, Italic, Span, Spans, button
from handlers.blocks.forms import modal, sure_of
from handlers.blocks.text import shortened, size
from handlers.ids import Click, Form
from models.domain.facts import Person
from models.domain.facts_standup import RunState, StandupDetails, StandupPage

TITLE = 24
"""Characters that fit above a modal; a longer name stands in full below."""
MOST_MOMENTS = 12
"""Moments at which somebody is asked, in the page's list."""
MOST_STANDUPS = 40
"""Standups of one channel in its list, two blocks each."""
REASONS = {
    "is_archived": "its channel is archived. Bring the channel back, or choose another one.",
    "channel_not_found": "its channel is gone. Choose another one with Change.",
    "not_in_channel": "I am no longer in its channel. Invite me there with /invite.",
}


def page(facts: StandupDetails) -> dict[str, Any]:
    """Everything about one standup, with what can be done about it."""
    standup = facts.page
    title = shortened(standup.name, 150) or "Standup"
    document = Document()
    if size(title) > TITLE:
        document.heading(title)
    about = f"about {shortened(facts.project_name, 80)}" if facts.project_name else "all projects"
    document.paragraph("Summary in ", Channel(standup.channel_id), f" · {about}")
    document.paragraph(
        Bold(f"{words.named_days(standup.days)} at {standup.local_time} "),
        f"on each person's own clock. Summary at {standup.summary_time} ({standup.tz}) at the latest, "
        f"{words.count_of(standup.answer_hours, 'hour')} to answer.",
    )
    _next(document, standup, facts.tz)
    if facts.run is not None:
        document.divider()
        _run(document, facts.run)
    document.divider()
    _people(document, standup)
    document.actions("steer", _controls(standup))
    document.context(f"Set up by {shortened(facts.owner.name, 60)}")
    return modal(
        title,
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(standup.ceremony_id),
    )


def _next(document: Document, standup: StandupPage, zone: str) -> None:
    if standup.paused:
        reason = REASONS.get(standup.pause_reason or "", "nobody is asked until it goes on.")
        document.paragraph(Bold("Paused: "), reason)
        return
    if standup.next_day is None:
        document.paragraph("Not planned yet: I am still finding out who is in the channel.")
        return
    moved = " (moved)" if standup.moved_from else ""
    document.bullets(
        f"Next: {standup.next_day:%A}, {words.short_day(standup.next_day)}{moved}",
        _moments(standup),
        where="later",
    )
    if standup.moments:
        document.context(f"On your clock ({zone})")


def _moments(standup: StandupPage) -> list[Spans]:
    """“20:30 on Wednesday: Kai”, the first one first; who is asked at once stands together."""
    rows: list[Spans] = []
    for moment, group in groupby(standup.moments, key=itemgetter(0)):
        day = "" if moment.date() == standup.next_day else f" on {moment:%A}"
        asked = words.names([person for _, person in group], 200)
        rows.append([f"{moment:%H:%M}{day}: {asked}"])
    left = len(rows) - MOST_MOMENTS
    return [*rows[:MOST_MOMENTS], [Italic(f"{left} more")]] if left > 0 else rows


def _run(document: Document, run: RunState) -> None:
    state = "closed" if run.closed else "open"
    lines: list[Span] = [Bold(f"{run.day:%A}, {words.short_day(run.day)} ({state})")]
    for label, people in (
        ("Answered", run.answered),
        ("Still to come", run.still_to_come),
        ("No answer", run.no_answer),
        ("Away", run.away),
        ("Sitting this one out", run.sitting_out),
    ):
        if people:
            lines.append(f"\n{label}: {words.names(people)}")
    document.paragraph(*lines)


def _people(document: Document, standup: StandupPage) -> None:
    whom = "everyone in the channel" if standup.whole_channel else "chosen people"
    spans: list[Span] = [Bold(f"Asked ({whom}): "), _named(standup.people)]
    if standup.observers:
        spans += [Bold("\nReads along: "), _named(standup.observers)]
    document.paragraph(*spans)


def _named(people: Sequence[Person]) -> str:
    return words.names(people, 1_000) if people else "nobody yet"


def _controls(standup: StandupPage) -> list[InteractiveElement]:
    value = str(standup.ceremony_id)
    goes_on = button("Pause", Click.STANDUP_PAUSE, value)
    if standup.paused:
        goes_on = button("Resume", Click.STANDUP_RESUME, value, style="primary")
    controls: list[InteractiveElement] = [
        button("Change", Click.STANDUP_CHANGE, value),
        button("Questions", Click.QUESTIONS, value),
        button("Run now", Click.STANDUP_RUN_NOW, value),
        goes_on,
    ]
    if standup.next_day is not None:
        controls.append(button("Move the next one", Click.STANDUP_MOVE, value))
    sure = sure_of(
        "End this standup?",
        "Nobody is asked any more. What was said stays, and it can be set up again.",
        "End it",
    )
    return [*controls, button("End", Click.STANDUP_END, value, style="danger", sure=sure)]


def ended(name: str) -> dict[str, Any]:
    """What stands in the page's place when the standup has ended."""
    document = Document().paragraph(
        Bold(f"{shortened(name, 80)} has ended. "), "Nobody is asked any more; what was said stays."
    )
    return modal("Standup", document.blocks(), callback_id=Form.NOTE, close="Close")


def of_channel(pages: Sequence[StandupPage], channel_id: str) -> dict[str, Any]:
    """A channel's standups."""
    document = Document()
    for standup in pages[:MOST_STANDUPS]:
        document.paragraph(*_line(standup))
        document.actions(
            f"standup_{standup.ceremony_id}",
            [button("Open", Click.STANDUP_PAGE, str(standup.ceremony_id))],
        )
    if len(pages) > MOST_STANDUPS:
        document.context(f"{len(pages) - MOST_STANDUPS} more")
    document.divider()
    document.actions("another", [button("Set up another one", Click.STANDUP_NEW, channel_id)])
    return modal(
        "Standups here",
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=channel_id,
    )


def _line(standup: StandupPage) -> list[Span]:
    then = "not planned yet"
    if standup.paused:
        then = "paused"
    elif standup.next_day is not None:
        then = f"next: {standup.next_day:%A}, {words.short_day(standup.next_day)}"
    asked = words.count_of(len(standup.people), "person is asked", "people are asked")
    return [
        Bold(shortened(standup.name, 80)),
        f"\n{words.named_days(standup.days)} at {standup.local_time} · {asked} · {then}",
    ]
