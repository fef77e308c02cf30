"""A person's own settings, as a form."""

from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.countries import GUESS, country_choices
from handlers.blocks.document import Document, button
from handlers.blocks.forms import (
    date_picker,
    field,
    modal,
    multi_select,
    radio,
    select,
    time_picker,
)
from handlers.ids import Click, Form
from models.domain.facts_home import Settings

NUDGES = (
    ("on", "Send them"),
    ("off", "Mute them"),
)


def settings_form(settings: Settings) -> dict[str, Any]:
    """When this person is asked, on which days, when they are away, whose holidays they keep."""
    document = (
        Document()
        .context(
            f"Your time zone is {settings.tz}: it follows your Slack profile, and so does your name."
        )
        .actions(
            "erasing",
            [
                button("Export what I wrote", Click.EXPORT),
                button("Erase what I wrote", Click.ERASE),
                button("Checklists", Click.CHECKLISTS),
            ],
        )
    )
    blocks: list[Block] = [
        field(
            "ask_time",
            "When are you asked, on your own clock?",
            time_picker(f"{settings.ask_time:%H:%M}" if settings.ask_time else None),
            hint="Left empty: at the time of each standup.",
            optional=True,
        ),
        field(
            "workdays",
            "Which are your working days?",
            multi_select(tuple(words.WEEKDAY_NAMES.items()), initial=settings.workdays),
            hint="On the others nothing comes to you.",
        ),
        field(
            "away_from",
            "Away from",
            date_picker(_iso(settings.away_from)),
            hint="The first day on which you are not asked.",
            optional=True,
        ),
        field(
            "away_to",
            "Away until",
            date_picker(_iso(settings.away_to)),
            hint="The last one. The team reads that you are away, not that you did not answer.",
            optional=True,
        ),
        field(
            "country",
            "Whose public holidays do you keep?",
            select(country_choices(settings.country), initial=settings.country or GUESS),
        ),
        field(
            "nudges",
            "Reminders and questions between standups",
            radio(NUDGES, initial="on" if settings.nudges else "off"),
            hint="Muted: standups ask you as before, and what waits for you stands in the App Home.",
        ),
        *document.blocks(),
    ]
    return modal("Your settings", blocks, callback_id=Form.SETTINGS, submit="Save")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
