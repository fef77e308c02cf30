"""Forms of the digests: when one is posted, and until when a finding is put off."""

from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.forms import (
    channel_select,
    date_picker,
    field,
    modal,
    multi_select,
    select,
    text_input,
    time_picker,
)
from handlers.blocks.setup import ALL_PROJECTS, MOST
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.digest import DigestKind
from models.domain.digest_facts import DigestPage
from models.domain.facts import ProjectChoice

SAYS = {
    DigestKind.STALLED: (
        "What could use a hand: experiments that wait for something, projects that stand still. "
        "Each is said when it is new, then once a week, with a button that does something about it."
    ),
    DigestKind.LEADERSHIP: (
        "For those who decide: which decisions are wanted, and for each project what it can do, when and "
        "what that is worth. A working day before, each project's PM can add a sentence or hold it back."
    ),
    DigestKind.PROGRESS: (
        "For the team: what the week has taught, each project beside the four weeks before, and charts in "
        "the thread. Every outcome counts alike; nothing in it is about one person."
    ),
}
"""What a digest says, for whoever schedules it."""
PARTS = (
    ("learned", "What we learned"),
    ("bets", "Bets: who works on what share"),
    ("scope", "Changes of scope"),
)
"""What may be left out of the leadership digest."""


def schedule_form(
    known: DigestPage | None,
    projects: tuple[ProjectChoice, ...],
    channel: str | None,
    kind: DigestKind = DigestKind.STALLED,
) -> dict[str, Any]:
    """When and where a digest is posted, and what is left out of it."""
    usual = kind.usual
    about = [(ALL_PROJECTS, "All projects")]
    about += [(str(project.project_id), project.name) for project in projects[: MOST - 1]]
    document = Document().paragraph(SAYS[kind])
    chosen = str(known.project_id) if known and known.project_id else ALL_PROJECTS
    blocks: list[Block] = [
        *document.blocks(),
        field(
            "channel",
            "Posted in",
            channel_select(known.channel_id if known else channel),
            hint="Labmate must be a member: /invite it there.",
        ),
        field(
            "days",
            "On",
            multi_select(
                tuple(words.WEEKDAY_NAMES.items()), initial=known.days if known else usual.days
            ),
        ),
        field(
            "time",
            "At",
            time_picker(known.local_time if known else f"{usual.time:%H:%M}"),
            hint=f"In {known.tz}." if known else "On the workspace's clock.",
        ),
        field("project", "About", select(about, initial=chosen)),
    ]
    if kind is DigestKind.LEADERSHIP:
        blocks += _left_out(known, projects)
    return modal(usual.name, blocks, callback_id=Form.DIGEST, submit="Save", metadata=kind.value)


def _left_out(known: DigestPage | None, projects: tuple[ProjectChoice, ...]) -> list[Block]:
    chosen = known.leave_out if known else ()
    options = [
        *PARTS,
        *((f"project:{one.project_id}", one.name) for one in projects[: MOST - len(PARTS)]),
    ]
    here = [value for value, _ in options if value in chosen]
    return [
        field(
            "leave_out",
            "Leave out",
            multi_select(options, initial=here),
            optional=True,
            hint="Parts of it, or projects.",
        )
    ]


def posted(page: Document, schedule: DigestPage | None, kind: DigestKind, channel: str) -> Document:
    """When a digest of this kind is posted in a channel, and the buttons that change that; the page's end."""
    if schedule is None:
        page.context("It is not posted in this channel.")
        buttons = [button("Schedule it", Click.DIGEST_SCHEDULE, kind.value)]
    else:
        page.context(when(schedule))
        here = f"{kind.value}|{channel}"
        buttons = [
            button("Post it now", Click.DIGEST_POST, here),
            button("Change", Click.DIGEST_SCHEDULE, kind.value),
            button("Post it no more", Click.DIGEST_STOP, here),
        ]
    return page.actions("digest_schedule", buttons)


def when(page: DigestPage) -> str:
    """“Posted here on Thursday at 15:00 (Europe/Berlin).”."""
    return f"Posted on {words.named_days(page.days)} at {page.local_time} ({page.tz})."


def snooze_form(name: str, why: str, until: date, metadata: str) -> dict[str, Any]:
    """Not now, until a date, with a reason that the team reads."""
    document = Document().paragraph(Bold(shortened(name, 120)), f" — {why}")
    blocks: list[Block] = [
        *document.blocks(),
        field("until", "Say it again from", date_picker(until.isoformat())),
        field(
            "reason",
            "Why is it fine until then?",
            text_input(placeholder="The labels come on the 20th", limit=300, focus=True),
            hint="The team can read it.",
        ),
    ]
    return modal("Not now", blocks, callback_id=Form.SNOOZE, submit="Put off", metadata=metadata)
