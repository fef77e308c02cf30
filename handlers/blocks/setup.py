"""Forms that start something: a project, a hypothesis; and what the owner of a standup is told."""

from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.document import Bold, Channel, Document, Rendered, button
from handlers.blocks.forms import (
    amount_input,
    field,
    modal,
    number_input,
    radio,
    select,
    text_input,
)
from handlers.blocks.lab import note
from handlers.blocks.text import shortened
from handlers.ids import Click, Form
from models.domain.experiment import DEFAULT_TIMEBOX, Category
from models.domain.facts import HypothesisFormFacts, Numbers, RefusalFacts
from models.domain.facts_standup import StandupPage
from models.domain.metric import Goal, written

ALL_PROJECTS = "all"
NO_UNIT = "none"
MOST = 100
"""Options that a menu may have."""
UNITS = (
    ("share", "Out of 100 (a share)"),
    ("%", "Percent (an error or a change)"),
    ("hours", "Hours"),
    ("minutes", "Minutes"),
    ("ms", "Milliseconds"),
    ("points", "Points"),
    (NO_UNIT, "No unit"),
)


def project_form(metadata: str) -> dict[str, Any]:
    """What a project needs before its first hypothesis (S0-7, S0-29, S1-5)."""
    blocks: list[Block] = [
        field(
            "name",
            "What is the project called?",
            text_input(placeholder="Card fraud alerts", limit=80, focus=True),
        ),
        field(
            "business_goal",
            "What should be better for the business, in one line?",
            text_input(placeholder="Stop more card fraud without more false alerts", limit=300),
            hint="Stands at the top of every standup.",
        ),
        field(
            "metric_name",
            "Which number tells that the model is good enough?",
            text_input(placeholder="Fraud caught, 9 in 10 alerts genuine", limit=100),
        ),
        field(
            "goal",
            "Which way is better?",
            radio([("max", "Higher is better"), ("min", "Lower is better")], initial="max"),
        ),
        field(
            "unit",
            "In which unit?",
            select(UNITS, initial="share"),
        ),
        field(
            "baseline",
            "Where does it stand today?",
            amount_input(placeholder="41"),
            hint="The way it is done now, or the simplest model.",
        ),
        field(
            "baseline_source",
            "How do you know?",
            text_input(placeholder="Rules in use, measured in August", limit=300),
        ),
        field("acceptance", "From which value is it good enough?", amount_input(placeholder="60")),
        field(
            "business_phrase",
            "How would you say the number to a manager?",
            text_input(placeholder="Out of 100 frauds, how many we stop", limit=200),
            hint="Leadership reads this, never the metric's name.",
        ),
        field(
            "key",
            "Short key for its experiments",
            text_input(placeholder="FRAUD", limit=10),
            hint="FRAUD makes FRAUD-1, FRAUD-2. Left empty, it is made of the name.",
            optional=True,
        ),
    ]
    return modal("New project", blocks, callback_id=Form.PROJECT, submit="Start", metadata=metadata)


def hypothesis_form(facts: HypothesisFormFacts, metadata: str) -> dict[str, Any]:
    """We believe that … will … because …; we will know within N working days (domain §3.3)."""
    chosen, said = facts.chosen, facts.words
    numbers = chosen.numbers
    document = Document().paragraph(
        Bold(shortened(chosen.name, 80)), f": {shortened(chosen.business_goal, 200)}"
    )
    if numbers:
        document.context(f"{shortened(numbers.phrase, 200)}: {words.as_typed(numbers)}")
    if facts.follows:
        document.context(f"Follows {facts.follows}")
    blocks: list[Block] = []
    if len(facts.projects) > 1:
        blocks.append(
            field(
                "project",
                "Project",
                select(
                    [(str(project.project_id), project.name) for project in facts.projects],
                    initial=str(chosen.project_id),
                    action_id=Click.HYPOTHESIS_PROJECT,
                ),
                hint=f"{MOST} of them; for another one, write its key behind the command"
                if len(facts.projects) >= MOST
                else None,
                dispatch=True,
            )
        )
    blocks += document.blocks()
    measured = shortened(numbers.name, 100) if numbers else "the number"
    way = "" if numbers is None else " up" if numbers.goal is Goal.MAX else " down"
    blocks += [
        field(
            "change",
            "We believe that",
            text_input(
                placeholder="training on the last 18 months instead of 6",
                initial=said.change if said else None,
                lines=True,
                limit=1_000,
                focus=True,
            ),
        ),
        field(
            "threshold",
            f"will bring {measured}{way} to",
            amount_input(initial=said.threshold if said else None),
            hint=_threshold_hint(facts),
            optional=True,
        ),
        field(
            "because",
            "because",
            text_input(
                placeholder="the model sees more of the rare cases",
                initial=said.because if said else None,
                lines=True,
                limit=1_000,
            ),
        ),
        field(
            "timebox",
            "We will know within (working days)",
            number_input(initial=(said and said.timebox) or DEFAULT_TIMEBOX),
        ),
        field(
            "begins",
            "When does it begin?",
            radio([("now", "Now"), ("later", "Later: only write it down")], initial="now"),
        ),
        field(
            "category",
            "Kind of work",
            select(
                [(kind.value, kind.label) for kind in Category],
                initial=((said and said.category) or Category.MODELING).value,
            ),
        ),
    ]
    return modal(
        f"Follows {facts.follows}" if facts.follows else "New hypothesis",
        blocks,
        callback_id=Form.HYPOTHESIS,
        submit="Start",
        close="Skip" if facts.follows else "Cancel",
        metadata=metadata,
    )


def started(
    key: str, title: str, *, later: bool, asks: bool, channel_id: str | None = None
) -> dict[str, Any]:
    """What is said when a hypothesis was stored. `asks`: some standup will ask its owner about it.

    Where none does, the way to set one up in the project's channel.
    """
    if later:
        said = f"{key} is written down for later: {title}"
        return note("Hypothesis stored", [said], ["Its page starts it: nobody is asked before."])
    said = f"{key} is running: {title}"
    if asks:
        return note("Hypothesis started", [said], ["The next standup asks what you learned."])
    document = Document().paragraph(said)
    document.paragraph("No standup asks you about it yet.")
    document.actions("next", [button("Set up a standup", Click.STANDUP_NEW, channel_id or None)])
    return modal("Hypothesis started", document.blocks(), callback_id=Form.NOTE, close="Close")


WITHOUT = (
    "Without a value nobody can say later whether it held. "
    "Leave it empty once more to begin all the same."
)


def _threshold_hint(facts: HypothesisFormFacts) -> str | None:
    if facts.asked:
        return WITHOUT
    numbers = facts.chosen.numbers
    return _supported_from(numbers) if numbers else None


def _supported_from(numbers: Numbers) -> str:
    best = f"{written(numbers.best, numbers.unit)}{words.doubt(numbers)}"
    stands = "Today" if numbers.since is None else "Best so far"
    return f"{stands}: {best}. From which value on is it supported?"


def standup_is_set(page: StandupPage) -> Rendered:
    """Whom it asks and when, told to the person who set it up."""
    document = Document()
    document.paragraph(Bold("The standup is set. "), "Summary in ", Channel(page.channel_id), ".")
    if not page.people:
        return document.paragraph(
            "Nobody is asked yet: the channel has no members but me. Add people and save it again."
        ).rendered()
    when = f"{words.named_days(page.days)} at {page.local_time} on each person's own clock"
    document.paragraph(
        f"{words.count_of(len(page.people), 'person is', 'people are')} asked, {when}: "
        f"{words.names(page.people, 1_000)}."
    )
    if page.next_day:
        document.context(f"Next: {page.next_day:%A}, {page.next_day.day} {page.next_day:%B}")
    return document.rendered()


WHAT_TO_DO = {
    "not_in_channel": "Invite me there with /invite, then save the standup again: it is in my Home tab.",
    "channel_not_found": "Invite me there with /invite, then save the standup again: it is in my Home tab.",
    "is_archived": "The channel is archived: choose another one: the standup is in my Home tab.",
    "file_uploads_disabled": "Files are switched off in this workspace: an admin of Slack can allow them.",
    "file_uploads_except_images_disabled": "Only images are allowed here: an admin of Slack can change that.",
    "file_type_not_allowed": "Such files are not allowed here: an admin of Slack can change that.",
    "storage_limit_reached": "The workspace has no room for files left: an admin of Slack can make some.",
    "missing_scope": "I lack a permission: whoever installed me can install me again.",
    "restricted_action": "Posting there is restricted: ask an admin, or choose another channel.",
}
OTHERWISE = "On the bot's machine, labmate doctor tells more."


def could_not_post(facts: RefusalFacts) -> Rendered:
    """A refusal that only a person can mend: what Slack said, and what to do."""
    todo = WHAT_TO_DO.get(facts.error, OTHERWISE)
    document = Document()
    where = (" in ", Channel(facts.channel_id)) if facts.channel_id else ()
    document.paragraph(Bold("I could not "), facts.what, *where, ".")
    return document.paragraph(f"Slack says: {shortened(facts.error, 200)}. {todo}").rendered()
