"""What is told about what leaders read: the draft, worth and chance that are asked for, a long silence."""

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, button
from handlers.blocks.text import shortened
from handlers.ids import Click
from models.domain.digest import DigestKind
from models.domain.facts_notices import DraftTold, Untold, ValueAsked
from models.domain.facts_scores import LikelyAsked, LikelySaid
from models.domain.scoring import likelihood

SCHEDULE = (Click.DIGEST_SCHEDULE, DigestKind.LEADERSHIP.value)
SHOWN = 8
"""Projects that are named."""


def part(document: Document, told: ValueAsked | DraftTold | Untold | LikelyAsked) -> None:
    """One of them, as a part of the person's message."""
    match told:
        case ValueAsked():
            _worth(document, told)
        case DraftTold():
            _draft(document, told)
        case Untold():
            _untold(document, told)
        case LikelyAsked():
            _likely(document, told)


def _worth(document: Document, told: ValueAsked) -> None:
    document.paragraph(
        Bold(f"What is {shortened(told.name, 80)} worth? "),
        "Its leaders read that it is not estimated yet, and that you are asked, "
        f"by {words.long_day(told.by)}. A rough range is enough.",
    )
    if told.said:
        document.context("✓ It is known.")
        return
    document.actions(
        f"worth_{told.project_id}",
        [button("Say a range", Click.WORTH, str(told.project_id))],
    )


def _draft(document: Document, told: DraftTold) -> None:
    """“On Monday, 16 November, leaders read about your 5 projects.”."""
    day = f"{words.weekday(told.on)}, {words.long_day(told.on)}"
    whose = words.count_of(len(told.projects), "project")
    document.paragraph(
        Bold(f"On {day}, leaders read about your {whose}. "),
        "Add a sentence, or hold one back. If you don't look, it goes out as it is.",
    )
    lines = [
        [f"{shortened(name, 80)} lacks {words.listed([one.value for one in lacking])}"]
        for name, lacking in told.projects
        if lacking
    ]
    document.bullets("Missing", lines[:SHOWN], left_out=len(lines[SHOWN:]), where="in the draft")
    document.actions(
        f"draft_{told.ceremony_id}",
        [button("Look at it", Click.LEADERS_DRAFT, f"{told.ceremony_id}", style="primary")],
    )


def _untold(document: Document, told: Untold) -> None:
    document.paragraph(
        Bold(f"Leaders have not heard of {shortened(told.name, 80)} since "),
        Bold(f"{words.long_day(told.since)}. "),
        "Is it left out or held back on purpose? Somebody else may fill the silence."
        if told.posted
        else "No digest for them is scheduled. It goes out on Mondays, and you see it before.",
    )
    document.actions(
        f"untold_{told.project_id}", [] if told.posted else [button("Schedule one", *SCHEDULE)]
    )


def _likely(document: Document, told: LikelyAsked) -> None:
    """“*How likely is it?* On Monday, 16 November, leaders read what you think of it.”, a row a project."""
    document.paragraph(
        Bold("How likely is it? "),
        f"Leaders read it on {words.weekday(told.on)}, {words.long_day(told.on)}. "
        "A number from 1 to 10 is enough; unsaid, the last one stands.",
    )
    for one in told.projects[:SHOWN]:
        if one.fresh:
            document.context(f"✓ {shortened(one.name, 80)}: {_said(one)}")
        else:
            say = button("How likely?", Click.CONFIDENCE, str(one.project_id))
            document.row(f"{shortened(one.name, 80)}: {_said(one)}", say)
    left = len(told.projects) - SHOWN
    document.context(f"{left} more, on their pages" if left > 0 else "")


def _said(one: LikelySaid) -> str:
    if one.value is None or one.on is None:
        return "not said yet"
    return f"{likelihood(one.value)} ({one.value} of 10) on {words.short_day(one.on)}"
