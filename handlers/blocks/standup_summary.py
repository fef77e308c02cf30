"""The summary in the channel (domain §3.5) and one answer in full for its thread."""

from collections.abc import Sequence

from handlers.blocks import words
from handlers.blocks.document import Bold, Document, Italic, Rendered, Span, Spans, shortened
from models.domain.facts import Criterion, Line, Numbers, SummaryFacts
from models.domain.metric import written
from models.domain.standup import BlockerKind, EntryStatus

ORDER = (
    (EntryStatus.SUPPORTED, "Supported"),
    (EntryStatus.REFUTED, "Ruled out"),
    (EntryStatus.INCONCLUSIVE, "Can't tell"),
    (EntryStatus.ABANDONED, "No longer needed"),
    (EntryStatus.STILL_TESTING, "Still testing"),
)
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
        f" ({line.key}, {line.who.name})",
    ]
    if answer.status is EntryStatus.STILL_TESTING:
        spans.append(f", {words.day_words(line.day, line.timebox)}")
    if answer.no_change:
        spans.append(": running, no change.")
    elif answer.learned:
        spans.append(f": {shortened(answer.learned, 400)}")
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
        who = f" Can {blocker.owner.name} clear it?" if blocker.owner else " Who can clear it?"
        kind = (
            "priority conflict"
            if blocker.kind is BlockerKind.PRIORITY_CONFLICT
            else blocker.kind.label.lower()
        )
        items.append(
            [Bold(line.who.name), f" ({line.key}, {kind}): {shortened(blocker.text, 300)}{who}"]
        )
    return items


def _foot(document: Document, facts: SummaryFacts) -> None:
    """Who is elsewhere, who is still to come, what began, and where each project stands."""
    notes: list[str] = []
    if facts.elsewhere:
        doing = [f"{person.name} ({what})" for person, what in facts.elsewhere]
        notes.append(f"Not experimenting now: {words.listed(doing)}")
    if facts.started:
        begun = [f"{shortened(title, 60)} ({project})" for title, project in facts.started[:5]]
        notes.append(f"Started: {words.listed(begun)}")
    if facts.still_to_come:
        notes.append(f"Still to come: {words.names(facts.still_to_come)}")
    if facts.no_answer:
        notes.append(f"No answer: {words.names(facts.no_answer)}")
    if notes:
        document.context(*notes[:10])
    for name, numbers in facts.projects[:5]:
        document.paragraph(Italic(_standing(name, numbers, facts)))


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
    return f"{line} The same best result for {days} days and {tried}. {FLAT}"


def detail(line: Line) -> Rendered:
    """One answer in full."""
    answer = line.answer
    document = Document()
    document.paragraph(
        Bold(line.who.name), f" on {line.key}, ", Italic(line.title), f": {_said(line)}"
    )
    if answer.learned:
        document.paragraph(answer.learned)
    rest: list[Span] = []
    if answer.value is not None:
        rest += [Bold("Number: "), _number(answer.value, answer.unit, line.criterion), "\n"]
    if answer.next_step:
        rest += [Bold("Next: "), answer.next_step, "\n"]
    if answer.blocker:
        rest += [
            Bold(f"In the way ({answer.blocker.kind.label.lower()}): "),
            answer.blocker.text,
            "\n",
        ]
    if rest:
        document.paragraph(*rest[:-1])
    return document.rendered()


def _said(line: Line) -> str:
    if line.answer.no_change:
        return "no change, still running."
    return f"{dict(ORDER)[line.answer.status].lower()}."
