"""What a standup's owner is told: what has happened to it, and what to do."""

from datetime import date

from handlers.blocks import words
from handlers.blocks.document import Bold, Channel, Document, Rendered
from handlers.blocks.text import shortened
from models.domain.facts_trouble import TroubleFacts
from models.domain.standup import Trouble

HAPPENED = {
    Trouble.ARCHIVED: "its channel was archived. It is paused, nobody is asked. "
    "Unarchive the channel and it goes on, or choose another one in my Home tab.",
    Trouble.DELETED: "its channel was deleted. It is paused, nobody is asked. "
    "Choose another channel in my Home tab.",
    Trouble.REMOVED: "I was removed from its channel. It is paused, nobody is asked. "
    "Invite me there again and it goes on, or choose another channel in my Home tab.",
    Trouble.BACK: "I can write to its channel again, and it goes on.",
    Trouble.RENAMED: "its channel was renamed. Everything goes on as before.",
    Trouble.GUESTS: "guests in the channel are not asked: they read the summary. "
    "To ask one of them, choose people by name in my Home tab.",
    Trouble.LEFT: "{about} was deactivated in Slack and is not asked any more.",
    Trouble.YOURS: "it is yours now, as {about} has left. Change it or end it in my Home tab.",
    Trouble.SKIPPED: "I was not running when it was due, so nobody was asked for {about}.",
}


def trouble(facts: TroubleFacts) -> Rendered:
    """One sentence about what happened, one about what to do."""
    return add(Document(), facts).rendered()


def add(document: Document, facts: TroubleFacts) -> Document:
    """The same, as a part of a longer message."""
    about = _days(facts.about) if facts.what is Trouble.SKIPPED else shortened(facts.about, 60)
    said = HAPPENED[facts.what].format(about=about)
    document.paragraph(
        Bold(shortened(facts.name, 80)), " in ", Channel(facts.channel_id), f": {said}"
    )
    if facts.next_day is not None:
        document.context(f"Next: {facts.next_day:%A}, {facts.next_day.day} {facts.next_day:%B}")
    return document


def _days(about: str) -> str:
    days = [date.fromisoformat(day) for day in about.split(",")]
    return words.listed([words.short_day(day) for day in days])
