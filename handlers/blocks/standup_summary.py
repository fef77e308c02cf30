"""The summary in the channel (domain §3.5) and one answer in full for its thread."""

from collections.abc import Sequence

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Italic, Rendered, Span, Spans
from handlers.blocks.text import clipped, sentence, shortened
from models.domain.facts import Criterion, Line, Numbers, SummaryFacts
from models.domain.metric import written
from models.domain.standup import BlockerKind, EntryStatus

ORDER = (
    (EntryStatus.SUPPORTED, "Supported"),
    (EntryStatus.REFUTED, "Ruled out"),
    (EntryStatus.INCONCLUSIVE, "Can't tell"),
    (EntryStatus.ABANDONED, "Dropped"),
    (EntryStatus.STILL_TESTING, "Still testing"),
)
PROJECTS = 5
"""Projects whose standing is written out."""
FLAT = "Flat stretches are normal in this work."


def summary(facts: SummaryFacts) -> Rendered:
    """What the team learned, outcomes first, then what is still open and where help is wanted."""
    since = f" since {words.weekday(facts.since)}" if facts.since else ""
    document = Document().heading(f"Learned{since}")
    document.context(_attendance(facts))
    for status, title in ORDER:
        lines = [line for line in facts.lines if line.answer.status is status]
        document.bullets(title, [_bullet(line) for line in lines])
    document.bullets("Help wanted", _help(facts.lines))
    _foot(document, facts)
    return document.rendered()


def _attendance(facts: SummaryFacts) -> str:
    """“15 October · 4 of 5 people answered · about 2 projects”."""
    parts = [f"{facts.day:%A}, {facts.day.day} {facts.day:%B}"]
    parts.append(f"{facts.answered} of {words.count_of(facts.asked, 'person', 'people')} answered")
    projects = {line.project_name for line in facts.lines}
    if len(projects) > 1:
        parts.append(words.count_of(len(projects), "project"))
    return " · ".join(parts)


def _bullet(line: Line) -> Spans:
    """“*Title* (project, who), day 5 of 8: learned. 53 of 100, needed 55 → next”."""
    answer = line.answer
    spans: list[Span] = [
        Bold(shortened(line.title, 120)),
        f" ({line.key}, {shortened(line.who.name, 60)}{', late' if line.late else ''})",
    ]
    if answer.status is EntryStatus.STILL_TESTING:
        spans.append(f", {words.day_words(line.day, line.timebox)}")
    if answer.no_change:
        spans.append(": running, no change.")
    elif answer.learned:
        spans.append(f": {sentence(shortened(answer.learned, 400))}")
    if answer.value is not None:
        spans.append(f" {_number(answer.value, answer.unit, line.criterion)}")
    if answer.next_step:
        spans.append(f" → {shortened(answer.next_step, 300)}")
    return spans


def _number(value: float, unit: str, criterion: Criterion | None) -> str:
    if criterion is None:
        return f"{written(value, unit)}."
    return f"{written(value, unit)}, needed {written(criterion.threshold, criterion.unit)}."


def _help(lines: Sequence[Line]) -> list[Spans]:
    items: list[Spans] = []
    for line in lines:
        blocker = line.answer.blocker
        if blocker is None:
            continue
        who = (
            f" Can {shortened(blocker.owner.name, 60)} clear it?"
            if blocker.owner
            else " Who can clear it?"
        )
        kind = (
            "priority conflict"
            if blocker.kind is BlockerKind.PRIORITY_CONFLICT
            else blocker.kind.label.lower()
        )
        items.append(
            [
                Bold(shortened(line.who.name, 60)),
                f" ({line.key}, {kind}): {sentence(shortened(blocker.text, 300))}{who}",
            ]
        )
    return items


def _foot(document: Document, facts: SummaryFacts) -> None:
    """Who is elsewhere, who is still to come, what began, and where each project stands."""
    notes: list[str] = []
    if facts.elsewhere:
        doing = [
            f"{shortened(person.name, 60)} ({shortened(what, 60)})"
            for person, what in facts.elsewhere
        ]
        notes.append(f"Not experimenting now: {words.listed_within(doing)}")
    if facts.started:
        begun = [
            f"{shortened(title, 60)} ({shortened(project, 60)})" for title, project in facts.started
        ]
        left_out = facts.started_in_all - len(begun)
        notes.append(f"Started: {words.listed_within(begun, left_out=left_out)}")
    notes += [
        f"{title}: {words.names(people)}"
        for title, people in (
            ("Still to come", facts.still_to_come),
            ("Away", facts.away),
            ("Sitting this one out", facts.sitting_out),
            ("No answer", facts.no_answer),
        )
        if people
    ]
    document.context(*notes)
    for name, numbers in facts.projects[:PROJECTS]:
        document.paragraph(Italic(_standing(shortened(name, 80), numbers, facts)))
    more = len(facts.projects) - PROJECTS
    if more > 0:
        document.context(f"{words.count_of(more, 'more project')}: /lab list")


def _standing(name: str, numbers: Numbers, facts: SummaryFacts) -> str:
    """“Card fraud: best so far 53.8 of 100 since 8 Sep (needed 60 of 100, baseline 41 of 100).”."""
    needed, baseline = (written(v, numbers.unit) for v in (numbers.acceptance, numbers.baseline))
    marks = f"(needed {needed}, baseline {baseline})."
    if numbers.since is None:
        return f"{name}: nothing measured beats the baseline yet {marks}"
    best = written(numbers.best, numbers.unit)
    line = f"{name}: best so far {best} since {words.short_day(numbers.since)} {marks}"
    days = (facts.day - numbers.last_gain).days
    if numbers.tries == 0 or days < 7:
        return line
    tried = words.count_of(numbers.tries, "try", "tries")
    return f"{line} No real gain for {days} days and {tried}. {FLAT}"


def detail(line: Line) -> Rendered:
    """One answer in full."""
    answer = line.answer
    document = Document()
    document.paragraph(
        Bold(shortened(line.who.name, 60)),
        f" on {line.key}, ",
        Italic(shortened(line.title, 120)),
        f": {_said(line)}{' (late)' if line.late else ''}",
    )
    if answer.learned:
        document.paragraph(clipped(answer.learned, 6_000))
    rest: list[Span] = []
    if answer.value is not None:
        rest += [Bold("Number: "), _number(answer.value, answer.unit, line.criterion), "\n"]
    if answer.next_step:
        rest += [Bold("Next: "), clipped(answer.next_step, 1_000), "\n"]
    if answer.blocker:
        rest += [
            Bold(f"In the way ({answer.blocker.kind.label.lower()}): "),
            clipped(answer.blocker.text, 1_000),
            "\n",
        ]
    if rest:
        document.paragraph(*rest[:-1])
    return document.rendered()


def _said(line: Line) -> str:
    if line.answer.no_change:
        return "no change, still running."
    return f"{dict(ORDER)[line.answer.status].lower()}."
