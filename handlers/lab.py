"""`/lab`: the menu, the help, the lists, and the nearest verb for what nobody understands."""

from difflib import get_close_matches

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.blocks import lab as blocks
from handlers.blocks.document import Rendered
from handlers.deps import Ask, verb_of
from handlers.ids import Shortcut

VERBS = (
    ("", "a menu with buttons"),
    ("new", "a new hypothesis: we believe that … will … because …"),
    ("list", "the projects and their experiments; list mine, running, paused, concluded, or KEY"),
    ("find WORDS", "hypotheses and learnings of every project that have these words"),
    ("show KEY", "one experiment in full, such as show FRAUD-12, and what can be done with it"),
    ("conclude", "conclude one of your experiments; conclude KEY for that one"),
    (
        "standup",
        "this channel's standup: who is in, who answered, what comes when; set up, change, run now",
    ),
    ("update", "answer what is open, or the next question before it is asked"),
    (
        "digest",
        "what could use a hand; or digest leadership, progress; behind it: now posts it, schedule",
    ),
    ("status KEY", "one project as leaders read it: what, when, and what it is worth"),
    ("review", "what is to be reviewed: plan, answer, sign, decide; review KEY for one project"),
    ("decide", "decide about a project, and why: go, continue, pivot, hold, stop; decide KEY"),
    ("project", "the projects: where each stands, its people, plan, worth; new, or rank"),
    ("gaps", "what projects still lack: roles, answers, dates; gaps KEY for one of them"),
    ("score KEY", "a project's benefit and complexity: given by each, shown together"),
    ("explain WORD", "what a word means, with the project's own numbers; alone, the list"),
    ("settings", "your own time for standups, working days, days away, public holidays"),
    ("export", "what you wrote, as a file in a message to you; for an admin the whole record"),
    ("help", "this list"),
)
SHORTCUTS = (
    (Shortcut.NEW_HYPOTHESIS, "global", "New hypothesis", "We believe that … will … because …"),
    (
        Shortcut.LOG_HYPOTHESIS,
        "message",
        "Log as hypothesis",
        "A hypothesis with this message's words",
    ),
    (
        Shortcut.RECORD_DECISION,
        "message",
        "Record decision",
        "What was decided about a project, and why",
    ),
)
"""As the manifest offers them: id, kind, name (at most 24 characters) and description."""


async def menu(ask: Ask, session: AsyncSession) -> Rendered:  # noqa: ARG001  (nothing to read)
    """Bare `/lab`."""
    return blocks.menu(ask.command)


async def help_page(ask: Ask, session: AsyncSession) -> Rendered:  # noqa: ARG001  (nothing to read)
    """`/lab help`: every verb."""
    return blocks.help_page(ask.command, VERBS)


async def nearest(ask: Ask, session: AsyncSession) -> Rendered:  # noqa: ARG001  (nothing to read)
    """Anything else: the verb that was probably meant, never an error."""
    verb = verb_of(ask.text)
    known = [name.split()[0] for name, _ in VERBS if name]
    close = get_close_matches(verb, known, n=1, cutoff=0.5)
    meant = f"Did you mean {ask.command} {close[0]}? " if close else ""
    return blocks.sentence(
        f"I don't know “{verb[:60]}”. {meant}{ask.command} help shows what there is."
    )
