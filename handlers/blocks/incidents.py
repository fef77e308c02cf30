"""Incidents of a live model: the card that its users read, the question before it, the forms, the list."""

from typing import Any

from slack_sdk.models.blocks import Block

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Rendered, button
from handlers.blocks.forms import date_picker, field, modal, radio, text_input
from handlers.blocks.reasons import live_words
from handlers.blocks.text import clipped, sentence, shortened
from handlers.ids import Click, Form
from models.domain.decision import Cause
from models.domain.facts_home import MyIncident, MyLive
from models.domain.facts_live import Fell, IncidentFacts, IncidentLine, IncidentsPage, LateTold
from models.domain.findings.kinds import Kind
from models.domain.incident import Clock
from models.domain.metric import written

LONG = 1_000
"""Characters of each text: all of them fit into one message."""
UNKNOWN, OPEN, OVER = "unknown", "open", "over"
CAUSES = ((UNKNOWN, "Not known yet"), *((cause.value, cause.label) for cause in Cause))


def ref(project_id: int) -> str:
    """What a button carries that opens an incident of the project, as those of findings do."""
    return f"0|project:{project_id}|{Kind.PRODUCTION_BELOW_ACCEPTANCE}"


def card(facts: IncidentFacts) -> Rendered:
    """The one message in the channel of its users, brought up to date until it is over."""
    return _buttons(_whole(facts), facts).rendered()


def in_full(facts: IncidentFacts) -> dict[str, Any]:
    """All of it, from the project's page or a finding."""
    document = _buttons(_whole(facts), facts)
    metadata = str(facts.incident_id)
    return modal(
        "Incident", document.blocks(), callback_id=Form.NOTE, close="Close", metadata=metadata
    )


def _buttons(document: Document, facts: IncidentFacts) -> Document:
    if facts.closed_on is None:
        value = str(facts.incident_id)
        tell = button("Say how it stands", Click.INCIDENT_TELL, value, style="primary")
        document.actions(f"incident_{value}", [tell])
    return document


def _whole(facts: IncidentFacts) -> Document:
    over = facts.closed_on is not None
    title = "Incident, over" if over else "Incident"
    document = Document().heading(f"{title}: {facts.project_name}")
    since = f"Since {words.long_day(facts.since)}"
    document.context(f"{since} · {shortened(facts.by.name, 60)} · {facts.key}")
    document.paragraph(Bold("What was seen: "), clipped(facts.what, LONG))
    if facts.live is not None:
        needed = facts.live.needed
        than = "" if needed is None else f", needed {written(needed, facts.live.unit)}"
        value = written(facts.live.value, facts.live.unit)
        document.paragraph(f"{shortened(facts.live.phrase, 200)}: {value}{than}")
    cause = facts.cause.label if facts.cause else "not known yet"
    document.paragraph(Bold("Cause: "), cause)
    for title, text in (
        ("What was done: " if over else "What is done: ", facts.fix),
        ("So that it doesn't come back: ", facts.prevention),
        ("Who knows: ", facts.told),
    ):
        if text:
            document.paragraph(Bold(title), clipped(text, LONG))
    return document.context(_clock(facts))


def _clock(facts: IncidentFacts) -> str:
    """“Agreed: over within 8 hours, by Tue 3 Feb, 17:30 (Europe/Berlin).”; true also when that has passed.

    Its people are told that it takes longer, and it says so itself, in their working hours: not at night.
    """
    clock = facts.clock
    if clock.hours is not None:
        return took(clock)
    if clock.until is None:
        return "Open."
    until = clock.until.astimezone(facts.zone)
    day = f"{until:%a} {words.short_day(until.date())}, {until:%H:%M}"
    agreed = words.count_of(clock.agreed or 0, "hour")
    opening = "It takes longer than agreed" if facts.over_time else "Agreed"
    return f"{opening}: over within {agreed}, by {day} ({facts.zone.key})."


def took(clock: Clock) -> str:
    """“Over after 5 hours: 8 were agreed.”; that of one which is over."""
    hours = f"Over after {words.count_of(clock.hours or 0, 'hour')}"
    if clock.agreed is None:
        return f"{hours}."
    were = words.count_of(clock.agreed, "was", "were")
    return f"{hours}: {were} agreed." if clock.late else f"{hours}, in time: {were} agreed."


def add_late(document: Document, part: LateTold) -> None:
    """What who sees to an incident reads when it takes longer than agreed (S3-19)."""
    about = part.about
    document.paragraph(
        Bold(f"{shortened(about.project_name, 80)}: an incident takes longer than agreed. "),
        sentence(shortened(about.what, 200)),
    )
    document.context(_clock(about))
    if about.closed_on is not None:
        return
    document.context("Its users read the card: how does it stand, and until when?")
    value = str(about.incident_id)
    tell = button("Say how it stands", Click.INCIDENT_TELL, value, style="primary")
    document.actions(f"late_{value}", [tell, button("See it", Click.INCIDENT_SEE, value)])


def add_fell(document: Document, part: Fell) -> None:
    """What one person is asked among their notices: did an input change?"""
    document.paragraph(
        Bold(f"{shortened(part.project_name, 80)}: did an input change? "), _fell(part)
    )
    if part.mended:
        document.context("✓ It is good again.")
    elif part.incident is not None:
        document.context(f"✓ An incident is open since {words.short_day(part.incident.opened_on)}.")
    else:
        document.context("Data that it gets, the model itself, or what it runs on.")
        _ask(document, part.project_id)


def _fell(part: Fell) -> str:
    since = words.short_day(part.since)
    return f"{shortened(part.phrase, 200)}: {live_words(part.live, part.unit, part.phrase)}, since {since}."


def add_owed(document: Document, owed: MyLive) -> None:
    """The same question in somebody's Home, until it is answered or the values are good again."""
    document.paragraph(
        Bold(f"{shortened(owed.project_name, 80)}: did an input change? "),
        f"Its live values are worse than they should be, since {words.short_day(owed.since)}.",
    )
    _ask(document, owed.project_id)


def add_mine(document: Document, one: MyIncident) -> None:
    """One that is open, in the Home of who sees to it."""
    said = f"{shortened(one.project_name, 80)}: an incident\nsince {words.short_day(one.since)}, not over yet"
    document.row(said, button("Say how it stands", Click.INCIDENT_TELL, str(one.incident_id)))


def _ask(document: Document, project_id: int) -> None:
    value = str(project_id)
    document.actions(
        f"live_{value}",
        [
            button("Open incident", Click.INCIDENT_OPEN, ref(project_id), style="primary"),
            button("Live number", Click.LIVE_VALUE, f"{value}|0"),
        ],
    )


def stored(part: Fell, lines: list[str]) -> dict[str, Any]:
    """After a live value was stored that is worse than it should be: asked on the spot."""
    document = Document()
    for line in lines:
        document.paragraph(line)
    add_fell(document, part)
    return modal("Number stored", document.blocks(), callback_id=Form.NOTE, close="Close")


def open_form(name: str, since: str, metadata: str, inputs: str | None = None) -> dict[str, Any]:
    """What was seen, since when, why as far as it is known; beside it which inputs there are (S2-11)."""
    document = Document().paragraph(Bold(shortened(name, 80)))
    document.context("One card where its users read. No blame: what matters is what comes next.")
    if inputs:
        listed = "; ".join(line.strip() for line in inputs.splitlines() if line.strip())
        document.paragraph(Bold("Its inputs, by the charter: "), shortened(listed, 600))
    blocks: list[Block] = [
        *document.blocks(),
        _text("what", "What was seen?", None, focus=True),
        field("since", "Since when?", date_picker(since)),
        field("cause", "Did an input change?", radio(CAUSES, initial=UNKNOWN)),
        _text("told", "Who knows of it?", None, optional=True),
    ]
    return modal("Incident", blocks, callback_id=Form.INCIDENT, submit="Open it", metadata=metadata)


def tell_form(facts: IncidentFacts) -> dict[str, Any]:
    """How it stands, or that it is over."""
    document = Document().paragraph(Bold(shortened(facts.project_name, 80)))
    states = ((OPEN, "Still open"), (OVER, "It is over"))
    cause = facts.cause.value if facts.cause else UNKNOWN
    blocks: list[Block] = [
        *document.blocks(),
        field(
            "state",
            "How does it stand?",
            radio(states, initial=OPEN),
            hint="When it is over: the cause, what was done, and how it won't come back.",
        ),
        field("cause", "Did an input change?", radio(CAUSES, initial=cause)),
        _text("fix", "What is done about it?", facts.fix, optional=True),
        _text("prevention", "How won't it come back?", facts.prevention, optional=True),
        _text("told", "Who knows of it?", facts.told, optional=True),
        _text("what", "What was seen?", facts.what),
    ]
    return modal(
        "How it stands",
        blocks,
        callback_id=Form.INCIDENT_TELL,
        submit="Save",
        metadata=str(facts.incident_id),
    )


def _text(
    name: str, label: str, initial: str | None, *, optional: bool = False, focus: bool = False
) -> Block:
    element = text_input(initial=initial, lines=True, limit=LONG, focus=focus)
    return field(name, label, element, optional=optional)


def page(facts: IncidentsPage) -> dict[str, Any]:
    """A project's incidents, and a way to open one."""
    document = Document().paragraph(Bold(f"{shortened(facts.name, 80)} ({facts.key})"))
    if not facts.lines:
        document.paragraph("None so far.")
    for line in facts.lines:
        document.row(_line(line), button("See it", Click.INCIDENT_SEE, str(line.incident_id)))
    if facts.more:
        document.context(f"{words.count_of(facts.more, 'older one')} in the project's history")
    if not facts.is_open:
        opens = button("Open incident", Click.INCIDENT_OPEN, ref(facts.project_id))
        document.actions("incidents", [opens])
    return modal(
        "Incidents",
        document.blocks(),
        callback_id=Form.NOTE,
        close="Close",
        metadata=str(facts.project_id),
    )


def _line(line: IncidentLine) -> str:
    """“Since 3 Feb 2026, over: Half of the merges were wrong / Over after 5 hours.”."""
    over = line.closed_on is not None
    state = f"Since {words.full_day(line.since)}, {'over' if over else 'open'}"
    said = f"{state}: {sentence(shortened(line.what, 120))}"
    return f"{said}\n{took(line.clock)}" if over else said
