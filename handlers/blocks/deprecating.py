"""The end of a live model: the card that its users read, what each is told, the page, the form."""

from typing import Any

from slack_sdk.models.blocks import Block, InteractiveElement

from handlers.blocks import words
from handlers.blocks.acknowledging import END
from handlers.blocks.document import Bold, Document, Rendered, button
from handlers.blocks.forms import (
    date_picker,
    field,
    modal,
    radio,
    sure_of,
    text_input,
    users_select,
)
from handlers.blocks.text import clipped, sentence, shortened
from handlers.ids import Click, Form
from models.domain.deprecation import EndReason
from models.domain.facts_home import MyEnd
from models.domain.facts_live import EndFacts, EndFormFacts, EndPage, EndTold

LONG = 1_000
"""Characters of each text: all of them fit into one message."""


def card(facts: EndFacts) -> Rendered:
    """The one message in the channel of its users, brought up to date as people confirm it."""
    document = _whole(facts)
    if facts.waiting and facts.is_ahead:
        END.add_confirm(document, facts.notice_id)
    return document.rendered()


def in_full(facts: EndFacts, reader: str) -> dict[str, Any]:
    """All of it, from a direct message; who has not confirmed it (a Slack id) does so below it."""
    document = _whole(facts)
    if facts.is_ahead and any(one.slack_id == reader for one in facts.waiting):
        END.add_confirm(document, facts.notice_id)
    return modal("It stops", document.blocks(), callback_id=Form.NOTE, close="Close")


def _whole(facts: EndFacts) -> Document:
    document = Document().heading(f"{_title(facts)}: {facts.project_name}")
    document.context(f"{words.long_day(facts.on)} · {shortened(facts.by.name, 60)} · {facts.key}")
    day = f"{words.weekday(facts.stops_on)}, {words.long_day(facts.stops_on)} {facts.stops_on.year}"
    if facts.withdrawn_on is None:
        document.paragraph(Bold("Last day: " if not facts.retired else "It stopped on "), day)
    document.paragraph(Bold(f"{facts.why.label}: "), clipped(facts.reason, LONG))
    document.paragraph(Bold("From then on: "), clipped(facts.instead, LONG))
    return document.context(_who(facts))


def _title(facts: EndFacts) -> str:
    if facts.withdrawn_on is not None:
        return "It stays after all"
    return "It has stopped" if facts.retired else "It stops"


def _who(facts: EndFacts) -> str:
    if facts.withdrawn_on is not None:
        return f"Taken back on {words.long_day(facts.withdrawn_on)}."
    return END.who(facts.confirmed, facts.waiting)


def add_told(document: Document, part: EndTold) -> None:
    """What one addressee reads of it among their notices; the whole is one click away."""
    about = part.about
    name, day = shortened(about.project_name, 80), words.long_day(about.stops_on)
    if about.withdrawn_on is not None:
        document.paragraph(
            Bold(f"{name} stays after all. "),
            f"It was to stop on {day}; that was taken back on {words.long_day(about.withdrawn_on)}.",
        )
        END.add_buttons(document, about.notice_id, f"_back_{int(part.again)}", ask=False)
        return
    still = f"{END.still}: " if part.again else ""
    document.paragraph(
        Bold(f"{still}{name} stops on {day}. "),
        f"From then on: {sentence(shortened(about.instead, 200))}\n",
        f"{about.why.label}: {sentence(shortened(about.reason, 120))}",
    )
    known = END.you if part.confirmed else ""
    told = f"{shortened(about.by.name, 60)}, {words.short_day(about.on)}"
    document.context(told, known)
    where = f"_{int(part.again)}"
    END.add_buttons(document, about.notice_id, where, ask=not part.confirmed)


def add_owed(document: Document, owed: MyEnd) -> None:
    """A model's end in the Home of who has not confirmed it yet."""
    name, day = shortened(owed.project_name, 80), words.long_day(owed.stops_on)
    document.paragraph(
        Bold(f"{name} stops on {day}. "),
        f"From then on: {sentence(shortened(owed.instead, 200))}",
    )
    END.add_buttons(document, owed.notice_id, ask=True)


def page(facts: EndPage) -> dict[str, Any]:
    """How far the end of a model is, and the next step."""
    document = Document().paragraph(Bold(f"{shortened(facts.name, 80)} ({facts.key})"))
    end = facts.end
    if facts.retired:
        document.paragraph("This project has ended.")
    elif end is None:
        document.paragraph("Nothing is planned: it goes on.")
        document.context(
            "Its users hear of an end 30 days before, with the reason and a way forward."
        )
    else:
        day = f"{words.long_day(end.stops_on)} {end.stops_on.year}"
        document.paragraph(Bold(f"It stops on {day}. "), sentence(shortened(end.reason, 300)))
        document.paragraph(Bold("From then on: "), clipped(end.instead, 300))
        document.context(_who(end))
        document.bullets("Before it is retired", [[one] for one in facts.lacking], where="below")
    document.actions("end", _steps(facts))
    metadata = str(facts.project_id)
    return modal(
        "Its end", document.blocks(), callback_id=Form.NOTE, close="Close", metadata=metadata
    )


def _steps(facts: EndPage) -> list[InteractiveElement]:
    if facts.retired or not facts.may_announce:
        return []
    value = str(facts.project_id)
    if facts.end is None:
        return [button("Announce its end", Click.END_ANNOUNCE, value)]
    stays = sure_of("Does it stay?", "Who was told reads that it stays after all.", "It stays")
    back = button("It stays after all", Click.END_WITHDRAW, str(facts.end.notice_id), sure=stays)
    if facts.lacking:
        return [back]
    over = sure_of("Retire it?", "Nothing is asked about it any more. Its record stays.", "Retire")
    return [button("Retire it", Click.END_RETIRE, value, style="primary", sure=over), back]


def form(facts: EndFormFacts) -> dict[str, Any]:
    """When it stops, why, what then, and whom to tell."""
    document = Document().paragraph(Bold(f"{shortened(facts.name, 80)} ({facts.key})"))
    document.context(
        "One message where its users read; those you choose below confirm that they know."
    )
    reasons = [(reason.value, reason.label) for reason in EndReason]
    day = f"{words.long_day(facts.earliest)} {facts.earliest.year}"
    blocks: list[Block] = [
        *document.blocks(),
        field(
            "stops_on",
            "Last day",
            date_picker(facts.earliest.isoformat()),
            hint=f"{day} or later: people need 30 days to move.",
        ),
        field("why", "Why does it stop?", radio(reasons)),
        field("reason", "In a sentence or two", text_input(lines=True, limit=LONG)),
        field(
            "instead",
            "What do people use from then on?",
            text_input(lines=True, limit=LONG),
            hint="A stop without a path is an outage.",
        ),
        field(
            "told",
            "Who uses it, and whose systems?",
            users_select(placeholder="People", initial=facts.told),
            hint="Each confirms it; they are asked again at half-time and five working days before.",
            optional=True,
        ),
    ]
    return modal(
        "Announce its end",
        blocks,
        callback_id=Form.END,
        submit="Announce",
        metadata=str(facts.project_id),
    )
