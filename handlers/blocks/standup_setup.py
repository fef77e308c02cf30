"""The one form that sets a standup up, and the one that moves its next run."""

from datetime import date, timedelta
from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.document import Document
from handlers.blocks.forms import (
    channel_select,
    date_picker,
    field,
    modal,
    multi_select,
    number_input,
    radio,
    select,
    text_input,
    time_picker,
    users_select,
)
from handlers.blocks.setup import ALL_PROJECTS
from handlers.ids import Form
from models.domain.facts_standup import StandupFormFacts, StandupPage
from models.domain.standup import ANSWER_HOURS, DEFAULT_TIME, SUMMARY_TIME

MOST = 100
"""Options that a menu may have."""


def standup_form(facts: StandupFormFacts, metadata: str) -> dict[str, Any]:
    """One form sets a standup up; with what it is already, it changes it."""
    known = facts.existing
    document = Document().paragraph(
        "Each person is asked in a direct message, at this time on their own clock. "
        "The summary appears in the channel."
    )
    blocks: list[Block] = [*document.blocks(), *_whom(facts), *_when(facts)]
    if known is None:
        start = [("slot", "On the next of these days"), ("now", "Now, and then on these days")]
        blocks.append(field("start", "First time", radio(start, initial="slot")))
    blocks += _details(known)
    title = "Change the standup" if known else "Set up a standup"
    return modal(title, blocks, callback_id=Form.STANDUP, submit="Save", metadata=metadata)


def _whom(facts: StandupFormFacts) -> list[Block]:
    known = facts.existing
    chosen = known is not None and not known.whole_channel
    return [
        field(
            "channel",
            "Summary in",
            channel_select(facts.channel_id),
            hint="Labmate must be a member: /invite it there.",
        ),
        field(
            "people",
            "Who is asked?",
            users_select(
                placeholder="Everyone in this channel",
                initial=[one.slack_id for one in known.people] if known and chosen else [],
            ),
            hint="Left empty: everyone in the channel.",
            optional=True,
        ),
    ]


def _when(facts: StandupFormFacts) -> list[Block]:
    known = facts.existing
    projects = [(ALL_PROJECTS, "All projects of each person")]
    projects += [(str(project.project_id), project.name) for project in facts.projects[: MOST - 1]]
    return [
        field("days", "On", multi_select(tuple(words.WEEKDAY_NAMES.items()), initial=facts.days)),
        field("time", "At", time_picker(known.local_time if known else f"{DEFAULT_TIME:%H:%M}")),
        field("project", "About", select(projects, initial=facts.chosen_project or ALL_PROJECTS)),
    ]


def _details(known: StandupPage | None) -> list[Block]:
    """What nobody has to touch."""
    return [
        field(
            "observers",
            "Who reads along and is never asked?",
            users_select(
                placeholder="Leads, PMs",
                initial=[one.slack_id for one in known.observers] if known else [],
            ),
            optional=True,
        ),
        field(
            "name",
            "Name",
            text_input(initial=known.name if known else None, limit=80),
            hint="Tells the standups of a channel apart. Left empty, it is the project's.",
            optional=True,
        ),
        field(
            "summary_time",
            "Summary at the latest at",
            time_picker(known.summary_time if known else f"{SUMMARY_TIME:%H:%M}"),
            hint="It comes before, when everyone has answered; later answers are added to it.",
        ),
        field(
            "answer_hours",
            "Hours that each person has to answer",
            number_input(initial=known.answer_hours if known else ANSWER_HOURS),
        ),
    ]


def move_form(page: StandupPage, today: date) -> dict[str, Any]:
    """Another day for the next run."""
    document = Document()
    if page.next_day is not None:
        document.paragraph(
            f"The next one is planned for {page.next_day:%A}, {words.short_day(page.next_day)}. "
            "The one after it keeps its day."
        )
    day = max(page.next_day or today, today + timedelta(days=1))
    inputs: list[Block] = [field("day", "Have it on", date_picker(day.isoformat()))]
    return modal(
        "Move the next one",
        [*document.blocks(), *inputs],
        callback_id=Form.MOVE,
        submit="Move",
        metadata=str(page.ceremony_id),
    )
