"""The summary in the channel (domain §3.5) and one answer in full for its thread."""

from handlers.blocks import words
from handlers.blocks.asks import number_buttons
from handlers.blocks.document import Bold, Document, Italic, Mention, Rendered, Span, Spans
from handlers.blocks.forms import Choice, select
from handlers.blocks.text import clipped, sentence, shortened, size
from handlers.ids import Click
from models.domain.facts import Answer, Criterion, Numbers
from models.domain.facts_summary import Help, Line, SummaryFacts, Topic
from models.domain.metric import written
from models.domain.standup import BlockerKind, EntryStatus

ORDER = (
    (EntryStatus.SUPPORTED, "Supported"),
    (EntryStatus.REFUTED, "Ruled out"),
    (EntryStatus.INCONCLUSIVE, "Can't tell"),
    (EntryStatus.ABANDONED, "Dropped"),
    (EntryStatus.STILL_TESTING, "Still testing"),
)
MOST_TOPICS = 100
"""Options that a menu of Slack's may have."""
TOPICS_ROOM = 3_000
"""Characters of all of them: a message's blocks hold 12,000, and the rest is for what was learned."""
PROJECTS = 5
"""Projects whose standing is written out."""
FLAT = "Flat stretches are normal in this work."


def summary(facts: SummaryFacts) -> Rendered:
    """What the team learned, outcomes first, then what is still open and where help is wanted."""
    since = f" since {words.weekday(facts.since)}" if facts.since else ""
    document = Document().heading(f"Learned{since} — {_attendance(facts)}")
    document.context(f"{facts.day:%A}, {facts.day.day} {facts.day:%B}")
    for status, title in ORDER:
        lines = [line for line in facts.lines if line.answer.status is status]
        document.bullets(title, [_bullet(line) for line in lines])
    conflicts = [one for one in facts.wanted if _is_conflict(one)]
    wanted = [one for one in facts.wanted if not _is_conflict(one)]
    document.bullets("Help wanted", [_help(one) for one in wanted])
    document.bullets("Priority conflict", [_help(one) for one in conflicts])
    document.bullets("Kept from now on", [_kept(*one) for one in facts.kept])
    document.bullets("Safe to build now", _safe(facts), where="in the project's history")
    _foot(document, facts)
    _to_thread(document, facts)
    return document.rendered()


def _kept(title: str, project: str) -> Spans:
    return [Bold(shortened(title, 120)), f" ({shortened(project, 80)})"]


def _safe(facts: SummaryFacts) -> list[Spans]:
    """What a scope change leaves to go on with; with the project where there are several (S0-37)."""
    named = len(facts.safe_to_build) > 1
    return [
        [shortened(thing, 300), f" ({shortened(project, 80)})" if named else ""]
        for project, things in facts.safe_to_build
        for thing in things
    ]


def _attendance(facts: SummaryFacts) -> str:
    """“2 projects, 4 of 5 people answered”."""
    people = f"{facts.answered} of {words.count_of(facts.asked, 'person', 'people')} answered"
    projects = {line.project_name for line in facts.lines}
    return f"{words.count_of(len(projects), 'project')}, {people}" if len(projects) > 1 else people


def _bullet(line: Line) -> Spans:
    """“*Title* (project, who), day 5 of 8: learned. 53 of 100, needed 55 → next”."""
    answer = line.answer
    spans: list[Span] = [
        Bold(shortened(line.title, 120)),
        f" ({line.key}, {shortened(line.who.name, 60)}{', late' if answer.late else ''})",
    ]
    if answer.status is EntryStatus.STILL_TESTING:
        spans.append(f", {words.day_words(line.day, line.timebox)}")
    if answer.no_change:
        spans.append(": running, no change.")
    elif answer.learned:
        spans.append(f": {sentence(shortened(answer.learned, 400))}")
    if answer.value is not None:
        spans.append(f" {_number(answer, line.criterion)}")
    if line.breaks:
        spans.append(f" {words.broken_words(line.breaks)}")
    if line.pending:
        spans.append(" (what to remember is still to come)")
    if answer.next_step:
        spans.append(f" → {shortened(answer.next_step, 300)}")
    return spans


def _number(answer: Answer, criterion: Criterion | None) -> str:
    """“52.7 of 100, needed 55 of 100.”, and whether one can build on it."""
    value = written(answer.value or 0, answer.unit)
    needed = f", needed {written(criterion.threshold, criterion.unit)}" if criterion else ""
    if answer.set_aside:
        return f"{value}{needed}, set aside: {words.aside(answer.set_aside)}."
    if answer.to_confirm:
        return f"{value}{needed}, {words.TO_CONFIRM}"
    return f"{value}{needed}."


def _is_conflict(wanted: Help) -> bool:
    return wanted.blocker.kind is BlockerKind.PRIORITY_CONFLICT


def _help(wanted: Help) -> Spans:
    """“*Tom* (FRAUD-11, data access): invoices. Can Sofía clear it? Open for 8 working days.”."""
    blocker = wanted.blocker
    return [
        Bold(shortened(wanted.who.name, 60)),
        f" ({wanted.key}, {words.blocker_kind(blocker)}): {sentence(shortened(blocker.text, 300))}"
        f" {_who_clears(wanted)}",
    ]


def _who_clears(wanted: Help) -> str:
    if wanted.cleared:
        return "✓ Cleared."
    days = words.count_of(wanted.days or 0, "working day")
    age = f" Open for {days}." if wanted.days is not None else ""
    if wanted.blocker.owner is None:
        return f"Who can clear it?{age}"
    owner = shortened(wanted.blocker.owner.name, 60)
    if wanted.acknowledged:
        return (
            f"({owner} is on it)" if wanted.days is None else f"({owner} is on it, open for {days})"
        )
    return f"Can {owner} clear it?{age}"


def _to_thread(document: Document, facts: SummaryFacts) -> None:
    """A menu of what can be talked about: what is in the way first, then what was learned."""
    helped = {one.entry_id: one for one in facts.wanted if one.entry_id and not one.cleared}
    lines = sorted(
        facts.lines, key=lambda line: (line.entry_id not in helped, line.answer.no_change)
    )
    topics: list[Choice] = []
    room = TOPICS_ROOM
    for line in lines[:MOST_TOPICS]:
        words_ = _topic(line, helped)
        room -= size(words_)
        if room < 0:
            break
        topics.append((str(line.entry_id), words_))
    if topics:
        menu = select(topics, placeholder="Take it to a thread…", action_id=Click.TO_THREAD)
        document.actions("to_thread", [menu])


def _topic(line: Line, helped: dict[int, Help]) -> str:
    """“Tom needs: invoices before 2024”, “FRAUD-11 (Jonas): 18 months of history”."""
    who = shortened(line.who.name, 25)
    if (wanted := helped.get(line.entry_id)) is not None:
        return f"{who} needs: {shortened(wanted.blocker.text, 40) or line.key}"
    return f"{line.key} ({who}): {shortened(line.title, 30)}"


def _foot(document: Document, facts: SummaryFacts) -> None:
    """Conflicts, who did not answer, who is still to come, what began, and where each project stands."""
    notes: list[str] = []
    if facts.lines and not any(_is_conflict(one) for one in facts.wanted):
        notes.append("Priority conflict: none")
    notes += [
        f"{title}: {words.names(people)}"
        for title, people in (
            ("No answer", facts.no_answer),
            ("Still to come", facts.still_to_come),
            ("Away", facts.away),
            ("Sitting this one out", facts.sitting_out),
        )
        if people
    ]
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
    document.context(*notes)
    for name, numbers in facts.projects[:PROJECTS]:
        document.paragraph(Italic(_standing(shortened(name, 80), numbers, facts)))
    more = len(facts.projects) - PROJECTS
    if more > 0:
        document.context(f"{words.count_of(more, 'more project')}: /lab list")


def _standing(name: str, numbers: Numbers, facts: SummaryFacts) -> str:
    """“Card fraud: best so far 53.8 of 100 since 8 Sep (needed 60 of 100, baseline 41 of 100).”."""
    baseline, best, needed = words.said(numbers)
    marks = f"(needed {needed}, baseline {baseline})."
    if numbers.since is None:
        return f"{name}: nothing measured beats the baseline yet {marks}"
    since = words.short_day(numbers.since, facts.day)
    line = f"{name}: best so far {best}{words.doubt(numbers)} since {since} {marks}"
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
        f": {_said(line)}{' (late)' if answer.late else ''}",
    )
    if answer.learned:
        document.paragraph(clipped(answer.learned, 6_000))
    rest: list[Span] = []
    if answer.value is not None:
        rest += [Bold("Number: "), _number(answer, line.criterion), "\n"]
    if line.breaks:
        rest += [words.broken_words(line.breaks), "\n"]
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
    if answer.to_confirm and answer.measurement_id is not None:
        number_buttons(document, answer.measurement_id)
    return document.rendered()


def taken_to_thread(topic: Topic) -> Rendered:
    """The one message in the channel under which people go on; it calls those whom it concerns."""
    line = topic.line
    document = Document()
    document.paragraph(
        Bold(f"{line.key} · {shortened(line.title, 120)}"), f" ({shortened(line.project_name, 80)})"
    )
    blocker = line.answer.blocker
    if blocker is not None:
        who = shortened(line.who.name, 60)
        document.paragraph(f"{who} needs: {words.needs(blocker)}.")
    elif line.answer.learned:
        document.paragraph(Italic(shortened(line.answer.learned, 600)))
    people: list[Span] = []
    for person in topic.concerned:
        people += [Mention(person.slack_id), " "]
    document.paragraph(*people, Bold("Go on here, in the thread."))
    return document.rendered()


def _said(line: Line) -> str:
    if line.answer.no_change:
        return "no change, still running."
    return f"{dict(ORDER)[line.answer.status].lower()}."
