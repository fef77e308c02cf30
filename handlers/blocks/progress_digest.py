"""The team's progress digest (domain §5.3): what the week has taught, beside the four weeks before.

Every outcome counts alike; nothing here is a target, an arrow or a person's.
"""

from handlers.blocks import digest_forms, words
from handlers.blocks.document import Bold, Document, Italic, Rendered, Span
from handlers.blocks.text import clipped, shortened
from models.domain.digest import DigestKind
from models.domain.digest_facts import DigestPage
from models.domain.experiment import Outcome
from models.domain.velocity import Velocity
from models.domain.week_facts import Paced, ProgressFacts, Stands

SHOWN = 12
"""Projects with a paragraph; the others are counted."""
AT_REST = 3
"""So many say where they stand in a week in which nothing is new anywhere."""
NAMES = {
    Outcome.SUPPORTED: ("idea held", "ideas held"),
    Outcome.REFUTED: ("ruled out", "ruled out"),
    Outcome.INCONCLUSIVE: ("can't tell", "can't tell"),
    Outcome.ABANDONED: ("dropped", "dropped"),
}
STEPS = "Progress comes in steps, not lines: each idea that was ruled out narrows the search."
LOOK = "Mostly modeling lately, on a flat stretch: would a look at data and labels help?"


def digest(facts: ProgressFacts, *, charts: bool = False) -> Rendered:
    """The message in the channel; with `charts` its pictures follow in its thread."""
    return _document(facts, charts=charts).rendered()


def preview(facts: ProgressFacts, schedule: DigestPage | None, channel: str) -> Rendered:
    """What `/lab digest progress` shows to its reader: as of now, and when it is posted in the channel."""
    page = _document(facts, charts=False)
    return digest_forms.posted(page, schedule, DigestKind.PROGRESS, channel).rendered()


def _document(facts: ProgressFacts, *, charts: bool) -> Document:
    document = Document().heading(f"Progress: week to {words.long_day(facts.as_of)}")
    if facts.late:
        document.context("late: it could not be posted in time")
    document.paragraph(*_everything(facts))
    document.bullets(
        "What we learned",
        [
            [Bold(one.key), f" ({_said(one.outcome, 1)}): {clipped(one.learning, 400)}"]
            for one in facts.learned
        ],
        where="in the list",
    )
    told = [row for row in facts.projects if _is_told(*row)]
    shown = told[:SHOWN] or [row for row in facts.projects if row[0].numbers][:AT_REST]
    for stands, paced in shown:
        document.paragraph(*_project(stands, paced))
    quiet = len(facts.projects) - len(shown)
    which = "other project" if shown else "project"
    rest = f"{words.count_of(quiet, which)} with nothing new this week. " if quiet else ""
    document.paragraph(Italic(f"{rest}{STEPS}"))
    if charts:
        document.context("Charts are in the thread.")
    return document


def _is_told(stands: Stands, paced: Paced) -> bool:
    return bool(paced.week.concluded or stands.running)


def _said(outcome: Outcome, count: int) -> str:
    one, many = NAMES[outcome]
    return one if count == 1 else many


def _outcomes(of: Velocity) -> str:
    """“2 ideas held, 3 ruled out”."""
    said = [f"{n} {_said(outcome, n)}" for outcome, n in of.outcomes.items() if n]
    return ", ".join(said)


def _everything(facts: ProgressFacts) -> list[Span]:
    """“*5 experiments concluded*: 2 ideas held, 3 ruled out. The four weeks before: 9 …”."""
    week, before = facts.everything.week, facts.everything.before
    if not week.concluded:
        head: list[Span] = [Bold("No experiment was concluded this week"), f"; {week.running} open"]
    else:
        head = [
            Bold(words.count_of(week.concluded, "experiment concluded", "experiments concluded"))
        ]
        head.append(f": {_outcomes(week)}")
    lines = [f". The four weeks before: {before.concluded or 'none'}{_typically(before)}."]
    if week.concluded:
        lines.append(f"\n{_how(week)}")
    if facts.adopted:
        lines.append(f"\n{words.count_of(facts.adopted, 'change is', 'changes are')} kept.")
    return [*head, *lines]


def _typically(of: Velocity) -> str:
    if not of.concluded:
        return ""
    return f" ({_outcomes(of)})"


def _how(of: Velocity) -> str:
    """“4 of 5 with a criterion set in advance; typical time to an answer 6 working days”."""
    parts = [f"{of.set_in_advance} of {of.concluded} with a criterion set in advance"]
    if of.median_days is not None:
        parts.append(words.to_an_answer(of.median_days))
    if of.timed:
        parts.append(f"{of.within_timebox} of {of.timed} within the timebox")
    if of.waiting_days:
        parts.append(f"blockers and reviews waited {_days(of.waiting_days)}")
    return "; ".join(parts) + "."


def _days(days: float) -> str:
    return f"{days:g} working {'day' if days == 1 else 'days'}"


def _project(stands: Stands, paced: Paced) -> list[Span]:
    """Where it stands, its week, the four weeks before, and how much of it was about data."""
    week, before = paced.week, paced.before
    spans: list[Span] = [Bold(f"{shortened(stands.name, 80)} ({stands.key})"), _where(stands)]
    this = [_outcomes(week) if week.concluded else "none concluded"]
    if week.concluded:
        this.append(f"{week.set_in_advance} of {week.concluded} set in advance")
    if stands.adopted:
        this.append(f"{stands.adopted} kept")
    spans.append(f"\nThis week: {', '.join(this)}; {stands.running} open.")
    spans.append(f"\nFour weeks before: {_earlier(before)}.")
    if stands.nudged:
        spans += ["\n", Italic(LOOK)]
    return spans


def _earlier(of: Velocity) -> str:
    if not of.concluded:
        return "none concluded"
    said = [_outcomes(of), f"{of.set_in_advance} of {of.concluded} set in advance"]
    if of.median_days is not None:
        said.append(words.to_an_answer(of.median_days))
    if of.data_share is not None:
        said.append(f"data work {of.data_share:.0%}")
    return ", ".join(said)


def _where(stands: Stands) -> str:
    """“: 41 ▁▃▅█ 65 of 100 | needed 60 of 100”."""
    numbers = stands.numbers
    if numbers is None:
        return ": no number yet"
    return f": {words.stands(numbers, stands.series)}"
