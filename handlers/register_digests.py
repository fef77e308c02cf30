"""The part of the table of contents that is about digests: what leaders read, and `/lab status`."""

from handlers import digest, leadership, status
from handlers.doors import Doors
from handlers.ids import Click, Form


def digests(on: Doors) -> None:
    """What is posted where and when, what it says now, and what a PM adds to it."""
    on.verb("digest", with_word="schedule", opens=digest.open_schedule)
    on.verb("digest", with_word="now", stores=digest.post_here)
    on.verb("digest", says=digest.say)
    on.click(Click.MENU_DIGEST, says=digest.say)
    on.click(Click.DIGEST_SCHEDULE, opens=digest.open_schedule)
    on.click(Click.DIGEST_POST, stores=digest.post)
    on.click(Click.DIGEST_STOP, stores=digest.stop)
    on.submit(Form.DIGEST, stores=digest.schedule, once=True)
    on.verb("status", says=status.say)
    on.click(Click.LEADERS_DRAFT, opens=leadership.open_draft)
    on.click(Click.LEADERS_NOTE, opens=leadership.open_note)
    on.submit(Form.LEADERS_NOTE, stores=leadership.note, then=leadership.draft_again)
