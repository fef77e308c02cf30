"""The ceremonies' steps of a tick: open, ask, show, summarise, close; each in a short transaction."""

from datetime import datetime

from models import opening, runs, showing
from models.db import Database

STEPS = (
    opening.open_due,
    runs.ask_due,
    showing.show_answers,
    runs.summarise_due,
    runs.close_due,
)


async def ceremonies(db: Database, now: datetime) -> int:
    """Do what is due in the ceremonies; returns how much was done. A full step is looked at again."""
    done = 0
    for step in STEPS:
        async with db.writing(None) as session:
            done += await step(session, now)
    return done
